package org.mtl4j.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mtl4j.task.Loss.Reduction;
import org.mtl4j.tensor.Draws;

class LossTest {

    private static final int ROWS = 7;
    private static final int WIDTH = 3;
    private static final int STRIDE = 5;
    private static final int COLUMN = 1;
    private static final int[] LABELLED = {0, 2, 3, 6};
    private static final double STEP = 1e-2;

    private final float[] outputs = new float[ROWS * STRIDE];
    private final float[] signal = new float[ROWS * STRIDE];

    static Stream<Loss> all() {
        return Stream.of(Reduction.values())
                .flatMap(r -> Stream.of(
                        new Loss.CrossEntropy(0, List.of(), r),
                        new Loss.CrossEntropy(0.2, List.of(0.5, 0.0, 2.0), r),
                        new Loss.BinaryCrossEntropy(1, r),
                        new Loss.BinaryCrossEntropy(3, r),
                        new Loss.MultiLabelCrossEntropy(List.of(), r),
                        new Loss.MultiLabelCrossEntropy(List.of(0.5, 1.0, 3.0), r),
                        new Loss.MeanSquaredError(r),
                        new Loss.MeanAbsoluteError(r),
                        new Loss.Huber(0.7, r),
                        new Loss.SmoothL1(0.7, r)));
    }

    private static float[] targets(Loss loss, RandomGenerator random) {
        int width = loss instanceof Loss.CrossEntropy ? 1 : WIDTH;
        float[] targets = new float[ROWS * width];
        for (int i = 0; i < targets.length; i++) {
            targets[i] = loss instanceof Loss.CrossEntropy
                    ? Draws.below(WIDTH, random)
                    : loss instanceof Loss.BinaryCrossEntropy || loss instanceof Loss.MultiLabelCrossEntropy
                            ? Draws.below(2, random)
                            : (float) Draws.uniform(random);
        }
        return targets;
    }

    private Labelled at(Loss loss, float[] targets, int count) {
        int width = loss instanceof Loss.CrossEntropy ? 1 : WIDTH;
        return new Labelled().outputs(outputs, signal, COLUMN, WIDTH, STRIDE).targets(targets, width, LABELLED, count);
    }

    private void fillOutputs(RandomGenerator random) {
        for (int i = 0; i < outputs.length; i++) {
            outputs[i] = (float) (4 * Draws.uniform(random) - 1.5);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void the_signal_is_that_of_central_differences_and_other_numbers_are_left_alone(Loss loss) {
        RandomGenerator random = Draws.generator(3);
        fillOutputs(random);
        float[] targets = targets(loss, random);
        LossKernel kernel = new LossKernel(loss);
        Arrays.fill(signal, 9f);
        double value = kernel.evaluate(at(loss, targets, LABELLED.length), 2);
        assertThat(value).isPositive();
        float[] written = signal.clone();
        for (int i = 0; i < outputs.length; i++) {
            float here = outputs[i];
            outputs[i] = (float) (here + STEP);
            double above = kernel.evaluate(at(loss, targets, LABELLED.length), 1);
            outputs[i] = (float) (here - STEP);
            double below = kernel.evaluate(at(loss, targets, LABELLED.length), 1);
            outputs[i] = here;
            int row = i / STRIDE;
            int column = i % STRIDE - COLUMN;
            boolean used = Arrays.binarySearch(LABELLED, row) >= 0 && column >= 0 && column < WIDTH;
            double expected = used ? 2 * (above - below) / (2 * STEP) : 9;
            assertThat((double) written[i]).as("[%d, %d]", row, column).isCloseTo(expected, within(6e-3));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void without_labels_the_loss_is_0_and_the_signal_is_left_alone(Loss loss) {
        assertThat(new LossKernel(loss).evaluate(at(loss, new float[ROWS * WIDTH], 0), 1))
                .isZero();
        assertThat(signal).containsOnly(0f);
    }

    @ParameterizedTest
    @MethodSource("all")
    void a_factor_scales_the_signal_and_not_the_value(Loss loss) {
        RandomGenerator random = Draws.generator(4);
        fillOutputs(random);
        float[] targets = targets(loss, random);
        LossKernel kernel = new LossKernel(loss);
        double value = kernel.evaluate(at(loss, targets, 4), 1);
        float[] once = signal.clone();
        assertThat(kernel.evaluate(at(loss, targets, 4), 0.5)).isEqualTo(value);
        for (int i = 0; i < once.length; i++) {
            assertThat(signal[i]).isCloseTo(0.5f * once[i], within(1e-6f));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void huge_outputs_give_finite_losses_and_signals(Loss loss) {
        float[] targets = targets(loss, Draws.generator(5));
        for (int i = 0; i < outputs.length; i++) {
            outputs[i] = i % 2 == 0 ? 1e4f : -1e4f;
        }
        double value = new LossKernel(loss).evaluate(at(loss, targets, 4), 1);
        assertThat(value).isFinite();
        for (float s : signal) {
            assertThat(Float.isFinite(s)).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void nan_in_an_output_reaches_the_loss(Loss loss) {
        float[] targets = targets(loss, Draws.generator(5));
        outputs[2 * STRIDE + COLUMN] = Float.NaN;
        assertThat(new LossKernel(loss).evaluate(at(loss, targets, 4), 1)).isNaN();
    }

    @Test
    void labelled_rows_of_classes_that_weigh_nothing_have_loss_0() {
        Loss loss = new Loss.CrossEntropy(0, List.of(1.0, 0.0, 1.0), Reduction.MEAN);
        float[] targets = {1, 1, 1, 1, 1, 1, 1};
        assertThat(new LossKernel(loss).evaluate(at(loss, targets, 4), 1)).isZero();
        assertThat(signal).containsOnly(0f);
    }

    @Test
    void each_prints_as_the_call_that_makes_it() {
        assertThat(all().limit(10).map(Loss::toString))
                .containsExactly(
                        "crossEntropy()",
                        "crossEntropy().labelSmoothing(0.2).classWeights(0.5, 0.0, 2.0)",
                        "binaryCrossEntropy()",
                        "binaryCrossEntropy().positiveWeight(3.0)",
                        "multiLabelCrossEntropy()",
                        "multiLabelCrossEntropy().positiveWeights(0.5, 1.0, 3.0)",
                        "mse()",
                        "mae()",
                        "huber(0.7)",
                        "smoothL1(0.7)");
    }

    @Test
    void settings_outside_their_range_are_errors() {
        Loss.CrossEntropy ce = new Loss.CrossEntropy(0, List.of(), Reduction.MEAN);
        assertThatThrownBy(() -> ce.labelSmoothing(1))
                .hasMessage("labelSmoothing(1.0): it lies in [0, 1).\n"
                        + "Give the share that is spread over all classes: labelSmoothing(0.1).");
        assertThatThrownBy(() -> ce.classWeights(1, -2))
                .hasMessage("classWeights([1.0, -2.0]): -2.0 is not a finite number of at least 0.\n"
                        + "Give one weight per class, in the order of the classes.");
        assertThatThrownBy(() -> new Loss.BinaryCrossEntropy(0, Reduction.MEAN))
                .hasMessage("positiveWeight(0.0): it is a finite number above 0.\n"
                        + "Give rows of the negative class per row of the positive one.");
        assertThatThrownBy(() -> new Loss.Huber(0, Reduction.MEAN))
                .hasMessage("huber(0.0): delta is a finite number above 0.\n"
                        + "Give it in standard deviations of the target: huber(1).");
        assertThatThrownBy(() -> new Loss.SmoothL1(Double.NaN, Reduction.MEAN))
                .hasMessage("smoothL1(NaN): beta is a finite number above 0.\n"
                        + "Give it in standard deviations of the target: smoothL1(1).");
    }

    @Test
    void an_unknown_label_adds_nothing_and_the_mean_is_over_the_known_ones() {
        RandomGenerator random = Draws.generator(3);
        fillOutputs(random);
        Loss mean = new Loss.MultiLabelCrossEntropy(List.of(), Reduction.MEAN);
        Loss sum = new Loss.MultiLabelCrossEntropy(List.of(), Reduction.SUM);
        float[] targets = targets(mean, random);
        double all = new LossKernel(sum).evaluate(at(sum, targets, LABELLED.length), 1);
        float kept = targets[LABELLED[1] * WIDTH + 2];
        targets[LABELLED[1] * WIDTH + 2] = Float.NaN;
        Arrays.fill(signal, 7f);
        double known = new LossKernel(mean).evaluate(at(mean, targets, LABELLED.length), 1);
        assertThat(signal[LABELLED[1] * STRIDE + COLUMN + 2]).isZero();
        float[] alone = new float[targets.length];
        Arrays.fill(alone, Float.NaN);
        alone[LABELLED[1] * WIDTH + 2] = kept;
        double one = new LossKernel(sum).evaluate(at(sum, alone, LABELLED.length), 1);
        int left = LABELLED.length * WIDTH - 1;
        assertThat(known).isCloseTo((all - one) / left, within(1e-6));
        Arrays.fill(alone, Float.NaN);
        assertThat(new LossKernel(mean).evaluate(at(mean, alone, LABELLED.length), 1))
                .isZero();
    }
}
