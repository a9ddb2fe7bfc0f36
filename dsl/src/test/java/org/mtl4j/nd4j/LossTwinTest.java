package org.mtl4j.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mtl4j.task.Contrastive;
import org.mtl4j.task.Coral;
import org.mtl4j.task.Crf;
import org.mtl4j.task.DepthL1;
import org.mtl4j.task.Focal;
import org.mtl4j.task.GIoU;
import org.mtl4j.task.Labelled;
import org.mtl4j.task.Loss;
import org.mtl4j.task.LossKernel;
import org.mtl4j.task.MarginRanking;
import org.mtl4j.task.NormalCosine;
import org.mtl4j.task.Pinball;
import org.mtl4j.task.SequenceCrossEntropy;
import org.mtl4j.tensor.Draws;

/**
 * Holds each loss against its SameDiff twin, in double precision: its value, the signal at the outputs and the gradient of
 * what it owns. What a squared or absolute error is stands in {@link SameDiffTwinTest}, within a whole net.
 */
class LossTwinTest {

    private static final int ROWS = 4;
    private static final int PLACES = 3;
    /** Two places of row 0, all of row 1, one of row 3. */
    private static final int[] LABELLED = {0, 1, 3, 4, 5, 10};

    /** What a target's numbers are drawn from. */
    private enum Values {
        CLASSES,
        ONE_OR_ZERO,
        ONE_OR_ZERO_OR_UNKNOWN,
        REALS,
        MEASURED,
        GROUPED,
        BOXES
    }

    private record Case(Loss loss, int width, int targetWidth, Values values, int own) {
        @Override
        public String toString() {
            return loss + " of " + width;
        }
    }

    private static Case of(Loss loss, int width, int targetWidth, Values values) {
        return new Case(loss, width, targetWidth, values, 0);
    }

    static Stream<Case> classes() {
        List<Double> weights = List.of(0.5, 2.0, 1.0);
        return Stream.of(
                of(new Loss.CrossEntropy(0, List.of(), Loss.Reduction.MEAN), 3, 1, Values.CLASSES),
                of(new Loss.CrossEntropy(0.1, List.of(), Loss.Reduction.SUM), 3, 1, Values.CLASSES),
                of(new Loss.CrossEntropy(0.1, weights, Loss.Reduction.MEAN), 3, 1, Values.CLASSES),
                of(new Loss.CrossEntropy(0, weights, Loss.Reduction.SUM), 3, 1, Values.CLASSES),
                of(new Loss.MultiLabelCrossEntropy(List.of(), Loss.Reduction.MEAN), 3, 3, Values.ONE_OR_ZERO),
                of(new Loss.MultiLabelCrossEntropy(weights, Loss.Reduction.MEAN), 3, 3, Values.ONE_OR_ZERO_OR_UNKNOWN),
                of(new Loss.MultiLabelCrossEntropy(weights, Loss.Reduction.SUM), 3, 3, Values.ONE_OR_ZERO_OR_UNKNOWN),
                of(new Focal(2, List.of()), 3, 1, Values.CLASSES),
                of(new Focal(0, List.of()), 3, 1, Values.CLASSES),
                of(new Focal(0.5, List.of(0.2, 0.3, 0.5)), 3, 1, Values.CLASSES),
                of(new Focal(2, List.of(0.25)), 1, 1, Values.ONE_OR_ZERO),
                of(new Focal(1.5, List.of()), 3, 3, Values.ONE_OR_ZERO),
                new Case(new Coral(List.of()), 1, 1, Values.CLASSES, 2),
                new Case(new Coral(List.of(1.0, 0.5)), 1, 1, Values.CLASSES, 2),
                of(new SequenceCrossEntropy(0), 3, 1, Values.CLASSES),
                of(new SequenceCrossEntropy(0.1), 3, 1, Values.CLASSES),
                new Case(new Crf(Loss.Reduction.MEAN), 3, 1, Values.CLASSES, 15),
                new Case(new Crf(Loss.Reduction.SUM), 3, 1, Values.CLASSES, 15));
    }

    static Stream<Case> numbers() {
        return Stream.of(
                of(new Pinball(List.of(0.1, 0.5, 0.9)), 3, 1, Values.REALS),
                of(new MarginRanking(1), 1, 1, Values.REALS),
                of(new MarginRanking(0.5), 1, 2, Values.GROUPED),
                of(new Contrastive.InfoNce(0.5), 4, 1, Values.REALS),
                new Case(new Contrastive.Clip(), 4, 1, Values.REALS, 1),
                of(new Contrastive.NtXent(0.5), 4, 1, Values.REALS),
                of(new DepthL1(), 1, 1, Values.MEASURED),
                of(new NormalCosine(), 3, 3, Values.MEASURED),
                of(new GIoU(), 4, 4, Values.BOXES));
    }

    @ParameterizedTest
    @MethodSource({"classes", "numbers"})
    void a_loss_has_the_value_and_the_gradients_of_its_twin(Case given) {
        for (long seed = 1; seed <= 5; seed++) {
            agree(given, Draws.generator(seed));
        }
    }

    private static void agree(Case given, RandomGenerator random) {
        int slots = ROWS * PLACES;
        float[] outputs = drawn(slots * given.width, 3, random);
        float[] targets = new float[slots * given.targetWidth];
        for (int i = 0; i < targets.length; i++) {
            targets[i] = draw(given, i, random);
        }
        if (given.values == Values.BOXES) {
            order(outputs);
            order(targets);
        }
        float[] own = drawn(given.own, 1, random);
        float[] signal = new float[outputs.length];
        float[] ownGradient = new float[given.own];
        Labelled at = new Labelled()
                .outputs(outputs, signal, 0, given.width, given.width)
                .targets(targets, given.targetWidth, LABELLED, LABELLED.length)
                .places(PLACES)
                .own(own, ownGradient, 0, given.own);
        double value = new LossKernel(given.loss).evaluate(at, 1);
        int[] rows = Arrays.stream(LABELLED).map(label -> label / PLACES).toArray();
        double[] wideOwn = labelled(own, given.own, new int[] {0})[0];
        LossTwin twin = new LossTwin(
                labelled(outputs, given.width, LABELLED),
                labelled(targets, given.targetWidth, LABELLED),
                wideOwn,
                rows);

        assertThat(value).isCloseTo(twin.value(given.loss), within(1e-5 * Math.max(1, Math.abs(value))));
        assertClose("signal", labelled(signal, given.width, LABELLED), twin.gradient("p"));
        if (given.own > 0) {
            assertClose("own", labelled(ownGradient, given.own, new int[] {0}), twin.gradient("own"));
        }
    }

    private static void assertClose(String what, double[][] ours, double[] theirs) {
        double[] flat = Arrays.stream(ours).flatMapToDouble(Arrays::stream).toArray();
        assertThat(Arrays.stream(theirs).anyMatch(number -> number != 0))
                .as(what)
                .isTrue();
        double scale = Math.max(1, Arrays.stream(theirs).map(Math::abs).max().orElse(0));
        assertThat(flat).as(what).containsExactly(theirs, within(2e-6 * scale));
    }

    private static double[][] labelled(float[] numbers, int width, int[] labels) {
        double[][] chosen = new double[labels.length][width];
        for (int r = 0; r < labels.length; r++) {
            for (int c = 0; c < width; c++) {
                chosen[r][c] = numbers[labels[r] * width + c];
            }
        }
        return chosen;
    }

    private static float[] drawn(int n, double spread, RandomGenerator random) {
        float[] numbers = new float[n];
        for (int i = 0; i < n; i++) {
            numbers[i] = (float) (spread * (Draws.uniform(random) - 0.5));
        }
        return numbers;
    }

    private static float draw(Case given, int i, RandomGenerator random) {
        return switch (given.values) {
            case CLASSES -> Draws.below(3, random);
            case ONE_OR_ZERO -> Draws.below(2, random);
            case ONE_OR_ZERO_OR_UNKNOWN -> {
                int drawn = Draws.below(3, random);
                yield drawn == 2 ? Float.NaN : drawn;
            }
            case REALS, BOXES -> (float) Draws.uniform(random);
            case MEASURED ->
                i / given.targetWidth % 5 == 0 ? 0f : (float) Draws.uniform(random); // 0, 5 and 10 are none
            case GROUPED -> i % 2 == 1 ? Draws.below(2, random) : (float) Draws.uniform(random);
        };
    }

    /** Puts the corners of boxes in order. */
    private static void order(float[] boxes) {
        for (int at = 0; at < boxes.length; at += 4) {
            boxes[at + 2] = boxes[at] + 0.2f + Math.abs(boxes[at + 2]);
            boxes[at + 3] = boxes[at + 1] + 0.2f + Math.abs(boxes[at + 3]);
        }
    }
}
