package org.mtl4j.fitted;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.data.TargetColumn;
import org.mtl4j.task.Objective;
import org.mtl4j.task.Task;
import org.tribuo.Example;
import org.tribuo.Output;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;
import org.tribuo.classification.evaluation.LabelEvaluation;
import org.tribuo.classification.evaluation.LabelEvaluator;
import org.tribuo.evaluation.AbstractEvaluator;
import org.tribuo.evaluation.Evaluation;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.DataProvenance;
import org.tribuo.regression.evaluation.RegressionEvaluation;
import org.tribuo.regression.evaluation.RegressionEvaluator;

/**
 * The labelled rows of one task beside their predictions.
 *
 * @param matrix the predictions of all rows
 * @param rows the labelled ones
 */
record Comparison<T extends Output<T>>(TaskModel<T> model, Matrix matrix, TargetColumn column, List<Integer> rows) {

    static <T extends Output<T>> TaskScores of(TaskModel<T> model, Predictions predictions, MultiTaskData data) {
        String name = model.task().name();
        boolean classes = model.task().outputType() == Label.class;
        List<Metric> metrics = classes ? Scores.OF_CLASSES : Scores.OF_NUMBERS;
        if (!data.targets().contains(name) || data.target(name).labelled() == 0) {
            return TaskScores.none(name, metrics);
        }
        TargetColumn column = data.target(name);
        List<Integer> rows = IntStream.range(0, column.rows())
                .filter(column::isLabelled)
                .boxed()
                .toList();
        Comparison<T> comparison = new Comparison<>(model, predictions.matrix(name), column, rows);
        return classes ? comparison.classes(metrics) : comparison.numbers(metrics);
    }

    private List<Prediction<T>> predictions() {
        List<Prediction<T>> predictions = new ArrayList<>();
        int features = model.net().features().size();
        for (int row : rows) {
            Example<T> example = new ArrayExample<>(model.typed().value(column, row));
            predictions.add(model.typed().prediction(matrix, row, features, example));
        }
        return predictions;
    }

    @SuppressWarnings("unchecked") // the evaluator of T: Label or Regressor, as the task says
    private Evaluation<?> evaluation(AbstractEvaluator<?, ?, ?, ?> evaluator) {
        DataProvenance source = Provenances.source(model.net().lineage(), model.typed());
        return Quiet.call(() -> ((AbstractEvaluator<T, ?, ?, ?>) evaluator).evaluate(model, predictions(), source));
    }

    private TaskScores numbers(List<Metric> metrics) {
        RegressionEvaluation evaluation = (RegressionEvaluation) evaluation(new RegressionEvaluator());
        double r2 = evaluation.averageR2();
        double[] values = {evaluation.averageRMSE(), evaluation.averageMAE(), Double.isFinite(r2) ? r2 : Double.NaN};
        return scores(metrics, values, evaluation);
    }

    private TaskScores classes(List<Metric> metrics) {
        LabelEvaluation evaluation = (LabelEvaluation) evaluation(new LabelEvaluator());
        int[] truth = truth();
        double[] values = {evaluation.accuracy(), macroF1(truth), auc(truth)};
        return scores(metrics, values, evaluation);
    }

    private TaskScores scores(List<Metric> metrics, double[] values, Evaluation<?> evaluation) {
        Map<Metric, Double> named = new LinkedHashMap<>();
        for (int m = 0; m < values.length; m++) {
            named.put(metrics.get(m), values[m]);
        }
        return TaskScores.of(model.task().name(), rows.size(), named, List.of(evaluation));
    }

    private Objective objective() {
        return model.net().objectives().get(model.net().indexOf(model.task().name()));
    }

    /** The net's index of each labelled row's class. */
    private int[] truth() {
        List<String> names = objective().labels();
        List<String> own = ((TargetColumn.Classes) column).classes();
        return rows.stream()
                .mapToInt(row -> names.indexOf(own.get((int) column.get(row, 0))))
                .toArray();
    }

    private double macroF1(int[] truth) {
        int classes = matrix.columns();
        int[] right = new int[classes];
        int[] named = new int[classes]; // labelled plus predicted: 2 tp + fp + fn
        for (int i = 0; i < truth.length; i++) {
            int predicted = matrix.greatest(rows.get(i));
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
        if (objective().task().kind() instanceof Task.Kind.Binary) {
            return auc(truth, objective().positiveIndex());
        }
        return IntStream.range(0, matrix.columns())
                .mapToDouble(c -> auc(truth, c))
                .filter(area -> !Double.isNaN(area))
                .average()
                .orElse(Double.NaN);
    }

    private double auc(int[] truth, int positive) {
        double[] scores = new double[truth.length];
        boolean[] isPositive = new boolean[truth.length];
        for (int i = 0; i < truth.length; i++) {
            scores[i] = matrix.get(rows.get(i), positive);
            isPositive[i] = truth[i] == positive;
        }
        return Ranking.auc(scores, isPositive);
    }
}
