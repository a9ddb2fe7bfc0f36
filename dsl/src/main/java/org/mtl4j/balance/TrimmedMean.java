package org.mtl4j.balance;

import java.util.Arrays;
import java.util.List;
import org.mtl4j.tensor.Rows;

/**
 * Coordinate-wise trimmed mean (Yin, Chen, Ramchandran and Bartlett 2018, Byzantine-robust distributed learning: towards
 * optimal statistical rates; as in TorchJD): at each shared parameter the {@code trim} largest and the {@code
 * trim} smallest of the tasks' gradients are left out, and the update is the mean of the others. However large {@code trim} of them are, the update stays
 * within what the others say.
 *
 * <p>It was made for the gradients of many workers on one loss, some of which lie. Those of tasks differ without lying, so
 * that it serves as a control: what is left when no task may be extreme. With {@code trim = 0} it is the mean gradient. The
 * update has the length of a mean, not of a sum: try other learning rates than with {@code equal()}.
 *
 * <p>Its weights say nothing: they are 1 / n for each of the n tasks with labels in the batch, the mean's, and 0 for the
 * others, which take no part. Where n is less than 2 trim + 1, as many are left out as leave one or two gradients. A zero
 * gradient counts as any other. Of opposite or duplicate gradients each counts for itself. One task has its gradient.
 *
 * <p>Cost: the gradients of all tasks by all shared parameters, in one pass, and 2 trim T comparisons a parameter; memory for
 * the gradients, T numbers a parameter.
 *
 * @param trim how many of the largest, and of the smallest, are left out at each parameter; at least 0
 */
public record TrimmedMean(int trim) implements Balancer {

    public TrimmedMean {
        if (trim < 0) {
            throw new IllegalArgumentException(
                    "trimmedMean(%d): it is a number of gradients, at least 0.%nGive 1 to leave out the largest and the smallest at each parameter."
                            .formatted(trim));
        }
    }

    @Override
    public Needs needs() {
        return Needs.GRADIENTS;
    }

    @Override
    public boolean serves(List<String> tasks) {
        return tasks.size() > 2L * trim;
    }

    @Override
    public Weighting start(List<String> tasks) {
        if (!serves(tasks)) {
            throw new IllegalArgumentException(
                    "trimmedMean(%d): it leaves out %d gradients, and there are %d tasks: %s.%nGive at most %d."
                            .formatted(trim, 2L * trim, tasks.size(), tasks, (tasks.size() - 1) / 2));
        }
        return new Sorting(tasks.size());
    }

    /** Sorts as far as it must, some parameters at a time. */
    private final class Sorting implements Aggregator {

        /** The parameters at a time: few enough for the nearest cache. */
        private static final int BLOCK = 256;

        private final float[] rows;
        private final float[] sum = new float[BLOCK];

        Sorting(int tasks) {
            rows = new float[tasks * BLOCK];
        }

        @Override
        public void weigh(WeighingStep step, double[] weights) {
            int n = labelled(step);
            Arrays.setAll(weights, t -> step.isLabelled(t) ? 1.0 / n : 0);
        }

        private static int labelled(WeighingStep step) {
            int n = 0;
            for (int t = 0; t < step.tasks(); t++) {
                n += step.isLabelled(t) ? 1 : 0;
            }
            return n;
        }

        @Override
        public void aggregate(WeighingStep step, float[] direction) {
            for (int from = 0; from < direction.length; from += BLOCK) {
                int width = Math.min(BLOCK, direction.length - from);
                int n = 0;
                for (int t = 0; t < step.tasks(); t++) {
                    if (step.isLabelled(t)) {
                        int at = t * step.parameters() + from;
                        System.arraycopy(step.gradients(), at, rows, n++ * BLOCK, width);
                    }
                }
                mean(n, width);
                System.arraycopy(sum, 0, direction, from, width);
            }
        }

        /** Writes the trimmed means. @param n rows, of {@code width} numbers. */
        private void mean(int n, int width) {
            int out = Math.min(trim, Math.max(0, n - 1) / 2);
            for (int k = 0; k < out; k++) {
                for (int r = k; r < n - 1 - k; r++) {
                    order(r, width); // the largest goes to the end
                }
                for (int r = n - 3 - k; r >= k; r--) {
                    order(r, width); // the smallest to the front
                }
            }
            Arrays.fill(sum, 0f);
            for (int r = out; r < n - out; r++) {
                Rows.addScaled(1f / (n - 2 * out), rows, r * BLOCK, sum, 0, width);
            }
        }

        /** Puts the smaller numbers into a row and the larger ones into the next. */
        private void order(int row, int width) {
            int low = row * BLOCK;
            int high = low + BLOCK;
            for (int i = 0; i < width; i++) {
                float a = rows[low + i];
                float b = rows[high + i];
                rows[low + i] = Math.min(a, b);
                rows[high + i] = Math.max(a, b);
            }
        }
    }

    @Override
    public String toString() {
        return "trimmedMean(" + trim + ")";
    }
}
