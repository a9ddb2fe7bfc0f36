package org.mtl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.mtl4j.Mtl.cagrad;
import static org.mtl4j.Mtl.equal;
import static org.mtl4j.Mtl.famo;
import static org.mtl4j.Mtl.mgda;
import static org.mtl4j.Mtl.pcgrad;
import static org.mtl4j.Mtl.toy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mtl4j.balance.Balancer;
import org.mtl4j.measure.Trajectories;
import org.mtl4j.train.Trajectory.Stop;

/** The published outcomes of the toy problem: Liu et al. 2021 (CAGrad) and Liu et al. 2023 (FAMO). */
class ToyOutcomeTest {

    /** CAGrad's setting. */
    private static final Landscape CAGRADS =
            toy().start(-8.5, 7.5).start(-8.5, -5).start(9, 9);

    /** FAMO's setting. */
    private static final Landscape FAMOS = toy(0.1).start(-8.5, 7.5)
            .start(0, 0)
            .start(9, 9)
            .start(-7.5, -0.5)
            .start(9, -1)
            .steps(50_000);

    /**
     * How far ends in a ravine may lie from the published ones. Steps of 1e-3 leap from side to side there, and rounding
     * decides where: the same run in doubles, in floats, of the sum and of the mean ends up to 0.05 apart.
     */
    private static final double IN_RAVINE = 0.06;

    private static Trajectories run(Landscape landscape, Balancer balancer) {
        return landscape.run(balancer).numbers();
    }

    private static List<Stop> ends(Trajectories ways) {
        return ways.all().stream().map(way -> way.end()).toList();
    }

    private static void isAt(Stop end, double x1, double x2, double tolerance) {
        assertThat(end.at().get(0)).as("x1 of %s", end).isCloseTo(x1, within(tolerance));
        assertThat(end.at().get(1)).as("x2 of %s", end).isCloseTo(x2, within(tolerance));
    }

    @Test
    void the_mean_gradient_reaches_the_optimum_from_one_start_of_three() {
        List<Stop> ends = ends(run(CAGRADS, equal()));

        isAt(ends.get(0), -5.071, 2.160, IN_RAVINE);
        isAt(ends.get(1), 0, -8.3552, 1e-3);
        isAt(ends.get(2), 5.013, 2.294, IN_RAVINE);
    }

    @Test
    void cagrad_reaches_the_optimum_from_all_three() {
        for (Stop end : ends(run(CAGRADS, cagrad()))) {
            isAt(end, 0, -8.3552, 2e-3);
            assertThat(end.losses().get(0)).isCloseTo(-15.0916, within(1e-3));
            assertThat(end.losses().get(1)).isCloseTo(-15.0916, within(1e-3));
        }
    }

    @Test
    void mgda_and_pcgrad_stop_elsewhere_on_the_front() {
        for (Balancer balancer : List.of(mgda(), pcgrad())) {
            Trajectories ways = run(CAGRADS, balancer);

            assertThat(ways.onFront(balancer)).isEqualTo(3);
            assertThat(ends(ways))
                    .anySatisfy(end -> assertThat(Math.abs(end.at().get(0))).isGreaterThan(0.5));
        }
    }

    @Test
    void the_plain_sum_fails_from_one_start_of_five() {
        Trajectories ways = run(FAMOS, equal());
        List<Stop> ends = ends(ways);

        assertThat(ways.onFront(equal())).isEqualTo(4);
        isAt(ends.get(2), 5.00, 3.91, IN_RAVINE);
        for (int start : new int[] {0, 1, 3, 4}) {
            isAt(ends.get(start), -5.727, -8.409, 0.01);
        }
    }

    /** The authors' run has no decay; with LibMTL's 0.001, which outweighs such small differences, three of five do. */
    @Test
    void famo_reaches_the_front_from_all_five() {
        Balancer bounded = famo().decay(0).atLeast("L1", -2.1).atLeast("L2", -21);

        assertThat(run(FAMOS, bounded).onFront(bounded)).isEqualTo(5);
    }
}
