package org.mtl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.mtl4j.Mtl.adam;
import static org.mtl4j.Mtl.attention;
import static org.mtl4j.Mtl.batchNorm;
import static org.mtl4j.Mtl.biLstm;
import static org.mtl4j.Mtl.concat;
import static org.mtl4j.Mtl.conv1d;
import static org.mtl4j.Mtl.conv2d;
import static org.mtl4j.Mtl.crf;
import static org.mtl4j.Mtl.flatten;
import static org.mtl4j.Mtl.fusion;
import static org.mtl4j.Mtl.gat;
import static org.mtl4j.Mtl.gcn;
import static org.mtl4j.Mtl.globalAvgPool;
import static org.mtl4j.Mtl.gru;
import static org.mtl4j.Mtl.hard;
import static org.mtl4j.Mtl.max;
import static org.mtl4j.Mtl.mlp;
import static org.mtl4j.Mtl.mpnn;
import static org.mtl4j.Mtl.relu;
import static org.mtl4j.Mtl.sequential;
import static org.mtl4j.Mtl.tanh;
import static org.mtl4j.Mtl.task;
import static org.mtl4j.Mtl.transformer;
import static org.mtl4j.Mtl.unet;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mtl4j.data.GraphRow;
import org.mtl4j.data.Input;
import org.mtl4j.data.Inputs;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.data.PairTargets;
import org.mtl4j.data.PlaceTargets;
import org.mtl4j.fitted.Predictions;
import org.mtl4j.layer.Encoder;
import org.mtl4j.task.Task;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tribuo.classification.Label;
import org.tribuo.regression.Regressor;

/** Trained nets as SameDiff graphs, which predict what the nets do, also when they come back from a file. */
class ExportTest {

    private static final int ROWS = 40;
    private static final Task<Label> KIND = task("kind").binary();
    private static final Task<Label> PIXELS = task("object").pixels();
    private static final Task<Regressor> DEPTH = task("depth").depth();
    private static final Task<Regressor> NORMALS = task("normals").normals();
    private static final Task<Label> TAGS = task("tags").tags();
    private static final Task<Label> NEXT = task("next").nextToken();
    private static final Task<Label> MATCH = task("match").pairs("features", "text", 5);

    @TempDir
    private Path folder;

    private static Map<String, Input> inputs(Random random) {
        float[][] pixels = new float[ROWS][72];
        double[][] features = new double[ROWS][6];
        double[][][] series = new double[ROWS][][];
        List<List<String>> texts = new ArrayList<>();
        for (int r = 0; r < ROWS; r++) {
            for (int p = 0; p < 72; p++) {
                pixels[r][p] = (float) random.nextGaussian();
                features[r][p % 6] = random.nextGaussian();
            }
            int length = r == 0 ? 6 : 1 + random.nextInt(6);
            series[r] = new double[length][3];
            List<String> words = new ArrayList<>();
            for (double[] place : series[r]) {
                place[0] = random.nextGaussian();
                place[1] = random.nextGaussian();
                place[2] = random.nextGaussian();
                words.add("w" + random.nextInt(5));
            }
            texts.add(words);
        }
        Map<String, Input> inputs = new LinkedHashMap<>();
        inputs.put("image", Inputs.images(2, 6, 6, pixels));
        inputs.put("features", Inputs.features(features));
        inputs.put("series", Inputs.series(series));
        inputs.put("text", Inputs.tokens(texts));
        return inputs;
    }

    /** Data of these inputs, with targets that have nothing to do with them. */
    private static MultiTaskData data(String... names) {
        Random random = new Random(3);
        Map<String, Input> all = inputs(random);
        Map<String, Input> inputs = new LinkedHashMap<>();
        for (String name : names) {
            inputs.put(name, Objects.requireNonNull(all.get(name)));
        }
        String[] kinds =
                IntStream.range(0, ROWS).mapToObj(r -> r % 3 == 0 ? "a" : "b").toArray(String[]::new);
        MultiTaskData data = MultiTaskData.of(inputs, List.of()).target(KIND, kinds);
        List<String> held = List.of(names);
        if (held.contains("image")) {
            data = data.with(PlaceTargets.pixels(PIXELS, List.of("ground", "box", "sky"), objects(random)))
                    .with(PlaceTargets.depths(DEPTH, numbers(random, 36)))
                    .with(PlaceTargets.normals(NORMALS, numbers(random, 108)));
        }
        if (held.contains("text")) {
            Input text = Objects.requireNonNull(all.get("text"));
            List<List<String>> tags = new ArrayList<>();
            for (int r = 0; r < ROWS; r++) {
                int length = (int) text.get(r, 0);
                tags.add(IntStream.range(0, length)
                        .mapToObj(p -> "t" + random.nextInt(3))
                        .toList());
            }
            data = data.with(PlaceTargets.tags(TAGS, tags)).with(PlaceTargets.nextTokens(NEXT, text));
        }
        return held.contains("features") && held.contains("text") ? data.with(PairTargets.all(MATCH, ROWS)) : data;
    }

    private static int[][] objects(Random random) {
        int[][] objects = new int[ROWS][36];
        for (int[] row : objects) {
            for (int p = 0; p < row.length; p++) {
                row[p] = random.nextInt(3);
            }
        }
        return objects;
    }

    private static float[][] numbers(Random random, int width) {
        float[][] numbers = new float[ROWS][width];
        for (float[] row : numbers) {
            for (int p = 0; p < width; p++) {
                row[p] = 0.5f + random.nextFloat();
            }
        }
        return numbers;
    }

    private static Run fit(MultiTaskData data, Encoder encoder, Task<?>... tasks) {
        return hard(encoder)
                .tasks(tasks)
                .optimise(adam(1e-2))
                .epochs(2)
                .batch(16)
                .seed(4)
                .fit(data.split(0.7, 0.15, 0.15).seed(1));
    }

    /** The graph predicts what the net does at all places that a row has, and does so again from a file. */
    private void agree(Run run, MultiTaskData data) {
        Predictions expected = run.predict(data);
        SameDiff graph = run.sameDiff();
        File file = folder.resolve("graph.fb").toFile();
        graph.save(file, false);
        Map<String, INDArray> feed = new LinkedHashMap<>();
        for (String name : data.inputs()) {
            feed.put(name, fed(data.input(name), graph.getVariable(name).placeholderShape()));
        }
        for (String task : expected.tasks()) {
            float[] found = graph.outputSingle(feed, task).dup('c').data().asFloat();
            float[] ours = expected.matrix(task).toArray();
            assertThat(found).as(task).hasSameSizeAs(ours);
            assertThat(SameDiff.load(file, false)
                            .outputSingle(feed, task)
                            .dup('c')
                            .data()
                            .asFloat())
                    .as(task)
                    .containsExactly(found);
            int places = data.target(task).places();
            int width = ours.length / data.rows() / places;
            int compared = 0;
            for (int i = 0; i < ours.length; i++) {
                int row = i / width / places;
                boolean there = places == 1
                        || task.equals("object")
                        || task.equals("depth")
                        || task.equals("normals")
                        || i / width % places < data.input("text").get(row, 0);
                if (there) {
                    compared++;
                    assertThat(found[i]).as("%s, number %d", task, i).isCloseTo(ours[i], within(1e-4f));
                }
            }
            assertThat(compared).isGreaterThan(ROWS);
        }
    }

    private static INDArray fed(Input input, long[] shape) {
        float[][] values = new float[input.rows()][input.width()];
        for (int r = 0; r < values.length; r++) {
            input.copyRow(r, values[r], 0);
        }
        INDArray rows = Nd4j.createFromArray(values);
        return shape.length == 2 ? rows : rows.reshape(values.length, shape[1], shape[2], shape[3]);
    }

    @Test
    void heads_at_pixels() {
        MultiTaskData data = data("image");
        agree(fit(data, unet(3, 4), PIXELS, DEPTH, NORMALS, KIND), data);
        agree(fit(data, sequential(conv2d(4, 3).padding(1), relu()), NORMALS, PIXELS), data);
    }

    static Stream<Encoder> encodersOfTexts() {
        return Stream.of(biLstm(5), transformer(6, 2, 1), gru(4));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("encodersOfTexts")
    void heads_at_words(Encoder encoder) {
        MultiTaskData data = data("text");
        agree(fit(data, encoder, TAGS, NEXT, KIND), data);
    }

    @Test
    void heads_of_pairs_on_late_fusion() {
        MultiTaskData data = data("features", "text");
        Encoder late =
                fusion().input("features", mlp(6)).input("text", biLstm(4)).late(7);
        agree(fit(data, late, MATCH, KIND), data);
    }

    @Test
    void fusion_by_attention_across_inputs() {
        MultiTaskData data = data("image", "features", "text");
        Encoder cross = fusion().input("image", sequential(conv2d(3, 3), relu()))
                .input("features", mlp(5))
                .input("text", biLstm(4))
                .crossAttention(6, 2);
        agree(fit(data, cross, KIND), data);
    }

    static Stream<Encoder> encodersOfSeries() {
        return Stream.of(
                sequential(conv1d(4, 3).padding(1), batchNorm(), tanh(), globalAvgPool()),
                sequential(
                        concat(conv1d(2, 1), conv1d(3, 3).padding(1)),
                        relu(),
                        conv1d(2, 2).stride(2),
                        flatten()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("encodersOfSeries")
    void layers_on_series(Encoder encoder) {
        MultiTaskData data = data("series");
        agree(fit(data, encoder, KIND), data);
    }

    @Test
    void what_has_no_form_is_named() {
        MultiTaskData words = data("text");
        Run path = fit(words, biLstm(4), task("tags").tags().loss(crf()), KIND);
        assertThatThrownBy(path::sameDiff).hasMessage("""
                        sameDiff(): 'head.tags' is the end of crf(), which seeks the best path, which has no SameDiff form here.
                        Keep its parameters with run.saveNpz(file), or the net with run.save(file).""");
    }

    /** Graphs of several sizes, with loops and repeated edges; some without edges. @param features of an edge */
    private static MultiTaskData graphs(int features, int mostEdges) {
        Random random = new Random(5);
        List<GraphRow> graphs = new ArrayList<>();
        List<List<String>> tags = new ArrayList<>();
        for (int r = 0; r < ROWS; r++) {
            double[][] nodes = new double[1 + random.nextInt(5)][2];
            List<String> of = new ArrayList<>();
            for (double[] node : nodes) {
                node[0] = random.nextGaussian();
                node[1] = random.nextGaussian();
                of.add("t" + random.nextInt(2));
            }
            GraphRow graph = GraphRow.of(nodes);
            for (int e = 0; e < (r % 4 == 0 ? 0 : mostEdges); e++) {
                double[] edge = random.doubles(features).toArray();
                graph = graph.edge(random.nextInt(nodes.length), random.nextInt(nodes.length), edge);
            }
            graphs.add(graph);
            tags.add(of);
        }
        return MultiTaskData.of("text", Inputs.graphs(graphs))
                .with(PlaceTargets.tags(TAGS, tags))
                .target(KIND, IntStream.range(0, ROWS).map(r -> r % 2).toArray());
    }

    static Stream<Encoder> encodersOfGraphs() {
        return Stream.of(
                gcn(4, 3),
                gat(3, 4).heads(2),
                gat(3).heads(2).averageHeads().readout(max()),
                mpnn(4, 3),
                mpnn(4).gru().readout(attention()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("encodersOfGraphs")
    void nets_of_graphs(Encoder encoder) {
        for (int features = 0; features < 3; features += 2) {
            MultiTaskData data = graphs(features, 7);
            agree(fit(data, encoder, KIND), data);
            if (!encoder.toString().contains("readout")) {
                agree(fit(data, encoder, TAGS, KIND), data);
            }
        }
        MultiTaskData apart = graphs(0, 0);
        agree(fit(apart, encoder, KIND), apart);
    }
}
