package org.mtl4j.sharing;

import org.mtl4j.data.Batch;
import org.mtl4j.task.Objective;

/**
 * Mutable, reused: what the decoder of a task that writes sequences reads of a batch with targets (teacher forcing): at place p
 * the true word p - 1, at place 0 the symbol that begins a sequence. A row without a target has that symbol alone.
 */
final class TrueWords {

    private final int task;
    private final Objective objective;
    private final int size;
    private float[] words = new float[0];

    TrueWords(int task, Objective objective) {
        this.task = task;
        this.objective = objective;
        this.size = objective.words().inputSize();
    }

    /** The name of the input that they are. */
    String name() {
        return objective.wordsName();
    }

    /** The words of a batch, [rows, 1 + places]. */
    float[] of(Batch batch) {
        if (words.length < batch.capacity() * size) {
            words = new float[batch.capacity() * size];
        }
        for (int r = 0; r < batch.rows(); r++) {
            words[r * size] = 1;
            words[r * size + 1] = objective.end();
        }
        float[] targets = batch.target(task);
        int places = objective.places();
        for (int i = 0; i < batch.labelled(task); i++) {
            int r = batch.labelledRows(task)[i];
            objective.writeTrueWords(targets, r * places, words, r * size);
        }
        return words;
    }
}
