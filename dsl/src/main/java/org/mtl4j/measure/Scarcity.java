package org.mtl4j.measure;

import java.util.List;
import org.mtl4j.fitted.Metric;

/**
 * What a task gains from joint training as its labels get fewer.
 *
 * @param task the task whose labels were taken away
 * @param metric the score that the gains are of
 * @param curves one per way to train
 */
public record Scarcity(String task, Metric metric, List<Curve> curves) {

    /**
     * The gains of one way.
     *
     * @param name the way, such as {@code with registered, equal()}
     * @param points by number of labels, ascending
     */
    public record Curve(String name, List<Point> points) {

        public Curve {
            points = List.copyOf(points);
        }
    }

    /**
     * The gain at one number of labels.
     *
     * @param labels labelled training rows
     * @param gains joint minus single-task, one per seed, positive is better; finite
     */
    public record Point(int labels, List<Double> gains) {

        public Point {
            gains = List.copyOf(gains);
        }

        /** The mean gain with its t interval over seeds. */
        public Interval interval() {
            return Interval.of(gains);
        }
    }

    public Scarcity {
        curves = List.copyOf(curves);
    }
}
