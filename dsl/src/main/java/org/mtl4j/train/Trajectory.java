package org.mtl4j.train;

import java.util.List;
import org.mtl4j.balance.Balancer;

/**
 * The way that a balancer took over a landscape.
 *
 * @param balancer how the tasks were weighed
 * @param stops places on the way, the start first and the end last
 */
public record Trajectory(Balancer balancer, List<Stop> stops) {

    /** About how many places of a way are kept, evenly over its steps. */
    public static final int KEPT = 300;

    /**
     * A place on the way.
     *
     * @param step the steps taken before
     * @param at the parameters
     * @param losses the loss of each task there
     */
    public record Stop(long step, List<Double> at, List<Double> losses) {
        public Stop {
            at = List.copyOf(at);
            losses = List.copyOf(losses);
        }

        /** The mean of the losses. */
        public double mean() {
            return losses.stream().mapToDouble(loss -> loss).average().orElseThrow();
        }

        /** Whether all losses are finite. */
        public boolean isFinite() {
            return losses.stream().allMatch(Double::isFinite);
        }
    }

    public Trajectory {
        stops = List.copyOf(stops);
    }

    /** Where it began. */
    public Stop start() {
        return stops.get(0);
    }

    /** Where it ended. */
    public Stop end() {
        return stops.get(stops.size() - 1);
    }
}
