package org.mtl4j.balance;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Mutable, reused: what a balancer sees of one step. Losses and Gram have the tasks' own weights in them. */
public final class WeighingStep {

    private final int tasks;
    private final double[] losses;
    private final int[] labelled;
    private final double[] gram;
    private final long[] trainingLabels;
    private final RandomGenerator random;
    private long number;
    private float[] own = new float[0];
    private float[] ownGradient = new float[0];
    private int ownOffset;

    /** A view for this many tasks, with the generator that balancers draw from. */
    public WeighingStep(int tasks, RandomGenerator random) {
        this.tasks = tasks;
        this.random = random;
        losses = new double[tasks];
        labelled = new int[tasks];
        gram = new double[tasks * tasks];
        trainingLabels = new long[tasks];
    }

    /** The number of tasks. */
    public int tasks() {
        return tasks;
    }

    /** The step, from 0. */
    public long number() {
        return number;
    }

    /** The loss of a task on this batch; 0 without labels. */
    public double loss(int task) {
        return losses[task];
    }

    /** Whether the batch has labels of a task. */
    public boolean isLabelled(int task) {
        return labelled[task] > 0;
    }

    /** The rows of the training part that carry a label of a task. */
    public long trainingLabels(int task) {
        return trainingLabels[task];
    }

    /** &lt;g_i, g_j&gt;, for balancers that need the Gram. */
    public double gram(int i, int j) {
        return gram[i * tasks + j];
    }

    /** The generator to draw from: seeded with the run. */
    public RandomGenerator random() {
        return random;
    }

    /** A parameter of the balancer's own. */
    public float own(int i) {
        return own[ownOffset + i];
    }

    /** Sets the gradient of the total loss by a parameter of the balancer's own. */
    public void ownGradient(int i, double gradient) {
        ownGradient[ownOffset + i] = (float) gradient;
    }

    /** Engine API. The losses themselves, to be filled. */
    public double[] losses() {
        return losses;
    }

    /** Engine API. Labelled rows per task, to be filled. */
    public int[] labelled() {
        return labelled;
    }

    /** Engine API. Labelled rows of the training part per task, to be filled once. */
    public long[] trainingLabels() {
        return trainingLabels;
    }

    /** Engine API. The Gram itself, [tasks * tasks], to be filled. */
    public double[] gram() {
        return gram;
    }

    /** Engine API. Begins a step. */
    public void begin(long step) {
        number = step;
        Arrays.fill(losses, 0);
        Arrays.fill(labelled, 0);
    }

    /** Engine API. Where the balancer's own parameters lie. */
    public void bindOwn(float[] values, float[] gradient, int offset) {
        own = values;
        ownGradient = gradient;
        ownOffset = offset;
    }
}
