package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mtl4j.balance.Scalariser.Chebyshev;
import org.mtl4j.balance.Scalariser.Cosmos;
import org.mtl4j.balance.Scalariser.Pbi;
import org.mtl4j.balance.Scalariser.SmoothChebyshev;
import org.mtl4j.tensor.Draws;

/** The slopes of scalarisers against central differences of their formulas, written down a second time. */
class ScalariserTest {

    private static final double[] PREFERENCE = {0.5, 0.2, 0.3, 0.7};
    private static final List<Scalariser> ALL =
            List.of(new Chebyshev(), new SmoothChebyshev(0.1), new Pbi(5), new Cosmos(8));

    private static double[] slopes(Scalariser scalariser, double[] excess, double[] preference) {
        double[] slopes = new double[excess.length];
        scalariser.slopes(excess.clone(), preference.clone(), excess.length, slopes);
        return slopes;
    }

    private static double dot(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
    }

    private static double[] drawn(long seed) {
        RandomGenerator random = Draws.generator(seed);
        return IntStream.range(0, PREFERENCE.length)
                .mapToDouble(i -> 0.2 + 2 * Draws.uniform(random))
                .toArray();
    }

    private static void assertSlopes(Scalariser scalariser, ToDoubleFunction<double[]> formula) {
        for (long seed = 1; seed <= 20; seed++) {
            double[] excess = drawn(seed);
            double[] slopes = slopes(scalariser, excess, PREFERENCE);
            for (int t = 0; t < excess.length; t++) {
                double[] up = excess.clone();
                double[] down = excess.clone();
                up[t] += 1e-6;
                down[t] -= 1e-6;
                double slope = (formula.applyAsDouble(up) - formula.applyAsDouble(down)) / 2e-6;
                assertThat(slopes[t]).as("%s at %d", scalariser, t).isCloseTo(slope, within(2e-8));
            }
        }
    }

    @Test
    void the_maximum_has_the_slopes_of_its_formula() {
        assertSlopes(
                new Chebyshev(),
                e -> IntStream.range(0, e.length)
                        .mapToDouble(i -> PREFERENCE[i] * e[i])
                        .max()
                        .orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 1, 10})
    void the_smooth_maximum_has_the_slopes_of_its_formula(double mu) {
        assertSlopes(
                new SmoothChebyshev(mu),
                e -> mu
                        * Math.log(IntStream.range(0, e.length)
                                .mapToDouble(i -> Math.exp(PREFERENCE[i] * e[i] / mu))
                                .sum()));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.3, 5})
    void boundary_intersection_has_the_slopes_of_its_formula(double theta) {
        assertSlopes(new Pbi(theta), e -> {
            double along = dot(e, PREFERENCE) / Math.sqrt(dot(PREFERENCE, PREFERENCE));
            double away = Math.sqrt(dot(e, e) - along * along); // Pythagoras
            return along + theta * away;
        });
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.3, 8})
    void the_cosine_penalty_has_the_slopes_of_its_formula(double lambda) {
        assertSlopes(new Cosmos(lambda), e -> {
            double sum = dot(e, PREFERENCE);
            return sum - lambda * sum / Math.sqrt(dot(e, e) * dot(PREFERENCE, PREFERENCE));
        });
    }

    @Test
    void tasks_that_are_alike_worst_off_share_the_weight() {
        assertThat(slopes(new Chebyshev(), new double[] {1, 2, 0.5}, new double[] {2, 1, 1}))
                .containsExactly(1, 0.5, 0);
    }

    @Test
    void losses_in_the_direction_of_the_preference_are_not_penalised() {
        double[] along = {1, 2};
        double length = Math.sqrt(5);
        assertThat(slopes(new Pbi(5), along, new double[] {2, 4}))
                .containsExactly(new double[] {1 / length, 2 / length}, within(1e-9));
        assertThat(slopes(new Cosmos(8), along, new double[] {2, 4}))
                .containsExactly(new double[] {2, 4}, within(1e-12));
    }

    @Test
    void a_task_ahead_of_its_share_is_given_up_for_the_others() {
        double[] slopes = slopes(new Pbi(5), new double[] {1, 3}, new double[] {1, 1});
        assertThat(slopes).containsExactly(new double[] {-4 / Math.sqrt(2), 6 / Math.sqrt(2)}, within(1e-9));
    }

    @Test
    void losses_of_all_sizes_give_finite_slopes() {
        double[][] losses = {{0, 0}, {1e-300, 0}, {1e308, 1e308}, {1e308, -1e308}, {1e-300, 1e300}, {3, 3}, {-2, 1}};
        double[][] preferences = {{1, 1}, {1e308, 1}, {0, 1}, {1e-300, 1e-300}, {0, 0}};
        for (Scalariser scalariser : ALL) {
            for (double[] excess : losses) {
                for (double[] preference : preferences) {
                    for (double slope : slopes(scalariser, excess, preference)) {
                        assertThat(slope).as(scalariser.word()).isFinite();
                    }
                }
            }
        }
    }

    @Test
    void without_any_loss_the_cosine_says_nothing() {
        assertThat(slopes(new Cosmos(8), new double[2], new double[] {0.3, 0.7}))
                .containsExactly(0.3, 0.7);
    }

    @Test
    void settings_out_of_bounds_are_errors() {
        for (double bad : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> new Pbi(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("pbi(" + bad + "): the penalty is a finite number of at least 0.\n"
                            + "Give 5, or more to hold the losses nearer to the preference; 0 is no penalty.");
            assertThatThrownBy(() -> new Cosmos(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("cosmos(" + bad + "): the penalty is a finite number of at least 0.\n");
            assertThatThrownBy(() -> new SmoothChebyshev(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("smoothChebyshev(" + bad + "): the smoothness is a finite number above 0.\n"
                            + "Give 0.1, or less for more weight on the task that is worst off.");
        }
        assertThatThrownBy(() -> new SmoothChebyshev(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
