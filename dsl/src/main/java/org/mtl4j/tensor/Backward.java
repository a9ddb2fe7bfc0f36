package org.mtl4j.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Mutable, reused: takes the signals at the outputs of a tape's nodes down, combined or stacked by task, and writes the
 * gradients. {@link Tape} says what each pass answers.
 */
final class Backward {

    private final List<Node> nodes;
    private final Parameters parameters;
    private final int tasks;
    private final Layout layout;
    private final List<LayerGram> grams = new ArrayList<>();
    private @Nullable Representation representation;

    /** The passes over these nodes, each of which stands after the ones that it reads; more may be recorded later. */
    Backward(List<Node> nodes, Parameters parameters, int tasks) {
        this.nodes = nodes;
        this.parameters = parameters;
        this.tasks = tasks;
        this.layout = new Layout(tasks);
    }

    /** Makes room for the Grams of these shared layers. */
    void reserve(List<LayerNode> shared, int rows, LayerGram.Way way) {
        grams.clear();
        for (LayerNode node : shared) {
            LayerGram gram = new LayerGram(node, parameters, tasks, way);
            gram.reserve(rows);
            grams.add(gram);
        }
    }

    void combined(int rows, double[] weights) {
        layout.combine(rows);
        weighOutputs(rows, weights);
        takeDown();
        for (int i = 0; i < nodes.size(); i++) {
            if (nodes.get(i) instanceof LayerNode layer) {
                layer.gradient(layout);
            }
        }
        headGradients(rows);
    }

    void combined(int rows, double[] shared, double[] owned) {
        layout.combine(rows);
        headGradients(rows, owned);
        takeDownOwned();
        scaleBack(rows, shared);
        takeDown();
        sharedGradients();
    }

    Layout stack(int rows, boolean couplesRows, int copies) {
        layout.stack(rows, couplesRows, copies);
        return layout;
    }

    /** Takes the stacked signals down. */
    void signals() {
        takeDown();
    }

    void grams(double[] total, double @Nullable [][] perLayer, double[] scratch) {
        Arrays.fill(total, 0);
        for (int l = 0; l < grams.size(); l++) {
            double[] into = perLayer == null ? scratch : perLayer[l];
            grams.get(l).gram(layout, into);
            for (int i = 0; i < total.length; i++) {
                total[i] += into[i];
            }
        }
    }

    void combine(int rows, double[] shared, double[] owned) {
        for (int l = 0; l < grams.size(); l++) {
            grams.get(l).combine(layout, shared);
        }
        ownedGradients(rows, owned);
    }

    /** The number of shared parameters. */
    int sharedSize() {
        return grams.stream().mapToInt(LayerGram::size).sum();
    }

    void taskGradients(float[] into, int size) {
        int at = 0;
        for (int l = 0; l < grams.size(); l++) {
            grams.get(l).copyTaskGradients(into, size, at);
            at += grams.get(l).size();
        }
    }

    void direct(int rows, float[] direction, double[] owned) {
        int at = 0;
        for (int l = 0; l < grams.size(); l++) {
            grams.get(l).put(direction, at);
            at += grams.get(l).size();
        }
        ownedGradients(rows, owned);
    }

    private void ownedGradients(int rows, double[] owned) {
        ownedLayers(owned);
        weighOutputs(rows, owned);
        headGradients(rows);
    }

    /** Takes the stacked signals down to the representation. */
    void signalsToRepresentation() {
        Representation top = representation();
        for (int i = 0; i < nodes.size(); i++) {
            nodes.get(i).beginPass();
        }
        for (int i = nodes.size() - 1; i >= 0; i--) {
            if (!top.holds(i)) {
                nodes.get(i).propagate(layout);
            }
        }
    }

    void representationGram(double[] gram) {
        representation().gram(layout, gram);
    }

    int representationWidth() {
        return representation().width();
    }

    void representationAgreements(float[] into) {
        representation().agreements(layout, into);
    }

    void maskAtRepresentation(int rows, float[] kept, double[] owned) {
        ownedGradients(rows, owned);
        Representation top = representation();
        top.mask(layout, kept);
        layout.combine(rows);
        for (int i = 0; i < nodes.size(); i++) {
            nodes.get(i).beginPass();
        }
        for (int i = nodes.size() - 1; i >= 0; i--) {
            if (!top.holds(i)) {
                nodes.get(i).propagate(layout);
            }
        }
        top.place(layout);
        for (int i = nodes.size() - 1; i >= 0; i--) {
            if (top.holds(i)) {
                nodes.get(i).propagate(layout);
            }
        }
        sharedGradients();
    }

    void combineAtRepresentation(int rows, double[] shared, double[] owned) {
        ownedLayers(owned);
        headGradients(rows, owned);
        scaleBack(rows, shared);
        layout.combine(rows);
        takeDown();
        sharedGradients();
    }

    private void sharedGradients() {
        for (int i = 0; i < nodes.size(); i++) {
            if (nodes.get(i) instanceof LayerNode layer && layer.size > 0 && layer.isShared()) {
                layer.gradient(layout);
            }
        }
    }

    /** Takes the combined signal through what one task alone reaches, and writes the gradients there. */
    private void takeDownOwned() {
        for (int i = 0; i < nodes.size(); i++) {
            nodes.get(i).beginPass();
        }
        for (int i = nodes.size() - 1; i >= 0; i--) {
            if (!nodes.get(i).isShared()) {
                nodes.get(i).propagate(layout);
            }
        }
        for (int i = 0; i < nodes.size(); i++) {
            if (nodes.get(i) instanceof LayerNode layer && layer.size > 0 && !layer.isShared()) {
                layer.gradient(layout);
            }
        }
    }

    private Representation representation() {
        if (representation == null) {
            representation = new Representation(nodes, tasks);
        }
        return representation;
    }

    private void ownedLayers(double[] owned) {
        for (int i = 0; i < nodes.size(); i++) {
            if (nodes.get(i) instanceof LayerNode layer && layer.size > 0 && !layer.isShared()) {
                ownedGradient(layer, owned);
            }
        }
    }

    private void ownedGradient(LayerNode node, double[] owned) {
        int task = node.reach.nextSetBit(0);
        float[] gradient = parameters.gradient();
        if (task < 0) { // what joins inputs, where the only task compares them
            Arrays.fill(gradient, node.first, node.first + node.size, 0f);
            return;
        }
        node.taskGradient(layout, task, gradient, node.first);
        if (owned[task] != 1) {
            Rows.scaled((float) owned[task], gradient, node.first, gradient, node.first, node.size);
        }
    }

    private void weighOutputs(int rows, double[] weights) {
        for (int i = 0; i < nodes.size(); i++) {
            if (nodes.get(i) instanceof OutputNode output) {
                output.scale(rows, weights);
            }
        }
    }

    /** The gradients of the heads, each by this factor; {@link #scaleBack} undoes what it does to the signals. */
    private void headGradients(int rows, double[] factors) {
        for (int i = 0; i < nodes.size(); i++) {
            if (nodes.get(i) instanceof OutputNode output) {
                output.keep(rows);
                output.scale(rows, factors);
                output.gradient(rows);
            }
        }
    }

    private void scaleBack(int rows, double[] weights) {
        for (int i = 0; i < nodes.size(); i++) {
            if (nodes.get(i) instanceof OutputNode output) {
                output.takeBack(rows);
                output.scale(rows, weights);
            }
        }
    }

    private void takeDown() {
        for (int i = 0; i < nodes.size(); i++) {
            nodes.get(i).beginPass();
        }
        for (int i = nodes.size() - 1; i >= 0; i--) {
            nodes.get(i).propagate(layout);
        }
    }

    private void headGradients(int rows) {
        for (int i = 0; i < nodes.size(); i++) {
            if (nodes.get(i) instanceof OutputNode output) {
                output.gradient(rows);
            }
        }
    }
}
