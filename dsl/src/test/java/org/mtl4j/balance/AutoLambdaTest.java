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

class AutoLambdaTest extends BalancerContract {

    private static final AutoLambda AUTO_LAMBDA = AutoLambda.of(List.of("task 0"));

    @Override
    Balancer balancer(List<String> tasks) {
        return AUTO_LAMBDA;
    }

    @Override
    Scale scale() {
        return Scale.INVARIANT; // the first weights are the initial ones
    }

    @Override
    String printed() {
        return "autoLambda(\"task 0\")";
    }

    /** The losses of three tasks on one batch: sum_d (theta_d - centre_d)^2 / 2, times the task's number. */
    private static final class Batch {

        private final double[][] centres;

        Batch(double[][] centres) {
            this.centres = centres;
        }

        double loss(int task, double[] theta) {
            double sum = 0;
            for (int d = 0; d < theta.length; d++) {
                double off = theta[d] - centres[task][d];
                sum += (task + 1) * off * off / 2;
            }
            return sum;
        }

        double[][] gradients(double[] theta) {
            double[][] gradients = new double[centres.length][theta.length];
            for (int i = 0; i < centres.length; i++) {
                for (int d = 0; d < theta.length; d++) {
                    gradients[i][d] = (i + 1) * (theta[d] - centres[i][d]);
                }
            }
            return gradients;
        }
    }

    private static double[] weigh(Weighting weighting, double[][] gradients) {
        double[] weights = new double[gradients.length];
        weighting.weigh(Steps.ofGradients(gradients, 1), weights);
        return weights;
    }

    private static double[] stepped(double[] theta, double alpha, double[] lambda, double[][] gradients) {
        double[] after = theta.clone();
        double[] update = Steps.combination(lambda, gradients);
        for (int d = 0; d < after.length; d++) {
            after[d] -= alpha * update[d];
        }
        return after;
    }

    /** Moves weights by Adam as PyTorch does. */
    private static final class Adam {

        private final double[] m = new double[3];
        private final double[] v = new double[3];
        private int t;

        void move(double[] lambda, double[] slopes, double rate) {
            t++;
            for (int i = 0; i < 3; i++) {
                m[i] = 0.9 * m[i] + 0.1 * slopes[i];
                v[i] = 0.999 * v[i] + 0.001 * slopes[i] * slopes[i];
                double first = m[i] / (1 - Math.pow(0.9, t));
                lambda[i] -= rate * first / (Math.sqrt(v[i] / (1 - Math.pow(0.999, t))) + 1e-8);
            }
        }
    }

    private static void goesDownTheDerivative(AutoLambda balancer, int... primary) {
        double alpha = 0.05;
        Weighting weighting = balancer.rate(0.01).start(tasks(3));
        weighting.open(4);
        double[] theta = {1, -2, 0.5, 3};
        double[] expected = {0.1, 0.1, 0.1};
        Adam adam = new Adam();
        Batch batch = new Batch(normal(3, 4, 1, 100));
        for (long t = 1; t <= 40; t++) {
            double[][] gradients = batch.gradients(theta);
            double[] weights = weigh(weighting, gradients);
            assertThat(weights).containsExactly(expected, within(2e-5));
            Batch next = new Batch(normal(3, 4, 1, 100 + t));
            double[] slopes = new double[3]; // by central differences of the whole step, on the next batch
            for (int i = 0; i < 3; i++) {
                for (int sign = -1; sign <= 1; sign += 2) {
                    double[] moved = weights.clone();
                    moved[i] += sign * 1e-3;
                    double[] after = stepped(theta, alpha, moved, gradients);
                    for (int m : primary) {
                        slopes[i] += sign * next.loss(m, after) / 2e-3 / alpha;
                    }
                }
            }
            adam.move(expected, slopes, 0.01);
            theta = stepped(theta, alpha, weights, gradients);
            batch = next;
        }
    }

    @Test
    void weights_go_down_the_derivative_of_the_primary_losses_after_the_step_on_the_next_batch() {
        goesDownTheDerivative(AUTO_LAMBDA, 0);
        goesDownTheDerivative(AutoLambda.of(List.of("task 2", "task 0")), 0, 2);
        goesDownTheDerivative(AutoLambda.of(List.of()), 0, 1, 2);
    }

    @Test
    void a_task_that_helps_gains_and_one_that_hinders_loses_down_to_below_zero() {
        double[][] gradients = {{1, 0}, {2, 1}, {-3, 1}};
        Weighting weighting = AUTO_LAMBDA.rate(0.05).start(tasks(3));
        weighting.open(2);
        for (int t = 0; t < 4; t++) {
            weigh(weighting, gradients);
        }
        double[] expected = {0.3, 0.3, -0.1}; // Adam goes its rate in a step where slopes stay
        assertThat(weigh(weighting, gradients)).containsExactly(expected, within(1e-6));
    }

    @Test
    void without_labels_of_a_primary_task_nothing_moves() {
        Weighting weighting = AUTO_LAMBDA.rate(0.05).start(tasks(2));
        weighting.open(2);
        WeighingStep both = Steps.ofGradients(new double[][] {{1, 0}, {1, 1}}, 1);
        WeighingStep other = Steps.ofGradients(new double[][] {{0, 0}, {1, 1}}, 1);
        other.labelled()[0] = 0;
        double[] weights = new double[2];
        weighting.weigh(both, weights);
        weighting.weigh(other, weights);
        assertThat(weights).containsExactly(0.1, 0.1);
        weighting.weigh(both, weights); // the last gradient of task 0 was none: task 1 moves alone
        assertThat(weights).containsExactly(new double[] {0.1, 0.15}, within(1e-6));
    }

    @Test
    void a_checkpoint_holds_weights_means_and_gradients() {
        Weighting weighting = AUTO_LAMBDA.rate(0.05).start(tasks(3));
        weighting.open(8);
        for (long seed = 1; seed < 5; seed++) {
            weigh(weighting, normal(3, 8, 1, seed));
        }
        ByteWriter out = new ByteWriter("state", 1);
        weighting.state(State.to(out));
        Weighting resumed = AUTO_LAMBDA.rate(0.05).start(tasks(3));
        resumed.open(8);
        resumed.state(State.from(new ByteReader("state", 1, out.finish(), IllegalArgumentException::new)));
        for (long seed = 5; seed < 9; seed++) {
            double[][] gradients = normal(3, 8, 1, seed);
            assertThat(weigh(resumed, gradients)).containsExactly(weigh(weighting, gradients));
        }
    }

    @Test
    void a_subset_keeps_the_primary_tasks_that_it_has() {
        AutoLambda two = AutoLambda.of(List.of("a", "b")).initial(1).rate(0.5);
        assertThat(two.restrictTo(List.of("b", "c"))).hasToString("autoLambda(\"b\").initial(1.0).rate(0.5)");
        assertThat(AutoLambda.of(List.of()).restrictTo(List.of("c"))).hasToString("autoLambda()");
        assertThatThrownBy(() -> two.restrictTo(List.of("c", "d")).start(List.of("c", "d")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "autoLambda(\"a\"): the main task 'a' is no task of the recipe.\n" + "The tasks are [c, d].");
    }

    @Test
    void settings_out_of_bounds_are_errors() {
        for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> AUTO_LAMBDA.initial(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("autoLambda(\"task 0\").initial(" + bad + "): it is a finite weight above 0.\n"
                            + "Give the authors' 0.1, or 1 to begin with equal weights of 1.");
            assertThatThrownBy(() -> AUTO_LAMBDA.rate(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("autoLambda(\"task 0\").rate(" + bad + "): it is a finite number above 0.\n"
                            + "Give 1.0E-4, or more for weights that move faster.");
        }
        assertThat(Arrays.asList(AUTO_LAMBDA.needs(), AutoLambda.of(List.of()).needs()))
                .containsOnly(Balancer.Needs.GRADIENTS);
    }
}
