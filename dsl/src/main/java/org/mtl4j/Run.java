package org.mtl4j;

import org.mtl4j.chart.Chart;
import org.mtl4j.chart.Charts;
import org.mtl4j.data.Split;
import org.mtl4j.measure.Conflict;
import org.mtl4j.sharing.Graph;
import org.mtl4j.train.Ending;
import org.mtl4j.train.History;
import org.mtl4j.train.Prepared;

/** A finished training: its history, its measures and its model. */
public final class Run {

    private final Recipe recipe;
    private final Split split;
    private final History history;

    Run(Recipe recipe, Split split, Prepared prepared, Graph graph, History history) {
        this.recipe = recipe;
        this.split = split;
        this.history = history;
    }

    /** What was trained. */
    public Recipe recipe() {
        return recipe;
    }

    /** What it was trained on. */
    public Split split() {
        return split;
    }

    /** The record of the training. */
    public History history() {
        return history;
    }

    /** Why it ended. */
    public Ending ending() {
        return history.ending();
    }

    /** Losses of each task over the epochs. */
    public Chart losses() {
        return Charts.losses(history);
    }

    /** Weights of each task over the epochs. */
    public Chart weights() {
        return Charts.weights(history);
    }

    /** How the gradients of the tasks agree or conflict. */
    public ConflictView conflict() {
        return new ConflictView(Conflict.of(history));
    }
}
