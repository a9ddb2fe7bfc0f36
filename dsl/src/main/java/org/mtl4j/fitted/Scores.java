package org.mtl4j.fitted;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.data.TargetColumn;
import org.mtl4j.show.Show;
import org.mtl4j.show.Table;
import org.mtl4j.task.Objective;
import org.mtl4j.task.Task;
import org.tribuo.classification.Label;
import org.tribuo.classification.evaluation.LabelEvaluation;
import org.tribuo.multilabel.MultiLabel;
import org.tribuo.multilabel.evaluation.MultiLabelEvaluation;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.evaluation.RegressionEvaluation;

/**
 * How well a net predicts its tasks on one part of the data, from one prediction pass, over labelled rows only.
 * Immutable. Prints itself as a table.
 *
 * @param part what the part is called: {@code test}
 * @param tasks one entry per task, in order
 */
public record Scores(String part, List<TaskScores> tasks) implements Show {

    /** What is measured of tasks with classes. */
    public static final List<Metric> OF_CLASSES = List.of(Metric.ACCURACY, Metric.MACRO_F1, Metric.AUC);

    /** What is measured of tasks with several labels a row, over the known ones. */
    public static final List<Metric> OF_LABELS = List.of(Metric.MACRO_F1, Metric.MICRO_F1, Metric.AUC);

    /** What is measured of regressions; with several dimensions, the mean over them. */
    public static final List<Metric> OF_NUMBERS = List.of(Metric.RMSE, Metric.MAE, Metric.R2);

    /** What is measured of tasks whose classes have an order. */
    public static final List<Metric> OF_ORDERED_CLASSES = List.of(Metric.ACCURACY, Metric.STEPS, Metric.KAPPA);

    /** What is measured of quantiles. */
    public static final List<Metric> OF_QUANTILES = List.of(Metric.PINBALL, Metric.COVERAGE);

    /** What is measured of rankings, over the pairs within groups where there are groups. */
    public static final List<Metric> OF_RANKINGS = List.of(Metric.PAIRS, Metric.KENDALL);

    /** What is measured of tags, over the labelled places. */
    public static final List<Metric> OF_TAGS = List.of(Metric.ACCURACY, Metric.MACRO_F1);

    /** What is measured of spans. */
    public static final List<Metric> OF_SPANS = List.of(Metric.SPAN_F1, Metric.STRICT_SPAN_F1, Metric.ACCURACY);

    /** What is measured of next words. */
    public static final List<Metric> OF_NEXT_TOKENS = List.of(Metric.PERPLEXITY, Metric.ACCURACY);

    /** What is measured of sequences. */
    public static final List<Metric> OF_SEQUENCES = List.of(Metric.TOKEN_ACCURACY, Metric.BLEU, Metric.EXACT_MATCH);

    /** What is measured of classes of pixels. */
    public static final List<Metric> OF_PIXELS = List.of(Metric.MEAN_IOU, Metric.ACCURACY);

    /** What is measured of depths. */
    public static final List<Metric> OF_DEPTHS = List.of(Metric.ABSOLUTE_ERROR, Metric.RELATIVE_ERROR, Metric.RMSE);

    /** What is measured of normals. */
    public static final List<Metric> OF_NORMALS = List.of(Metric.ANGLE, Metric.MEDIAN_ANGLE, Metric.WITHIN_11);

    /** What is measured of pairs, among the pairs of the part. */
    public static final List<Metric> OF_PAIRS =
            List.of(Metric.RECALL_AT_1, Metric.RECALL_AT_1_BACK, Metric.RECALL_AT_5, Metric.RECALL_AT_5_BACK);

    /** What is measured of boxes. */
    public static final List<Metric> OF_BOXES = List.of(Metric.BOX_AP, Metric.BOX_AP_50);

    private static final String AUC_NOTE =
            "AUC: of the positive class; of several classes or labels, the mean of each present one against the rest";

    public Scores {
        tasks = List.copyOf(tasks);
    }

    /**
     * Predicts the rows and compares.
     *
     * @throws IllegalArgumentException if the data lacks a feature, or holds a class that the net does not know
     */
    public static Scores of(Net net, MultiTaskData data, String part) {
        Predictions predictions = net.predict(data);
        Predictions forced = null; // one more pass, if there is a task that asks for it
        List<TaskScores> tasks = new ArrayList<>();
        for (Objective objective : net.objectives()) {
            String name = objective.task().name();
            if (objective.task().kind().hasTribuoType()) {
                tasks.add(Comparison.of(net.model(name), predictions, data));
            } else if (objective.isSequence()) {
                forced = forced == null ? net.forced(data) : forced;
                tasks.add(SequenceScores.of(objective, predictions, forced, data));
            } else if (data.targets().contains(name)) {
                tasks.add(ofOtherType(objective, predictions.matrix(name), data.target(name)));
            } else {
                tasks.add(TaskScores.none(name, metrics(objective.task())));
            }
        }
        return new Scores(part, tasks);
    }

    private static TaskScores ofOtherType(Objective objective, Matrix matrix, TargetColumn column) {
        if (objective.task().kind() instanceof Task.Kind.Pairs) {
            return Retrieval.scores(objective, matrix, column);
        } else if (objective.isOfBoxes()) {
            return BoxScores.of(objective, matrix, column);
        }
        return PlaceScores.of(objective, matrix, column);
    }

    /** What is measured of a task, in the order of the table. */
    static List<Metric> metrics(Task<?> task) {
        if (task.kind() instanceof Task.Kind.MultiLabel) {
            return OF_LABELS;
        } else if (task.kind() instanceof Task.Kind.Ordinal) {
            return OF_ORDERED_CLASSES;
        } else if (task.kind() instanceof Task.Kind.Quantiles) {
            return OF_QUANTILES;
        } else if (task.kind() instanceof Task.Kind.Ranking) {
            return OF_RANKINGS;
        } else if (task.kind() instanceof Task.Kind.Pairs) {
            return OF_PAIRS;
        } else if (task.isOfBoxes()) {
            return OF_BOXES;
        } else if (task.kind().isPlaced()) {
            return placed(task.kind());
        }
        return task.outputType() == Label.class ? OF_CLASSES : OF_NUMBERS;
    }

    private static List<Metric> placed(Task.Kind kind) {
        if (kind instanceof Task.Kind.Spans) {
            return OF_SPANS;
        } else if (kind instanceof Task.Kind.NextToken) {
            return OF_NEXT_TOKENS;
        } else if (kind.isSequence()) {
            return OF_SEQUENCES;
        } else if (kind instanceof Task.Kind.Pixels) {
            return OF_PIXELS;
        } else if (kind instanceof Task.Kind.Depth) {
            return OF_DEPTHS;
        }
        return kind instanceof Task.Kind.Normals ? OF_NORMALS : OF_TAGS;
    }

    /** The score of a task by its main metric: {@link Metric#mainOf}. */
    public Score main(Task<?> task) {
        Metric metric = Metric.mainOf(task);
        return new Score(task.name(), metric, value(task, metric));
    }

    /** The scores of one task. */
    public TaskScores task(Task<?> task) {
        return task(task.name());
    }

    /** The scores of one task. */
    public TaskScores task(String task) {
        return tasks.stream()
                .filter(scores -> scores.task().equals(task))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No task '%s' among the scores.\nThere are %s."
                        .formatted(task, tasks.stream().map(TaskScores::task).collect(Collectors.joining(", ")))));
    }

    /** One score of one task; NaN if it is not defined on these rows. */
    public double value(Task<?> task, Metric metric) {
        return task(task).value(metric);
    }

    /** Tribuo's evaluation of a task with classes. */
    public LabelEvaluation labelEvaluation(Task<Label> task) {
        return (LabelEvaluation) evaluation(task);
    }

    /**
     * Tribuo's evaluation of a task with several labels, of the rows of which all labels are known. Its Jaccard score is NaN
     * if a row has no label, given or predicted.
     */
    public MultiLabelEvaluation multiLabelEvaluation(Task<MultiLabel> task) {
        return (MultiLabelEvaluation) evaluation(task);
    }

    /** Tribuo's evaluation of a regression. */
    public RegressionEvaluation regressionEvaluation(Task<Regressor> task) {
        return (RegressionEvaluation) evaluation(task);
    }

    private Object evaluation(Task<?> task) {
        TaskScores scores = task(task);
        if (scores.isDefined() && scores.evaluations().isEmpty()) {
            throw new IllegalArgumentException(
                    "Task '%s': Tribuo has no evaluation of %s on the %s part.\nAsk for its scores: value(task, metric)."
                            .formatted(task.name(), task, part));
        }
        return scores.evaluations().stream()
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "Task '%s': no row of the %s part has a label, so there is nothing to evaluate.\nLook at task(\"%s\").labelled() first."
                                .formatted(task.name(), part, task.name())));
    }

    /** The scores of several parts in one table. */
    public static Table table(List<Scores> parts) {
        Set<Metric> metrics = new LinkedHashSet<>();
        parts.forEach(part -> part.tasks.forEach(task -> task.scores().forEach(score -> metrics.add(score.metric()))));
        List<String> columns = new ArrayList<>(List.of("task", "part", "labelled"));
        metrics.forEach(metric -> columns.add(metric.name()));
        Table table = Table.titled("Scores").columns(columns.toArray(String[]::new));
        for (Scores part : parts) {
            for (TaskScores task : part.tasks) {
                table = table.row(part.cells(task, metrics).toArray());
            }
        }
        for (Scores part : parts) {
            table = part.notes(table);
        }
        return metrics.contains(Metric.AUC) ? table.note(AUC_NOTE) : table;
    }

    private List<Object> cells(TaskScores task, Set<Metric> metrics) {
        List<Object> cells = new ArrayList<>(List.of(task.task(), part, task.labelled()));
        for (Metric metric : metrics) {
            cells.add(task.scores().stream()
                    .filter(score -> score.metric().equals(metric))
                    .mapToDouble(Score::value)
                    .findFirst()
                    .orElse(Double.NaN));
        }
        return cells;
    }

    private Table notes(Table table) {
        Table noted = table;
        for (TaskScores task : tasks) {
            if (!task.isDefined()) {
                noted = noted.note("%s: no row of the %s part has a label".formatted(task.task(), part));
            } else if (task.scores().get(0).metric().equals(Metric.RECALL_AT_1)) {
                noted = noted.note(
                        "%s: recall@k of the %s part is among %d candidates; back is from the second input to the first"
                                .formatted(task.task(), part, task.labelled()));
            }
        }
        return noted;
    }

    @Override
    public String toString() {
        return table(List.of(this)).toString();
    }

    @Override
    public String toHtml() {
        return table(List.of(this)).toHtml();
    }
}
