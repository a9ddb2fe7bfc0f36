package org.mtl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.mtl4j.Mtl.adam;
import static org.mtl4j.Mtl.biLstm;
import static org.mtl4j.Mtl.equal;
import static org.mtl4j.Mtl.gru;
import static org.mtl4j.Mtl.hard;
import static org.mtl4j.Mtl.learnedPositions;
import static org.mtl4j.Mtl.mlp;
import static org.mtl4j.Mtl.pcgrad;
import static org.mtl4j.Mtl.single;
import static org.mtl4j.Mtl.task;
import static org.mtl4j.Mtl.transformer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mtl4j.data.Input;
import org.mtl4j.data.Inputs;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.data.Split;
import org.mtl4j.fitted.Metric;
import org.mtl4j.fitted.Net;
import org.mtl4j.fitted.Predictions;
import org.mtl4j.layer.Encoder;
import org.mtl4j.task.Task;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tribuo.classification.Label;
import org.tribuo.regression.Regressor;

/** Trainings on texts and series, from the data's rows to predictions. */
class SequenceRunTest {

    /** Whether 'good' stands before 'bad': the words alone do not tell. */
    private static final Task<Label> MOOD = task("mood").binary();

    private static final Task<Regressor> LONG = task("long").regression();

    private static MultiTaskData texts(int rows) {
        Random random = new Random(5);
        List<List<String>> texts = new ArrayList<>();
        String[] moods = new String[rows];
        double[] lengths = new double[rows];
        for (int r = 0; r < rows; r++) {
            List<String> text = new ArrayList<>();
            int before = random.nextInt(3);
            int after = random.nextInt(3);
            boolean good = random.nextBoolean();
            Stream.generate(() -> "w" + random.nextInt(4)).limit(before).forEach(text::add);
            text.add(good ? "good" : "bad");
            Stream.generate(() -> "w" + random.nextInt(4)).limit(after).forEach(text::add);
            text.add(good ? "bad" : "good");
            texts.add(text);
            moods[r] = good ? "fine" : "sad";
            lengths[r] = text.size();
        }
        return MultiTaskData.of("text", Inputs.tokens(texts))
                .target(MOOD, moods)
                .target(LONG, lengths);
    }

    private static Split split() {
        return texts(300).split(0.7, 0.15, 0.15).seed(3);
    }

    static Stream<Encoder> encoders() {
        return Stream.of(
                biLstm(8).embedding(6),
                gru(10).layers(2).dropout(0.1),
                transformer(8, 2, 1).normFirst(),
                transformer(8, 2, 1).positions(learnedPositions()));
    }

    @ParameterizedTest
    @MethodSource("encoders")
    void an_encoder_of_texts_learns_what_the_order_of_words_says(Encoder encoder) {
        Recipe recipe = hard(encoder)
                .tasks(MOOD, LONG)
                .balance(pcgrad())
                .optimise(adam(1e-2))
                .epochs(25)
                .batch(32)
                .seed(4);
        Run run = recipe.fit(split());
        assertThat(run.test().value(MOOD, Metric.ACCURACY)).isGreaterThan(0.9);
        assertThat(recipe.fit(split()).net().parameters()).isEqualTo(run.net().parameters());
        assertThat(recipe.toString()).contains("hard(" + encoder + ")");
    }

    @Test
    void a_row_has_the_same_bits_alone_and_among_others_and_after_loading(@TempDir Path folder) {
        MultiTaskData data = texts(300);
        for (Encoder encoder : encoders().toList()) {
            Run run = single(encoder)
                    .tasks(MOOD, LONG)
                    .balance(equal())
                    .epochs(1)
                    .seed(1)
                    .fit(split());
            Predictions all = run.predict(data);
            Predictions few = run.predict(data.select(7, 3));
            assertThat(few.probabilities(MOOD)[0]).containsExactly(all.probabilities(MOOD)[7]);
            assertThat(few.numbers(LONG)[1]).containsExactly(all.numbers(LONG)[3]);
            Path file = folder.resolve("net");
            run.save(file.toString());
            assertThat(Net.load(file)).isEqualTo(run.net());
            assertThat(Net.load(file).predict(data)).isEqualTo(all);
        }
    }

    @ParameterizedTest
    @MethodSource("encoders")
    void the_trained_net_as_one_samediff_graph_predicts_the_same(Encoder encoder) {
        Run run = hard(encoder).tasks(MOOD, LONG).epochs(2).seed(1).fit(split());
        agree(run, "text", texts(300).select(1, 2, 3, 4, 5, 6, 7));
    }

    private static void agree(Run run, String input, MultiTaskData data) {
        Input rows = data.input(input);
        float[][] values = new float[rows.rows()][rows.width()];
        for (int r = 0; r < values.length; r++) {
            rows.copyRow(r, values[r], 0);
        }
        SameDiff graph = run.sameDiff();
        Predictions expected = run.predict(data);
        for (String task : expected.tasks()) {
            INDArray found = graph.outputSingle(Map.of(input, Nd4j.createFromArray(values)), task);
            float[] ours = expected.matrix(task).toArray();
            assertThat(found.dup('c').data().asFloat()).as(task).containsExactly(ours, within(1e-4f));
        }
    }

    @Test
    void a_series_trains_too() {
        Random random = new Random(2);
        double[][][] x = new double[200][][];
        double[] last = new double[x.length];
        for (int r = 0; r < x.length; r++) {
            x[r] = new double[1 + random.nextInt(5)][2];
            for (double[] step : x[r]) {
                step[0] = random.nextGaussian();
                step[1] = random.nextGaussian();
            }
            last[r] = x[r][x[r].length - 1][0];
        }
        MultiTaskData data = MultiTaskData.of("series", Inputs.series(x)).target(LONG, last);
        Run run = hard(biLstm(12))
                .tasks(LONG)
                .optimise(adam(1e-2))
                .epochs(40)
                .batch(32)
                .seed(4)
                .fit(data.split(0.7, 0.15, 0.15).seed(3));
        assertThat(run.test().value(LONG, Metric.R2)).isGreaterThan(0.5);
        agree(run, "series", data.select(3, 4, 5));
    }

    @Test
    void features_for_an_encoder_of_texts_and_texts_for_an_mlp_are_errors_before_training() {
        assertThatThrownBy(() -> hard(biLstm(4)).tasks(Toys.CASUAL).fit(Toys.split()))
                .hasMessage(
                        "Encoder biLstm(4): it takes a text or a series, but input 'features' of the data is features, 4.\n"
                                + "Give the data such an input, or take an encoder for what they have.");
        assertThatThrownBy(() -> hard(mlp(4)).tasks(LONG).fit(split()))
                .hasMessageStartingWith("Encoder mlp(4): it takes features or an image, but input 'text'");
    }
}
