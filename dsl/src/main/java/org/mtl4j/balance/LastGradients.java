package org.mtl4j.balance;

import java.util.Arrays;
import org.mtl4j.bytes.State;
import org.mtl4j.tensor.Rows;

/**
 * Mutable: the tasks' gradients of one step, kept for the next, where they are multiplied with the gradient of some main tasks:
 * on the next batch, at the parameters that the update led to.
 *
 * <p>The inner product says what the step did for the main tasks: after an update by -alpha sum_i w_i g_i, the derivative of
 * their loss by w_i is -alpha &lt;g_i, g'&gt;, with g' its gradient there. No second derivative is in it.
 */
final class LastGradients {

    private final double[] labelled;
    private float[] kept = new float[0];
    private float[] main = new float[0];

    LastGradients(int tasks) {
        labelled = new double[tasks];
    }

    void open(int parameters) {
        kept = new float[labelled.length * parameters];
        main = new float[parameters];
    }

    /** Takes in the gradients of a step. */
    void keep(WeighingStep step) {
        System.arraycopy(step.gradients(), 0, kept, 0, kept.length);
        for (int t = 0; t < labelled.length; t++) {
            labelled[t] = step.isLabelled(t) ? 1 : 0;
        }
    }

    /** Whether a task had labels in that step. */
    boolean had(int task) {
        return labelled[task] > 0;
    }

    /** Takes in the gradients of the next step. @param mains the main tasks. @return whether one of them has labels there */
    boolean meet(WeighingStep next, int[] mains) {
        Arrays.fill(main, 0f);
        boolean isLabelled = false;
        for (int m : mains) {
            Rows.addScaled(1f, next.gradients(), m * main.length, main, 0, main.length);
            isLabelled |= next.isLabelled(m);
        }
        return isLabelled;
    }

    /** &lt;g_i, g'&gt; after {@link #meet}; 0 where one has no labels. */
    double product(int task) {
        return Rows.dot(kept, task * main.length, main, 0, main.length);
    }

    void state(State state) {
        state.reals("last gradients of", labelled);
        state.floats("last gradients", kept);
    }
}
