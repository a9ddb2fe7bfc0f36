package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConFigTest extends BalancerContract {

    private static final ConFig CONFIG = ConFig.asPublished();

    @Override
    Balancer balancer(List<String> tasks) {
        return CONFIG;
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
        return "config()";
    }

    private static double length(double[] vector) {
        return Math.sqrt(Steps.dot(vector, vector));
    }

    @ParameterizedTest
    @MethodSource("gradients")
    void the_update_has_one_cosine_with_all_gradients_and_the_length_of_their_projections(double[][] gradients) {
        if (!isIndependent(gradients)) {
            return;
        }
        double[] update = Steps.combination(weights(CONFIG, tasks(gradients.length), gradients, 1, 1), gradients);
        double first = Steps.dot(update, gradients[0]) / length(gradients[0]) / length(update);
        assertThat(first).isPositive();
        double projections = 0;
        for (double[] gradient : gradients) {
            assertThat(Steps.dot(update, gradient) / length(gradient) / length(update))
                    .isCloseTo(first, within(1e-10));
            projections += Steps.dot(update, gradient) / length(update);
        }
        assertThat(length(update)).isCloseTo(projections, within(1e-10 * projections));
    }

    @Test
    void orthogonal_gradients_meet_half_way() {
        // v = (1, 1): the projections are (3 + 1) / sqrt 2
        double[] update = Steps.combination(
                weights(CONFIG, tasks(2), new double[][] {{3, 0}, {0, 1}}, 1, 1), new double[][] {{3, 0}, {0, 1}});
        assertThat(update).containsExactly(new double[] {2, 2}, within(1e-14));
    }

    @Test
    void what_has_no_direction_is_not_weighed_and_duplicates_are_weighed_alike() {
        assertThat(weights(CONFIG, tasks(2), new double[][] {{3, 4}, {-3, -4}}, 1, 1))
                .containsExactly(new double[] {0, 0}, within(1e-15));
        assertThat(weights(CONFIG, tasks(2), new double[][] {{3, 4}, {3, 4}}, 1, 1))
                .containsExactly(new double[] {1, 1}, within(1e-14));
        assertThat(weights(CONFIG, tasks(1), new double[][] {{3, 4}}, 1, 1))
                .containsExactly(new double[] {1}, within(1e-15));
        WeighingStep step = Steps.ofGradients(new double[][] {{0, 0}, {3, 0}, {0, 3}, {1, 1}}, 1);
        step.labelled()[3] = 0;
        double[] weights = new double[4];
        CONFIG.start(step.names()).weigh(step, weights);
        assertThat(weights).containsExactly(new double[] {0, 1, 1, 0}, within(1e-14));
    }

    @Test
    void it_prints_its_wither() {
        assertThat(CONFIG.headsWeighted()).hasToString("config().headsWeighted()");
        assertThat(CONFIG.headsWeighted().heads()).isEqualTo(Balancer.Heads.WEIGHTED);
    }
}
