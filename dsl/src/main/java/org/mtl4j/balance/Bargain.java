package org.mtl4j.balance;

import java.util.Arrays;
import org.mtl4j.bytes.State;

/**
 * Mutable: the weights of the last solution of a_i (G a)_i = p_i over a &gt; 0, the asymmetric Nash bargain with powers p, at
 * first 1. Where there is none, and for tasks without labels or with a zero gradient, the weights stay.
 */
final class Bargain {

    private final Labelled labelled;
    private final FairShares solver;
    private final double[] solution;
    private final double[] present;
    private final double[] last;

    Bargain(int tasks) {
        labelled = new Labelled(tasks);
        solver = new FairShares(tasks);
        solution = new double[tasks];
        present = new double[tasks];
        last = new double[tasks];
        Arrays.fill(last, 1);
    }

    /** Solves for the Gram of a step. @param powers p, [tasks], above 0. @return whether there is a solution */
    boolean solve(WeighingStep step, double[] powers) {
        int n = labelled.gatherMoving(step);
        labelled.pick(powers, present);
        boolean isSolved = solver.solveShares(labelled.gram(), n, present, solution);
        if (isSolved) {
            labelled.put(solution, last);
        }
        return isSolved;
    }

    /** Writes the weights, scaled down so that the update is no longer than this. @param maxNorm 0 for no limit */
    void write(WeighingStep step, double maxNorm, double[] weights) {
        double scale = maxNorm == NashMtl.NO_LIMIT ? 1 : scale(step, maxNorm);
        for (int t = 0; t < weights.length; t++) {
            weights[t] = scale * last[t];
        }
    }

    private double scale(WeighingStep step, double maxNorm) {
        double square = 0;
        for (int i = 0; i < last.length; i++) {
            for (int j = 0; j < last.length; j++) {
                square += last[i] * step.gram(i, j) * last[j];
            }
        }
        return square > maxNorm * maxNorm ? maxNorm / Math.sqrt(square) : 1;
    }

    /** The weight of a task. */
    double weight(int task) {
        return last[task];
    }

    long iterations() {
        return solver.iterations();
    }

    void state(State state) {
        state.reals("nash weights", last);
    }
}
