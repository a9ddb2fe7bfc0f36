package org.mtl4j.fitted;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.data.PlaceClasses;
import org.mtl4j.task.Objective;

/** The scores of a task that writes sequences, over all rows with one. */
final class SequenceScores {

    private SequenceScores() {}

    /**
     * The true words of each row by the net's numbers, the end included, then NaN.
     *
     * @return [rows, places]; empty for a task that writes no sequences
     * @throws IllegalArgumentException if the net does not know a word, or writes no sequence as long
     */
    static float[] truths(Objective objective, MultiTaskData data) {
        String name = objective.task().name();
        int places = objective.places();
        float[] truths = new float[objective.isSequence() ? data.rows() * places : 0];
        Arrays.fill(truths, Float.NaN);
        if (!objective.isSequence() || !data.targets().contains(name)) {
            return truths;
        }
        data.requireTargets(List.of(objective.task()));
        PlaceClasses column = ((PlaceClasses) data.target(name)).fit(places);
        int[] numbers =
                column.classes().stream().mapToInt(objective.labels()::indexOf).toArray();
        for (int i = 0; i < truths.length; i++) {
            if (column.isLabelled(i / places, i % places)) {
                int word = (int) column.get(i / places, i % places);
                truths[i] = known(objective, column, i, numbers[word]);
            }
        }
        return truths;
    }

    private static int known(Objective objective, PlaceClasses column, int at, int number) {
        if (number < 0) {
            int row = at / column.places();
            int place = at % column.places();
            throw new IllegalArgumentException(
                    "Task '%s': row %d, place %d has word '%s', which the net does not know.\nLeave such rows out, or train on data whose vocabulary has it."
                            .formatted(
                                    objective.task().name(),
                                    row,
                                    place,
                                    column.classes().get((int) column.get(row, place))));
        }
        return number;
    }

    /**
     * The scores.
     *
     * @param written what the net writes by itself
     * @param forced what it says after the true words
     */
    static TaskScores of(Objective objective, Predictions written, Predictions forced, MultiTaskData data) {
        String name = objective.task().name();
        float[] truths = truths(objective, data);
        List<List<String>> sequences = written.sequences(name);
        List<String> hypotheses = new ArrayList<>();
        List<List<String>> references = new ArrayList<>();
        Confusion words = new Confusion(objective.outputs());
        int whole = 0;
        for (int r = 0; r < sequences.size(); r++) {
            List<String> reference = new ArrayList<>();
            int at = r * objective.places();
            for (int p = 0; p < objective.places() && !Float.isNaN(truths[at + p]); p++) {
                int word = (int) truths[at + p];
                words.add(word, PlaceScores.chosen(forced.matrix(name), objective.outputs(), r, p));
                reference.add(objective.labels().get(word));
            }
            if (!reference.isEmpty()) {
                reference.remove(reference.size() - 1); // the end
                whole += reference.equals(sequences.get(r)) ? 1 : 0;
                hypotheses.add(String.join(" ", sequences.get(r)));
                references.add(List.of(String.join(" ", reference)));
            }
        }
        if (hypotheses.isEmpty()) {
            return TaskScores.none(name, Scores.OF_SEQUENCES);
        }
        Map<Metric, Double> values = new LinkedHashMap<>();
        values.put(Metric.TOKEN_ACCURACY, words.accuracy());
        values.put(
                Metric.BLEU,
                Bleu.of(hypotheses, references, Bleu.Words.BLANKS, new Bleu.Smoothing.Exponential())
                        .score());
        values.put(Metric.EXACT_MATCH, (double) whole / hypotheses.size());
        return TaskScores.of(name, hypotheses.size(), values, List.of());
    }
}
