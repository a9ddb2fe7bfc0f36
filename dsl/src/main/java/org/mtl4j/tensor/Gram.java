package org.mtl4j.tensor;

/**
 * Inner products of the task gradients: G[i][j] = &lt;g_i, g_j&gt;, [tasks, tasks], symmetric, immutable.
 *
 * <p>A task without labels in the batch has a zero row: its cosines are NaN, and shares of conflict leave it out.
 */
public final class Gram {

    private final int tasks;
    private final double[] values;

    private Gram(int tasks, double[] values) {
        this.tasks = tasks;
        this.values = values;
    }

    /**
     * A Gram from its values.
     *
     * @param tasks the number of tasks
     * @param values [tasks * tasks], row-major, copied
     * @throws IllegalArgumentException if the lengths disagree
     */
    public static Gram of(int tasks, double[] values) {
        if (tasks < 1 || values.length != tasks * tasks) {
            throw new IllegalArgumentException(
                    "A Gram of %d tasks has %d values, not %d.".formatted(tasks, tasks * tasks, values.length));
        }
        return new Gram(tasks, values.clone());
    }

    /** The number of tasks. */
    public int tasks() {
        return tasks;
    }

    /** &lt;g_i, g_j&gt;. */
    public double get(int i, int j) {
        return values[i * tasks + j];
    }

    /** ||g_i||. */
    public double norm(int i) {
        return Math.sqrt(Math.max(0, get(i, i)));
    }

    /** Cosine of g_i and g_j, in [-1, 1]; NaN where one of them is zero. */
    public double cosine(int i, int j) {
        double norms = norm(i) * norm(j);
        return norms == 0 ? Double.NaN : Math.max(-1, Math.min(1, get(i, j) / norms));
    }

    /**
     * Gradient magnitude similarity 2 ||g_i|| ||g_j|| / (||g_i||^2 + ||g_j||^2), in [0, 1] (Yu et al. 2020, PCGrad,
     * definition 2): 1 at equal norms; NaN where both are zero.
     */
    public double magnitudeSimilarity(int i, int j) {
        double sum = get(i, i) + get(j, j);
        return sum == 0 ? Double.NaN : 2 * norm(i) * norm(j) / sum;
    }

    /** The values, [tasks * tasks], row-major, a copy. */
    public double[] toArray() {
        return values.clone();
    }
}
