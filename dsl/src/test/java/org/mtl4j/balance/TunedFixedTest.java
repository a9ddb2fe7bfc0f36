package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which fixed weights are tried. It weighs no step, so that it has no part in {@link BalancerContract}. */
class TunedFixedTest {

    private static final TunedFixed TUNED = TunedFixed.standard();
    private static final List<String> TWO = List.of("casual", "rain");

    private static List<String> tasks(int number) {
        return IntStream.range(0, number).mapToObj(t -> "task " + t).toList();
    }

    private static Fixed casualRain(double casual, double rain) {
        return new Fixed(Map.of("casual", casual, "rain", rain));
    }

    @ParameterizedTest
    @CsvSource({"2, 0, 3", "2, 1, 3", "2, 4, 5", "2, 5, 5", "2, 8, 9", "3, 1, 4", "3, 7, 7", "4, 2, 5", "8, 1, 9"})
    void by_itself_it_tries_as_many_as_there_are_methods_and_at_least_one_more_than_tasks(
            int tasks, int methods, int candidates) {
        assertThat(TUNED.candidates(tasks(tasks), methods, 7)).hasSize(candidates);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 6, 40})
    void weights_are_above_0_and_sum_to_the_number_of_tasks(int tasks) {
        for (TunedFixed tuned : List.of(TUNED, TUNED.random(20), TUNED.grid(tasks))) {
            List<Balancer> candidates = tuned.candidates(tasks(tasks), 0, 3);
            assertThat(candidates).doesNotHaveDuplicates().first().isEqualTo(new Equal());
            for (Balancer each : candidates.subList(1, candidates.size())) {
                Map<String, Double> weights = ((Fixed) each).weights();
                assertThat(weights.keySet()).containsExactlyElementsOf(tasks(tasks));
                assertThat(weights.values()).allMatch(weight -> weight > 0);
                assertThat(weights.values().stream().mapToDouble(w -> w).sum()).isCloseTo(tasks, within(1e-12 * tasks));
            }
        }
    }

    @Test
    void a_grid_of_two_tasks_is_even_and_has_equal_weights_though_they_are_no_point_of_it() {
        assertThat(TUNED.grid(3).candidates(TWO, 9, 1))
                .containsExactly(new Equal(), casualRain(0.5, 1.5), casualRain(1.5, 0.5));
        assertThat(TUNED.grid(4).candidates(TWO, 9, 1))
                .containsExactly(
                        new Equal(),
                        casualRain(0.4, 1.6),
                        casualRain(0.8, 1.2),
                        casualRain(1.2, 0.8),
                        casualRain(1.6, 0.4));
        assertThat(TUNED.candidates(TWO, 0, 1)).isEqualTo(TUNED.grid(3).candidates(TWO, 0, 1));
    }

    @Test
    void a_grid_of_more_tasks_has_n_over_tasks_less_one_points() {
        assertThat(TUNED.grid(4).candidates(tasks(3), 0, 1)).hasSize(6 + 1);
        assertThat(TUNED.grid(5).candidates(tasks(3), 0, 1)).hasSize(10); // 2, 2, 2 is one of them
        assertThat(TUNED.grid(6).candidates(tasks(4), 0, 1)).hasSize(20 + 1);
    }

    @Test
    void random_weights_come_from_the_seed_and_are_uniform_over_all_that_sum_to_the_number_of_tasks() {
        List<Balancer> candidates = TUNED.random(1000).candidates(tasks(3), 0, 5);
        assertThat(TUNED.random(1000).candidates(tasks(3), 9, 5)).isEqualTo(candidates);
        assertThat(TUNED.random(20).candidates(tasks(3), 0, 5)).isEqualTo(candidates.subList(0, 20));
        assertThat(TUNED.random(20).candidates(tasks(3), 0, 6)).isNotEqualTo(candidates.subList(0, 20));
        double[] mean = new double[3];
        double[] square = new double[3];
        for (Balancer each : candidates.subList(1, 1000)) {
            for (int t = 0; t < 3; t++) {
                double weight = List.copyOf(((Fixed) each).weights().values()).get(t); // in the order of the tasks
                mean[t] += weight / 999;
                square[t] += (weight - 1) * (weight - 1) / 999;
            }
        }
        for (int t = 0; t < 3; t++) {
            assertThat(mean[t]).isCloseTo(1, within(0.08));
            assertThat(square[t]).isCloseTo(0.5, within(0.08)); // 9 times 2 / (9 x 4), the variance of a share
        }
    }

    @Test
    void one_task_has_equal_weights_alone() {
        assertThat(TUNED.random(5).candidates(tasks(1), 3, 1)).containsExactly(new Equal());
    }

    @Test
    void weights_that_are_fixed_before_the_training_are_no_method() {
        assertThat(List.of(new Equal(), casualRain(1, 2), new Importance(Map.of()), new ByLabels(1), TUNED))
                .noneMatch(TunedFixed::isMethod);
        assertThat(List.of(Rlw.asPublished(), new LogLosses(), new Alternating(3)))
                .allMatch(TunedFixed::isMethod);
    }

    @Test
    void it_prints_as_the_line_that_makes_it() {
        assertThat(TUNED).hasToString("tunedFixed()");
        assertThat(TUNED.grid(5)).hasToString("tunedFixed().grid(5)");
        assertThat(TUNED.grid(5).random(12)).hasToString("tunedFixed().random(12)");
        assertThat(TUNED.needs()).isEqualTo(Balancer.Needs.LOSSES);
        assertThat(TUNED.restrictTo(TWO)).isEqualTo(TUNED);
    }

    private static void fails(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }

    @Test
    void too_small_or_too_large_a_search_is_an_error() {
        fails(
                () -> TUNED.grid(1),
                "tunedFixed().grid(1): a grid has at least 2 points.\n"
                        + "Give the number of weights of one of two tasks: grid(5).");
        fails(
                () -> TUNED.random(1),
                "tunedFixed().random(1): a search has from 2 to 1,000 candidates.\n"
                        + "Give the number of trainings to spend: random(12).");
        fails(
                () -> TUNED.random(1001),
                "tunedFixed().random(1001): a search has from 2 to 1,000 candidates.\n"
                        + "Give the number of trainings to spend: random(12).");
        fails(
                () -> TunedFixed.check(TUNED.grid(3), tasks(4)),
                "tunedFixed().grid(3): so coarse a grid has no other weights for 4 tasks than equal ones.\n"
                        + "Take a finer one, grid(4), or random(5).");
        fails(
                () -> TunedFixed.check(TUNED.grid(30), tasks(5)),
                "tunedFixed().grid(30): it has more than 1,000 candidates for 5 tasks.\n"
                        + "Take a coarser one, or random(50).");
    }

    @Test
    void one_task_by_itself_is_an_error_and_so_is_another_balancer_around_it() {
        fails(
                () -> TunedFixed.check(TUNED, tasks(1)),
                "tunedFixed(): one task by itself has no weights to tune.\nLeave it out, or learn a second task.");
        for (Balancer around : List.of(
                TUNED.every(2),
                TUNED.smoothed(0.9),
                TUNED.afterWarmUp(1),
                TUNED.clipped(0, 1),
                TUNED.then(Mgda.asPublished()))) {
            fails(
                    () -> TunedFixed.check(around, TWO),
                    "tunedFixed(): it chooses between whole trainings, so it cannot weigh the steps of one.\n"
                            + "Give it to .balance(..) by itself, not inside another balancer.");
        }
    }
}
