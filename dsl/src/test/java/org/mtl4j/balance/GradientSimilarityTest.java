package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class GradientSimilarityTest extends BalancerContract {

    private static final GradientSimilarity SIMILARITY = GradientSimilarity.of("task 0");

    @Override
    Balancer balancer(List<String> tasks) {
        return SIMILARITY;
    }

    @Override
    Scale scale() {
        return Scale.INVARIANT;
    }

    @Override
    String printed() {
        return "gradientSimilarity(\"task 0\")";
    }

    private double[] weights(GradientSimilarity similarity, double[]... gradients) {
        return weights(similarity, tasks(gradients.length), gradients, 1, 1);
    }

    @Test
    void an_auxiliary_task_weighs_its_cosine_with_the_main_one_where_above_zero() {
        double[] main = {3, 4};
        double[] near = {5, 0}; // 15 / 25
        double[] far = {-1, 0};
        double[] across = {-4, 3};
        assertThat(weights(SIMILARITY, main, near, far, across)).containsExactly(1, 0.6, 0, 0);
        assertThat(weights(SIMILARITY.gated(), main, near, far, across)).containsExactly(1, 1, 0, 0);
    }

    @Test
    void it_is_the_cosine_of_the_vectors_and_no_update_points_uphill_for_the_main_task() {
        for (long seed = 1; seed <= 30; seed++) {
            double[][] gradients = normal(2 + (int) seed % 5, 6, 1, seed);
            double[] weights = weights(SIMILARITY, gradients);
            for (int i = 1; i < gradients.length; i++) {
                double cosine = Steps.dot(gradients[i], gradients[0])
                        / Math.sqrt(Steps.dot(gradients[i], gradients[i]) * Steps.dot(gradients[0], gradients[0]));
                assertThat(weights[i]).isCloseTo(Math.max(0, cosine), within(1e-14));
                assertThat(weights(SIMILARITY.gated(), gradients)[i]).isEqualTo(cosine > 0 ? 1 : 0);
            }
            double[] update = Steps.combination(weights, gradients);
            assertThat(Steps.dot(update, gradients[0])).isPositive();
        }
    }

    @Test
    void duplicates_count_in_full_and_opposites_and_zeros_not_at_all() {
        double[] main = {1, 2, 3};
        double[] zero = {0, 0, 0};
        assertThat(weights(SIMILARITY, main, main, new double[] {-1, -2, -3}, zero)[1])
                .isCloseTo(1, within(1e-15));
        assertThat(weights(SIMILARITY, main, main, new double[] {-1, -2, -3}, zero))
                .endsWith(0, 0);
        assertThat(weights(SIMILARITY, zero, main)).containsExactly(1, 0);
    }

    @Test
    void without_labels_of_the_main_task_nothing_says_that_another_helps() {
        WeighingStep step = Steps.ofGradients(new double[][] {{0, 0}, {1, 1}}, 1);
        step.labelled()[0] = 0;
        double[] weights = new double[2];
        SIMILARITY.start(tasks(2)).weigh(step, weights);
        assertThat(weights).containsExactly(0, 0);
    }

    @Test
    void a_main_task_that_is_not_trained_is_an_error() {
        assertThatThrownBy(() -> GradientSimilarity.of("rain").start(List.of("income", "age")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("gradientSimilarity(\"rain\"): the main task 'rain' is no task of the recipe.\n"
                        + "The tasks are [income, age].");
    }

    @Test
    void it_prints_its_withers() {
        assertThat(SIMILARITY.gated().headsWeighted())
                .hasToString("gradientSimilarity(\"task 0\").gated().headsWeighted()");
    }
}
