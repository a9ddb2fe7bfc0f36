package org.mtl4j.measure;

import java.util.List;
import org.mtl4j.fitted.Metric;

/**
 * Gradient conflict beside transfer: for each task in each joint training, the mean cosine of its gradient with those of
 * the others, and what it gained against single-task training. Neither explains the other.
 *
 * @param points one per task and way to train
 */
public record ConflictTransfer(List<Point> points) {

    /**
     * One task in one way.
     *
     * @param task the task
     * @param with the tasks that it was trained with, and how
     * @param metric the score that the gains are of
     * @param cosines mean cosine over a training's probes and the other tasks, one per seed, in [-1, 1]
     * @param gains joint minus single-task, of the same seeds, positive is better; finite
     */
    public record Point(String task, String with, Metric metric, List<Double> cosines, List<Double> gains) {

        public Point {
            cosines = List.copyOf(cosines);
            gains = List.copyOf(gains);
        }
    }

    public ConflictTransfer {
        points = List.copyOf(points);
    }
}
