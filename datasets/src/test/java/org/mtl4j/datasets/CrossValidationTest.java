package org.mtl4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mtl4j.Mtl.adam;
import static org.mtl4j.Mtl.hard;
import static org.mtl4j.Mtl.mlp;
import static org.mtl4j.Mtl.task;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mtl4j.Recipe;
import org.mtl4j.data.TribuoExamples;
import org.mtl4j.task.Task;
import org.tribuo.classification.Label;
import org.tribuo.classification.evaluation.LabelEvaluator;
import org.tribuo.evaluation.CrossValidation;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.evaluation.RegressionEvaluator;

/** Tribuo's cross-validation of a recipe on the data sets that ship: players of FIFA, and two overlapping digits. */
class CrossValidationTest {

    private static final Task<Regressor> VALUE = task("value").regression();
    private static final Task<Regressor> WAGE = task("wage").regression();
    private static final Task<Label> LEFT = task("left").classes(10);
    private static final Task<Label> RIGHT = task("right").classes(10);

    private static Recipe recipe(Task<?>... tasks) {
        return hard(mlp(64))
                .tasks(tasks)
                .optimise(adam(3e-3))
                .epochs(12)
                .batch(64)
                .seed(7);
    }

    private static List<Double> values() {
        var rows = Datasets.fifa().train().select(IntStream.range(0, 1500).toArray());
        return new CrossValidation<>(
                        recipe(VALUE, WAGE).trainer(VALUE),
                        TribuoExamples.dataset(rows, VALUE, WAGE),
                        new RegressionEvaluator(),
                        5)
                .evaluate().stream().map(fold -> fold.getA().averageR2()).toList();
    }

    @Test
    void values_are_predicted_in_every_fold_and_equally_for_equal_seeds() {
        List<Double> folds = values();
        assertThat(folds).hasSize(5).allSatisfy(r2 -> assertThat(r2).isBetween(0.6, 1.0));
        assertThat(values()).isEqualTo(folds);
    }

    @Test
    void a_digit_is_told_in_every_fold() {
        var rows = Datasets.multiMnist(12, 1200, 10, 10).train();
        List<Double> folds = new CrossValidation<>(
                        recipe(LEFT, RIGHT).trainer(LEFT),
                        TribuoExamples.dataset(rows, LEFT, RIGHT),
                        new LabelEvaluator(),
                        5)
                .evaluate().stream().map(fold -> fold.getA().accuracy()).toList();
        assertThat(folds).hasSize(5).allSatisfy(accuracy -> assertThat(accuracy).isGreaterThan(0.5)); // chance is 0.1
    }
}
