package org.mtl4j.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mtl4j.balance.Balancer;
import org.mtl4j.balance.Equal;
import org.mtl4j.balance.Mgda;
import org.mtl4j.train.Surface;
import org.mtl4j.train.Trajectory;
import org.mtl4j.train.Trajectory.Stop;

class TrajectoriesTest {

    private static final Surface A = new Surface("a", (x, slope) -> {
        slope[0] = x[0] - 1;
        slope[1] = x[1];
        return (slope[0] * slope[0] + slope[1] * slope[1]) / 2;
    });
    private static final Surface B = new Surface("b", (x, slope) -> {
        slope[0] = x[0] + 1;
        slope[1] = x[1];
        return (slope[0] * slope[0] + slope[1] * slope[1]) / 2;
    });

    private static Stop stop(long step, double x, double y) {
        double[] unread = new double[2];
        double[] at = {x, y};
        return new Stop(
                step,
                List.of(x, y),
                List.of(A.formula().at(at, unread), B.formula().at(at, unread)));
    }

    private static Trajectory way(Balancer balancer, Stop... stops) {
        return new Trajectory(balancer, List.of(stops));
    }

    @Test
    void it_prints_the_end_points_beside_the_front() {
        Trajectories ways = Trajectories.of(
                List.of(A, B),
                1000,
                List.of(
                        way(new Equal(), stop(0, 3, 2.5), stop(1000, -0.00001, 0.05)),
                        way(new Equal(), stop(0, -3, 2), stop(1000, 0, 1)),
                        way(Mgda.asPublished(), stop(0, 3, 2.5), stop(10, 0.5, 0))));

        assertThat(ways.toString()).isEqualTo("""
                        End points after 1,000 steps
                        balancer  start     end                 a      b   mean  from the front
                        equal()   (3, 2.5)  (0.000, 0.050)  0.501  0.501  0.501           0.050
                        equal()   (-3, 2)   (0.000, 1.000)  1.000  1.000  1.000           1.000
                        mgda()    (3, 2.5)  (0.500, 0.000)  0.125  1.125  0.625           0.000
                        On the front end: equal() 1 of 2, mgda() 1 of 1. An end is on it if it is at most 0.1 away.
                        mgda() from (3, 2.5) ended after 10 steps: interrupted.""");
    }

    @Test
    void what_is_not_finite_is_said() {
        Stop lost = new Stop(7, List.of(Double.NaN, 1.0), List.of(Double.NaN, 1.0));
        Trajectories ways = Trajectories.of(List.of(A, B), 10, List.of(way(new Equal(), stop(0, 3, 2), lost)));

        assertThat(ways.toString()).endsWith("equal() from (3, 2) ended after 7 steps: a loss is not finite.");
        assertThat(ways.onFront(new Equal())).isZero();
    }

    @Test
    void three_losses_have_no_front() {
        Surface third = new Surface("c", A.formula());
        Stop stop = new Stop(0, List.of(1.0, 0.0), List.of(0.0, 2.0, 0.0));
        Trajectories ways = Trajectories.of(List.of(A, B, third), 10, List.of(way(new Equal(), stop)));

        assertThat(ways.front().places()).isEmpty();
        assertThat(ways.summary()).isEmpty();
        assertThat(ways.toString()).doesNotContain("front");
    }
}
