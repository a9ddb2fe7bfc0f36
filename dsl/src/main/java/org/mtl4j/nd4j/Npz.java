package org.mtl4j.nd4j;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.mtl4j.bytes.Saving;
import org.mtl4j.fitted.Matrix;
import org.mtl4j.fitted.Net;
import org.mtl4j.fitted.Weights;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Named arrays in NumPy's {@code .npz}: a zip of {@code .npy} files, which {@code numpy.load} reads and
 * {@code numpy.savez} writes.
 *
 * <p>Parameters have the names and shapes that a net prints: weights [in, out], biases [1, out] (read as [out] too). A
 * PyTorch {@code Linear} holds [out, in]: {@code numpy.savez("w.npz", **{"encoder.0.weight": linear.weight.detach().T})}.
 */
public final class Npz {

    private static final String EXTENSION = ".npy";
    private static final String MAGIC = "\u0093NUMPY";
    private static final Pattern HEADER = Pattern.compile(
            "'descr': '([^']*)'.*'fortran_order': (True|False).*'shape': \\(([0-9, ]*)\\)", Pattern.DOTALL);

    /** The types that are read, and the bytes of a number. */
    private static final Map<String, Integer> TYPES = Map.of("<f4", 4, "<f8", 8, "<i4", 4, "<i8", 8);

    private Npz() {}

    /**
     * Writes the parameters of a net, whole or not at all: what was there before stays until all is on the disk.
     *
     * @throws UncheckedIOException if the file cannot be written
     */
    public static void write(Path file, Net net) {
        write(file, Nd4jArrays.parameters(net));
    }

    /** Writes named arrays, whole or not at all. */
    public static void write(Path file, Map<String, INDArray> arrays) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
                for (Map.Entry<String, INDArray> array : arrays.entrySet()) {
                    ZipEntry entry = new ZipEntry(array.getKey() + EXTENSION);
                    entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0)); // same arrays, same bytes
                    zip.putNextEntry(entry);
                    zip.write(Nd4j.toNpyByteArray(array.getValue().dup('c')));
                }
            }
            Saving.write(file, bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException("The arrays were not saved to '%s'.".formatted(file), e);
        }
    }

    /**
     * Reads all arrays of a file, by name: FLOAT where the file holds float32, else DOUBLE.
     *
     * @throws UncheckedIOException if the file cannot be read
     * @throws IllegalArgumentException if it is damaged or holds what is no number; the message names it
     */
    public static Map<String, INDArray> read(Path file) {
        Map<String, INDArray> arrays = new LinkedHashMap<>();
        try (InputStream in = Files.newInputStream(file);
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                String name = entry.getName().replaceFirst("\\.npy$", "");
                arrays.put(name, array(file, name, zip.readAllBytes()));
            }
        } catch (ZipException e) {
            throw new IllegalArgumentException(
                    message(file, "it is damaged: " + e.getMessage(), "Write it again, and copy it whole."), e);
        } catch (IOException e) {
            throw new UncheckedIOException("The arrays could not be read from '%s'.".formatted(file), e);
        }
        if (arrays.isEmpty()) {
            throw new IllegalArgumentException(
                    message(file, "it holds no array", "Write it with numpy.savez or run.saveNpz(..)."));
        }
        return arrays;
    }

    /**
     * Reads parameters: to start a recipe from, or to put in the place of a net's.
     *
     * @throws IllegalArgumentException if an array has more than two dimensions; and as {@link #read}
     */
    public static Weights weights(Path file) {
        Map<String, Matrix> matrices = new LinkedHashMap<>();
        read(file).forEach((name, array) -> {
            if (array.rank() > 2) {
                throw new IllegalArgumentException(message(
                        file,
                        "array '%s' has shape %s, but parameters are matrices"
                                .formatted(name, Arrays.toString(array.shape())),
                        "Reshape it to [in, out]."));
            }
            INDArray matrix = array.rank() == 2 ? array : array.reshape(1, array.length());
            matrices.put(name, Nd4jArrays.matrix(name, matrix));
        });
        return new Weights(file.toString(), matrices);
    }

    /** By our own hand: ND4J 1.0.0-M2.1 takes columns for rows in an array of Fortran's order, and trusts a damaged one. */
    private static INDArray array(Path file, String name, byte[] npy) {
        int body = body(file, name, npy);
        String text = new String(npy, 0, body, StandardCharsets.ISO_8859_1);
        Matcher header = HEADER.matcher(text);
        boolean known = header.find();
        if (!known || !TYPES.containsKey(header.group(1))) {
            throw new IllegalArgumentException(message(
                    file,
                    "array '%s' has type %s, but parameters are real numbers"
                            .formatted(name, known ? header.group(1) : "unknown"),
                    "Write it as float32: array.astype('float32')."));
        }
        long[] shape = Arrays.stream(header.group(3).split(",", -1))
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .mapToLong(Long::parseLong)
                .toArray();
        long numbers = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        long found = (long) npy.length - body;
        if (numbers == 0 || found != numbers * TYPES.getOrDefault(header.group(1), 0)) {
            throw new IllegalArgumentException(message(
                    file,
                    "array '%s' of shape (%s) holds %d bytes".formatted(name, header.group(3), found),
                    "Write it again, and copy it whole."));
        }
        double[] values = numbers(header.group(1), ByteBuffer.wrap(npy, body, (int) found), new double[(int) numbers]);
        char order = header.group(2).equals("True") ? 'f' : 'c';
        return Nd4j.create(values, shape.length == 0 ? new long[] {1} : shape, order)
                .castTo(header.group(1).equals("<f4") ? DataType.FLOAT : DataType.DOUBLE);
    }

    /** Where the numbers begin: after the magic word, the version, the header's length and the header. */
    private static int body(Path file, String name, byte[] npy) {
        int start = npy.length > 8 && npy[6] == 1 ? 10 : 12;
        boolean magic = new String(npy, StandardCharsets.ISO_8859_1).startsWith(MAGIC);
        int length = magic && npy.length >= start ? headerLength(npy, start) : -1;
        if (length < 0 || start + length > npy.length) {
            throw new IllegalArgumentException(
                    message(file, "'%s' is no .npy array".formatted(name), "Write it again, and copy it whole."));
        }
        return start + length;
    }

    private static double[] numbers(String type, ByteBuffer from, double[] into) {
        from.order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < into.length; i++) {
            into[i] = switch (type) {
                case "<f4" -> from.getFloat();
                case "<f8" -> from.getDouble();
                case "<i4" -> from.getInt();
                default -> from.getLong();
            };
        }
        return into;
    }

    private static int headerLength(byte[] npy, int start) {
        int length = 0;
        for (int i = start - 1; i >= 8; i--) {
            length = length << 8 | (npy[i] & 0xff);
        }
        return length;
    }

    private static String message(Path file, String found, String remedy) {
        return "File '%s': %s.%n%s".formatted(file, found, remedy);
    }
}
