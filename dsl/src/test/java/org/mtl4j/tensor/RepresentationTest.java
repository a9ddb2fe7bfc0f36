package org.mtl4j.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class RepresentationTest {

    private static final int TASKS = 3;
    private static final int ROWS = 5;
    private static final int[][] LABELLED = {{0, 1, 2, 3, 4}, {0, 2, 3}, {1, 2}};
    /** Weights of the four tasks of a {@link SampledTape}. */
    private static final double[] WEIGHTS = {0.5, 0, 2, -1};

    private static final double[] ONES = {1, 1, 1, 1};
    private static final double[] OTHERS = {3, 2, 0, 0.5};
    private static final Initialiser DRAWN = new Initialiser.UniformFanIn();

    private final RandomGenerator random = Draws.generator(4);
    private final float[] x = SampledTape.normal(ROWS * 4, 1, random);
    private final float[][] signals = {
        SampledTape.normal(ROWS, 1, random), SampledTape.normal(ROWS, 1, random), SampledTape.normal(ROWS, 1, random)
    };
    private final Tape tape = tape(0);

    /**
     * A linear representation, so that the gradient by it is that by the bias below it; task 1 has a layer of its own.
     *
     * @param doublings how often it is added to itself before tasks 0 and 2 read it
     */
    private Tape tape(int doublings) {
        Tape made = new Tape(TASKS);
        Node z = made.dense("z", made.input("x", 4), 3, new Activation.Identity(), DRAWN, random);
        Node top = z;
        for (int d = 0; d < doublings; d++) {
            top = SequenceLayers.sum(made, "twice." + d, List.of(top, top));
        }
        made.heads("heads", top, List.of(new TaskHead(0, "head.0", 1), new TaskHead(2, "head.2", 1)), DRAWN, random);
        Node own = made.dense("own", z, 2, new Activation.Tanh(), DRAWN, random);
        made.heads("head.1", own, List.of(new TaskHead(1, "head.1", 1)), DRAWN, random);
        made.reserveStacked(ROWS);
        return made;
    }

    private void forward(Tape tape, float[] rows, int count, int first) {
        tape.bind("x", rows);
        tape.forward(count, Node.Pass.TRAIN);
        tape.clearOutputSignals();
        for (int t = 0; t < TASKS; t++) {
            TaskOutput output = tape.output(t);
            for (int row : LABELLED[t]) {
                if (row >= first && row < first + count) {
                    output.signal()[(row - first) * output.stride() + output.column()] = signals[t][row];
                }
            }
        }
    }

    /** The gradient by the representation of one row, as that by the bias below. */
    private float[] ofRow(int row, int task) {
        forward(tape, Arrays.copyOfRange(x, row * 4, row * 4 + 4), 1, row);
        double[] one = new double[TASKS];
        one[task] = 1;
        tape.backward(one);
        Parameters parameters = tape.parameters();
        return parameters.copyOfGradient(parameters.get("z.bias"));
    }

    @Test
    void the_gram_at_the_representation_is_that_of_the_gradients_by_it_row_by_row() {
        double[] expected = new double[TASKS * TASKS];
        for (int row = 0; row < ROWS; row++) {
            for (int i = 0; i < TASKS; i++) {
                for (int j = 0; j < TASKS; j++) {
                    expected[i * TASKS + j] += SampledTape.dot(
                            ofRow(row, i), ofRow(row, j), IntStream.range(0, 3).toArray());
                }
            }
        }
        double[] gram = gram(tape);
        assertThat(gram).containsExactly(expected, within(1e-6));
    }

    private double[] gram(Tape tape) {
        forward(tape, x, ROWS, 0);
        Layout layout = tape.stack();
        for (int t = 0; t < TASKS; t++) {
            layout.block(t, LABELLED[t], LABELLED[t].length);
        }
        double[] gram = new double[TASKS * TASKS];
        tape.representationGram(gram);
        return gram;
    }

    @Test
    void what_many_paths_lead_to_is_the_lowest_that_all_read_and_found_without_walking_each_path() {
        Tape deep = tape(40); // 2^40 paths
        float[] values = tape.parameters().values();
        System.arraycopy(values, 0, deep.parameters().values(), 0, values.length);
        double[] plain = gram(tape);
        double[] gram = gram(deep);
        double[] factor = {0x1p40, 1, 0x1p40};
        for (int i = 0; i < gram.length; i++) {
            double expected = plain[i] * factor[i / TASKS] * factor[i % TASKS];
            assertThat(gram[i]).isCloseTo(expected, within(1e-6 * Math.abs(expected)));
        }
    }

    static Stream<Arguments> samples() {
        return Stream.of(SampledTape.Labels.values())
                .flatMap(labels -> Stream.of(WEIGHTS, ONES, OTHERS)
                        .map(owned -> Arguments.of(new SampledTape(4, 9, labels, 0.3, 1, 7), labels, owned)));
    }

    @ParameterizedTest(name = "labels {1}, {2}")
    @MethodSource("samples")
    void combining_gives_the_weighted_sum_of_the_parameters_gradients(
            SampledTape sample, SampledTape.Labels labels, double[] owned) {
        sample.tape.reserveStacked(sample.rows);
        float[][] alone = IntStream.range(0, 4).mapToObj(sample::taskGradient).toArray(float[][]::new);
        sample.forward();
        Layout layout = sample.tape.stack();
        for (int t = 0; t < 4; t++) {
            layout.block(t, sample.labelled[t], sample.labelled[t].length);
        }
        sample.tape.representationGram(new double[16]);
        sample.tape.combineAtRepresentation(WEIGHTS, owned);
        assertCombined(sample, alone, owned);
    }

    @ParameterizedTest(name = "labels {1}, {2}")
    @MethodSource("samples")
    void weights_that_are_known_give_the_same_without_a_gram(
            SampledTape sample, SampledTape.Labels labels, double[] owned) {
        sample.tape.reserveStacked(sample.rows);
        float[][] alone = IntStream.range(0, 4).mapToObj(sample::taskGradient).toArray(float[][]::new);
        sample.forward();
        sample.tape.backward(WEIGHTS, owned);
        assertCombined(sample, alone, owned);
    }

    private static void assertCombined(SampledTape sample, float[][] alone, double[] owned) {
        float[] combined = sample.tape.parameters().gradient();
        List<Integer> shared = Arrays.stream(sample.sharedIndices()).boxed().toList();
        for (int i = 0; i < combined.length; i++) {
            double[] by = shared.contains(i) ? WEIGHTS : owned;
            double expected = 0;
            for (int t = 0; t < 4; t++) {
                expected += by[t] * alone[t][i];
            }
            assertThat((double) combined[i]).as("number %d", i).isCloseTo(expected, within(1e-5));
        }
    }

    /** Shares of each task's gradient by each number, which differ from number to number. */
    private static float[] shares(int numbers) {
        float[] kept = new float[TASKS * numbers];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = (i * 7 % 5 - 1) / 4f;
        }
        return kept;
    }

    @Test
    void masking_keeps_the_share_of_each_number_of_each_tasks_gradient() {
        float[][] byRow = new float[ROWS * TASKS][];
        for (int row = 0; row < ROWS; row++) {
            for (int t = 0; t < TASKS; t++) {
                byRow[row * TASKS + t] = ofRow(row, t);
            }
        }
        gram(tape);
        int numbers = tape.representationWidth();
        assertThat(numbers).isEqualTo(3);
        float[] kept = shares(numbers);
        float[] agreements = new float[kept.length];
        tape.representationAgreements(agreements);
        float[] values = new float[ROWS * numbers];
        Parameters parameters = tape.parameters();
        float[] p = parameters.values();
        Parameter weight = parameters.get("z.weight");
        Parameter bias = parameters.get("z.bias");
        float[] expectedBias = new float[numbers];
        float[] expectedAgreements = new float[kept.length];
        for (int row = 0; row < ROWS; row++) {
            for (int k = 0; k < numbers; k++) {
                values[row * numbers + k] = p[bias.offset() + k];
                for (int i = 0; i < 4; i++) {
                    values[row * numbers + k] += x[row * 4 + i] * p[weight.offset() + i * numbers + k];
                }
                for (int t = 0; t < TASKS; t++) {
                    float g = byRow[row * TASKS + t][k];
                    expectedBias[k] += kept[t * numbers + k] * g;
                    expectedAgreements[t * numbers + k] += g * Math.signum(values[row * numbers + k]);
                }
            }
        }
        assertThat(agreements).containsExactly(expectedAgreements, within(1e-6f));
        tape.maskAtRepresentation(kept, new double[] {1, 1, 1});
        assertThat(parameters.copyOfGradient(bias)).containsExactly(expectedBias, within(1e-6f));
    }

    @ParameterizedTest
    @EnumSource
    void masking_by_shares_of_1_gives_the_sum(SampledTape.Labels labels) {
        SampledTape sample = new SampledTape(4, 9, labels, 0.3, 1, 7);
        sample.tape.reserveStacked(sample.rows);
        float[][] alone = IntStream.range(0, 4).mapToObj(sample::taskGradient).toArray(float[][]::new);
        sample.forward();
        Layout layout = sample.tape.stack();
        for (int t = 0; t < 4; t++) {
            layout.block(t, sample.labelled[t], sample.labelled[t].length);
        }
        sample.tape.representationGram(new double[16]);
        float[] kept = new float[4 * sample.tape.representationWidth()];
        Arrays.fill(kept, 1);
        sample.tape.maskAtRepresentation(kept, ONES);
        float[] combined = sample.tape.parameters().gradient();
        for (int i = 0; i < combined.length; i++) {
            float expected = alone[0][i] + alone[1][i] + alone[2][i] + alone[3][i];
            assertThat(combined[i]).as("number %d", i).isCloseTo(expected, within(1e-5f));
        }
    }
}
