package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Solvers count their iterations; formulas have none. */
class SolverIterationsTest {

    private static final int TASKS = 6;

    static Stream<Balancer> solving() {
        return Stream.of(
                Mgda.asPublished(),
                CaGrad.of(0.4),
                UpGrad.asPublished(),
                DualProj.asPublished(),
                FairGrad.of(2),
                NashMtl.asPublished(),
                AlignedMtl.asPublished(),
                ConFig.asPublished(),
                ImtlG.asPublished(),
                Mgda.asPublished().atRepresentation());
    }

    private static long iterations(Weighting weighting, double[][] gradients) {
        long before = weighting.iterations();
        weighting.weigh(Steps.ofGradients(gradients, 1), new double[gradients.length]);
        return weighting.iterations() - before;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("solving")
    void a_solver_counts_on_from_step_to_step(Balancer balancer) {
        Weighting weighting = balancer.start(BalancerContract.tasks(TASKS));
        assertThat(weighting.iterations()).isZero();
        for (long seed = 1; seed <= 5; seed++) {
            double[][] gradients = BalancerContract.normal(TASKS, 8, 1, seed);
            long first = iterations(weighting, gradients);
            assertThat(first).isBetween(1L, 200L);
            assertThat(iterations(weighting, gradients)).isEqualTo(first);
        }
    }

    static Stream<Balancer> formulas() {
        return Stream.of(
                new Equal(),
                new Uncertainty(Uncertainty.DEFAULT_INITIAL),
                PcGrad.asPublished(),
                GradVac.asPublished(),
                new Gls());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("formulas")
    void a_formula_has_none(Balancer balancer) {
        assertThat(balancer.start(BalancerContract.tasks(TASKS)).iterations()).isZero();
    }

    @Test
    void closed_forms_of_two_tasks_have_none() {
        double[][] two = BalancerContract.normal(2, 8, 1, 1);
        for (Balancer balancer : List.of(Mgda.asPublished(), NashMtl.asPublished(), ImtlG.asPublished())) {
            assertThat(iterations(balancer.start(BalancerContract.tasks(2)), two))
                    .isZero();
        }
    }

    @Test
    void weights_that_are_kept_need_none() {
        Weighting weighting = NashMtl.asPublished().every(3).start(BalancerContract.tasks(TASKS));
        double[][] gradients = BalancerContract.normal(TASKS, 8, 1, 1);
        long[] counts = new long[4];
        Arrays.setAll(counts, s -> iterations(weighting, gradients));
        assertThat(counts[0]).isPositive().isEqualTo(counts[3]);
        assertThat(counts[1]).isZero();
        assertThat(counts[2]).isZero();
    }

    /** One round, step or sweep finds that there is nothing to do. */
    @Test
    void orthogonal_gradients_of_length_1_are_solved_at_once() {
        double[][] unit = new double[TASKS][TASKS];
        for (int t = 0; t < TASKS; t++) {
            unit[t][t] = 1;
        }
        List<String> tasks = BalancerContract.tasks(TASKS);
        assertThat(iterations(DualProj.asPublished().start(tasks), unit)).isEqualTo(1);
        assertThat(iterations(UpGrad.asPublished().start(tasks), unit)).isEqualTo(TASKS);
        assertThat(iterations(NashMtl.asPublished().start(tasks), unit)).isEqualTo(1);
        assertThat(iterations(AlignedMtl.asPublished().start(tasks), unit)).isEqualTo(1);
        assertThat(iterations(Mgda.asPublished().start(tasks), unit)).isEqualTo(TASKS - 1); // a vector joins each time
    }
}
