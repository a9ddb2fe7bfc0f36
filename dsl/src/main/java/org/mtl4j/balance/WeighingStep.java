package org.mtl4j.balance;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.mtl4j.bytes.State;
import org.mtl4j.task.Task;
import org.mtl4j.tensor.CountedDraws;
import org.mtl4j.tensor.Rows;

/** Mutable, reused: what a balancer sees of one step. Losses and Gram have the tasks' own weights in them. */
public final class WeighingStep {

    private final List<String> names;
    private final int tasks;
    private final double[] losses;
    private final int[] labelled;
    private final double[] gram;
    private final double[] crossGram;
    private final long[] trainingLabels;
    private final CountedDraws random;
    private long number;
    private long epoch;
    private boolean gramIsOpen = true;
    private boolean gradientsAreOpen = true;
    private float[] gradients = new float[0];
    private int parameters;
    private float[] own = new float[0];
    private float[] ownGradient = new float[0];
    private int ownOffset;

    /** A view for these tasks, with the generator that balancers draw from. */
    public WeighingStep(List<String> names, RandomGenerator random) {
        this.names = List.copyOf(names);
        tasks = names.size();
        this.random = new CountedDraws(random);
        losses = new double[tasks];
        labelled = new int[tasks];
        gram = new double[tasks * tasks];
        crossGram = new double[tasks * tasks];
        trainingLabels = new long[tasks];
    }

    /** A view of the steps of another, which it is to {@link #follow}: of the same labels, and with the same draws. */
    WeighingStep(WeighingStep whole) {
        names = whole.names;
        tasks = whole.tasks;
        random = whole.random;
        labelled = whole.labelled;
        trainingLabels = whole.trainingLabels;
        losses = new double[tasks];
        gram = new double[tasks * tasks];
        crossGram = new double[tasks * tasks];
    }

    /**
     * Takes in what the other sees in this step, without its Gram.
     *
     * @param scales what each task's loss is multiplied by
     * @param fromOwn which of the balancer's own parameters is the first here
     */
    void follow(WeighingStep whole, double[] scales, int fromOwn) {
        number = whole.number;
        epoch = whole.epoch;
        for (int t = 0; t < tasks; t++) {
            losses[t] = scales[t] * whole.losses[t];
        }
        bindGradients(whole.gradients, whole.parameters);
        bindOwn(whole.own, whole.ownGradient, whole.ownOffset + fromOwn);
    }

    /** Takes in the Grams of the other, scaled, and scales the gradients where they lie: nobody else reads them in the step. */
    void followGradients(WeighingStep whole, double[] scales) {
        for (int i = 0; i < gram.length; i++) {
            double scale = scales[i / tasks] * scales[i % tasks];
            gram[i] = scale * whole.gram[i];
            crossGram[i] = scale * whole.crossGram[i];
        }
        scale(gradients, scales);
    }

    /** Multiplies each task's numbers by its scale. @param numbers [tasks * any], modified. */
    static void scale(float[] numbers, double[] scales) {
        int n = numbers.length / scales.length;
        for (int t = 0; t < scales.length; t++) {
            Rows.scaled((float) scales[t], numbers, t * n, numbers, t * n, n);
        }
    }

    /** The number of tasks. */
    public int tasks() {
        return tasks;
    }

    /** The names of the tasks, in the order of losses, Gram and weights. */
    public List<String> names() {
        return names;
    }

    /**
     * The place of a task in this order.
     *
     * @throws IllegalArgumentException if it is not trained here
     */
    public int index(Task<?> task) {
        int index = names.indexOf(task.name());
        if (index < 0) {
            throw new IllegalArgumentException(
                    "step.index(): '%s' is no task of this training.%nThe tasks are %s.".formatted(task.name(), names));
        }
        return index;
    }

    /** The step, from 0. */
    public long number() {
        return number;
    }

    /** The epoch, a pass over the training part, from 0. */
    public long epoch() {
        return epoch;
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

    /**
     * &lt;g_i, g_j&gt;, for balancers that need the Gram.
     *
     * @throws IllegalStateException if the balancer of the step has not said that it reads the Gram
     */
    public double gram(int i, int j) {
        if (!gramIsOpen) {
            throw new IllegalStateException(
                    "step.gram(%d, %d): the Gram is not computed for a balancer that does not say that it reads it.%nSay so: balancer(\"mine\", step -> ..).readsGram()."
                            .formatted(i, j));
        }
        return gram[i * tasks + j];
    }

    /**
     * &lt;g_i, g_j'&gt; of the gradients by the first and by the second further batch of the step, for balancers that {@link
     * Balancer#samplesTwice}; 0 for a task without labels there. Not symmetric.
     */
    public double crossGram(int i, int j) {
        return crossGram[i * tasks + j];
    }

    /**
     * The gradients by the shared parameters, [tasks * parameters], of balancers that need them, a task after the other; 0
     * without labels. Not a copy.
     *
     * @throws IllegalStateException if the balancer of the step has not said that it reads them
     */
    public float[] gradients() {
        if (!gradientsAreOpen) {
            throw new IllegalStateException(
                    "step.gradients(): the gradients are not computed for a balancer that does not say that it reads them.%nSay so: balancer(\"mine\", step -> ..).readsGradients()."
                            .formatted());
        }
        return gradients;
    }

    /** How many shared parameters there are, where the balancer needs the gradients. */
    public int parameters() {
        return parameters;
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

    /** Engine API. The cross-Gram itself, [tasks * tasks], to be filled. */
    public double[] crossGram() {
        return crossGram;
    }

    /** Engine API. Where the gradients lie. @param all [tasks * parameters] */
    public void bindGradients(float[] all, int parametersOfTask) {
        gradients = all;
        parameters = parametersOfTask;
    }

    /** Says what the balancer may read. */
    void open(Balancer.Needs needs) {
        gramIsOpen = needs != Balancer.Needs.LOSSES;
        gradientsAreOpen = needs == Balancer.Needs.GRADIENTS;
    }

    /** Engine API. Begins an epoch, from 0. */
    public void beginEpoch(long number) {
        epoch = number;
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

    /** Engine API. Tells, or takes back, what outlasts a step: how much was drawn. */
    public void state(State state) {
        random.state(state);
    }
}
