package org.mtl4j.train;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mtl4j.balance.Aggregator;
import org.mtl4j.balance.Balancer;
import org.mtl4j.balance.Masking;
import org.mtl4j.balance.WeighingStep;
import org.mtl4j.balance.Weighting;
import org.mtl4j.bytes.State;
import org.mtl4j.data.Batch;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.optimise.Descent;
import org.mtl4j.optimise.Optimiser;
import org.mtl4j.sharing.Graph;
import org.mtl4j.task.Labelled;
import org.mtl4j.task.LossKernel;
import org.mtl4j.task.Objective;
import org.mtl4j.tensor.Draws;
import org.mtl4j.tensor.Gram;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.Parameter;
import org.mtl4j.tensor.Tape;
import org.mtl4j.tensor.TaskOutput;

/**
 * Engine API, mutable: takes one training step after another on a graph. A step is forward, losses, weights, gradient,
 * update; it allocates nothing that grows with the batch or the net, except a {@link Gram} where one is recorded.
 */
public final class Stepper {

    /** The name of a balancer's own parameters among all others. */
    static final String BALANCER = "balancer";

    private static final long SAMPLE_STREAM = 0x73616d706c65L;

    private final Graph graph;
    private final Tape tape;
    private final Weighting weighting;
    private final Descent descent;
    private final WeighingStep view;
    private final LossKernel[] losses;
    private final Labelled[] labelled;
    private final TaskOutput[] outputs;
    private final double[] taskWeights;
    private final double[] rawLosses;
    private final double[] weights;
    private final Gradients gradients;
    private final StepClock clock = new StepClock();
    /** The numbers of the net's own parameters, which a second gradient is taken at other places of. */
    private final int net;

    private final boolean hearsUpdate;
    private final float[] statistics;
    private final double[] secondGram;
    private final double[] firstLosses;
    private final long seed;
    private final boolean samplesTwice;
    private @Nullable DoubleSample sample;
    /** What the heads get, where they do not get the weights. */
    private final double[] heads;
    /** Whether the balancer read gradients in the last step, so that Grams of it were formed. */
    private boolean readsGradients;

    private double coupling;

    /**
     * A stepper at step 0.
     *
     * @param graph the net; its parameters are trained in place
     * @param steps steps planned, for schedules
     * @param capacity the most rows of a batch
     * @param seed what dropout masks and balancers draw from
     */
    public Stepper(Graph graph, Balancer balancer, Optimiser optimiser, long steps, int capacity, long seed) {
        this.graph = graph;
        this.tape = graph.tape();
        List<Objective> objectives = graph.objectives();
        int tasks = objectives.size();
        weighting = balancer.start(graph.tasks());
        hearsUpdate = balancer.hearsUpdate();
        samplesTwice = balancer.samplesTwice();
        this.seed = seed;
        view = new WeighingStep(graph.tasks(), Draws.generator(seed));
        net = tape.parameters().values().length;
        bindOwnParameters();
        descent = new Descent(optimiser, tape.parameters(), steps);
        if (descent.takesTwo() && makesUpdate()) {
            throw new IllegalArgumentException(
                    "%s: it makes its update of the gradients themselves, and sam(..) takes a second gradient at the weights of the first.%nTake a balancer that weighs tasks, or an optimiser without sam(..)."
                            .formatted(balancer));
        }
        statistics = tape.buffers().values().clone();
        losses = new LossKernel[tasks];
        labelled = new Labelled[tasks];
        outputs = new TaskOutput[tasks];
        taskWeights = new double[tasks];
        rawLosses = new double[tasks];
        firstLosses = new double[tasks];
        weights = new double[tasks];
        heads = new double[tasks];
        secondGram = new double[tasks * tasks];
        gradients = new Gradients(graph, balancer, labelled);
        gradients.reserve(capacity);
        gradients.open(view, weighting);
        tape.seedDropout(seed);
        for (int t = 0; t < tasks; t++) {
            losses[t] = new LossKernel(objectives.get(t).task().loss());
            taskWeights[t] = objectives.get(t).task().weight();
            labelled[t] = new Labelled();
            outputs[t] = tape.output(t);
            graph.bindOwn(t, labelled[t]);
        }
    }

    /** Whether the balancer makes its update of the gradients themselves. */
    private boolean makesUpdate() {
        return weighting instanceof Aggregator || weighting instanceof Masking;
    }

    private void bindOwnParameters() {
        float[] initial = weighting.ownParameters();
        if (initial.length > 0) {
            Parameter own = tape.parameters().addVector(BALANCER, initial);
            view.bindOwn(tape.parameters().values(), tape.parameters().gradient(), own.offset());
        }
    }

    /** Outputs may lie elsewhere after each pass: the tape makes new room, or a batch has other rows. */
    private void bindOutput(int t) {
        TaskOutput output = outputs[t];
        labelled[t].outputs(output.values(), output.signal(), output.column(), output.width(), output.stride());
        labelled[t].places(output.places());
    }

    /** Says how many rows of the training part carry a label of each task, for balancers that ask. @param counts [tasks]. */
    public void trainingLabels(long[] counts) {
        System.arraycopy(counts, 0, view.trainingLabels(), 0, counts.length);
    }

    /** Says what rows further batches are drawn from, where the balancer wants some. @param size rows of such a batch. */
    public void drawFrom(MultiTaskData train, int size) {
        if (samplesTwice) {
            int parameters = tape.sharedParameters();
            sample = new DoubleSample(train, graph.tasks(), size, parameters, seed ^ SAMPLE_STREAM);
        }
    }

    /** Says that the next step begins an epoch. @param number from 0. */
    public void beginEpoch(long number) {
        view.beginEpoch(number);
    }

    /** Makes room for probes of the Gram under a balancer that does not need it. */
    public void reserveProbes(int capacity) {
        if (graph.isShared()) {
            tape.reserveStacked(capacity);
        }
    }

    /**
     * Takes one step on a batch, or a batch of a step of several ({@link Optimiser#accumulate}). Afterwards {@link #losses}
     * and {@link #weights} are those of this batch.
     */
    public void step(Batch batch) {
        clock.begin();
        announce(batch);
        readsGradients = weighting.readsGradients(view);
        if (samplesTwice && readsGradients) {
            sampleTwice();
            clock.spent(StepClock.Part.SAMPLING);
        }
        long masks = tape.dropoutSeed();
        forward(batch);
        clock.spent(StepClock.Part.REST);
        if (readsGradients) {
            gradients.takeDown(batch, view.gram(), clock);
        }
        weighting.weigh(view, weights);
        weighting.weighHeads(heads);
        boolean isDirect = readsGradients && gradients.aggregate(weighting, view);
        clock.spent(StepClock.Part.WEIGHING);
        if (!readsGradients) {
            gradients.combineKnown(weights, heads);
        } else if (isDirect) {
            gradients.direct(weights, heads);
        } else {
            gradients.combine(weights, heads);
        }
        coupling = graph.coupling().apply();
        if (descent.takesTwo()) {
            secondGradient(batch, masks);
        }
        long before = steps();
        descent.take(batch.rows());
        clock.spent(StepClock.Part.REST);
        if (hearsUpdate && steps() > before) {
            hear(batch, masks);
            clock.spent(StepClock.Part.HEARING);
        }
        clock.end();
    }

    /** Shows the balancer the cross-Gram of two further batches, before the batch of the step. */
    private void sampleTwice() {
        DoubleSample drawn = Objects.requireNonNull(sample, "The balancer samples twice: call drawFrom(..) first.");
        for (int n = 0; n < 2; n++) {
            Batch further = drawn.draw();
            forward(further);
            gradients.takeDownFurther(further, secondGram, drawn.gradients(n));
        }
        drawn.crossGram(view.crossGram());
    }

    /** Lets the balancer hear the losses after the update, under the same masks. All else is left as the step made it. */
    private void hear(Batch batch, long masks) {
        keep();
        tape.seedDropout(masks);
        forward(batch);
        weighting.hear(view);
        takeBack();
    }

    /** Keeps what a second pass in a step must leave as the first made it: losses and running statistics. */
    private void keep() {
        float[] buffers = tape.buffers().values();
        System.arraycopy(buffers, 0, statistics, 0, buffers.length);
        System.arraycopy(rawLosses, 0, firstLosses, 0, rawLosses.length);
    }

    private void takeBack() {
        float[] buffers = tape.buffers().values();
        System.arraycopy(firstLosses, 0, rawLosses, 0, rawLosses.length);
        System.arraycopy(statistics, 0, buffers, 0, buffers.length);
    }

    /**
     * The gradient at parameters moved up the first: at its weights and under its masks. Losses, running statistics and what
     * the balancer knows are left as the first pass made them.
     */
    private void secondGradient(Batch batch, long masks) {
        keep();
        descent.climb(net);
        tape.seedDropout(masks);
        forward(batch);
        if (readsGradients) {
            gradients.takeDownAgain(batch, secondGram);
            gradients.combine(weights, heads);
        } else {
            gradients.combineKnown(weights, heads);
        }
        graph.coupling().apply();
        descent.comeBack();
        takeBack();
    }

    /** Ends an epoch: takes the step of the batches that wait for others. */
    public void endEpoch() {
        descent.finish();
    }

    /**
     * The Gram of this batch's task gradients at the current parameters, as a balancer would see it; no step is taken.
     * Where nothing is shared, that of the gradients by corresponding layers.
     */
    public Probe probe(Batch batch, int epoch) {
        long dropout = tape.dropoutSeed();
        forward(batch);
        gradients.probe(batch);
        tape.seedDropout(dropout); // a probed step has the masks of one that is not
        return gradients.recorded(epoch, steps());
    }

    /** The Grams of the step just taken, under a balancer that needs them; null of a step that it knew the weights of. */
    public @Nullable Probe lastProbe(int epoch) {
        return lastProbe(epoch, steps() - 1);
    }

    /** The same of a batch before which so many steps were taken. */
    @Nullable
    Probe lastProbe(int epoch, long before) {
        return readsGradients ? gradients.last(epoch, before) : null;
    }

    private void forward(Batch batch) {
        graph.bind(batch);
        tape.forward(batch.rows(), Node.Pass.TRAIN);
        tape.clearOutputSignals();
        announce(batch);
        for (int t = 0; t < labelled.length; t++) {
            int width = graph.objectives().get(t).targetWidth();
            bindOutput(t);
            labelled[t].targets(batch.target(t), width, batch.labelledPlaces(t), batch.places(t));
            rawLosses[t] = losses[t].evaluate(labelled[t], taskWeights[t]);
            view.losses()[t] = taskWeights[t] * rawLosses[t];
        }
    }

    /** Says which step begins, and which tasks have labels in it. */
    private void announce(Batch batch) {
        view.begin(steps());
        for (int t = 0; t < labelled.length; t++) {
            view.labelled()[t] = batch.labelled(t);
        }
    }

    /** Steps taken. */
    public long steps() {
        return descent.steps();
    }

    /** The rate of the next step. */
    public double rate() {
        return descent.rate();
    }

    /** The rate of the last step. */
    double lastRate() {
        return descent.lastRate();
    }

    /** Where the time of the steps went. */
    StepClock clock() {
        return clock;
    }

    /** The iterations that the balancer's solver has taken since this stepper was made. */
    long iterations() {
        return weighting.iterations();
    }

    /** What makes the update of the shared parameters. */
    Balancing.Update update() {
        return makesUpdate() ? Balancing.Update.OWN : Balancing.Update.COMBINATION;
    }

    /** The optimiser at work. */
    Descent descent() {
        return descent;
    }

    /** Tells, or takes back, all that a step leaves for the next, the net's parameters too. */
    void state(State state) {
        state.floats("parameters", tape.parameters().values());
        state.floats("running statistics", tape.buffers().values());
        tape.seedDropout(state.number("dropout", tape.dropoutSeed()));
        view.state(state);
        if (sample != null) {
            sample.state(state);
        }
        weighting.state(state);
        descent.state(state);
    }

    /** The losses of the last batch, per task, without the tasks' own weights; 0 without labels. Not a copy. */
    public double[] losses() {
        return rawLosses;
    }

    /** The weights of the last step, per task. Not a copy. */
    public double[] weights() {
        return weights;
    }

    /** The penalty that ties the tasks' nets, before the last step, without its factor lambda; 0 where nothing ties them. */
    public double coupling() {
        return coupling;
    }

    /** The net. */
    public Graph graph() {
        return graph;
    }
}
