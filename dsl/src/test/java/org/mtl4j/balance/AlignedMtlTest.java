package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AlignedMtlTest extends BalancerContract {

    private static final AlignedMtl ALIGNED = AlignedMtl.asPublished();

    @Override
    Balancer balancer(List<String> tasks) {
        return ALIGNED;
    }

    @Override
    Scale scale() {
        return Scale.INVARIANT;
    }

    @Override
    boolean weightsCanBeNegative() {
        return true;
    }

    @Override
    boolean hasOneAnswer(double[][] gradients) {
        return isIndependent(gradients);
    }

    @Override
    String printed() {
        return "alignedMtl()";
    }

    /** The update is sqrt(s) (G^+)^1/2 applied to all tasks: for independent gradients its products with them are sqrt(s) G^1/2 1. */
    @ParameterizedTest
    @MethodSource("gradients")
    void the_turned_gradients_are_orthogonal_and_of_one_length(double[][] gradients) {
        if (!isIndependent(gradients)) {
            return;
        }
        double[] weights = weights(ALIGNED, tasks(gradients.length), gradients, 1, 1);
        double[] update = Steps.combination(weights, gradients);
        double least = Double.POSITIVE_INFINITY;
        for (double[] gradient : gradients) {
            least = Math.min(least, Steps.dot(gradient, gradient));
        }
        // the sum of T orthogonal vectors of length sqrt(s); s is at most every ||g_i||^2
        double s = Steps.dot(update, update) / gradients.length;
        assertThat(s).isPositive().isLessThanOrEqualTo(least * (1 + 1e-12));
        double[] mean = weights(ALIGNED.rmse(), tasks(gradients.length), gradients, 1, 1);
        double[] longer = Steps.combination(mean, gradients);
        double trace =
                Arrays.stream(gradients).mapToDouble(g -> Steps.dot(g, g)).sum();
        assertThat(Steps.dot(longer, longer)).isCloseTo(trace, within(1e-9 * trace)); // T times the mean eigenvalue
    }

    @Test
    void orthogonal_gradients_are_brought_to_the_length_of_the_shortest_the_median_or_the_mean() {
        double[][] gradients = {{2, 0, 0}, {0, 4, 0}, {0, 0, 8}};
        assertThat(weights(ALIGNED, tasks(3), gradients, 1, 1))
                .containsExactly(new double[] {1, 0.5, 0.25}, within(1e-15));
        assertThat(weights(ALIGNED.median(), tasks(3), gradients, 1, 1))
                .containsExactly(new double[] {2, 1, 0.5}, within(1e-15));
        double mean = Math.sqrt((4 + 16 + 64) / 3.0);
        assertThat(weights(ALIGNED.rmse(), tasks(3), gradients, 1, 1))
                .containsExactly(new double[] {mean / 2, mean / 4, mean / 8}, within(1e-14));
        assertThat(weights(ALIGNED.averaged(), tasks(3), gradients, 1, 1))
                .containsExactly(new double[] {1 / 3.0, 0.5 / 3, 0.25 / 3}, within(1e-15));
        double[][] two = {{2, 0}, {0, 4}};
        assertThat(weights(ALIGNED.median(), tasks(2), two, 1, 1))
                .containsExactly(new double[] {1, 0.5}, within(1e-15));
    }

    @Test
    void eigenvalues_below_the_precision_are_left_out() {
        double[][] gradients = {{1, 0}, {1, 1e-5}};
        double[] coarse = weights(ALIGNED, tasks(2), gradients, 1, 1);
        assertThat(coarse).containsExactly(new double[] {1, 1}, within(1e-4)); // as if they were duplicates
        double[] fine = weights(ALIGNED.rankEps(1e-16), tasks(2), gradients, 1, 1);
        double[] update = Steps.combination(fine, gradients);
        assertThat(Math.sqrt(Steps.dot(update, update))).isLessThan(2e-5); // the shorter of the two directions decides
    }

    @Test
    void what_has_no_direction_is_not_weighed() {
        assertThat(weights(ALIGNED, tasks(2), new double[][] {{3, 4}, {-3, -4}}, 1, 1))
                .containsExactly(new double[] {0, 0}, within(1e-15));
        assertThat(weights(ALIGNED, tasks(3), new double[][] {{0, 0}, {3, 0}, {0, 4}}, 1, 1))
                .containsExactly(new double[] {0, 1, 0.75}, within(1e-15));
        assertThat(weights(ALIGNED, tasks(2), new double[2][2], 1, 1)).containsExactly(1, 1);
        WeighingStep step = Steps.ofGradients(new double[][] {{0, 0}, {3, 0}, {0, 4}}, 1);
        step.labelled()[0] = 0;
        double[] weights = new double[3];
        ALIGNED.averaged().start(step.names()).weigh(step, weights);
        assertThat(weights).containsExactly(new double[] {0, 0.5, 0.375}, within(1e-15));
    }

    @Test
    void it_prints_its_withers_and_a_threshold_that_makes_no_sense_is_an_error() {
        assertThat(ALIGNED.median().averaged().rankEps(1e-9).headsWeighted())
                .hasToString("alignedMtl().median().averaged().rankEps(1.0E-9).headsWeighted()");
        assertThat(ALIGNED.rmse()).hasToString("alignedMtl().rmse()");
        for (double bad : new double[] {-1, 1, Double.NaN}) {
            assertThatThrownBy(() -> ALIGNED.rankEps(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("alignedMtl().rankEps(" + bad + "): it is a number from 0 to less than 1.\n"
                            + "Give 1.2e-7, the precision of float, or 2.2e-16, that of double.");
        }
    }
}
