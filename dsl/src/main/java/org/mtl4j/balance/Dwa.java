package org.mtl4j.balance;

import java.util.Arrays;
import java.util.List;
import org.mtl4j.bytes.State;

/**
 * Dynamic weight average (Liu, Johns and Davison 2019, eq. 7): w_i(e) = T exp(r_i / temperature) / sum_j exp(r_j /
 * temperature), where r_i = L_i(e - 1) / L_i(e - 2) is the rate at which the loss of task i fell over the last two
 * epochs and T the number of tasks. A task whose loss falls slowly weighs more. The weights sum to T.
 *
 * <p>L_i(e) is the mean over the steps of epoch e whose batch has labels of task i, as in the paper and TorchJD (LibMTL
 * weighs batches by their rows). The first two epochs weigh every task 1. {@link #every} averages over so many steps in
 * place of an epoch, for trainings of few epochs. Where r_i is not a finite number (no label in an epoch, or a loss of
 * 0), it is 1.
 *
 * <p>Cost: nothing beyond the losses, and four numbers of memory a task.
 *
 * @param temperature at least above 0; the higher, the more even are the weights
 * @param steps the steps that are averaged; 0 for an epoch
 */
public record Dwa(double temperature, int steps) implements Balancer {

    /** The temperature where none is given, as in the paper. */
    public static final double DEFAULT_TEMPERATURE = 2;

    /** In place of a number of steps: an epoch. */
    public static final int EPOCH = 0;

    public Dwa {
        if (!(temperature > 0 && temperature < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "dwa().temperature(%s): it is a finite number above 0.%nGive the paper's 2, or more for weights that are more even."
                            .formatted(temperature));
        }
        if (steps < EPOCH) {
            throw noSteps(steps);
        }
    }

    /** DWA as published. */
    public static Dwa asPublished() {
        return new Dwa(DEFAULT_TEMPERATURE, EPOCH);
    }

    /** This balancer at another temperature. */
    public Dwa temperature(double t) {
        return new Dwa(t, steps);
    }

    /** This balancer with losses averaged over so many steps rather than over an epoch. */
    @Override
    public Dwa every(int number) {
        if (number < 1) {
            throw noSteps(number);
        }
        return new Dwa(temperature, number);
    }

    private static IllegalArgumentException noSteps(int number) {
        return new IllegalArgumentException(
                "dwa().every(%d): it is a number of steps, at least 1.%nGive the steps to average over, or leave every(..) out for epochs."
                        .formatted(number));
    }

    @Override
    public Needs needs() {
        return Needs.LOSSES;
    }

    @Override
    public Weighting start(List<String> tasks) {
        return new Averages(tasks.size());
    }

    /** Mutable: the losses of the running epoch and the means of the two before it. */
    private final class Averages implements Weighting {

        private final double[] sums;
        private final long[] counts;
        private final double[] last;
        private final double[] before;
        private final double[] current;
        private long period = -1;

        Averages(int tasks) {
            sums = new double[tasks];
            counts = new long[tasks];
            last = new double[tasks];
            before = new double[tasks];
            current = new double[tasks];
            Arrays.fill(last, Double.NaN);
        }

        @Override
        public void weigh(WeighingStep step, double[] weights) {
            long now = steps == EPOCH ? step.epoch() : step.number() / steps;
            if (now != period) {
                period = now;
                roll();
                softmax();
            }
            for (int t = 0; t < sums.length; t++) {
                if (step.isLabelled(t)) {
                    sums[t] += step.loss(t);
                    counts[t]++;
                }
            }
            System.arraycopy(current, 0, weights, 0, weights.length);
        }

        private void roll() {
            for (int t = 0; t < sums.length; t++) {
                before[t] = last[t];
                last[t] = sums[t] / counts[t]; // NaN without labels
            }
            Arrays.fill(sums, 0);
            Arrays.fill(counts, 0);
        }

        @Override
        public void state(State state) {
            period = state.number("dwa period", period);
            state.reals("dwa sums", sums);
            state.numbers("dwa counts", counts);
            state.reals("dwa losses of the last period", last);
            state.reals("dwa losses of the period before", before);
            state.reals("dwa weights", current);
        }

        private void softmax() {
            for (int t = 0; t < current.length; t++) {
                double rate = last[t] / before[t];
                current[t] = (Double.isFinite(rate) ? rate : 1) / temperature;
            }
            Softmax.of(current, current.length);
        }
    }

    @Override
    public String toString() {
        return "dwa()"
                + (temperature == DEFAULT_TEMPERATURE ? "" : ".temperature(" + temperature + ")")
                + (steps == EPOCH ? "" : ".every(" + steps + ")");
    }
}
