package org.mtl4j.fitted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mtl4j.layer.Mlp;
import org.mtl4j.sharing.Hard;
import org.mtl4j.sharing.Sharing;
import org.mtl4j.sharing.Single;
import org.mtl4j.tensor.Activation;
import org.mtl4j.tensor.Initialiser;
import org.tribuo.Model;

class SavingTest {

    @TempDir
    Path folder;

    static List<Sharing> nets() {
        return List.of(
                new Hard(Mlp.of(5, 4).dropout(0.25).inputs(3)),
                new Single(
                        Mlp.of(3).activation(new Activation.LeakyRelu(0.02)).initialiser(new Initialiser.Normal(0.3))),
                new Hard(Mlp.of(3).activation(new Activation.GeluTanh()).initialiser(new Initialiser.HeUniform())));
    }

    @ParameterizedTest
    @MethodSource("nets")
    void a_saved_net_comes_back_equal(Sharing sharing) {
        Net net = Nets.net(sharing);
        net.save(folder.resolve("net"));
        Net loaded = Net.load(folder.resolve("net"));
        assertThat(loaded).isEqualTo(net);
        assertThat(loaded.sharing()).isEqualTo(sharing);
        assertThat(loaded.lineage()).isEqualTo(Nets.LINEAGE);
        assertThat(loaded.objectives()).isEqualTo(net.objectives());
        assertThat(loaded.predict(Nets.data(9, 1))).isEqualTo(net.predict(Nets.data(9, 1)));
    }

    @Test
    void a_fresh_jvm_predicts_the_same_bits_without_nd4j() throws Exception {
        Net net = Nets.net(new Hard(Mlp.of(33, 17)));
        TaskModel<?> model = net.model("income");
        model.serializeToFile(folder.resolve("model"));
        net.save(folder.resolve("net"));
        String output = run("model", "net");
        assertThat(output.lines().filter(line -> line.startsWith("[") && line.endsWith("]") && !line.contains(" ms")))
                .contains(Reload.bits(net), Reload.bits(net.model(Nets.INCOME)));
        assertThat(output).contains("org.mtl4j.fitted.Net").doesNotContain("org.nd4j.linalg.factory");
    }

    private String run(String model, String net) throws Exception {
        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-verbose:class",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Reload.class.getName(),
                        folder.resolve(model).toString(),
                        folder.resolve(net).toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(java.waitFor()).as(output).isZero();
        return output;
    }

    @Test
    void a_reloaded_model_keeps_its_provenance_and_domains() throws IOException {
        TaskModel<?> model = Nets.net().model("shape");
        model.setName("mine");
        model.serializeToFile(folder.resolve("model"));
        Model<?> loaded = Model.deserializeFromFile(folder.resolve("model"));
        assertThat(loaded.getName()).isEqualTo("mine");
        assertThat(loaded.getProvenance()).isEqualTo(model.getProvenance());
        assertThat(loaded.getOutputIDInfo()).isEqualTo(model.getOutputIDInfo());
        assertThat(loaded.getFeatureIDMap().keySet())
                .isEqualTo(model.getFeatureIDMap().keySet());
        assertThat(TaskModel.load(folder.resolve("model")).net()).isEqualTo(Nets.net());
    }

    @Test
    void a_cut_or_changed_file_is_an_error_that_names_it() throws IOException {
        Net net = Nets.net();
        Path file = folder.resolve("model");
        net.model("price").serializeToFile(file);
        byte[] model = Files.readAllBytes(file);
        net.save(file);
        byte[] whole = Files.readAllBytes(file);
        for (int length : new int[] {0, 3, 100, whole.length - 1}) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> Net.load(file))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "File '" + file + "': The saved net cannot be read: its checksum does not fit its " + length
                                    + " bytes.\nSave it again, and copy the file whole; a newer mtl4j's files need that mtl4j.");
            Files.write(file, Arrays.copyOf(model, length));
            assertThatThrownBy(() -> TaskModel.load(file)).hasMessageStartingWith("File '" + file + "': it is damaged");
        }
        model[model.length / 2] ^= 1;
        Files.write(file, model);
        assertThatThrownBy(() -> TaskModel.load(file)).hasMessageContaining("its checksum does not fit");
        assertThatThrownBy(() -> Model.deserializeFromFile(file)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_missing_file_is_named() {
        Path none = folder.resolve("none");
        assertThatThrownBy(() -> Net.load(none))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("The net could not be read from '" + none + "'.");
        assertThatThrownBy(() -> TaskModel.load(none)).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void saving_replaces_a_file_whole_and_leaves_nothing_else() throws IOException {
        Path file = folder.resolve("net");
        Nets.net().save(file);
        Net other = Nets.net(new Single(Mlp.of(2)));
        other.save(file);
        assertThat(Net.load(file)).isEqualTo(other);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void java_serialisation_is_refused() {
        assertThatThrownBy(() -> new java.io.ObjectOutputStream(new java.io.ByteArrayOutputStream())
                        .writeObject(Nets.net().model("price")))
                .isInstanceOf(java.io.NotSerializableException.class)
                .hasMessageStartingWith("A task's model has no Java serialisation.");
    }
}
