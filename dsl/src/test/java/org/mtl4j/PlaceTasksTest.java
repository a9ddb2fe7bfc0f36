package org.mtl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mtl4j.Mtl.adam;
import static org.mtl4j.Mtl.baseline;
import static org.mtl4j.Mtl.biLstm;
import static org.mtl4j.Mtl.crf;
import static org.mtl4j.Mtl.gcn;
import static org.mtl4j.Mtl.hard;
import static org.mtl4j.Mtl.lstm;
import static org.mtl4j.Mtl.mlp;
import static org.mtl4j.Mtl.mse;
import static org.mtl4j.Mtl.pcgrad;
import static org.mtl4j.Mtl.sequenceCrossEntropy;
import static org.mtl4j.Mtl.task;
import static org.mtl4j.Mtl.unet;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.data.GraphRow;
import org.mtl4j.data.Input;
import org.mtl4j.data.Inputs;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.data.PlaceTargets;
import org.mtl4j.data.Split;
import org.mtl4j.fitted.Metric;
import org.mtl4j.fitted.Net;
import org.mtl4j.fitted.Predictions;
import org.mtl4j.task.Task;
import org.tribuo.classification.Label;
import org.tribuo.classification.baseline.DummyClassifierTrainer;
import org.tribuo.regression.Regressor;

/** Tasks with an answer at each word, node or pixel, from the data to the scores and back from a file. */
class PlaceTasksTest {

    private static final Task<Label> NER = task("ner").spans().loss(crf());
    private static final Task<Label> POS = task("pos").tags();
    private static final Task<Label> MOOD = task("mood").binary();

    /** Sentences in which 'mr' begins a person of one or two names; a tenth of the tags of other words is not given. */
    private static MultiTaskData sentences(int rows, long seed) {
        Random random = new Random(seed);
        List<List<String>> texts = new ArrayList<>();
        List<List<String>> spans = new ArrayList<>();
        List<List<@Nullable String>> kinds = new ArrayList<>();
        String[] mood = new String[rows];
        for (int r = 0; r < rows; r++) {
            boolean glad = random.nextBoolean();
            List<String> words = words(glad, random);
            texts.add(words);
            spans.add(spans(words));
            List<@Nullable String> row = new ArrayList<>();
            for (String word : words) {
                boolean given = random.nextInt(10) > 0;
                row.add(word.equals("mr") ? "TITLE" : word.startsWith("name") ? "NAME" : given ? "WORD" : null);
            }
            kinds.add(row);
            mood[r] = glad ? "glad" : "sad";
        }
        return MultiTaskData.of("text", Inputs.tokens(texts))
                .with(PlaceTargets.tags(NER, spans))
                .with(PlaceTargets.tags(POS, kinds))
                .target(MOOD, mood);
    }

    private static List<String> words(boolean glad, Random random) {
        List<String> words = new ArrayList<>();
        int length = 3 + random.nextInt(5);
        while (words.size() < length) {
            if (random.nextInt(3) == 0) {
                words.add("mr");
                words.add("name" + random.nextInt(4));
                if (random.nextBoolean()) {
                    words.add("name" + random.nextInt(4));
                }
            } else {
                words.add((glad ? "good" : "bad") + random.nextInt(4));
            }
        }
        return words;
    }

    private static List<String> spans(List<String> words) {
        List<String> tags = new ArrayList<>();
        for (int p = 0; p < words.size(); p++) {
            boolean named = words.get(p).startsWith("name");
            tags.add(!named ? "O" : words.get(p - 1).equals("mr") ? "B-PER" : "I-PER");
        }
        return tags;
    }

    private static final Split TEXTS = sentences(220, 1).split(0.7, 0.15, 0.15).seed(3);
    private static final Recipe RECIPE = hard(biLstm(12))
            .tasks(NER, POS, MOOD)
            .balance(pcgrad())
            .optimise(adam(2e-2))
            .epochs(10)
            .batch(16)
            .seed(7);
    private static final Run RUN = RECIPE.fit(TEXTS);

    @Test
    void spans_tags_and_a_class_a_row_are_learned_together() {
        assertThat(RUN.test().value(NER, Metric.SPAN_F1)).isGreaterThan(0.9);
        assertThat(RUN.test().value(NER, Metric.STRICT_SPAN_F1)).isGreaterThan(0.9);
        assertThat(RUN.test().value(POS, Metric.ACCURACY)).isGreaterThan(0.95);
        assertThat(RUN.test().value(MOOD, Metric.ACCURACY)).isGreaterThan(0.8);
        assertThat(RUN.test().main(NER).metric()).isEqualTo(Metric.SPAN_F1);
        assertThat(RUN.toString()).contains("span F1", "strict span F1", "macro F1");
    }

    @Test
    void predictions_have_a_tag_for_each_word_that_a_row_has() {
        Predictions predictions = RUN.predict(TEXTS.test());
        for (int r = 0; r < predictions.rows(); r++) {
            int words = (int) TEXTS.test().input("text").get(r, 0);
            assertThat(predictions.tags(NER).get(r)).hasSize(words);
            assertThat(predictions.tags(POS).get(r)).hasSize(words).doesNotContain("O");
        }
        assertThat(predictions.toString()).contains("ner", "pos", "TITLE NAME");
        assertThatThrownBy(() -> predictions.labels(NER))
                .hasMessage("Task 'ner' predicts a class at each place of a row, not one a row.\n"
                        + "Ask for tags(\"ner\"), or for matrix(\"ner\").");
        assertThatThrownBy(() -> predictions.numbers(POS))
                .hasMessage("Task 'pos' predicts classes, not numbers.\nAsk for tags(\"pos\").");
        assertThatThrownBy(() -> predictions.tags(MOOD))
                .hasMessage("Task 'mood' predicts no class at each place of a row.\n"
                        + "Ask for labels(\"mood\") or probabilities(\"mood\").");
    }

    @Test
    void the_transitions_of_the_crf_are_learned_and_saved(@TempDir Path folder) {
        double[] own = RUN.net().parameter("head.ner.transitions").toRows()[0];
        int tags = 3; // B-PER, I-PER, O
        assertThat(own).hasSize(tags * (tags + 2));
        double outsideToInside = own[tags + 2 * tags + 1];
        double outsideToBegin = own[tags + 2 * tags];
        assertThat(outsideToInside).isLessThan(outsideToBegin);
        Path file = folder.resolve("texts.net");
        RUN.save(file.toString());
        Net loaded = Net.load(file);
        assertThat(loaded).isEqualTo(RUN.net());
        assertThat(loaded.predict(TEXTS.test()).tags("ner"))
                .isEqualTo(RUN.predict(TEXTS.test()).tags(NER));
    }

    @Test
    void same_seed_same_bits() {
        assertThat(RECIPE.epochs(2).fit(TEXTS).net().parameters())
                .isEqualTo(RECIPE.epochs(2).fit(TEXTS).net().parameters());
    }

    @Test
    void the_next_word_is_learned_from_those_before_it() {
        Task<Label> next = task("next").nextToken().loss(sequenceCrossEntropy());
        Random random = new Random(4);
        List<List<String>> texts = new ArrayList<>();
        for (int r = 0; r < 150; r++) {
            List<String> words = new ArrayList<>();
            int at = random.nextInt(5);
            int length = 4 + random.nextInt(4);
            for (int p = 0; p < length; p++) {
                words.add("w" + at);
                at = (at + (random.nextInt(10) == 0 ? 2 : 1)) % 5; // the next one in nine of ten
            }
            texts.add(words);
        }
        Input input = Inputs.tokens(texts);
        MultiTaskData data = MultiTaskData.of("text", input).with(PlaceTargets.nextTokens(next, input));
        Run run = hard(lstm(12))
                .tasks(next)
                .optimise(adam(2e-2))
                .epochs(10)
                .batch(16)
                .seed(1)
                .fit(data.split(0.7, 0.15, 0.15).seed(2));
        assertThat(run.test().value(next, Metric.ACCURACY)).isGreaterThan(0.8);
        assertThat(run.test().value(next, Metric.PERPLEXITY)).isBetween(1.1, 2.0);
    }

    private static final Task<Label> PIXELS = task("object").pixels();
    private static final Task<Regressor> DEPTH = task("depth").depth();
    private static final Task<Regressor> NORMALS = task("normals").normals();

    /** Images of 8 x 8 pixels with a bright square: an object that is nearer and turned; some pixels are not labelled. */
    private static MultiTaskData scenes(int rows, long seed) {
        Random random = new Random(seed);
        float[][] pixels = new float[rows][64];
        int[][] object = new int[rows][64];
        float[][] depth = new float[rows][64];
        float[][] normals = new float[rows][192];
        for (int r = 0; r < rows; r++) {
            int left = random.nextInt(5);
            int top = random.nextInt(5);
            for (int p = 0; p < 64; p++) {
                boolean in = p % 8 >= left && p % 8 < left + 4 && p / 8 >= top && p / 8 < top + 4;
                pixels[r][p] = (float) ((in ? 1 : 0) + 0.1 * random.nextGaussian());
                object[r][p] = random.nextInt(20) == 0 ? -1 : in ? 1 : 0;
                depth[r][p] = random.nextInt(20) == 0 ? 0 : in ? 2 : 5;
                normals[r][p] = in ? 1 : 0;
                normals[r][128 + p] = in ? 0 : 1;
            }
        }
        return MultiTaskData.of("image", Inputs.images(1, 8, 8, pixels))
                .with(PlaceTargets.pixels(PIXELS, List.of("ground", "box"), object))
                .with(PlaceTargets.depths(DEPTH, depth))
                .with(PlaceTargets.normals(NORMALS, normals));
    }

    private static final Split SCENES = scenes(80, 1).split(0.7, 0.15, 0.15).seed(3);

    @Test
    void classes_depths_and_normals_of_pixels_are_learned_together(@TempDir Path folder) {
        Run run = hard(unet(4, 8))
                .tasks(PIXELS, DEPTH, NORMALS)
                .optimise(adam(2e-2))
                .epochs(15)
                .batch(16)
                .seed(1)
                .fit(SCENES);
        assertThat(run.test().value(PIXELS, Metric.MEAN_IOU)).isGreaterThan(0.9);
        assertThat(run.test().value(PIXELS, Metric.ACCURACY)).isGreaterThan(0.95);
        assertThat(run.test().value(DEPTH, Metric.ABSOLUTE_ERROR)).isLessThan(0.5);
        assertThat(run.test().value(DEPTH, Metric.RELATIVE_ERROR)).isLessThan(0.2);
        assertThat(run.test().value(NORMALS, Metric.ANGLE)).isLessThan(15);
        Predictions predictions = run.predict(SCENES.test());
        assertThat(predictions.tags(PIXELS).get(0)).hasSize(64);
        double[] normal = Arrays.copyOf(predictions.numbers(NORMALS)[0], 3);
        assertThat(Arrays.stream(normal).map(x -> x * x).sum()).isBetween(0.999, 1.001);
        run.save(folder.resolve("scenes.net").toString());
        assertThat(Net.load(folder.resolve("scenes.net")).predict(SCENES.test()))
                .isEqualTo(predictions);
    }

    @Test
    void nodes_of_graphs_have_tags() {
        Random random = new Random(6);
        List<GraphRow> graphs = new ArrayList<>();
        List<List<String>> tags = new ArrayList<>();
        for (int r = 0; r < 120; r++) {
            double[][] x = new double[3 + random.nextInt(3)][2];
            List<String> row = new ArrayList<>();
            for (double[] node : x) {
                node[0] = random.nextGaussian();
                node[1] = random.nextGaussian();
                row.add(node[0] > 0 ? "up" : "down");
            }
            graphs.add(GraphRow.of(x));
            tags.add(row);
        }
        Task<Label> nodes = task("node").tags();
        MultiTaskData data = MultiTaskData.of("graph", Inputs.graphs(graphs)).with(PlaceTargets.tags(nodes, tags));
        Run run = hard(gcn(16))
                .tasks(nodes)
                .optimise(adam(2e-2))
                .epochs(20)
                .batch(16)
                .seed(1)
                .fit(data.split(0.7, 0.15, 0.15).seed(2));
        assertThat(run.test().value(nodes, Metric.ACCURACY)).isGreaterThan(0.8);
    }

    @Test
    void tribuos_model_is_not_for_them_and_says_what_to_ask() {
        assertThatThrownBy(() -> RUN.model(NER))
                .hasMessage(
                        "Task 'ner': it has a class at each place of a row, for which Tribuo has SequenceModel, not Model.\n"
                                + "Ask for run.sequenceModel(\"ner\"), or run.predict(data) for tags(\"ner\").");
        assertThatThrownBy(() -> baseline(POS, DummyClassifierTrainer.createMostFrequentTrainer()))
                .hasMessage(
                        "baseline(): task(\"pos\").tags() has an answer at each place of a row, which no trainer of Tribuo's gives.\n"
                                + "Take single(..) for a control.");
    }

    @Test
    void what_does_not_fit_is_an_error_before_anything_is_trained() {
        assertThatThrownBy(() -> hard(mlp(4)).tasks(POS).epochs(1).fit(TEXTS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Encoder mlp(4): it takes features or an image");
        assertThatThrownBy(() ->
                        hard(biLstm(4)).tasks(task("pos").classes()).epochs(1).fit(TEXTS))
                .hasMessageContaining(
                        "Task 'pos': the task predicts classes but column 'pos' holds a class at each place");
        assertThatThrownBy(() -> NER.loss(mse()))
                .hasMessage("Task 'ner': mse() does not fit spans().\n"
                        + "It takes crossEntropy(), sequenceCrossEntropy(), focal(2), crf() or a loss of your own.");
        MultiTaskData two = MultiTaskData.of("text", Inputs.tokens(List.of(List.of("a", "b"), List.of("a"))))
                .with(PlaceTargets.tags(POS, List.of(List.of("X", "Y"), List.of("X", "Y"))));
        assertThatThrownBy(() -> two.requireTargets(List.of(POS)))
                .hasMessage("Target 'pos': row 1 has a label at place 1, but input 'text' has only 1 places there.\n"
                        + "Give a label for each place that the row has.");
        assertThatThrownBy(() -> PlaceTargets.pixels(PIXELS, List.of("a"), new int[][] {{0, 1}}))
                .hasMessage(
                        "Target 'object': row 0, pixel 1 holds class index 1, but there are 1 classes (0 to 0; -1 for no label).\n"
                                + "Name every class, or correct the index.");
    }

    @Test
    void the_data_print_their_targets_at_places() {
        assertThat(TEXTS.train().toString()).contains("3 classes at up to", "B-PER");
        assertThat(SCENES.train().toString()).contains("a real at up to 64 places", "3 reals at up to 64 places");
    }
}
