package org.mtl4j.fitted;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.data.PlaceClasses;
import org.mtl4j.task.Objective;

/** The scores of a task that writes sequences, over all rows with one. */
final class SequenceScores {

    private static final int[][] NONE = new int[0][];

    private SequenceScores() {}

    /**
     * The true words of each row by the net's numbers, the end included.
     *
     * @return [rows][words], null for a row without; empty for a task that writes no sequences, or that the data lack
     * @throws IllegalArgumentException if the net does not know a word, or writes no sequence as long
     */
    static int[] @Nullable [] truths(Objective objective, MultiTaskData data) {
        String name = objective.task().name();
        if (!objective.isSequence()) {
            return NONE;
        } else if (!data.targets().contains(name)) {
            return new int[data.rows()][];
        }
        data.requireTargets(List.of(objective.task()));
        PlaceClasses column = ((PlaceClasses) data.target(name)).fit(objective.places());
        int[] @Nullable [] truths = new int[column.rows()][];
        for (int r = 0; r < truths.length; r++) {
            truths[r] = column.isLabelled(r) ? truth(objective, column, r) : null;
        }
        return truths;
    }

    private static int[] truth(Objective objective, PlaceClasses column, int row) {
        int[] truth = new int[column.count(row)];
        for (int p = 0; p < truth.length; p++) {
            String word = column.classes().get((int) column.get(row, p));
            truth[p] = objective.labels().indexOf(word);
            if (truth[p] < 0) {
                throw new IllegalArgumentException(
                        "Task '%s': row %d, place %d has word '%s', which the net does not know.\nLeave such rows out, or train on data whose vocabulary has it."
                                .formatted(objective.task().name(), row, p, word));
            }
        }
        return truth;
    }

    /**
     * The scores.
     *
     * @param written what the net writes by itself
     * @param forced what it says after the true words
     */
    static TaskScores of(Objective objective, Predictions written, Predictions forced, MultiTaskData data) {
        String name = objective.task().name();
        int[] @Nullable [] truths = truths(objective, data);
        List<List<String>> sequences = written.sequences(name);
        List<String> hypotheses = new ArrayList<>();
        List<List<String>> references = new ArrayList<>();
        Confusion words = new Confusion(objective.outputs());
        int whole = 0;
        for (int r = 0; r < truths.length; r++) {
            int[] truth = truths[r];
            if (truth != null) {
                for (int p = 0; p < truth.length; p++) {
                    words.add(truth[p], PlaceScores.chosen(forced.matrix(name), objective.outputs(), r, p));
                }
                List<String> reference = Arrays.stream(truth, 0, truth.length - 1)
                        .mapToObj(objective.labels()::get)
                        .toList();
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
