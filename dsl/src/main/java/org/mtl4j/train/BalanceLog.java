package org.mtl4j.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.mtl4j.bytes.ByteReader;
import org.mtl4j.bytes.ByteWriter;
import org.mtl4j.bytes.State;

/**
 * Mutable: what the balancer did, batch by batch, in bounded memory. Every batch counts: a point holds so many batches in a
 * row, at first one; where there are {@link Balancing#MOST_POINTS} points, each two become one, and each later one holds twice
 * as many batches. So a training that is cut short has as many points as one that was planned to be that long.
 */
final class BalanceLog {

    private final double[] taskWeights;
    private final double[] first;
    private final double[] last;
    private final double[] sums;
    private final double[] least;
    private final double[] most;
    private final double[] losses;
    private final long[] zeros;
    private final List<Balancing.Point> points = new ArrayList<>();
    private long batchesAPoint = 1;
    private long batches;
    private long step;
    private long iterations;
    private long mostIterations;
    private long iterationsBefore;

    /** For tasks of these own weights. */
    BalanceLog(double[] taskWeights) {
        this.taskWeights = taskWeights;
        int tasks = taskWeights.length;
        first = new double[tasks];
        last = new double[tasks];
        sums = new double[tasks];
        least = new double[tasks];
        most = new double[tasks];
        losses = new double[tasks];
        zeros = new long[tasks];
    }

    /**
     * A batch.
     *
     * @param before steps taken before it
     * @param weights the balancer's, [tasks]; not modified
     * @param taskLosses without the tasks' own weights, [tasks]; not modified
     * @param iterationsSoFar of the balancer's solver since this training began, or went on
     */
    void add(long before, double[] weights, double[] taskLosses, long iterationsSoFar) {
        if (points.isEmpty() && batches == 0) {
            System.arraycopy(weights, 0, first, 0, first.length);
        }
        if (batches == 0) {
            begin(before);
        }
        for (int t = 0; t < weights.length; t++) {
            double weight = weights[t];
            sums[t] += weight;
            least[t] = Math.min(least[t], weight);
            most[t] = Math.max(most[t], weight);
            losses[t] += weight * taskWeights[t] * taskLosses[t];
            zeros[t] += weight == 0 ? 1 : 0;
            last[t] = weight;
        }
        iterations += iterationsSoFar - iterationsBefore;
        mostIterations = Math.max(mostIterations, iterationsSoFar - iterationsBefore);
        iterationsBefore = iterationsSoFar;
        batches++;
        if (batches == batchesAPoint) {
            points.add(point());
            batches = 0;
            halve();
        }
    }

    private void begin(long before) {
        step = before;
        iterations = 0;
        mostIterations = 0;
        Arrays.fill(sums, 0);
        Arrays.fill(least, Double.POSITIVE_INFINITY);
        Arrays.fill(most, Double.NEGATIVE_INFINITY);
        Arrays.fill(losses, 0);
        Arrays.fill(zeros, 0);
    }

    private void halve() {
        if (points.size() == Balancing.MOST_POINTS) {
            List<Balancing.Point> pairs = Balancing.Point.grouped(points, 2);
            points.clear();
            points.addAll(pairs);
            batchesAPoint *= 2;
        }
    }

    /** The point of the batches since the last one. */
    private Balancing.Point point() {
        List<Balancing.Weighed> tasks = IntStream.range(0, sums.length)
                .mapToObj(t -> new Balancing.Weighed(
                        least[t] == most[t] ? least[t] : sums[t] / batches,
                        least[t],
                        most[t],
                        (int) zeros[t],
                        losses[t] / batches))
                .toList();
        return new Balancing.Point((int) step, (int) batches, tasks, iterations, mostIterations);
    }

    /** The record so far. */
    Balancing balancing(Balancing.Update update, Balancing.Time time) {
        List<Balancing.Point> all = new ArrayList<>(points);
        if (batches > 0) {
            all.add(point());
        }
        return all.isEmpty() ? Balancing.NONE : new Balancing(list(first), list(last), all, update, time);
    }

    private static List<Double> list(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }

    void write(ByteWriter out) {
        state(State.to(out));
        out.list(points, HistoryForm::write);
    }

    /** Takes back what was written. */
    void read(ByteReader in) {
        state(State.from(in));
        points.addAll(in.list(HistoryForm::point));
    }

    private void state(State state) {
        state.reals("first weights", first);
        state.reals("last weights", last);
        state.reals("sums of weights", sums);
        state.reals("lowest weights", least);
        state.reals("highest weights", most);
        state.reals("sums of weighted losses", losses);
        state.numbers("weights of 0", zeros);
        batchesAPoint = state.number("batches a point", batchesAPoint);
        batches = state.number("batches of the point", batches);
        step = state.number("step of the point", step);
        iterations = state.number("iterations of the point", iterations);
        mostIterations = state.number("most iterations of the point", mostIterations);
    }
}
