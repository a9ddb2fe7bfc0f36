package org.mtl4j.fitted;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.data.TargetColumn;
import org.mtl4j.task.Objective;
import org.mtl4j.task.Task;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.Output;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;
import org.tribuo.classification.evaluation.LabelEvaluation;
import org.tribuo.classification.evaluation.LabelEvaluator;
import org.tribuo.evaluation.AbstractEvaluator;
import org.tribuo.evaluation.Evaluation;
import org.tribuo.impl.ArrayExample;
import org.tribuo.multilabel.MultiLabel;
import org.tribuo.multilabel.evaluation.MultiLabelEvaluator;
import org.tribuo.provenance.DataProvenance;
import org.tribuo.regression.evaluation.RegressionEvaluation;
import org.tribuo.regression.evaluation.RegressionEvaluator;

/**
 * The labelled rows of one task beside what a model predicts for them.
 *
 * @param objective the task as the model knows it
 * @param predictions one per row
 * @param matrix the same as numbers: [rows, classes] or [rows, dimensions]
 * @param column what the rows hold
 * @param source where they come from
 */
record Comparison<T extends Output<T>>(
        Objective objective,
        Model<T> model,
        List<Prediction<T>> predictions,
        Matrix matrix,
        TargetColumn column,
        DataProvenance source) {

    /** The scores of one task of a net. */
    static <T extends Output<T>> TaskScores of(TaskModel<T> model, Predictions all, MultiTaskData data) {
        Objective objective =
                model.net().objectives().get(model.net().indexOf(model.task().name()));
        int[] rows = labelled(data, model.task());
        Matrix matrix = all.matrix(model.task()).select(rows);
        List<Prediction<T>> predictions = new ArrayList<>();
        int features = model.net().features().size();
        for (int i = 0; i < rows.length; i++) {
            Example<T> example = new ArrayExample<>(
                    model.typed().value(data.target(model.task().name()), rows[i]));
            predictions.add(model.typed().prediction(matrix, i, features, example));
        }
        DataProvenance source = Provenances.source(model.net().lineage(), model.typed());
        return scores(objective, model, predictions, matrix, data, source);
    }

    /** The scores of the labelled rows of these data. */
    static <T extends Output<T>> TaskScores scores(
            Objective objective,
            Model<T> model,
            List<Prediction<T>> predictions,
            Matrix matrix,
            MultiTaskData data,
            DataProvenance source) {
        Task<?> task = objective.task();
        if (predictions.isEmpty()) {
            return TaskScores.none(task.name(), Scores.metrics(task));
        }
        TargetColumn column = data.target(task.name()).select(labelled(data, task));
        Comparison<T> comparison = new Comparison<>(objective, model, predictions, matrix, column, source);
        if (column instanceof TargetColumn.Marks marks) {
            return comparison.labels(marks);
        } else if (task.kind() instanceof Task.Kind.Quantiles quantiles) {
            return comparison.scores(OrderScores.quantiles(quantiles.levels(), matrix, column), List.of());
        } else if (task.kind() instanceof Task.Kind.Ranking ranking) {
            return comparison.scores(
                    OrderScores.ranking(matrix, column, group(ranking, data.select(labelled(data, task)))), List.of());
        }
        return task.outputType() == Label.class ? comparison.classes() : comparison.numbers();
    }

    /** The group of each labelled row; one for all where the task names none. */
    private static IntUnaryOperator group(Task.Kind.Ranking ranking, MultiTaskData data) {
        if (ranking.group().isEmpty()) {
            return row -> 0;
        }
        return row -> data.group(ranking.group()).index(row);
    }

    /** The rows with a label of the task; none where the data have no such target. */
    static int[] labelled(MultiTaskData data, Task<?> task) {
        if (!data.targets().contains(task.name())) {
            return new int[0];
        }
        TargetColumn column = data.target(task.name());
        return IntStream.range(0, column.rows()).filter(column::isLabelled).toArray();
    }

    @SuppressWarnings("unchecked") // the evaluator of T: Label, MultiLabel or Regressor, as the task says
    private Evaluation<?> evaluation(AbstractEvaluator<?, ?, ?, ?> evaluator, List<Prediction<T>> judged) {
        return Quiet.call(() -> ((AbstractEvaluator<T, ?, ?, ?>) evaluator).evaluate(model, judged, source));
    }

    private TaskScores numbers() {
        RegressionEvaluation evaluation = (RegressionEvaluation) evaluation(new RegressionEvaluator(), predictions);
        double r2 = evaluation.averageR2();
        double[] values = {evaluation.averageRMSE(), evaluation.averageMAE(), Double.isFinite(r2) ? r2 : Double.NaN};
        return scores(values, List.of(evaluation));
    }

    private TaskScores classes() {
        LabelEvaluation evaluation = (LabelEvaluation) evaluation(new LabelEvaluator(), predictions);
        int[] truth = truth();
        if (objective.isOrdinal()) {
            int[] named = IntStream.range(0, truth.length).map(this::named).toArray();
            return scores(OrderScores.classes(truth, named, objective.labels().size()), List.of(evaluation));
        }
        double[] values = {evaluation.accuracy(), macroF1(truth), auc(truth)};
        return scores(values, List.of(evaluation));
    }

    private TaskScores labels(TargetColumn.Marks marks) {
        List<Prediction<T>> complete = IntStream.range(0, marks.rows())
                .filter(marks::isComplete)
                .mapToObj(predictions::get)
                .toList();
        List<Evaluation<?>> evaluations =
                complete.isEmpty() ? List.of() : List.of(evaluation(new MultiLabelEvaluator(), complete));
        LabelCounts counts = LabelCounts.of(objective.labels(), marks, this::predicts);
        return scores(new double[] {counts.macroF1(), counts.microF1(), labelAuc(marks)}, evaluations);
    }

    /** Whether the model says that a label holds. */
    private boolean predicts(int row, String label) {
        return ((MultiLabel) predictions.get(row).getOutput()).contains(label);
    }

    private double labelAuc(TargetColumn.Marks marks) {
        return IntStream.range(0, marks.width())
                .mapToDouble(label -> {
                    int[] known = IntStream.range(0, marks.rows())
                            .filter(row -> marks.isKnown(row, label))
                            .toArray();
                    int column = objective.labels().indexOf(marks.labels().get(label));
                    return column < 0 ? Double.NaN : auc(known, row -> marks.holds(row, label), column);
                })
                .filter(area -> !Double.isNaN(area))
                .average()
                .orElse(Double.NaN);
    }

    private TaskScores scores(double[] values, List<Evaluation<?>> evaluations) {
        List<Metric> metrics = Scores.metrics(objective.task());
        Map<Metric, Double> named = new LinkedHashMap<>();
        for (int m = 0; m < values.length; m++) {
            named.put(metrics.get(m), values[m]);
        }
        return TaskScores.of(objective.task().name(), predictions.size(), named, evaluations);
    }

    /** The model's index of each row's class. */
    private int[] truth() {
        List<String> own = ((TargetColumn.Classes) column).classes();
        return IntStream.range(0, column.rows())
                .map(row -> objective.labels().indexOf(own.get((int) column.get(row, 0))))
                .toArray();
    }

    /** The index of the class that the model names. */
    private int named(int row) {
        return objective.labels().indexOf(((Label) predictions.get(row).getOutput()).getLabel());
    }

    private double macroF1(int[] truth) {
        int classes = matrix.columns();
        int[] right = new int[classes];
        int[] named = new int[classes]; // labelled plus predicted: 2 tp + fp + fn
        for (int i = 0; i < truth.length; i++) {
            int predicted = named(i);
            right[predicted] += predicted == truth[i] ? 1 : 0;
            named[predicted]++;
            named[truth[i]]++;
        }
        return IntStream.range(0, classes)
                .filter(c -> named[c] > 0)
                .mapToDouble(c -> 2.0 * right[c] / named[c])
                .average()
                .orElse(Double.NaN);
    }

    private double auc(int[] truth) {
        int[] all = IntStream.range(0, truth.length).toArray();
        if (objective.task().kind() instanceof Task.Kind.Binary) {
            int positive = objective.positiveIndex();
            return auc(all, row -> truth[row] == positive, positive);
        }
        return IntStream.range(0, matrix.columns())
                .mapToDouble(c -> auc(all, row -> truth[row] == c, c))
                .filter(area -> !Double.isNaN(area))
                .average()
                .orElse(Double.NaN);
    }

    /** The area of the scores in one column of some rows. */
    private double auc(int[] rows, IntPredicate positive, int column) {
        double[] scores = new double[rows.length];
        boolean[] isPositive = new boolean[rows.length];
        for (int i = 0; i < rows.length; i++) {
            scores[i] = matrix.get(rows[i], column);
            isPositive[i] = positive.test(rows[i]);
        }
        return Ranking.auc(scores, isPositive);
    }
}
