package org.mtl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.mtl4j.Mtl.adam;
import static org.mtl4j.Mtl.baseline;
import static org.mtl4j.Mtl.hard;
import static org.mtl4j.Mtl.mlp;
import static org.mtl4j.Mtl.task;
import static org.mtl4j.Toys.CASUAL;
import static org.mtl4j.Toys.RAIN;

import com.oracle.labs.mlrg.olcut.provenance.Provenance;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.data.Split;
import org.mtl4j.data.Standardisation;
import org.mtl4j.data.TribuoExamples;
import org.mtl4j.fitted.Metric;
import org.mtl4j.fitted.Score;
import org.mtl4j.task.Task;
import org.tribuo.Dataset;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.Output;
import org.tribuo.Trainer;
import org.tribuo.classification.Label;
import org.tribuo.classification.dtree.CARTClassificationTrainer;
import org.tribuo.classification.ensemble.VotingCombiner;
import org.tribuo.classification.evaluation.LabelEvaluation;
import org.tribuo.classification.evaluation.LabelEvaluator;
import org.tribuo.classification.sgd.linear.LogisticRegressionTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.common.tree.RandomForestTrainer;
import org.tribuo.ensemble.BaggingTrainer;
import org.tribuo.math.optimisers.AdaGrad;
import org.tribuo.math.optimisers.Adam;
import org.tribuo.provenance.TrainerProvenance;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.ensemble.AveragingCombiner;
import org.tribuo.regression.rtree.CARTRegressionTrainer;
import org.tribuo.regression.rtree.impurity.MeanSquaredError;
import org.tribuo.regression.sgd.linear.LinearSGDTrainer;
import org.tribuo.regression.sgd.objectives.SquaredLoss;

/** Tribuo's trainers as controls: the rows that they see, the code that judges them, and what they must not be. */
class BaselineTest {

    private static final Split SPLIT =
            Toys.rows(400, 0.8, 3).split(0.7, 0.15, 0.15).seed(7);

    private static Trainer<Label> forest() {
        return new RandomForestTrainer<>(new CARTClassificationTrainer(6, 0.7f, 1), new VotingCombiner(), 20);
    }

    private static Trainer<Regressor> regressionForest() {
        return new RandomForestTrainer<>(
                new CARTRegressionTrainer(8, 2, 0, 0.7f, false, new MeanSquaredError(), 1),
                new AveragingCombiner(),
                20);
    }

    @Test
    void logistic_regression_is_judged_as_tribuo_judges_it() {
        Baseline<Label> logistic = baseline(RAIN, new LogisticRegressionTrainer());
        BaselineRun<Label> control = logistic.fit(SPLIT);
        MultiTaskData standard = Standardisation.fit(SPLIT.train()).apply(SPLIT.train());
        MutableDataset<Label> train = TribuoExamples.dataset(standard, RAIN);
        MutableDataset<Label> test =
                TribuoExamples.dataset(control.standardisation().apply(SPLIT.test()), RAIN);
        LabelEvaluation evaluation = new LabelEvaluator().evaluate(new LogisticRegressionTrainer().train(train), test);
        assertThat(control.test().value(RAIN, Metric.ACCURACY)).isEqualTo(evaluation.accuracy());
        assertThat(control.test().value(RAIN, Metric.MACRO_F1)).isCloseTo(evaluation.macroAveragedF1(), within(1e-12));
        assertThat(control.test().value(RAIN, Metric.AUC)).isCloseTo(evaluation.AUCROC(new Label("wet")), within(1e-9));
        assertThat(control.test().task(RAIN).labelled()).isEqualTo(test.size());
        assertThat(control.mainScores())
                .containsExactly(new Score("rain", Metric.AUC, control.test().value(RAIN, Metric.AUC)));
        assertThat(control.test().value(RAIN, Metric.AUC)).isGreaterThan(0.9);
        assertThat(control.model().predict(test).get(0).getOutput())
                .isEqualTo(control.test()
                        .labelEvaluation(RAIN)
                        .getPredictions()
                        .get(0)
                        .getOutput());
    }

    @Test
    void a_regression_is_standardised_and_scored_in_its_own_unit() {
        Trainer<Regressor> linear = new LinearSGDTrainer(new SquaredLoss(), new AdaGrad(0.1), 20, 1);
        BaselineRun<Regressor> control = baseline(CASUAL, linear).fit(SPLIT); // casual is linear, noise 0.3 around it
        assertThat(control.test().value(CASUAL, Metric.R2)).isGreaterThan(0.99);
        assertThat(control.test().value(CASUAL, Metric.RMSE)).isBetween(0.2, 1.0);
        assertThat(control.test().regressionEvaluation(CASUAL).averageRMSE())
                .isEqualTo(control.test().value(CASUAL, Metric.RMSE));
        assertThat(control.mainScores()).extracting(Score::metric).containsExactly(Metric.R2);
        BaselineRun<Regressor> trees = baseline(CASUAL, regressionForest()).fit(SPLIT);
        assertThat(trees.test().value(CASUAL, Metric.R2)).isBetween(0.7, 0.99);
    }

    @Test
    void the_table_is_a_runs() {
        BaselineRun<Label> control = baseline(RAIN, forest()).fit(SPLIT);
        Run run = hard(mlp(8)).tasks(RAIN).optimise(adam(1e-2)).epochs(2).fit(SPLIT);
        assertThat(control.toString().lines().limit(2).toList())
                .isEqualTo(run.toString().lines().limit(2).toList());
        assertThat(control.toString())
                .contains("baseline(task(\"rain\").binary(), RandomForestTrainer), on the "
                        + SPLIT.train().target("rain").labelled() + " training rows with a label, standardised")
                .doesNotContain("Warning");
        assertThat(control.toHtml()).contains("<table", "rain");
        assertThat(control.baseline()).hasToString("baseline(task(\"rain\").binary(), RandomForestTrainer)");
    }

    @Test
    void equal_splits_give_equal_scores_whatever_the_trainer_trained_before() {
        Baseline<Label> forest = baseline(RAIN, forest());
        String first = forest.fit(SPLIT).toString();
        forest.fit(SPLIT.redraw(8));
        forest.trainer().train(TribuoExamples.dataset(SPLIT.train(), RAIN));
        assertThat(forest.fit(SPLIT)).hasToString(first);
        List<String> beside = IntStream.range(0, 8)
                .parallel()
                .mapToObj(i -> forest.fit(SPLIT).toString())
                .toList();
        assertThat(beside).containsOnly(first);
        assertThat(forest.fit(SPLIT, 1).toString()).isNotEqualTo(first);
    }

    @Test
    void rows_without_a_label_are_not_learned_from() {
        Split few = SPLIT.labels(RAIN, 30);
        BaselineRun<Label> control = baseline(RAIN, forest()).fit(few);
        assertThat(control.model().getProvenance().getDatasetProvenance().getNumExamples())
                .isEqualTo(30);
    }

    @Test
    void a_recipe_is_a_trainer_too() {
        RecipeTrainer<Label> net =
                hard(mlp(8)).tasks(RAIN).optimise(adam(1e-2)).epochs(5).trainer(RAIN);
        BaselineRun<Label> control = baseline(RAIN, net).fit(SPLIT);
        assertThat(control.test().value(RAIN, Metric.AUC)).isGreaterThan(0.8);
    }

    @Test
    void tribuos_adam_brings_a_warning() {
        var adam = new org.tribuo.classification.sgd.linear.LinearSGDTrainer(new LogMulticlass(), new Adam(), 2, 1);
        String warning =
                "Warning: this trainer steps with Tribuo 4.3.2's Adam, which multiplies by the root of the second"
                        + " moment where Adam divides by it: take AdaGrad instead.";
        assertThat(baseline(RAIN, adam).fit(SPLIT).toString()).contains(warning);
        Trainer<Label> bagged = new BaggingTrainer<>(adam, new VotingCombiner(), 2);
        assertThat(baseline(RAIN, bagged).fit(SPLIT).toString()).contains(warning);
    }

    @Test
    @SuppressWarnings({"unchecked", "rawtypes"})
    void a_trainer_of_another_type_of_output_is_an_error_that_names_both() {
        assertThatThrownBy(() -> baseline((Task) CASUAL, new LogisticRegressionTrainer()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "baseline(): LogisticRegressionTrainer trains on Label, but task(\"casual\").regression() is a task of Regressor.\n"
                                + "Give a Trainer<Regressor>.");
        assertThatThrownBy(() -> baseline((Task) RAIN, regressionForest()))
                .hasMessage(
                        "baseline(): RandomForestTrainer trains on Regressor, but task(\"rain\").binary() is a task of Label.\n"
                                + "Give a Trainer<Label>.");
    }

    /** A trainer whose classes do not tell its type of output, as one of a notebook cell may be. */
    private record Opaque<T extends Output<T>>(Trainer<T> inner) implements Trainer<T> {
        @Override
        public Model<T> train(Dataset<T> examples, Map<String, Provenance> run) {
            return inner.train(examples, run);
        }

        @Override
        public int getInvocationCount() {
            return inner.getInvocationCount();
        }

        @Override
        public void setInvocationCount(int count) {
            inner.setInvocationCount(count);
        }

        @Override
        public TrainerProvenance getProvenance() {
            return inner.getProvenance();
        }
    }

    @Test
    @SuppressWarnings({"unchecked", "rawtypes"})
    void a_trainer_that_does_not_tell_its_type_is_found_out_by_training() {
        Baseline<?> raw = baseline((Task) CASUAL, new Opaque(new LogisticRegressionTrainer()));
        assertThatThrownBy(() -> raw.fit(SPLIT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "baseline(): Opaque trains on another type of output, but task(\"casual\").regression() is a task of Regressor.\n"
                                + "Give a Trainer<Regressor>.");
        Baseline<Label> right = baseline(RAIN, new Opaque<>(new LogisticRegressionTrainer()));
        String first = right.fit(SPLIT).test().toString();
        assertThat(right.fit(SPLIT).test()).hasToString(first);
    }

    @Test
    void data_that_lack_the_task_or_its_labels_are_errors() {
        assertThatThrownBy(() -> baseline(task("rein").binary(), forest()).fit(SPLIT))
                .hasMessage("Task 'rein': the data have no target of this name.\n"
                        + "Did you mean 'rain'? Their targets are casual, registered, rain.");
        MultiTaskData bare = Toys.rows(40, 0, 1);
        assertThatThrownBy(() -> baseline(CASUAL, regressionForest()).fit(Split.of(bare, bare, bare)))
                .hasMessage(
                        "Task 'casual': none of the 40 training rows carries a label, so there is nothing to learn from.\n"
                                + "Leave the task out, or split so that labelled rows reach the training part.");
    }
}
