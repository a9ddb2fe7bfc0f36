package org.mtl4j.train;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the balancer of a training did in its batches: a batch is a step, but where {@code accumulate} gathers several. Lists
 * of weights have one entry per task, in the order of {@link History#tasks()}.
 *
 * @param first the weights of the first batch; empty where there was none
 * @param last the weights of the last one
 * @param points batches in a row, from the first to the last; at most {@link #MOST_POINTS}
 * @param update what makes the update of the shared parameters
 * @param time where the time of the steps went
 */
public record Balancing(List<Double> first, List<Double> last, List<Point> points, Update update, Time time) {

    /** Points at most: where a training has come to so many, each two neighbours become one. */
    public static final int MOST_POINTS = 1000;

    /** Of a training that took no step. */
    public static final Balancing NONE =
            new Balancing(List.of(), List.of(), List.of(), Update.COMBINATION, Time.of(0, 0, 0, 0, 0, 0));

    /** What makes the update of the shared parameters. */
    public enum Update {
        /** The weights: it is sum_i w_i g_i. */
        COMBINATION,
        /** The balancer itself, of the gradients; the weights alone do not say it. */
        OWN
    }

    public Balancing {
        first = List.copyOf(first);
        last = List.copyOf(last);
        points = List.copyOf(points);
    }

    /**
     * All batches as one point.
     *
     * @throws IllegalStateException if there is none
     */
    public Point whole() {
        return points.stream().reduce(Point::and).orElseThrow(() -> new IllegalStateException("There was no batch."));
    }

    /**
     * One task over batches in a row.
     *
     * @param mean mean weight
     * @param least lowest weight
     * @param most highest weight
     * @param zeros batches in which the weight was 0
     * @param loss mean weighted loss, w a L with a the task's own weight
     */
    public record Weighed(double mean, double least, double most, int zeros, double loss) {

        private Weighed and(Weighed later, int batches, int laterBatches) {
            return new Weighed(
                    mean(mean, later.mean, batches, laterBatches),
                    Math.min(least, later.least),
                    Math.max(most, later.most),
                    zeros + later.zeros,
                    mean(loss, later.loss, batches, laterBatches));
        }

        private static double mean(double value, double later, int batches, int laterBatches) {
            return value == later
                    ? value // without the rounding of the other form
                    : (value * batches + later * laterBatches) / (batches + laterBatches);
        }
    }

    /**
     * Batches in a row.
     *
     * @param step steps taken before the first of them
     * @param batches how many they are
     * @param tasks what each task got
     * @param iterations those of the balancer's solver, in all of them together
     * @param mostIterations the most of one of them
     */
    public record Point(int step, int batches, List<Weighed> tasks, long iterations, long mostIterations) {

        public Point {
            tasks = List.copyOf(tasks);
        }

        /** The share of a task in the weighted loss, w_i a_i L_i / sum_j |w_j a_j L_j|; NaN where that sum is 0. */
        public double share(int task) {
            return tasks.get(task).loss()
                    / tasks.stream().mapToDouble(each -> Math.abs(each.loss())).sum();
        }

        /** These batches and those that come after them as one point. */
        public Point and(Point later) {
            return new Point(
                    step,
                    batches + later.batches,
                    IntStream.range(0, tasks.size())
                            .mapToObj(t -> tasks.get(t).and(later.tasks.get(t), batches, later.batches))
                            .toList(),
                    iterations + later.iterations,
                    Math.max(mostIterations, later.mostIterations));
        }

        /** Runs of this many neighbours, each as one point; the last run may be shorter. */
        public static List<Point> grouped(List<Point> points, int size) {
            List<Point> grouped = new ArrayList<>();
            for (int from = 0; from < points.size(); from += size) {
                grouped.add(points.subList(from, Math.min(points.size(), from + size)).stream()
                        .reduce(Point::and)
                        .orElseThrow());
            }
            return grouped;
        }
    }

    /**
     * Where the time of the batches went, but for the first since a training began or went on, in which classes are loaded.
     * Probes of conflict and validation are no part of it.
     *
     * @param rest for all that every balancer needs
     * @param signals for backward signals, one per task, where the balancer reads gradients; else one is in the rest
     * @param gram for the Gram of the gradients, or they themselves, where it reads them
     * @param weighing for its weights, or its update
     * @param hearing for the losses after the update, where it hears them
     * @param sampling for further batches, where it draws some
     */
    public record Time(
            Duration rest, Duration signals, Duration gram, Duration weighing, Duration hearing, Duration sampling) {

        static Time of(long rest, long signals, long gram, long weighing, long hearing, long sampling) {
            return new Time(
                    Duration.ofNanos(rest),
                    Duration.ofNanos(signals),
                    Duration.ofNanos(gram),
                    Duration.ofNanos(weighing),
                    Duration.ofNanos(hearing),
                    Duration.ofNanos(sampling));
        }

        /** All of it. */
        public Duration steps() {
            return rest.plus(signals).plus(balancing());
        }

        /** The parts for the balancer alone. */
        public Duration balancing() {
            return gram.plus(weighing).plus(hearing).plus(sampling);
        }
    }
}
