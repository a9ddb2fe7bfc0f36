package org.mtl4j.measure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.mtl4j.balance.Fixed;
import org.mtl4j.optimise.Adam;
import org.mtl4j.optimise.Schedule;
import org.mtl4j.train.Surface;
import org.mtl4j.train.Trajectory.Stop;
import org.mtl4j.train.Walk;

/**
 * The Pareto front of two losses of two parameters, where it is convex: the places argmin_x w L1(x) + (1 - w) L2(x) for
 * {@value #WEIGHTS} weights w, evenly from 0 to 1. Each is the best place of a grid of {@value #GRID} x {@value #GRID},
 * followed down by Adam.
 *
 * @param places from w = 0 to w = 1
 */
public record ParetoFront(List<Stop> places) {

    private static final int WEIGHTS = 41;
    private static final int GRID = 61;
    private static final int STEPS = 2000;

    public ParetoFront {
        places = List.copyOf(places);
    }

    /** No front: there are not two losses of two parameters. */
    static final ParetoFront NONE = new ParetoFront(List.of());

    /**
     * The front within a box.
     *
     * @param low the least value of each parameter
     * @param high the largest value of each parameter
     */
    static ParetoFront of(List<Surface> surfaces, double[] low, double[] high) {
        List<Stop> grid = grid(surfaces, low, high);
        double cell = Math.max(high[0] - low[0], high[1] - low[1]) / (GRID - 1);
        return new ParetoFront(IntStream.range(0, WEIGHTS)
                .mapToObj(i -> lowest(surfaces, grid, cell, i / (WEIGHTS - 1.0)))
                .toList());
    }

    private static List<Stop> grid(List<Surface> surfaces, double[] low, double[] high) {
        List<Stop> grid = new ArrayList<>();
        double[] unread = new double[2];
        for (int i = 0; i < GRID * GRID; i++) {
            int row = i / GRID;
            double[] x = {between(low[0], high[0], i - row * GRID), between(low[1], high[1], row)};
            List<Double> losses = surfaces.stream()
                    .map(surface -> surface.formula().at(x, unread))
                    .toList();
            grid.add(new Stop(0, List.of(x[0], x[1]), losses));
        }
        return grid;
    }

    private static double between(double low, double high, int step) {
        return low + step * (high - low) / (GRID - 1);
    }

    private static Stop lowest(List<Surface> surfaces, List<Stop> grid, double cell, double w) {
        Stop best = grid.stream()
                .filter(Stop::isFinite)
                .min(Comparator.comparingDouble(stop ->
                        w * stop.losses().get(0) + (1 - w) * stop.losses().get(1)))
                .orElseThrow();
        var weights =
                new Fixed(Map.of(surfaces.get(0).name(), w, surfaces.get(1).name(), 1 - w));
        var down = Adam.of(cell / 10).schedule(new Schedule.Cosine(Schedule.WHOLE, 0));
        Walk walk = new Walk(surfaces, best.at(), weights, down, STEPS, 0);
        for (int step = 0; step < STEPS; step++) {
            walk.step();
        }
        return walk.stop();
    }

    /** How far a place is from the front, in the parameters: to the nearest point of the line through its places. */
    public double distance(List<Double> at) {
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i + 1 < places.size(); i++) {
            least = Math.min(
                    least, distance(at, places.get(i).at(), places.get(i + 1).at()));
        }
        return least;
    }

    private static double distance(List<Double> p, List<Double> a, List<Double> b) {
        double dx = b.get(0) - a.get(0);
        double dy = b.get(1) - a.get(1);
        double square = dx * dx + dy * dy;
        double along = (p.get(0) - a.get(0)) * dx + (p.get(1) - a.get(1)) * dy;
        double part = square == 0 ? 0 : Math.min(1, Math.max(0, along / square));
        double ox = p.get(0) - a.get(0) - part * dx;
        double oy = p.get(1) - a.get(1) - part * dy;
        return Math.sqrt(ox * ox + oy * oy);
    }
}
