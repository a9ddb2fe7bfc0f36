package org.mtl4j.fitted;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.tribuo.evaluation.Evaluation;

/**
 * How well one task is predicted on the labelled rows of one part.
 *
 * @param task the task's name
 * @param labelled the number of rows with a label; all scores are NaN where it is 0
 * @param scores one per metric, in the order of the table
 * @param evaluations Tribuo's evaluation of the same predictions; none where no row has a label
 */
public record TaskScores(String task, int labelled, List<Score> scores, List<Evaluation<?>> evaluations) {

    public TaskScores {
        scores = List.copyOf(scores);
        evaluations = List.copyOf(evaluations);
    }

    static TaskScores of(String task, int labelled, Map<Metric, Double> values, List<Evaluation<?>> evaluations) {
        List<Score> scores = values.entrySet().stream()
                .map(value -> new Score(task, value.getKey(), value.getValue()))
                .toList();
        return new TaskScores(task, labelled, scores, evaluations);
    }

    /** Scores that are not defined, since no row has a label. */
    static TaskScores none(String task, List<Metric> metrics) {
        Map<Metric, Double> values = new LinkedHashMap<>();
        metrics.forEach(metric -> values.put(metric, Double.NaN));
        return of(task, 0, values, List.of());
    }

    /**
     * One score.
     *
     * @return NaN if it is not defined on these rows
     * @throws IllegalArgumentException if this kind of task has no such score
     */
    public double value(Metric metric) {
        return scores.stream()
                .filter(score -> score.metric().equals(metric))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Task '%s' has no %s.\nIt has %s."
                        .formatted(
                                task,
                                metric.name(),
                                scores.stream()
                                        .map(score -> score.metric().name())
                                        .collect(Collectors.joining(", ")))))
                .value();
    }

    /** Whether some row has a label. */
    public boolean isDefined() {
        return labelled > 0;
    }
}
