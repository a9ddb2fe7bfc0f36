package org.mtl4j.balance;

import java.util.Arrays;

/** Mutable, reused: the tasks whose labels are in the batch, and their Gram. The others take no part and get weight 0. */
final class Labelled {

    private final int[] tasks;
    private final double[] gram;
    private int size;

    /** Room for so many tasks. */
    Labelled(int capacity) {
        tasks = new int[capacity];
        gram = new double[capacity * capacity];
    }

    /** Takes in a step; answers the number n of labelled tasks. */
    int gather(WeighingStep step) {
        return gather(step, 0);
    }

    /** The same, without tasks whose gradient is zero. */
    int gatherMoving(WeighingStep step) {
        return gather(step, Double.MIN_VALUE);
    }

    private int gather(WeighingStep step, double leastSquare) {
        size = 0;
        for (int t = 0; t < step.tasks(); t++) {
            if (step.isLabelled(t) && !(step.gram(t, t) < leastSquare)) {
                tasks[size++] = t;
            }
        }
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                gram[i * size + j] = step.gram(tasks[i], tasks[j]);
            }
        }
        return size;
    }

    /** [n * n], the Gram of the labelled tasks; a caller may overwrite it. */
    double[] gram() {
        return gram;
    }

    /** Writes the numbers of those that were gathered. @param all one a task */
    void pick(double[] all, double[] into) {
        for (int i = 0; i < size; i++) {
            into[i] = all[tasks[i]];
        }
    }

    /** Writes the weights of all tasks. @param solution its first n are those of the labelled tasks */
    void spread(double[] solution, double[] weights) {
        Arrays.fill(weights, 0);
        put(solution, weights);
    }

    /** Writes the weights of those that were gathered, and leaves the others as they are. */
    void put(double[] solution, double[] weights) {
        for (int i = 0; i < size; i++) {
            weights[tasks[i]] = solution[i];
        }
    }
}
