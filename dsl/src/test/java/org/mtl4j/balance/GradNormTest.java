package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mtl4j.optimise.Sgd;
import org.mtl4j.optimise.Update;

class GradNormTest extends BalancerContract {

    private static final double[][] GRADIENTS = {{3, 4}, {0, 1}, {-1, 0}};

    private final float[] s = {0.3f, -0.4f, 0.1f};
    private final float[] slope = {7, 7, 7};

    @Override
    Balancer balancer(List<String> tasks) {
        return GradNorm.asPublished().alpha(0.5).baseline(1).headsWeighted();
    }

    @Override
    Scale scale() {
        return Scale.INVARIANT; // the first weights are those that training begins with
    }

    @Override
    String printed() {
        return "gradnorm().alpha(0.5).baseline(1).headsWeighted()";
    }

    /** A step with these losses, and the gradients above. */
    private WeighingStep step(int number, int epoch, double... losses) {
        WeighingStep step = Steps.ofGradients(GRADIENTS, 1);
        step.begin(number);
        step.beginEpoch(epoch);
        for (int t = 0; t < losses.length; t++) {
            step.losses()[t] = losses[t];
            step.labelled()[t] = 1;
        }
        step.bindOwn(s, slope, 0);
        return step;
    }

    private static double[] weigh(Weighting weighting, WeighingStep step) {
        double[] weights = new double[step.tasks()];
        weighting.weigh(step, weights);
        return weights;
    }

    private static double[] softmax(float[] s) {
        double[] weights = new double[s.length];
        double sum = 0;
        for (float each : s) {
            sum += Math.exp(each);
        }
        for (int t = 0; t < s.length; t++) {
            weights[t] = s.length * Math.exp(s[t]) / sum;
        }
        return weights;
    }

    /** sum_i |w_i ||g_i|| - goal_i|. */
    private static double total(float[] s, double[] goals) {
        double[] weights = softmax(s);
        double sum = 0;
        for (int t = 0; t < s.length; t++) {
            sum += Math.abs(weights[t] * Math.sqrt(Steps.dot(GRADIENTS[t], GRADIENTS[t])) - goals[t]);
        }
        return sum;
    }

    @Test
    void the_slopes_are_those_of_the_distance_of_the_lengths_from_their_goals() {
        Weighting weighting = GradNorm.asPublished().alpha(2).baseline(1).start(tasks(3));
        weigh(weighting, step(0, 0, 2, 4, 1));
        double[] weights = weigh(weighting, step(1, 0, 1, 3, 1));
        assertThat(weights).containsExactly(softmax(s), within(1e-12));
        double mean = (5 * weights[0] + weights[1] + weights[2]) / 3;
        double[] goals = new double[3];
        double[] ratios = {0.5, 0.75, 1};
        for (int t = 0; t < 3; t++) {
            goals[t] = mean * Math.pow(ratios[t] / 0.75, 2);
        }
        for (int t = 0; t < 3; t++) {
            float[] up = s.clone();
            float[] down = s.clone();
            up[t] += 0x1p-10f;
            down[t] -= 0x1p-10f;
            double expected = (total(up, goals) - total(down, goals)) / 0x1p-9;
            assertThat((double) slope[t]).isCloseTo(expected, within(1e-4));
        }
    }

    @Test
    void until_the_first_epoch_is_over_weights_are_1_and_nothing_is_trained() {
        Weighting weighting = GradNorm.asPublished().start(tasks(3));
        assertThat(weigh(weighting, step(0, 0, 1, 1, 1))).containsExactly(1, 1, 1);
        assertThat(weigh(weighting, step(1, 0, 3, 3, 3))).containsExactly(1, 1, 1);
        assertThat(slope).containsExactly(0, 0, 0);
        assertThat(weigh(weighting, step(2, 1, 2, 2, 2))).containsExactly(softmax(s), within(1e-12));
        assertThat(slope[0]).isPositive();
    }

    @Test
    void the_first_epoch_is_measured_by_its_mean() {
        Weighting measured = GradNorm.asPublished().start(tasks(3));
        weigh(measured, step(0, 0, 1, 4, 1));
        weigh(measured, step(1, 0, 3, 2, 5));
        weigh(measured, step(2, 1, 1, 3, 2));
        float[] ofTwo = slope.clone();
        Weighting at = GradNorm.asPublished().start(tasks(3));
        weigh(at, step(0, 0, 2, 3, 3));
        weigh(at, step(1, 1, 1, 3, 2));
        assertThat(slope).containsExactly(ofTwo);
    }

    @Test
    void trained_to_the_end_all_weighted_gradients_are_of_one_length() {
        float[] trained = GradNorm.asPublished().start(tasks(3)).ownParameters();
        assertThat(trained).containsExactly(1, 1, 1);
        Weighting weighting = GradNorm.asPublished().baseline(1).start(tasks(3));
        double[] weights = new double[3];
        float[] gradient = new float[3];
        for (int i = 0; i < 4000; i++) {
            WeighingStep step = step(i, 0, 1, 1, 1);
            step.bindOwn(trained, gradient, 0);
            weights = weigh(weighting, step);
            double rate = 0.3 / (1 + i);
            Update update = Sgd.of(rate).start(3);
            update.step(trained, gradient, rate);
        }
        assertThat(5 * weights[0]).isCloseTo(weights[1], within(1e-2));
        assertThat(weights[1]).isCloseTo(weights[2], within(1e-2));
    }

    @Test
    void a_task_without_labels_leaves_its_parameter_and_the_means_as_they_are() {
        Weighting weighting = GradNorm.asPublished().baseline(1).start(tasks(3));
        weigh(weighting, step(0, 0, 1, 1, 1));
        WeighingStep step = step(1, 0, 1, 2, 0);
        step.labelled()[2] = 0;
        double[] weights = weigh(weighting, step);
        assertThat(slope[2]).isZero();
        assertThat((double) slope[0] + slope[1]).isCloseTo(0, within(1e-6));
        double d = 5 - (5 * weights[0] - weights[1]) / (weights[0] + weights[1]);
        assertThat((double) slope[0])
                .isCloseTo(weights[0] * d, within(1e-5)); // too long by itself, and its loss fell more
    }

    @Test
    void one_task_weighs_1_and_losses_of_0_leave_finite_slopes() {
        Weighting alone = GradNorm.asPublished().baseline(1).start(tasks(1));
        WeighingStep one = Steps.ofLosses(2);
        one.gram()[0] = 9;
        one.bindOwn(s, slope, 0);
        assertThat(weigh(alone, one)).containsExactly(1);
        assertThat(slope[0]).isZero();
        Weighting weighting = GradNorm.asPublished().baseline(1).start(tasks(3));
        weigh(weighting, step(0, 0, 0, 0, 0));
        assertThat(slope).doesNotContain(Float.NaN);
        weigh(weighting, step(1, 0, Double.MAX_VALUE, 1e-300, -1));
        assertThat(slope).doesNotContain(Float.NaN);
    }

    @Test
    void numbers_that_make_no_sense_are_refused() {
        assertThatThrownBy(() -> GradNorm.asPublished().alpha(-1))
                .hasMessage(
                        "gradnorm().alpha(-1.0): it is a finite number of at least 0.%nGive 1.5, or less where tasks are alike."
                                .formatted());
        assertThatThrownBy(() -> GradNorm.asPublished().baseline(0))
                .hasMessage(
                        "gradnorm().baseline(0): it is a number of steps, at least 1.%nGive 1 for the losses of the first step, or leave baseline(..) out for those of the first epoch."
                                .formatted());
    }
}
