package org.mtl4j.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One stacked backward pass of all tasks against one pass per task. */
class StackedPassTest {

    private static final double TOLERANCE = 2e-5; // of float sums, times the largest number

    static Stream<Arguments> samples() {
        return Stream.of(LayerGram.Way.values())
                .flatMap(way -> Stream.of(SampledTape.Labels.values())
                        .flatMap(labels -> IntStream.rangeClosed(1, 6).mapToObj(tasks -> {
                            double dropout = tasks % 2 == 0 ? 0.4 : 0;
                            double scale = tasks == 5 ? 1e4 : 1;
                            int rows = tasks == 4 ? 1 : 9;
                            return Arguments.of(
                                    way,
                                    new SampledTape(tasks, rows, labels, dropout, scale, 10L * tasks),
                                    labels,
                                    tasks);
                        })));
    }

    @ParameterizedTest(name = "{0}, labels {2}, {3} tasks")
    @MethodSource("samples")
    void the_gram_is_that_of_separate_task_gradients(
            LayerGram.Way way, SampledTape sample, SampledTape.Labels labels, int tasks) {
        sample.tape.reserveStacked(sample.rows, way);
        float[][] gradients = gradients(sample);
        double[] total = new double[tasks * tasks];
        double[][] layers = new double[sample.tape.sharedLayers().size()][tasks * tasks];
        sample.grams(total, layers);

        assertGram(total, gradients, sample.sharedIndices());
        for (int l = 0; l < layers.length; l++) {
            assertGram(
                    layers[l],
                    gradients,
                    sample.indices(sample.tape.sharedLayers().get(l)));
        }
    }

    private static float[][] gradients(SampledTape sample) {
        return IntStream.range(0, sample.tasks).mapToObj(sample::taskGradient).toArray(float[][]::new);
    }

    private static void assertGram(double[] gram, float[][] gradients, int[] indices) {
        int tasks = gradients.length;
        for (int i = 0; i < tasks; i++) {
            for (int j = 0; j < tasks; j++) {
                double norms = Math.sqrt(SampledTape.dot(gradients[i], gradients[i], indices)
                        * SampledTape.dot(gradients[j], gradients[j], indices));
                assertThat(gram[i * tasks + j])
                        .isEqualTo(gram[j * tasks + i])
                        .isCloseTo(SampledTape.dot(gradients[i], gradients[j], indices), within(TOLERANCE * norms));
            }
        }
    }

    @ParameterizedTest(name = "{0}, labels {2}, {3} tasks")
    @MethodSource("samples")
    void combining_gives_the_weighted_sum_to_shared_and_the_own_weight_to_owned_parameters(
            LayerGram.Way way, SampledTape sample, SampledTape.Labels labels, int tasks) {
        sample.tape.reserveStacked(sample.rows, way);
        float[][] gradients = gradients(sample);
        double[] shared = weights(tasks, 1);
        double[] owned = weights(tasks, 2);
        sample.grams(
                new double[tasks * tasks], new double[sample.tape.sharedLayers().size()][tasks * tasks]);
        Arrays.fill(sample.tape.parameters().gradient(), Float.NaN); // all of it is written
        sample.tape.combine(shared, owned);
        float[] combined = sample.tape.parameters().gradient().clone();

        boolean[] isShared = new boolean[combined.length];
        Arrays.stream(sample.sharedIndices()).forEach(i -> isShared[i] = true);
        assertSums(combined, gradients, i -> isShared[i] ? shared : owned);
    }

    @ParameterizedTest(name = "{0}, labels {2}, {3} tasks")
    @MethodSource("samples")
    void known_weights_give_the_weighted_sum_in_one_pass(
            LayerGram.Way way, SampledTape sample, SampledTape.Labels labels, int tasks) {
        sample.tape.reserveStacked(sample.rows, way);
        double[] weights = weights(tasks, 3);
        assertSums(sample.gradient(weights), gradients(sample), i -> weights);
    }

    private static double[] weights(int tasks, long seed) {
        RandomGenerator random = Draws.generator(seed);
        return IntStream.range(0, tasks)
                .mapToDouble(t -> 4 * Draws.uniform(random) - 2)
                .toArray();
    }

    private static void assertSums(float[] actual, float[][] gradients, IntFunction<double[]> weightsOf) {
        double largest = 1e-30;
        for (float[] gradient : gradients) {
            for (float g : gradient) {
                largest = Math.max(largest, Math.abs(g));
            }
        }
        for (int i = 0; i < actual.length; i++) {
            double sum = 0;
            for (int t = 0; t < gradients.length; t++) {
                sum += weightsOf.apply(i)[t] * gradients[t][i];
            }
            assertThat((double) actual[i]).isCloseTo(sum, within(TOLERANCE * largest));
        }
    }

    @Test
    void a_task_without_labels_has_a_zero_gradient_after_a_batch_that_had_some() {
        for (LayerGram.Way way : LayerGram.Way.values()) {
            SampledTape sample = new SampledTape(3, 8, SampledTape.Labels.ALL, 0, 1, 5);
            sample.tape.reserveStacked(8, way);
            double[] gram = new double[9];
            sample.grams(gram, new double[2][9]);
            sample.tape.combine(new double[] {1, 1, 1}, new double[] {1, 1, 1});
            sample.labelled[1] = new int[0];
            sample.grams(gram, new double[2][9]);
            sample.tape.combine(new double[] {0, 1, 0}, new double[] {0, 1, 0});
            assertThat(sample.tape.parameters().gradient()).containsOnly(0f);
            assertThat(new double[] {gram[1], gram[3], gram[4], gram[5], gram[7]})
                    .containsOnly(0);
        }
    }

    @Test
    void stacked_signals_that_were_not_reserved_are_an_error() {
        SampledTape sample = new SampledTape(2, 4, SampledTape.Labels.ALL, 0, 1, 5);
        sample.tape.reserve(4);
        assertThatThrownBy(() -> sample.grams(new double[4], new double[2][4]))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Stacked signals of 4 rows were not reserved.");
    }

    @Test
    void dropout_is_off_in_evaluation_and_keeps_the_mean_in_training() {
        Tape tape = new Tape(1);
        Node ones = tape.input("x", 1);
        Node dropped = tape.dropout("dropout", ones, 0.3);
        tape.heads("head", dropped, List.of(new TaskHead(0, "head", 1)), new Initialiser.Zeros(), Draws.generator(1));
        int rows = 100_000;
        float[] x = new float[rows];
        Arrays.fill(x, 1f);
        tape.reserve(rows);
        tape.bind("x", x);
        tape.forward(rows, Node.Pass.EVALUATE);
        assertThat(dropped.value()).containsOnly(1f);
        tape.forward(rows, Node.Pass.TRAIN);
        float kept = (float) (1 / 0.7);
        assertThat(dropped.value()).containsOnly(0f, kept);
        double share =
                IntStream.range(0, rows).filter(i -> dropped.value()[i] == 0f).count() / (double) rows;
        assertThat(share).isCloseTo(0.3, within(0.01));
    }
}
