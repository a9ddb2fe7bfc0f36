package org.mtl4j.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.mtl4j.balance.Balancer;
import org.mtl4j.balance.Equal;
import org.mtl4j.balance.Mgda;
import org.mtl4j.measure.Trajectories;
import org.mtl4j.optimise.Adam;
import org.mtl4j.train.Surface;
import org.mtl4j.train.Trajectory;
import org.mtl4j.train.Walk;

/** Short ways over landscapes, for charts. */
final class Ways {

    static final int STEPS = 300;

    private Ways() {}

    /** Bowls in a row. */
    static List<Surface> bowls(int number) {
        return IntStream.range(0, number)
                .mapToObj(centre -> new Surface("bowl " + centre, (x, slope) -> {
                    slope[0] = x[0] - centre;
                    slope[1] = x[1];
                    return (slope[0] * slope[0] + slope[1] * slope[1]) / 2;
                }))
                .toList();
    }

    /** Two balancers from two starts. */
    static Trajectories over(List<Surface> surfaces) {
        List<Trajectory> ways = new ArrayList<>();
        for (Balancer balancer : List.of(new Equal(), Mgda.asPublished())) {
            for (List<Double> start : List.of(List.of(-4.0, 3.0), List.of(5.0, -2.0))) {
                ways.add(new Walk(surfaces, start, balancer, Adam.of(0.01), STEPS, 0).go(STEPS));
            }
        }
        return Trajectories.of(surfaces, STEPS, ways);
    }
}
