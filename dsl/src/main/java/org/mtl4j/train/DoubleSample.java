package org.mtl4j.train;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.mtl4j.bytes.State;
import org.mtl4j.data.Batch;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.tensor.Blas;
import org.mtl4j.tensor.CountedDraws;
import org.mtl4j.tensor.Draws;

/**
 * Mutable, reused: the two further batches of a step under a balancer that samples twice, and the inner products of the tasks'
 * gradients by one with those by the other. How much was drawn is all that outlasts a step.
 */
final class DoubleSample {

    /** Numbers of a stretch of the gradients: it is summed in single, all of them in double precision. */
    private static final int STRETCH = 4096;

    private final Batch batch;
    /** All rows in their order, between two draws. */
    private final int[] rows;

    private final int[] swaps;
    private final CountedDraws random;
    private final int tasks;
    private final int parameters;
    private final float[][] gradients;
    private final float[] products;

    /**
     * Batches of rows of these data.
     *
     * @param tasks names
     * @param size rows of a batch, at most those of the data
     * @param parameters how many tasks share
     * @param seed what rows are drawn from
     */
    DoubleSample(MultiTaskData data, List<String> tasks, int size, int parameters, long seed) {
        batch = new Batch(data, tasks, size);
        rows = IntStream.range(0, data.rows()).toArray();
        swaps = new int[size];
        random = new CountedDraws(Draws.generator(seed));
        this.tasks = tasks.size();
        this.parameters = parameters;
        gradients = new float[2][this.tasks * parameters];
        products = new float[this.tasks * this.tasks];
    }

    /** The next batch: rows drawn from all, none twice. The same object every time. */
    Batch draw() {
        for (int i = 0; i < swaps.length; i++) {
            swaps[i] = i + Draws.below(rows.length - i, random);
            swap(i, swaps[i]);
        }
        batch.fill(rows, 0, swaps.length);
        for (int i = swaps.length - 1; i >= 0; i--) {
            swap(i, swaps[i]);
        }
        return batch;
    }

    private void swap(int i, int j) {
        int row = rows[i];
        rows[i] = rows[j];
        rows[j] = row;
    }

    /** Room for the gradients by one of the two batches, [tasks * parameters], a task after the other. @param number 0 or 1. */
    float[] gradients(int number) {
        return gradients[number];
    }

    /** Writes &lt;g_i, g_j'&gt; of both batches. @param into [tasks * tasks], overwritten. */
    void crossGram(double[] into) {
        Arrays.fill(into, 0);
        for (int at = 0; at < parameters; at += STRETCH) {
            int length = Math.min(STRETCH, parameters - at);
            Blas.nt(
                    tasks,
                    tasks,
                    length,
                    gradients[0],
                    at,
                    parameters,
                    gradients[1],
                    at,
                    parameters,
                    0f,
                    products,
                    0,
                    tasks);
            for (int i = 0; i < products.length; i++) {
                into[i] += products[i];
            }
        }
    }

    void state(State state) {
        random.state(state);
    }
}
