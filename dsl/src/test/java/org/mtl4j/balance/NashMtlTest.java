package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mtl4j.bytes.ByteReader;
import org.mtl4j.bytes.ByteWriter;
import org.mtl4j.bytes.State;

class NashMtlTest extends BalancerContract {

    private static final NashMtl NASH = NashMtl.asPublished();

    @Override
    Balancer balancer(List<String> tasks) {
        return NASH;
    }

    @Override
    Scale scale() {
        return Scale.PARTICULAR;
    }

    @Override
    String printed() {
        return "nashMtl()";
    }

    @ParameterizedTest
    @MethodSource("gradients")
    void every_task_gets_the_same_or_there_is_no_solution_and_the_weights_stay(double[][] gradients) {
        double[] weights = weights(NASH, tasks(gradients.length), gradients, 1, 1);
        double[] scaled = weights(NASH, tasks(gradients.length), gradients, 1024, 1);
        double[] update = Steps.combination(weights, gradients);
        boolean stays = true;
        for (double weight : weights) {
            stays &= weight == 1;
        }
        for (int t = 0; t < weights.length && !stays; t++) {
            if (Steps.dot(gradients[t], gradients[t]) > 0) {
                assertThat(weights[t] * Steps.dot(update, gradients[t])).isCloseTo(1, within(1e-9));
                assertThat(scaled[t] * 1024).isCloseTo(weights[t], within(1e-9 * weights[t]));
            } else {
                assertThat(weights[t]).isEqualTo(1);
            }
        }
    }

    /** A training of Nash-MTL. */
    private static final class Trained {

        private final Weighting weighting;

        Trained(NashMtl nash, int tasks) {
            weighting = nash.start(tasks(tasks));
        }

        double[] step(double[]... gradients) {
            double[] weights = new double[gradients.length];
            weighting.weigh(Steps.ofGradients(gradients, 1), weights);
            return weights;
        }
    }

    @Test
    void with_powers_every_task_gets_its_power() {
        for (long seed = 1; seed <= 60; seed++) {
            int tasks = 1 + (int) seed % 7;
            double[][] gradients = normal(tasks, 9, 1, seed);
            NashMtl nash = NASH;
            double sum = 0;
            for (int t = 0; t < tasks; t++) {
                double power = Math.pow(10, (int) (seed + t) % 4 - 2);
                nash = nash.with("task " + t, power);
                sum += power;
            }
            double[] weights = weights(nash, tasks(tasks), gradients, 1, 1);
            double[] update = Steps.combination(weights, gradients);
            double gains = 0;
            for (int t = 0; t < tasks; t++) {
                double power = tasks * Math.pow(10, (int) (seed + t) % 4 - 2) / sum;
                double gain = Steps.dot(update, gradients[t]);
                assertThat(weights[t] * gain).isCloseTo(power, within(1e-9 * power));
                gains += power * Math.log(gain);
            }
            double square = Steps.dot(update, update);
            assertThat(square).isCloseTo(tasks, within(1e-8));
            for (double[] other : normal(20, 9, 0.1, seed + 1000)) {
                double length = 0;
                for (int p = 0; p < other.length; p++) {
                    other[p] += update[p];
                    length += other[p] * other[p];
                }
                double theirs = 0;
                for (int t = 0; t < tasks; t++) {
                    double gain = Math.sqrt(square / length) * Steps.dot(other, gradients[t]);
                    double power = tasks * Math.pow(10, (int) (seed + t) % 4 - 2) / sum;
                    theirs += power * (gain > 0 ? Math.log(gain) : -1e9);
                }
                assertThat(theirs).isLessThan(gains); // no other update as long is worth more
            }
        }
    }

    @Test
    void even_powers_are_none_and_a_power_of_zero_is_the_least() {
        double[][] gradients = normal(3, 5, 1, 4);
        NashMtl even = NASH.with("task 0", 7).with("task 1", 7).with("task 2", 7);
        double[] plain = weights(NASH, tasks(3), gradients, 1, 1);
        assertThat(weights(even, tasks(3), gradients, 1, 1)).containsExactly(plain, within(1e-14));
        NashMtl zero = NASH.with("task 0", 1).with("task 1", 0).with("task 2", 1e300);
        double[] update = Steps.combination(weights(zero, tasks(3), gradients, 1, 1), gradients);
        double[] weights = weights(zero, tasks(3), gradients, 1, 1);
        assertThat(weights[1] * Steps.dot(update, gradients[1])).isCloseTo(1e-4, within(1e-7));
        assertThat(weights[0] * Steps.dot(update, gradients[0])).isCloseTo(1e-4, within(1e-7));
    }

    @Test
    void powers_are_keyed_by_task() {
        NashMtl nash = NASH.with("task 0", 3).with("task 1", 1).with("task 2", 5);
        assertThat(nash.every(2))
                .hasToString("nashMtl().with(\"task 0\", 3.0).with(\"task 1\", 1.0).with(\"task 2\", 5.0).every(2)");
        List<String> subset = List.of("task 1", "task 0");
        double[][] across = {{2, 0}, {0, 1}};
        double[] weights = weights(nash.restrictTo(subset), subset, across, 1, 1);
        assertThat(weights).containsExactly(new double[] {Math.sqrt(0.5) / 2, Math.sqrt(1.5)}, within(1e-12));
        assertThatThrownBy(() -> NASH.with("task 0", 1).start(tasks(2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("nashMtl(): no preference for task 'task 1'; there are preferences for [task 0].\n"
                        + "Give every task of the recipe a preference.");
    }

    @Test
    void weights_are_kept_for_so_many_steps() {
        Trained trained = new Trained(NASH.every(2), 2);
        double[] first = trained.step(new double[] {1, 0}, new double[] {0, 2});
        assertThat(first).containsExactly(1, 0.5);
        assertThat(trained.step(new double[] {5, 0}, new double[] {0, 5})).containsExactly(1, 0.5);
        assertThat(trained.step(new double[] {5, 0}, new double[] {0, 5})).containsExactly(0.2, 0.2);
    }

    @Test
    void opposite_gradients_keep_the_weights_of_the_step_before() {
        Trained trained = new Trained(NASH, 2);
        assertThat(trained.step(new double[] {1, 0}, new double[] {-1, 0})).containsExactly(1, 1);
        trained.step(new double[] {4, 0}, new double[] {0, 2});
        assertThat(trained.step(new double[] {1, 0}, new double[] {-1, 0})).containsExactly(0.25, 0.5);
        assertThat(trained.step(new double[] {0, 0}, new double[] {0, 8})).containsExactly(0.25, 0.125);
    }

    @Test
    void a_task_without_labels_keeps_its_weight() {
        Trained trained = new Trained(NASH, 3);
        WeighingStep step = Steps.ofGradients(new double[][] {{0, 0, 0}, {0, 2, 0}, {0, 0, 4}}, 1);
        step.labelled()[0] = 0;
        double[] weights = new double[3];
        trained.weighting.weigh(step, weights);
        assertThat(weights).containsExactly(1, 0.5, 0.25);
    }

    @Test
    void a_longest_update_scales_all_weights_in_steps_that_keep_them_too() {
        Trained trained = new Trained(NASH.every(2).maxNorm(1), 2);
        double root = Math.sqrt(2);
        assertThat(trained.step(new double[] {4, 0}, new double[] {0, 2}))
                .containsExactly(new double[] {0.25 / root, 0.5 / root}, within(1e-15));
        assertThat(trained.step(new double[] {4, 0}, new double[] {0, 0.1})) // of length sqrt(1 + 0.05^2)
                .containsExactly(new double[] {0.25 / Math.sqrt(1.0025), 0.5 / Math.sqrt(1.0025)}, within(1e-15));
        Trained loose = new Trained(NASH.maxNorm(2), 2);
        assertThat(loose.step(new double[] {4, 0}, new double[] {0, 2})).containsExactly(0.25, 0.5);
    }

    @Test
    void a_checkpoint_holds_the_weights_and_how_often_they_were_used() {
        Trained trained = new Trained(NASH.every(3), 2);
        trained.step(new double[] {4, 0}, new double[] {0, 2});
        ByteWriter out = new ByteWriter("state", 1);
        trained.weighting.state(State.to(out));
        Trained resumed = new Trained(NASH.every(3), 2);
        resumed.weighting.state(State.from(new ByteReader("state", 1, out.finish(), IllegalArgumentException::new)));
        for (int k = 0; k < 4; k++) {
            double[][] gradients = {{k + 1, 0}, {0, 7}};
            assertThat(resumed.step(gradients)).containsExactly(trained.step(gradients));
        }
    }

    @Test
    void heads_are_always_weighted() {
        assertThat(NASH.heads()).isEqualTo(Balancer.Heads.WEIGHTED);
    }

    @Test
    void it_prints_its_withers_and_numbers_that_make_no_sense_are_errors() {
        assertThat(NASH.every(10).maxNorm(1)).hasToString("nashMtl().every(10).maxNorm(1.0)");
        assertThatThrownBy(() -> NASH.every(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("nashMtl().every(0): it is a number of steps, at least 1.\n"
                        + "Give the steps to keep weights for, or leave every(..) out for new ones in each step.");
        for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> NASH.maxNorm(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("nashMtl().maxNorm(" + bad + "): it is a finite length above 0.\n"
                            + "Give the official code's 1, or leave maxNorm(..) out for no limit.");
        }
    }
}
