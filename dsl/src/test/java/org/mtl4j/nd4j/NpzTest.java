package org.mtl4j.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class NpzTest {

    @TempDir
    Path folder;

    private static Path resource(String name) throws Exception {
        return Path.of(Objects.requireNonNull(NpzTest.class.getResource("/npz/" + name))
                .toURI());
    }

    private static INDArray get(Map<String, INDArray> arrays, String name) {
        return Objects.requireNonNull(arrays.get(name));
    }

    /**
     * The file is of NumPy 2.4: {@code savez_compressed(f, **{"a.weight": asfortranarray(arange(6.).reshape(2, 3) / 4), "b":
     * array([1, 2, 3]), "c": full((1, 2), 0.5, float32)})}.
     */
    @Test
    void arrays_of_numpy_are_read_in_any_order_and_number_type() throws Exception {
        Map<String, INDArray> arrays = Npz.read(resource("numpy.npz"));
        assertThat(arrays.keySet()).containsExactly("a.weight", "b", "c");
        assertThat(get(arrays, "a.weight").toDoubleMatrix())
                .isDeepEqualTo(new double[][] {{0, 0.25, 0.5}, {0.75, 1, 1.25}});
        assertThat(get(arrays, "b").toDoubleVector()).containsExactly(1, 2, 3);
        assertThat(Npz.weights(resource("numpy.npz")).matrices().get("b")).hasToString("b [1, 3]");
        assertThat(Objects.requireNonNull(
                                Npz.weights(resource("numpy.npz")).matrices().get("a.weight"))
                        .get(1, 0))
                .isEqualTo(0.75f);
    }

    @Test
    void a_written_file_is_numpys_format_to_the_byte() throws IOException {
        Path file = folder.resolve("w.npz");
        float[] values = {1.5f, -2, 3, 4, 5, 6};
        Npz.write(file, Map.of("encoder.0.weight", Nd4j.createFromArray(values).reshape(2, 3)));
        byte[] npy;
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file))) {
            assertThat(Objects.requireNonNull(zip.getNextEntry()).getName()).isEqualTo("encoder.0.weight.npy");
            npy = zip.readAllBytes();
        }
        assertThat(Arrays.copyOf(npy, 8)).containsExactly(0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0);
        ByteBuffer buffer = ByteBuffer.wrap(npy).order(ByteOrder.LITTLE_ENDIAN);
        int length = buffer.getShort(8);
        assertThat((10 + length) % 16).isZero();
        assertThat(new String(npy, 10, length, StandardCharsets.US_ASCII))
                .startsWith("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }")
                .endsWith("\n");
        for (int i = 0; i < values.length; i++) {
            assertThat(buffer.getFloat(10 + length + 4 * i)).isEqualTo(values[i]);
        }
        assertThat(npy).hasSize(10 + length + 4 * values.length);
    }

    @Test
    void arrays_come_back_with_the_same_bits_and_the_same_arrays_give_the_same_file() throws IOException {
        Map<String, INDArray> arrays = new LinkedHashMap<>();
        arrays.put("one", OwnGraphs.uniform(1, 7, 3));
        arrays.put("two", OwnGraphs.uniform(2, 3, 7).transpose());
        Path file = folder.resolve("w.npz");
        Npz.write(file, arrays);
        byte[] first = Files.readAllBytes(file);
        assertThat(Npz.read(file)).isEqualTo(arrays);
        Npz.write(file, arrays);
        assertThat(Files.readAllBytes(file)).isEqualTo(first);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void a_single_number_is_an_array_of_one() throws IOException {
        Path file = folder.resolve("w.npz");
        Files.write(file, zip("one.npy", Nd4j.toNpyByteArray(Nd4j.scalar(2f))));
        assertThat(Npz.weights(file).matrices().get("one")).hasToString("one [1, 1]");
        assertThat(get(Npz.read(file), "one").getFloat(0)).isEqualTo(2f);
    }

    @Test
    void a_file_that_cannot_be_written_leaves_the_old_one() throws IOException {
        Path file = folder.resolve("w.npz");
        Npz.write(file, Map.of("a", OwnGraphs.uniform(1, 2, 2)));
        byte[] old = Files.readAllBytes(file);
        Map<String, INDArray> closed = Map.of("a", OwnGraphs.uniform(2, 2, 2));
        get(closed, "a").close();
        assertThatThrownBy(() -> Npz.write(file, closed)).isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> Npz.write(folder.resolve("none/w.npz"), Map.of("a", Nd4j.ones(2, 2))))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("The arrays were not saved to '" + folder.resolve("none/w.npz") + "'.");
        assertThat(Files.readAllBytes(file)).isEqualTo(old);
    }

    private void refused(byte[] bytes, String message) throws IOException {
        Path file = folder.resolve("bad.npz");
        Files.write(file, bytes);
        assertThatThrownBy(() -> Npz.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("File '" + file + "': " + message);
    }

    @Test
    void what_is_no_file_of_arrays_is_named() throws Exception {
        refused(new byte[0], "it holds no array.\nWrite it with numpy.savez or run.saveNpz(..).");
        refused(
                "some text, not a zip".getBytes(StandardCharsets.US_ASCII),
                "it holds no array.\nWrite it with numpy.savez or run.saveNpz(..).");
        byte[] npy = Nd4j.toNpyByteArray(OwnGraphs.uniform(1, 2, 3));
        refused(
                zip("w.npy", Arrays.copyOf(npy, npy.length - 4)),
                "array 'w' of shape (2, 3) holds 20 bytes.\nWrite it again, and copy it whole.");
        refused(zip("w.npy", Arrays.copyOf(npy, 7)), "'w' is no .npy array.\nWrite it again, and copy it whole.");
        refused(zip("readme.txt", new byte[200]), "'readme.txt' is no .npy array.\nWrite it again, and copy it whole.");
        refused(
                Files.readAllBytes(resource("half.npz")),
                "array 'h' has type <f2, but parameters are real numbers.\nWrite it as float32: array.astype('float32').");
        byte[] whole = zip("w.npy", npy);
        byte[] damaged = whole.clone();
        damaged[45] ^= 0x55;
        Path file = folder.resolve("damaged.npz");
        Files.write(file, damaged);
        assertThatThrownBy(() -> Npz.read(file)).isInstanceOf(IllegalArgumentException.class);
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));
        assertThatThrownBy(() -> Npz.read(file)).isInstanceOf(UncheckedIOException.class);
        Npz.write(file, Map.of("deep", Nd4j.ones(2, 2, 2)));
        assertThatThrownBy(() -> Npz.weights(file))
                .hasMessage(
                        "File '" + file
                                + "': array 'deep' has shape [2, 2, 2], but parameters are matrices.\nReshape it to [in, out].");
    }

    private static byte[] zip(String name, byte[] content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
        }
        return bytes.toByteArray();
    }
}
