package org.mtl4j.train;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.mtl4j.balance.Aggregator;
import org.mtl4j.balance.Balancer;
import org.mtl4j.balance.Masking;
import org.mtl4j.balance.Scope;
import org.mtl4j.balance.WeighingStep;
import org.mtl4j.balance.Weighting;
import org.mtl4j.data.Batch;
import org.mtl4j.sharing.Counterparts;
import org.mtl4j.sharing.Graph;
import org.mtl4j.task.Labelled;
import org.mtl4j.tensor.Gram;
import org.mtl4j.tensor.Layout;
import org.mtl4j.tensor.Tape;

/**
 * Mutable, reused: the way from the signals at the outputs to the gradient of a step, as far down as its balancer reads
 * them, and the Grams that are met on the way.
 */
final class Gradients {

    private final Graph graph;
    private final Tape tape;
    private final Balancer balancer;
    private final Labelled[] labelled;
    private final double[] ones;
    private final double[][] layerGrams;
    private final double[] total;
    private final double[] scratch;
    /** The layers whose Grams the balancer sees the sum of. */
    private final boolean[] seen;

    private float[] taskGradients = new float[0];
    private float[] direction = new float[0];
    private float[] agreements = new float[0];
    private float[] kept = new float[0];

    /** @param labelled the labels of each task, whose losses may have parameters of their own */
    Gradients(Graph graph, Balancer balancer, Labelled[] labelled) {
        this.graph = graph;
        this.tape = graph.tape();
        this.balancer = balancer;
        this.labelled = labelled;
        int tasks = labelled.length;
        ones = IntStream.range(0, tasks).mapToDouble(t -> 1).toArray();
        List<String> layers = probedLayers(graph);
        layerGrams = new double[layers.size()][tasks * tasks];
        total = new double[tasks * tasks];
        scratch = new double[tasks * tasks];
        seen = seen(balancer.scope(), layers);
    }

    private boolean[] seen(Scope scope, List<String> layers) {
        boolean[] chosen = new boolean[layers.size()];
        Arrays.fill(chosen, true);
        if (scope instanceof Scope.Layers some) {
            for (int l = 0; l < chosen.length; l++) {
                chosen[l] = some.holds(layers.get(l));
            }
            if (graph.isShared() && IntStream.range(0, chosen.length).noneMatch(l -> chosen[l])) {
                throw new IllegalArgumentException("%s: no shared layer is named so.%nThe shared layers are %s."
                        .formatted(balancer, String.join(", ", layers)));
            }
        }
        return chosen;
    }

    /** Whether the Gram of all shared parameters is a by-product of each step under a balancer. */
    static boolean gramIsFree(Balancer balancer) {
        return balancer.needs() != Balancer.Needs.LOSSES && !(balancer.scope() instanceof Scope.Representation);
    }

    /** The layers that probes compare the tasks' gradients of: those that tasks share, else those that correspond. */
    static List<String> probedLayers(Graph graph) {
        return graph.isShared()
                ? graph.tape().sharedLayers()
                : graph.counterparts().stream().map(Counterparts::layer).toList();
    }

    /** Makes room for batches of this many rows. */
    void reserve(int capacity) {
        boolean readsGradients = balancer.needs() == Balancer.Needs.GRADIENTS && gramIsFree(balancer);
        if (balancer.needs() == Balancer.Needs.LOSSES) {
            tape.reserve(capacity);
        } else if (readsGradients || balancer.samplesTwice()) {
            tape.reserveTaskGradients(capacity);
        } else {
            tape.reserveStacked(capacity);
        }
    }

    /** Makes room for the gradients themselves, where the balancer reads them, and shows where they are. */
    void open(WeighingStep view, Weighting weighting) {
        if (weighting instanceof Masking) {
            agreements = new float[labelled.length * tape.representationWidth()];
            kept = new float[agreements.length];
        } else if (balancer.needs() == Balancer.Needs.GRADIENTS) {
            int parameters = tape.sharedParameters();
            taskGradients = new float[labelled.length * parameters];
            direction = new float[weighting instanceof Aggregator ? parameters : 0];
            view.bindGradients(taskGradients, parameters);
            weighting.open(parameters);
        }
    }

    /**
     * Takes the signals down as far as the balancer reads them.
     *
     * @param gram what it sees, overwritten where it reads one
     * @param clock told what the time goes into
     */
    void takeDown(Batch batch, double[] gram, StepClock clock) {
        if (gramIsFree(balancer)) {
            stackSignals(batch);
            tape.signals();
            clock.spent(StepClock.Part.SIGNALS);
            tape.gramsOfSignals(total, layerGrams, scratch);
            sumSeen(gram);
            if (taskGradients.length > 0) {
                tape.taskGradients(taskGradients);
            }
            clock.spent(StepClock.Part.GRAM);
        } else if (balancer.needs() != Balancer.Needs.LOSSES) {
            stackSignals(batch);
            tape.signalsToRepresentation();
            clock.spent(StepClock.Part.SIGNALS);
            tape.representationGramOfSignals(gram);
            if (kept.length > 0) {
                tape.representationAgreements(agreements);
            }
            clock.spent(StepClock.Part.GRAM);
        }
    }

    /** The same a second time in a step, whose weights are known and whose Grams are kept as the first time left them. */
    void takeDownAgain(Batch batch, double[] unread) {
        if (gramIsFree(balancer)) {
            stackSignals(batch);
            tape.grams(unread, null, scratch);
        } else if (balancer.needs() == Balancer.Needs.GRAM) {
            stackSignals(batch);
            tape.representationGram(unread);
        }
    }

    /** Takes the signals of a further batch down, and copies the tasks' gradients. @param into overwritten. */
    void takeDownFurther(Batch batch, double[] unread, float[] into) {
        takeDownAgain(batch, unread);
        tape.taskGradients(into);
    }

    private void sumSeen(double[] gram) {
        Arrays.fill(gram, 0);
        for (int l = 0; l < seen.length; l++) {
            for (int i = 0; i < gram.length && seen[l]; i++) {
                gram[i] += layerGrams[l][i];
            }
        }
    }

    /** Lets a balancer make its update of the tasks' gradients itself, after {@link #takeDown}; answers whether it does. */
    boolean aggregate(Weighting weighting, WeighingStep view) {
        if (weighting instanceof Aggregator aggregator) {
            aggregator.aggregate(view, direction);
            return true;
        } else if (weighting instanceof Masking masking) {
            masking.mask(view, agreements, kept);
            return true;
        }
        return false;
    }

    /**
     * Writes the gradient that is that update, after {@link #aggregate}.
     *
     * @param heads the factors of the tasks' own parameters, where they do not get the weights
     */
    void direct(double[] weights, double[] heads) {
        double[] owned = owned(weights, heads);
        if (kept.length > 0) {
            tape.maskAtRepresentation(kept, owned);
        } else {
            tape.direct(direction, owned);
        }
        weighOwn(owned);
    }

    /** Writes the gradient at these weights, after {@link #takeDown}. @param heads as in {@link #direct} */
    void combine(double[] weights, double[] heads) {
        double[] owned = owned(weights, heads);
        if (balancer.needs() == Balancer.Needs.LOSSES) {
            tape.backward(weights);
        } else if (gramIsFree(balancer)) {
            tape.combine(weights, owned);
        } else {
            tape.combineAtRepresentation(weights, owned);
        }
        weighOwn(owned);
    }

    /** Writes the gradient at weights that are known without any Gram. @param heads as in {@link #direct} */
    void combineKnown(double[] weights, double[] heads) {
        double[] owned = owned(weights, heads);
        if (owned == weights) { // by identity: one factor for all that is a task's
            tape.backward(weights);
        } else {
            tape.backward(weights, owned);
        }
        weighOwn(owned);
    }

    /** What the parameters that one task owns get. */
    private double[] owned(double[] weights, double[] heads) {
        boolean isWeighted = balancer.needs() == Balancer.Needs.LOSSES || balancer.heads() == Balancer.Heads.WEIGHTED;
        return isWeighted ? weights : heads;
    }

    /** The gradients of the losses' own parameters, which are a task's own as its head is. */
    private void weighOwn(double[] owned) {
        for (int t = 0; t < labelled.length; t++) {
            labelled[t].scaleOwn((float) owned[t]);
        }
    }

    private void stackSignals(Batch batch) {
        Layout layout = tape.stack();
        for (int t = 0; t < labelled.length; t++) {
            layout.block(t, batch.labelledRows(t), batch.labelled(t));
        }
    }

    /** Forms the Grams that a balancer of all gradients would see; of layers that correspond where none is shared. */
    void probe(Batch batch) {
        if (graph.isShared()) {
            stackSignals(batch);
            tape.grams(total, layerGrams, scratch);
        } else {
            tape.backward(ones); // each parameter has one task, and so gets the gradient of that task's loss alone
            counterpartGrams();
        }
    }

    private void counterpartGrams() {
        Arrays.fill(total, 0);
        for (int l = 0; l < layerGrams.length; l++) {
            graph.counterparts().get(l).gram(tape.parameters().gradient(), labelled.length, layerGrams[l]);
            for (int i = 0; i < layerGrams[l].length; i++) {
                total[i] += layerGrams[l][i];
            }
        }
    }

    /** The Grams of the last step that formed some, under a balancer that needs them; null under any other. */
    @Nullable
    Probe last(int epoch, long before) {
        return gramIsFree(balancer) ? recorded(epoch, before) : null;
    }

    /** The Grams that were formed last. @param before the steps that were taken before. */
    Probe recorded(int epoch, long before) {
        int tasks = labelled.length;
        List<Gram> layers =
                Arrays.stream(layerGrams).map(g -> Gram.of(tasks, g)).toList();
        return new Probe(epoch, (int) before, Gram.of(tasks, total), layers);
    }
}
