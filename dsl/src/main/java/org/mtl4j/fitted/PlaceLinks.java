package org.mtl4j.fitted;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.mtl4j.task.Crf;
import org.mtl4j.task.Marginals;
import org.mtl4j.task.Objective;
import org.mtl4j.task.Task;
import org.mtl4j.task.Viterbi;

/** Makes what a user reads of what a head puts out at the places of rows. */
final class PlaceLinks {

    private PlaceLinks() {}

    /**
     * A task's predictions: probabilities of classes (of a CRF 1 for the tags of the best path, else 0; of sequences 0 behind
     * the end), depths, or normals of length 1.
     *
     * @param outputs [rows, places, outputs], modified
     * @param own the loss's own parameters
     * @param lengths the places that each row has
     * @return [rows, places * outputs]
     */
    static Matrix apply(Objective objective, int rows, float[] outputs, float[] own, int[] lengths) {
        int k = objective.outputs();
        if (objective.task().loss() instanceof Crf) {
            paths(outputs, rows, k, own, lengths);
        } else if (objective.isSequence()) {
            Links.softmax(outputs, k);
            for (int r = 0; r < rows; r++) { // nothing is said behind the end
                int beyond = Math.min(lengths[r] + 1, objective.places());
                Arrays.fill(outputs, (r * objective.places() + beyond) * k, (r + 1) * objective.places() * k, 0f);
            }
        } else if (objective.isOfPlaceClasses()) {
            Links.softmax(outputs, k);
        } else if (objective.task().kind() instanceof Task.Kind.Normals) {
            Retrieval.normalise(outputs, k);
        }
        return Matrix.own(objective.task().name(), rows, outputs.length / Math.max(1, rows), outputs);
    }

    /**
     * How probable each tag of a CRF is at each place that a row has, over all paths; 0 behind them.
     *
     * @param outputs [rows, places, outputs]
     * @param own the loss's own parameters
     * @param lengths the places that each row has
     * @return [rows, places * outputs]
     */
    static Matrix marginals(Objective objective, int rows, float[] outputs, float[] own, int[] lengths) {
        int width = outputs.length / Math.max(1, rows);
        float[] values = new float[outputs.length];
        for (int r = 0; r < rows; r++) {
            Marginals.of(outputs, starts(r * width, objective.outputs(), lengths[r]), own, values);
        }
        return Matrix.own(objective.task().name(), rows, width, values);
    }

    /** Where the outputs of each place begin. */
    private static int[] starts(int from, int k, int length) {
        return IntStream.range(0, length).map(p -> from + p * k).toArray();
    }

    private static void paths(float[] outputs, int rows, int k, float[] own, int[] lengths) {
        int width = outputs.length / Math.max(1, rows);
        for (int r = 0; r < rows; r++) {
            int length = lengths[r];
            int[] path = new int[length];
            if (length > 0) {
                Viterbi.decode(outputs, starts(r * width, k, length), length, own, path);
            }
            Arrays.fill(outputs, r * width, (r + 1) * width, 0f);
            for (int p = 0; p < length; p++) {
                outputs[r * width + p * k + path[p]] = 1f;
            }
        }
    }
}
