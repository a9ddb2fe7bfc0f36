package org.mtl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.mtl4j.Mtl.adam;
import static org.mtl4j.Mtl.hard;
import static org.mtl4j.Mtl.mlp;
import static org.mtl4j.Mtl.sameDiff;
import static org.mtl4j.Mtl.single;
import static org.mtl4j.Mtl.soft;
import static org.mtl4j.Mtl.task;
import static org.mtl4j.Toys.CASUAL;
import static org.mtl4j.Toys.RAIN;
import static org.mtl4j.Toys.REGISTERED;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.data.Input;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.data.Split;
import org.mtl4j.fitted.Matrix;
import org.mtl4j.fitted.Predictions;
import org.mtl4j.nd4j.OwnGraphs;
import org.mtl4j.task.Task;
import org.mtl4j.tensor.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tribuo.classification.Label;
import org.tribuo.multilabel.MultiLabel;

/** A trained net as one SameDiff graph: saved, read in a fresh JVM, and held against the net's own predictions. */
class SameDiffRunTest {

    static final List<String> TASKS = List.of("casual", "registered", "rain", "kind", "tags");

    private static final List<String> NUMBERS = List.of("casual", "registered");

    private static final Task<Label> KIND = task("kind").classes();

    private static final Task<MultiLabel> TAGS = task("tags").multiLabel();

    @TempDir
    Path folder;

    private static Split split() {
        @Nullable String[] kinds = new String[200];
        for (int r = 0; r < kinds.length; r++) {
            kinds[r] = List.of("a", "b", "c").get(r % 3);
        }
        double[][] tags = new double[200][2];
        for (int r = 0; r < tags.length; r++) {
            tags[r] = new double[] {r % 2, r % 5 == 0 ? 1 : 0};
        }
        return Toys.rows(200, 0.9, 3)
                .target(KIND, kinds)
                .target(TAGS, List.of("new", "old"), tags)
                .split(0.7, 0.15, 0.15)
                .seed(7);
    }

    private static Map<String, Recipe> recipes() {
        List<Activation> activations = List.of(
                new Activation.Identity(),
                new Activation.Relu(),
                new Activation.LeakyRelu(0.1),
                new Activation.Elu(0.7),
                new Activation.Gelu(),
                new Activation.GeluTanh(),
                new Activation.Silu(),
                new Activation.Tanh(),
                new Activation.Sigmoid(),
                new Activation.Softplus(),
                new Activation.Softmax(),
                new Activation.LogSoftmax());
        Map<String, Architecture> nets = new LinkedHashMap<>();
        activations.forEach(each -> nets.put("hard " + each, hard(mlp(6, 5).activation(each))));
        nets.put("dropout", hard(mlp(6).dropout(0.4)));
        nets.put("single", single(mlp(5)));
        nets.put("soft", soft(mlp(5)).l2(0.01));
        nets.put("own", hard(sameDiff("mine", OwnGraphs.tanh(4, 6, 5), "x", "out")));
        nets.put("own, single", single(sameDiff("mine", OwnGraphs.tanh(4, 6, 5), "x", "out")));
        Map<String, Recipe> recipes = new LinkedHashMap<>();
        nets.forEach((name, net) -> recipes.put(
                name,
                net.tasks(CASUAL, REGISTERED, task("rain").positive("dry"), KIND, TAGS)
                        .optimise(adam(1e-2))
                        .epochs(2)
                        .batch(32)
                        .seed(7)));
        return recipes;
    }

    @Test
    void a_fresh_jvm_gives_the_predictions_of_the_run_from_the_saved_graph() throws Exception {
        MultiTaskData test = split().test();
        Path features = folder.resolve("x.npy");
        Nd4j.writeAsNumpy(features(test), features.toFile());
        Map<String, Predictions> expected = new LinkedHashMap<>();
        List<String> arguments = new ArrayList<>(List.of(features.toString()));
        recipes().forEach((name, recipe) -> {
            Run run = recipe.fit(split());
            File file = folder.resolve("graph" + expected.size()).toFile();
            run.sameDiff().save(file, true);
            arguments.add(file.toString());
            expected.put(name, run.predict(test));
        });
        run(arguments);
        int graph = 0;
        for (Map.Entry<String, Predictions> each : expected.entrySet()) {
            for (String task : TASKS) {
                File found =
                        folder.resolve("graph" + graph + "." + task + ".npy").toFile();
                agree(
                        each.getKey() + ", " + task,
                        Nd4j.createFromNpyFile(found),
                        each.getValue().matrix(task));
            }
            graph++;
        }
    }

    private static INDArray features(MultiTaskData data) {
        Input.Dense input = (Input.Dense) data.input("features");
        float[][] rows = new float[input.rows()][input.width()];
        for (int r = 0; r < rows.length; r++) {
            input.copyRow(r, rows[r], 0);
        }
        return Nd4j.createFromArray(rows);
    }

    private static void agree(String what, INDArray found, Matrix expected) {
        assertThat(found.shape()).as(what).containsExactly(expected.rows(), expected.columns());
        double scale = 0;
        for (float value : expected.toArray()) {
            scale = Math.max(scale, Math.abs(value));
        }
        for (int r = 0; r < expected.rows(); r++) {
            for (int c = 0; c < expected.columns(); c++) {
                double value = expected.get(r, c);
                // a probability to its own size; a number in the target's unit passes through 0 where the mean cancels
                // it, so
                // there to a twentieth of the greatest
                double close = 1e-5 * Math.max(Math.abs(value), NUMBERS.contains(expected.name()) ? scale / 20 : 0);
                assertThat(found.getDouble(r, c)).as(what).isCloseTo(value, within(close));
            }
        }
    }

    private static void run(List<String> arguments) throws Exception {
        List<String> command = new ArrayList<>(Arrays.asList(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                ReloadGraph.class.getName()));
        command.addAll(arguments);
        Process java = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(java.waitFor()).as(output).isZero();
    }

    @Test
    void the_graph_has_the_parameters_by_name_and_takes_one_row() {
        Run run = hard(mlp(5)).tasks(CASUAL, RAIN).epochs(1).fit(Toys.split());
        var graph = run.sameDiff();
        assertThat(graph.getVariable("encoder.0.weight").getArr()).isEqualTo(run.parameter("encoder.0.weight"));
        INDArray one = features(Toys.split().test().select(3));
        Predictions expected = run.predict(Toys.split().test().select(3));
        agree("one row", graph.outputSingle(Map.of("features", one), "rain"), expected.matrix("rain"));
    }

    @Test
    void a_task_named_as_the_input_is_refused() {
        Task<?> features = task("features").regression();
        double[] values = new double[200];
        Arrays.setAll(values, i -> i % 7);
        Split split = Toys.rows(200, 1, 3)
                .target(task("features").regression(), values)
                .split(0.7, 0.15, 0.15)
                .seed(1);
        Run run = hard(mlp(5)).tasks(features, RAIN).epochs(1).fit(split);
        assertThatThrownBy(run::sameDiff)
                .hasMessage(
                        "sameDiff(): task 'features' is named as the input, but a SameDiff graph has one variable of a name.\nName the column otherwise.");
    }
}
