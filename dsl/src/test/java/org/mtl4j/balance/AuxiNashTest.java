package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mtl4j.bytes.ByteReader;
import org.mtl4j.bytes.ByteWriter;
import org.mtl4j.bytes.State;

class AuxiNashTest extends BalancerContract {

    private static final AuxiNash AUXI_NASH = AuxiNash.of("task 0");

    @Override
    Balancer balancer(List<String> tasks) {
        return AUXI_NASH;
    }

    @Override
    Scale scale() {
        return Scale.PARTICULAR;
    }

    @Override
    String printed() {
        return "auxiNash(\"task 0\")";
    }

    private static AuxiNash.Learning start(AuxiNash balancer, int tasks, int parameters) {
        AuxiNash.Learning learning = (AuxiNash.Learning) balancer.start(tasks(tasks));
        learning.open(parameters);
        return learning;
    }

    private static double[] weigh(Weighting weighting, double[][] gradients) {
        double[] weights = new double[gradients.length];
        weighting.weigh(Steps.ofGradients(gradients, 1), weights);
        return weights;
    }

    /** The bargain with these powers. */
    private static double[] bargain(double[][] gradients, double[] powers) {
        int n = powers.length;
        double[] gram = Steps.ofGradients(gradients, 1).gram();
        double[] weights = new double[n];
        assertThat(new FairShares(n).solveShares(gram, n, powers, weights)).isTrue();
        return weights;
    }

    /** The derivative of sum_i c_i a_i by the powers, by central differences of the bargain. */
    private static double[] slopes(double[][] gradients, double[] powers, double[] c) {
        double[] slopes = new double[powers.length];
        for (int j = 0; j < slopes.length; j++) {
            double width = 1e-5 * powers[j];
            for (int sign = -1; sign <= 1; sign += 2) {
                double[] moved = powers.clone();
                moved[j] += sign * width;
                slopes[j] += sign * Steps.dot(c, bargain(gradients, moved)) / (2 * width);
            }
        }
        return slopes;
    }

    @Test
    void powers_go_down_the_derivative_of_the_main_loss_through_the_bargain() {
        int tasks = 4;
        AuxiNash.Learning learning = start(AUXI_NASH.learnEvery(2).rate(0.2), tasks, 9);
        double[] powers = {1, 1, 1, 1};
        double[] velocity = new double[tasks];
        double[][] kept = {};
        for (int t = 0; t < 20; t++) {
            double[][] gradients = normal(tasks, 9, t % 4 == 0 ? 0.1 : 1, 50 + t);
            if (t > 0 && t % 2 == 0) {
                double[] c = new double[tasks];
                for (int i = 0; i < tasks; i++) {
                    c[i] = -4 * Steps.dot(kept[i], gradients[0]);
                }
                double[] slopes = slopes(kept, powers, c);
                double clip = Math.min(1, 1 / Math.sqrt(Steps.dot(slopes, slopes)));
                for (int i = 0; i < tasks; i++) {
                    velocity[i] = 0.9 * velocity[i] + clip * slopes[i];
                    powers[i] = Math.max(powers[i] - 0.2 * velocity[i], 1e-4);
                }
                double sum = Arrays.stream(powers).sum();
                powers = Arrays.stream(powers).map(p -> p * tasks / sum).toArray();
            }
            double[] weights = weigh(learning, gradients);
            double[] update = Steps.combination(weights, gradients);
            for (int i = 0; i < tasks; i++) {
                assertThat(learning.power(i)).isCloseTo(powers[i], within(1e-5));
                assertThat(weights[i] * Steps.dot(update, gradients[i])).isCloseTo(powers[i], within(1e-5));
            }
            kept = gradients;
        }
        assertThat(powers).isNotEqualTo(new double[] {1, 1, 1, 1});
    }

    @Test
    void a_task_that_helps_the_main_one_gains_power_and_one_that_does_not_loses_it() {
        double[][] gradients = {{1, 0, 0.1}, {0.9, 0.3, 0}, {-0.8, 0.4, 0.5}};
        AuxiNash.Learning learning = start(AUXI_NASH.learnEvery(1).rate(0.1), 3, 3);
        for (int t = 0; t < 30; t++) {
            weigh(learning, gradients);
        }
        assertThat(learning.power(1)).isGreaterThan(1);
        assertThat(learning.power(2)).isLessThan(1);
    }

    @Test
    void until_the_powers_first_move_it_is_the_symmetric_bargain() {
        Weighting learning = start(AUXI_NASH.learnEvery(3).maxNorm(1), 3, 5);
        Weighting nash = NashMtl.asPublished().maxNorm(1).start(tasks(3));
        for (long seed = 1; seed <= 3; seed++) {
            double[][] gradients = normal(3, 5, 1, seed);
            assertThat(weigh(learning, gradients)).containsExactly(weigh(nash, gradients));
        }
        double[][] gradients = normal(3, 5, 1, 4);
        assertThat(weigh(learning, gradients)).isNotEqualTo(weigh(nash, gradients));
    }

    @Test
    void nothing_is_learned_where_there_is_no_bargain_or_no_label_of_the_main_task() {
        double[][] opposite = {{1, 0}, {-1, 0}};
        double[][] across = {{1, 1}, {0, 1}};
        AuxiNash.Learning learning = start(AUXI_NASH.learnEvery(1), 2, 2);
        weigh(learning, opposite);
        weigh(learning, across);
        assertThat(learning.power(0)).isEqualTo(1);
        WeighingStep without = Steps.ofGradients(across, 1);
        without.labelled()[0] = 0;
        learning.weigh(without, new double[2]);
        assertThat(learning.power(0)).isEqualTo(1);
        weigh(learning, across); // task 0 took no part in the last step, and so has no slope
        assertThat(learning.power(1)).isNotEqualTo(1);
    }

    @Test
    void gradients_of_all_sizes_leave_powers_and_weights_finite() {
        for (double size : new double[] {1e-12, 1, 1e12}) {
            AuxiNash.Learning learning = start(AUXI_NASH.learnEvery(1).rate(10), 3, 6);
            for (long seed = 1; seed <= 50; seed++) {
                double[] weights = weigh(learning, normal(3, 6, seed % 2 == 0 ? size : 1, seed));
                for (int i = 0; i < 3; i++) {
                    assertThat(weights[i]).isFinite().isPositive();
                    assertThat(learning.power(i)).isBetween(0.5e-4, 3.0);
                }
            }
        }
    }

    @Test
    void a_checkpoint_holds_all_that_the_powers_are_learned_from() {
        AuxiNash balancer = AUXI_NASH.learnEvery(2).rate(0.1);
        AuxiNash.Learning learning = start(balancer, 3, 8);
        for (long seed = 1; seed < 7; seed++) {
            weigh(learning, normal(3, 8, 1, seed));
        }
        ByteWriter out = new ByteWriter("state", 1);
        learning.state(State.to(out));
        AuxiNash.Learning resumed = start(balancer, 3, 8);
        resumed.state(State.from(new ByteReader("state", 1, out.finish(), IllegalArgumentException::new)));
        for (long seed = 7; seed < 12; seed++) {
            double[][] gradients = normal(3, 8, 1, seed);
            assertThat(weigh(resumed, gradients)).containsExactly(weigh(learning, gradients));
        }
        assertThat(resumed.power(0)).isEqualTo(learning.power(0)).isNotEqualTo(1);
    }

    @Test
    void settings_out_of_bounds_and_a_main_task_that_is_not_trained_are_errors() {
        assertThatThrownBy(() -> AUXI_NASH.learnEvery(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("auxiNash(\"task 0\").learnEvery(0): it is a number of steps, at least 1.\n"
                        + "Give the authors' 25, or fewer for powers that move more often.");
        for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> AUXI_NASH.rate(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("auxiNash(\"task 0\").rate(" + bad + "): it is a finite number above 0.\n"
                            + "Give the authors' 0.005, or more for powers that move faster.");
            assertThatThrownBy(() -> AUXI_NASH.maxNorm(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("auxiNash(\"task 0\").maxNorm(" + bad + "): it is a finite length above 0.\n"
                            + "Give the authors' 1, or leave maxNorm(..) out for no limit.");
        }
        assertThatThrownBy(() -> AuxiNash.of("rain").start(List.of("income", "age")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("auxiNash(\"rain\"): the main task 'rain' is no task of the recipe.\n"
                        + "The tasks are [income, age].");
    }

    @Test
    void it_prints_its_withers() {
        assertThat(AUXI_NASH.learnEvery(5).rate(0.1).maxNorm(1))
                .hasToString("auxiNash(\"task 0\").learnEvery(5).rate(0.1).maxNorm(1.0)");
    }
}
