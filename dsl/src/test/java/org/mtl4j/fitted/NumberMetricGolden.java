package org.mtl4j.fitted;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.data.TargetColumn;
import org.mtl4j.golden.GoldenFile;
import org.mtl4j.golden.Runner;
import org.mtl4j.golden.Tensors;
import org.mtl4j.task.Objective;
import org.mtl4j.task.Task;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.Prediction;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.baseline.DummyRegressionTrainer;
import tools.jackson.databind.JsonNode;

/** Metrics of numbers, depths, normals and next tokens against those of scikit-learn, numpy and torch. */
public final class NumberMetricGolden implements Runner {

    private static final Set<String> NAMES = Set.of("Regression", "Depth", "Normals", "Perplexity");

    @Override
    public boolean knows(GoldenFile file) {
        return file.schema().equals("mtl-golden/metrics/1") && NAMES.contains(file.name());
    }

    @Override
    public void check(JsonNode each) {
        if (each.has("perplexity")) {
            perplexity(each);
        } else if (each.has("rel_error")) {
            depth(each);
        } else if (each.has("median")) {
            normals(each);
        } else {
            regression(each);
        }
    }

    private static void regression(JsonNode each) {
        double[] target = Tensors.values(each.path("target"));
        double[] pred = Tensors.values(each.path("pred"));
        Task<Regressor> task = Task.named("y").regression();
        MultiTaskData data = MultiTaskData.dense(new double[target.length][1]).target(task, target);
        SimpleDataSourceProvenance source = new SimpleDataSourceProvenance("golden", new RegressionFactory());
        MutableDataset<Regressor> rows = new MutableDataset<>(source, new RegressionFactory());
        List<Prediction<Regressor>> predictions = new ArrayList<>();
        for (int i = 0; i < target.length; i++) {
            String name = data.target("y") instanceof TargetColumn.Reals reals
                    ? reals.dimensions().get(0)
                    : "y";
            Example<Regressor> example =
                    new ArrayExample<>(new Regressor(name, target[i]), new String[] {"x0"}, new double[] {1});
            rows.add(example);
            predictions.add(new Prediction<>(new Regressor(name, pred[i]), 1, example));
        }
        Model<Regressor> model = DummyRegressionTrainer.createMeanTrainer().train(rows);
        Objective objective = Objective.bind(task, data);
        Matrix matrix = Matrix.of("y", pred.length, 1, Tensors.floats(pred));
        TaskScores scores = Comparison.scores(objective, model, predictions, matrix, data, source);
        ClassMetricGolden.close("rmse", scores.value(Metric.RMSE), each);
        ClassMetricGolden.close("mae", scores.value(Metric.MAE), each);
        ClassMetricGolden.close("r2", scores.value(Metric.R2), each);
        ClassMetricGolden.close("mse", Math.pow(scores.value(Metric.RMSE), 2), each);
    }

    private static void depth(JsonNode each) {
        double[] target = Tensors.values(each.path("target"));
        double[] pred = Tensors.values(each.path("pred"));
        DepthErrors errors = new DepthErrors();
        for (int i = 0; i < target.length; i++) {
            errors.add(pred[i], target[i]);
        }
        ClassMetricGolden.close("abs_error", errors.absolute(), each);
        ClassMetricGolden.close("rel_error", errors.relative(), each);
        ClassMetricGolden.close("rmse", errors.rmse(), each);
        ClassMetricGolden.close("rmse_log", errors.rmseLog(), each);
        ClassMetricGolden.close("delta_1.25", errors.within(1), each);
        ClassMetricGolden.close("delta_1.25^2", errors.within(2), each);
        ClassMetricGolden.close("delta_1.25^3", errors.within(3), each);
    }

    private static void normals(JsonNode each) {
        NormalErrors errors = new NormalErrors();
        for (int n = 0; n < each.path("target").size(); n++) {
            double[] target = Tensors.values(each.path("target").path(n));
            double[] pred = Tensors.values(each.path("pred").path(n));
            int pixels = target.length / 3;
            for (int p = 0; p < pixels; p++) {
                errors.add(
                        new double[] {pred[p], pred[pixels + p], pred[2 * pixels + p]},
                        new double[] {target[p], target[pixels + p], target[2 * pixels + p]});
            }
        }
        assertThat(errors.pixels()).isEqualTo(each.path("valid_pixels").asInt());
        ClassMetricGolden.close("mean", errors.mean(), each);
        ClassMetricGolden.close("median", errors.median(), each);
        ClassMetricGolden.close("within_11.25", errors.within(11.25), each);
        ClassMetricGolden.close("within_22.5", errors.within(22.5), each);
        ClassMetricGolden.close("within_30", errors.within(30), each);
    }

    private static void perplexity(JsonNode each) {
        double[] logits = Tensors.values(each.path("logits"));
        double[] target = Tensors.values(each.path("target"));
        int k = logits.length / target.length;
        Perplexity perplexity = new Perplexity();
        for (int t = 0; t < target.length; t++) {
            if (target[t] != each.path("ignore_index").asDouble()) {
                perplexity.add(logits, t * k, k, (int) target[t]);
            }
        }
        ClassMetricGolden.close("perplexity", perplexity.value(), each);
        ClassMetricGolden.close("mean_nll", perplexity.meanNats(), each);
    }
}
