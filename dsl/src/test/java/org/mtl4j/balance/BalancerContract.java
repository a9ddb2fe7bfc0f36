package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;
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

/** What every balancer promises. One subclass per member says what is particular to it. */
abstract class BalancerContract {

    /** How weights move when all losses and gradients are multiplied by c. */
    enum Scale {
        /** Not at all. */
        INVARIANT,
        /** As the balancer's own test says. */
        PARTICULAR
    }

    /** The balancer for these tasks. */
    abstract Balancer balancer(List<String> tasks);

    abstract Scale scale();

    /** Whether these gradients have but one answer, whatever the order of the tasks. */
    boolean hasOneAnswer(double[][] gradients) {
        return true;
    }

    /** Whether weights below 0 are what the method's formula can give. */
    boolean weightsCanBeNegative() {
        return false;
    }

    /** Whether none of these gradients is a combination of the others: no zero, duplicate or opposite, and room for all. */
    static boolean isIndependent(double[][] gradients) {
        boolean independent = gradients.length <= gradients[0].length;
        for (int i = 0; i < gradients.length; i++) {
            independent &= Steps.dot(gradients[i], gradients[i]) > 0;
            for (int j = 0; j < i; j++) {
                double product = Steps.dot(gradients[i], gradients[j]);
                double most = 0.999 * Steps.dot(gradients[i], gradients[i]) * Steps.dot(gradients[j], gradients[j]);
                independent &= product * product <= most;
            }
        }
        return independent;
    }

    /** The line that makes it. */
    abstract String printed();

    /** Gradients [tasks][parameters] of every kind that a net can come to. */
    static Stream<double[][]> gradients() {
        return Stream.of(1L, 2L, 3L)
                .flatMap(seed -> Stream.of(1, 2, 3, 6)
                        .flatMap(tasks -> Stream.of(
                                normal(tasks, 8, 1, seed),
                                normal(tasks, 1, 1, seed), // rank 1
                                normal(tasks, 8, 1e12, seed),
                                normal(tasks, 8, 1e-12, seed),
                                withZeroRow(normal(tasks, 8, 1, seed)),
                                duplicate(normal(tasks, 8, 1, seed)),
                                opposite(normal(tasks, 8, 1, seed)),
                                new double[tasks][4])));
    }

    static double[][] normal(int tasks, int parameters, double sd, long seed) {
        RandomGenerator random = Draws.generator(seed);
        double[][] rows = new double[tasks][parameters];
        for (double[] row : rows) {
            for (int p = 0; p < parameters; p++) {
                // near enough to a normal for a sample: the sum of 12 uniforms has variance 1
                row[p] = sd
                        * (IntStream.range(0, 12)
                                        .mapToDouble(i -> Draws.uniform(random))
                                        .sum()
                                - 6);
            }
        }
        return rows;
    }

    private static double[][] withZeroRow(double[][] rows) {
        Arrays.fill(rows[0], 0);
        return rows;
    }

    private static double[][] duplicate(double[][] rows) {
        rows[rows.length - 1] = rows[0].clone();
        return rows;
    }

    private static double[][] opposite(double[][] rows) {
        rows[rows.length - 1] = Arrays.stream(rows[0]).map(x -> -x).toArray();
        return rows;
    }

    /** Task names that the contract reads its losses and labels from. */
    static List<String> tasks(int number) {
        return IntStream.range(0, number).mapToObj(t -> "task " + t).toList();
    }

    /** The weights of the first step on these gradients, drawing from this seed; losses are 1, 2, ..., labels 10, 20, ... */
    final double[] weights(Balancer balancer, List<String> tasks, double[][] gradients, double factor, long seed) {
        double[][] scaled = Arrays.stream(gradients)
                .map(row -> Arrays.stream(row).map(g -> factor * g).toArray())
                .toArray(double[][]::new);
        WeighingStep step = Steps.ofGradients(scaled, seed);
        for (int t = 0; t < gradients.length; t++) {
            int number = 1 + Integer.parseInt(tasks.get(t).substring("task ".length()));
            step.losses()[t] = factor * number;
            step.trainingLabels()[t] = 10L * number;
        }
        Weighting weighting = balancer.start(tasks);
        weighting.open(gradients[0].length);
        float[] own = weighting.ownParameters();
        step.bindOwn(own, new float[own.length], 0);
        double[] weights = new double[tasks.size()];
        Arrays.fill(weights, Double.NaN); // all are written
        weighting.weigh(step, weights);
        return weights;
    }

    private double[] weights(double[][] gradients, double factor, long seed) {
        List<String> tasks = tasks(gradients.length);
        return weights(balancer(tasks), tasks, gradients, factor, seed);
    }

    @ParameterizedTest
    @MethodSource("gradients")
    void weights_are_finite_and_not_negative(double[][] gradients) {
        for (double weight : weights(gradients, 1, 1)) {
            assertThat(weight).isFinite();
            if (!weightsCanBeNegative()) {
                assertThat(weight).isNotNegative();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("gradients")
    void the_same_seed_gives_the_same_bits(double[][] gradients) {
        assertThat(weights(gradients, 1, 7)).containsExactly(weights(gradients, 1, 7));
    }

    @ParameterizedTest
    @MethodSource("gradients")
    void weights_go_with_the_task_and_not_with_its_position(double[][] gradients) {
        List<String> tasks = tasks(gradients.length);
        Balancer balancer = balancer(tasks);
        if (!hasOneAnswer(gradients)) {
            return;
        }
        int n = tasks.size();
        double[] plain = weights(balancer, tasks, gradients, 1, 1);
        List<String> reversedTasks =
                IntStream.range(0, n).mapToObj(t -> tasks.get(n - 1 - t)).toList();
        double[][] reversedGradients =
                IntStream.range(0, n).mapToObj(t -> gradients[n - 1 - t]).toArray(double[][]::new);
        double[] reversed = weights(balancer, reversedTasks, reversedGradients, 1, 1);
        for (int t = 0; t < n; t++) {
            assertThat(reversed[n - 1 - t]).isCloseTo(plain[t], within(1e-12 * Math.max(1, plain[t])));
        }
    }

    @ParameterizedTest
    @MethodSource("gradients")
    void a_factor_on_everything_moves_weights_as_promised(double[][] gradients) {
        if (scale() == Scale.INVARIANT) {
            double[] plain = weights(gradients, 1, 1);
            double[] scaled = weights(gradients, 1024, 1);
            for (int t = 0; t < plain.length; t++) {
                assertThat(scaled[t]).isCloseTo(plain[t], within(1e-12 * Math.max(1, plain[t])));
            }
        }
    }

    @Test
    void it_prints_as_the_line_that_makes_it() {
        assertThat(balancer(tasks(2))).hasToString(printed());
    }

    @Test
    void a_frozen_value_is_equal_to_another_of_the_same_words() {
        assertThat(balancer(tasks(2))).isEqualTo(balancer(tasks(2))).hasSameHashCodeAs(balancer(tasks(2)));
    }

    @Test
    void two_trainings_do_not_share_state() {
        Balancer balancer = balancer(tasks(3));
        double[][] gradients = normal(3, 8, 1, 4);
        double[] first = weights(balancer, tasks(3), gradients, 1, 5);
        assertThat(weights(balancer, tasks(3), gradients, 1, 5)).containsExactly(first);
    }
}
