package org.mtl4j.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mtl4j.tensor.Draws;

/** The contract of losses that look at more than one number at a time, or own parameters. */
class PaperLossTest {

    private static final int ROWS = 4;
    private static final int PLACES = 3;
    private static final int SLOTS = ROWS * PLACES;
    private static final int COLUMN = 1;
    private static final int[] LABELLED = {0, 1, 3, 4, 5, 10};
    private static final double STEP = 1e-3;

    /** What a target's numbers are drawn from. */
    private enum Values {
        CLASSES,
        ONE_OR_ZERO,
        REALS,
        BOXES
    }

    private record Case(Loss loss, int width, int targetWidth, Values values, int own) {
        @Override
        public String toString() {
            return loss.toString();
        }
    }

    static Stream<Case> all() {
        return Stream.of(
                new Case(new Focal(2, List.of()), 3, 1, Values.CLASSES, 0),
                new Case(new Focal(0, List.of()), 3, 1, Values.CLASSES, 0),
                new Case(new Focal(0.5, List.of(0.2, 0.3, 0.5)), 3, 1, Values.CLASSES, 0),
                new Case(new Focal(2, List.of(0.25)), 1, 1, Values.ONE_OR_ZERO, 0),
                new Case(new Focal(1.5, List.of()), 3, 3, Values.ONE_OR_ZERO, 0),
                new Case(new Coral(List.of()), 1, 1, Values.CLASSES, 2),
                new Case(new Coral(List.of(1.0, 0.5)), 1, 1, Values.CLASSES, 2),
                new Case(new Pinball(List.of(0.1, 0.5, 0.9)), 3, 1, Values.REALS, 0),
                new Case(new MarginRanking(1), 1, 1, Values.REALS, 0),
                new Case(new MarginRanking(0.5), 1, 2, Values.ONE_OR_ZERO, 0),
                new Case(new SequenceCrossEntropy(0), 3, 1, Values.CLASSES, 0),
                new Case(new SequenceCrossEntropy(0.1), 3, 1, Values.CLASSES, 0),
                new Case(new Crf(Loss.Reduction.MEAN), 3, 1, Values.CLASSES, 15),
                new Case(new Crf(Loss.Reduction.SUM), 3, 1, Values.CLASSES, 15),
                new Case(new Contrastive.InfoNce(0.5), 4, 1, Values.REALS, 0),
                new Case(new Contrastive.Clip(), 4, 1, Values.REALS, 1),
                new Case(new Contrastive.NtXent(0.5), 4, 1, Values.REALS, 0),
                new Case(new DepthL1(), 1, 1, Values.REALS, 0),
                new Case(new NormalCosine(), 3, 3, Values.REALS, 0),
                new Case(new GIoU(), 4, 4, Values.BOXES, 0));
    }

    /** One task's outputs among others', at the positions of rows. */
    private static final class Bench {
        private final Case given;
        private final int stride;
        private final float[] outputs;
        private final float[] signal;
        private final float[] targets;
        private final float[] own = new float[17];
        private final float[] ownGradient = new float[17];
        private final LossKernel kernel;

        Bench(Case given, long seed) {
            this.given = given;
            stride = given.width + 2;
            RandomGenerator random = Draws.generator(seed);
            outputs = new float[SLOTS * stride];
            signal = new float[SLOTS * stride];
            targets = new float[SLOTS * given.targetWidth];
            for (int i = 0; i < outputs.length; i++) {
                outputs[i] = (float) (3 * Draws.uniform(random) - 1.5);
            }
            for (int i = 0; i < own.length; i++) {
                own[i] = (float) (Draws.uniform(random) - 0.5);
            }
            for (int i = 0; i < targets.length; i++) {
                targets[i] = draw(random);
            }
            if (given.values == Values.BOXES) {
                for (int r = 0; r < SLOTS; r++) {
                    order(outputs, r * stride + COLUMN);
                    order(targets, r * 4);
                }
            }
            kernel = new LossKernel(given.loss);
        }

        private float draw(RandomGenerator random) {
            return switch (given.values) {
                case CLASSES -> Draws.below(3, random);
                case ONE_OR_ZERO -> Draws.below(2, random);
                case REALS, BOXES -> (float) Draws.uniform(random);
            };
        }

        /** Puts the corners of a box in order. */
        private static void order(float[] box, int at) {
            box[at + 2] = box[at] + 0.2f + Math.abs(box[at + 2]);
            box[at + 3] = box[at + 1] + 0.2f + Math.abs(box[at + 3]);
        }

        double evaluate(double scale, int count) {
            Labelled at = new Labelled()
                    .outputs(outputs, signal, COLUMN, given.width, stride)
                    .targets(targets, given.targetWidth, LABELLED, count)
                    .places(PLACES)
                    .own(own, ownGradient, 1, given.own);
            return kernel.evaluate(at, scale);
        }

        double slope(float[] of, int i) {
            float here = of[i];
            of[i] = (float) (here + STEP);
            double above = evaluate(1, LABELLED.length);
            double up = of[i];
            of[i] = (float) (here - STEP);
            double below = evaluate(1, LABELLED.length);
            double slope = (above - below) / (up - of[i]);
            of[i] = here;
            return slope;
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void the_signal_is_that_of_central_differences_and_other_numbers_are_left_alone(Case given) {
        Bench bench = new Bench(given, 3);
        Arrays.fill(bench.signal, 9f);
        assertThat(bench.evaluate(2, LABELLED.length)).isPositive();
        float[] written = bench.signal.clone();
        for (int i = 0; i < written.length; i++) {
            int column = i % bench.stride - COLUMN;
            boolean used = Arrays.binarySearch(LABELLED, i / bench.stride) >= 0 && column >= 0 && column < given.width;
            double expected = used ? 2 * bench.slope(bench.outputs, i) : 9;
            assertThat((double) written[i])
                    .as("[%d, %d]", i / bench.stride, column)
                    .isCloseTo(expected, within(3e-3));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void the_gradient_of_its_own_parameters_is_that_of_central_differences(Case given) {
        Bench bench = new Bench(given, 4);
        Arrays.fill(bench.ownGradient, 9f);
        bench.evaluate(2, LABELLED.length);
        float[] written = bench.ownGradient.clone();
        for (int i = 0; i < written.length; i++) {
            double expected = i >= 1 && i <= given.own ? 2 * bench.slope(bench.own, i) : 9;
            assertThat((double) written[i]).as("own %d", i).isCloseTo(expected, within(3e-3));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void without_labels_the_loss_is_0_and_its_own_parameters_have_no_gradient(Case given) {
        Bench bench = new Bench(given, 5);
        Arrays.fill(bench.ownGradient, 9f);
        assertThat(bench.evaluate(1, 0)).isZero();
        assertThat(bench.signal).containsOnly(0f);
        assertThat(Arrays.copyOfRange(bench.ownGradient, 1, 1 + given.own)).doesNotContain(9f);
    }

    @ParameterizedTest
    @MethodSource("all")
    void a_factor_scales_the_signal_and_not_the_value(Case given) {
        Bench bench = new Bench(given, 6);
        double value = bench.evaluate(1, LABELLED.length);
        float[] once = bench.signal.clone();
        float[] own = bench.ownGradient.clone();
        assertThat(bench.evaluate(0.5, LABELLED.length)).isEqualTo(value);
        IntStream.range(0, once.length)
                .forEach(i -> assertThat(bench.signal[i]).isCloseTo(0.5f * once[i], within(1e-6f)));
        IntStream.range(0, own.length)
                .forEach(i -> assertThat(bench.ownGradient[i]).isCloseTo(0.5f * own[i], within(1e-6f)));
    }

    @ParameterizedTest
    @MethodSource("all")
    void huge_outputs_give_finite_losses_and_signals(Case given) {
        Bench bench = new Bench(given, 7);
        for (int i = 0; i < bench.outputs.length; i++) {
            bench.outputs[i] = i % 2 == 0 ? 1e4f : -1e4f;
        }
        assertThat(bench.evaluate(1, LABELLED.length)).isFinite();
        for (float s : bench.signal) {
            assertThat(Float.isFinite(s)).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void nan_in_an_output_reaches_the_loss(Case given) {
        Bench bench = new Bench(given, 8);
        Arrays.fill(bench.outputs, 3 * bench.stride, 4 * bench.stride, Float.NaN);
        assertThat(bench.evaluate(1, LABELLED.length)).isNaN();
    }

    @Test
    void focal_without_gamma_is_the_cross_entropy() {
        Bench focal = new Bench(new Case(new Focal(0, List.of()), 3, 1, Values.CLASSES, 0), 9);
        Loss plain = new Loss.CrossEntropy(0, List.of(), Loss.Reduction.MEAN);
        Bench crossEntropy = new Bench(new Case(plain, 3, 1, Values.CLASSES, 0), 9);
        assertThat(focal.evaluate(1, 6)).isCloseTo(crossEntropy.evaluate(1, 6), within(1e-6));
    }

    @Test
    void a_crf_whose_parameters_are_0_is_a_softmax_at_each_position() {
        Bench crf = new Bench(new Case(new Crf(Loss.Reduction.SUM), 3, 1, Values.CLASSES, 15), 10);
        Arrays.fill(crf.own, 0f);
        Loss plain = new Loss.CrossEntropy(0, List.of(), Loss.Reduction.SUM);
        Bench softmax = new Bench(new Case(plain, 3, 1, Values.CLASSES, 0), 10);
        assertThat(crf.evaluate(1, 6)).isCloseTo(softmax.evaluate(1, 6), within(1e-5));
    }

    @Test
    void rows_of_equal_targets_form_no_pair() {
        Bench bench = new Bench(new Case(new MarginRanking(1), 1, 1, Values.REALS, 0), 11);
        Arrays.fill(bench.targets, 2f);
        Arrays.fill(bench.signal, 9f);
        assertThat(bench.evaluate(1, 6)).isZero();
        assertThat(bench.signal[3 * bench.stride + COLUMN]).isZero();
    }

    @Test
    void a_depth_of_0_counts_as_no_label() {
        Bench bench = new Bench(new Case(new DepthL1(), 1, 1, Values.REALS, 0), 12);
        double all = bench.evaluate(1, 6) * 6;
        double fourth = Math.abs(bench.outputs[4 * bench.stride + COLUMN] - bench.targets[4]);
        bench.targets[4] = 0f;
        assertThat(bench.evaluate(1, 6)).isCloseTo((all - fourth) / 5, within(1e-6));
        assertThat(bench.signal[4 * bench.stride + COLUMN]).isZero();
    }

    @Test
    void each_prints_as_the_call_that_makes_it() {
        assertThat(all().map(Case::toString).distinct())
                .containsExactly(
                        "focal(2.0)",
                        "focal(0.0)",
                        "focal(0.5).alpha(0.2, 0.3, 0.5)",
                        "focal(2.0).alpha(0.25)",
                        "focal(1.5)",
                        "coral()",
                        "coral().importance(1.0, 0.5)",
                        "pinball(0.1, 0.5, 0.9)",
                        "marginRanking(1.0)",
                        "marginRanking(0.5)",
                        "sequenceCrossEntropy()",
                        "sequenceCrossEntropy().labelSmoothing(0.1)",
                        "crf()",
                        "infoNce(0.5)",
                        "clip()",
                        "ntXent(0.5)",
                        "depthL1()",
                        "normalCosine()",
                        "giou()");
    }

    @Test
    void settings_outside_their_range_are_errors() {
        assertThatThrownBy(() -> new Focal(-1, List.of()))
                .hasMessage("focal(-1.0): gamma is a finite number of at least 0.\n"
                        + "Give how much rows that are right are played down: focal(2).");
        assertThatThrownBy(() -> new Focal(2, List.of()).alpha(1.5))
                .hasMessage(
                        "alpha(1.5): 1.5 is not in [0, 1].\n"
                                + "Give the positive class's share, alpha(0.25), or one factor per class, in the order of the classes.");
        assertThatThrownBy(() -> new Coral(List.of()).importance(1, -1))
                .hasMessage("importance(1.0, -1.0): -1.0 is not a finite number of at least 0.\n"
                        + "Give one factor per step between two classes, in their order.");
        assertThatThrownBy(() -> new Pinball(List.of(0.5, 0.5)))
                .hasMessage("quantiles(0.5, 0.5): 0.5 is not between 0.5 and 1.\n"
                        + "Give ascending shares of the rows that lie below: quantiles(0.1, 0.5, 0.9).");
        assertThatThrownBy(() -> new Pinball(List.of()))
                .hasMessage("quantiles(): there is none.\n"
                        + "Give ascending shares of the rows that lie below: quantiles(0.1, 0.5, 0.9).");
        assertThatThrownBy(() -> new MarginRanking(Double.NaN))
                .hasMessage("marginRanking(NaN): the margin is a finite number of at least 0.\n"
                        + "Give by how much the better row's score is to lead: marginRanking(1).");
        assertThatThrownBy(() -> new Contrastive.InfoNce(0))
                .hasMessage("infoNce(0.0): the temperature is a finite number above 0.\n"
                        + "Give what the cosines are divided by: infoNce(0.1).");
    }
}
