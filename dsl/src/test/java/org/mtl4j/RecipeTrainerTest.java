package org.mtl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mtl4j.Mtl.adam;
import static org.mtl4j.Mtl.hard;
import static org.mtl4j.Mtl.mlp;
import static org.mtl4j.Mtl.task;
import static org.mtl4j.Toys.CASUAL;
import static org.mtl4j.Toys.RAIN;
import static org.mtl4j.Toys.REGISTERED;

import com.oracle.labs.mlrg.olcut.provenance.primitives.IntProvenance;
import com.oracle.labs.mlrg.olcut.util.Pair;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.data.Holdout;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.data.Split;
import org.mtl4j.data.TribuoExamples;
import org.mtl4j.fitted.TaskModel;
import org.tribuo.Dataset;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.Trainer;
import org.tribuo.classification.Label;
import org.tribuo.classification.ensemble.VotingCombiner;
import org.tribuo.classification.evaluation.LabelEvaluation;
import org.tribuo.classification.evaluation.LabelEvaluator;
import org.tribuo.ensemble.BaggingTrainer;
import org.tribuo.ensemble.EnsembleModel;
import org.tribuo.evaluation.CrossValidation;
import org.tribuo.provenance.ModelProvenance;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.evaluation.RegressionEvaluation;
import org.tribuo.regression.evaluation.RegressionEvaluator;

/** A recipe under Tribuo: its folds, its counts, its provenance. */
class RecipeTrainerTest {

    private static final Recipe RECIPE = hard(mlp(12))
            .tasks(CASUAL, RAIN)
            .optimise(adam(1e-2))
            .epochs(20)
            .batch(32)
            .seed(7);
    private static final MultiTaskData ROWS = Toys.rows(240, 0.9, 5);

    private static MutableDataset<Label> rain() {
        return TribuoExamples.dataset(ROWS, RAIN, CASUAL);
    }

    private static List<Pair<LabelEvaluation, Model<Label>>> rainFolds() {
        return new CrossValidation<>(RECIPE.trainer(RAIN), rain(), new LabelEvaluator(), 5, 3).evaluate();
    }

    @Test
    void tribuos_cross_validation_trains_a_class_task_well_and_equally_for_equal_seeds() {
        List<Pair<LabelEvaluation, Model<Label>>> folds = rainFolds();
        assertThat(folds)
                .hasSize(5)
                .allSatisfy(fold ->
                        assertThat(fold.getA().accuracy()).isGreaterThan(0.8)); // half of the rows are of each class
        assertThat(folds)
                .extracting(fold -> String.valueOf(fold.getB()
                        .getProvenance()
                        .getTrainerProvenance()
                        .getInstanceValues()
                        .get("train-invocation-count")))
                .containsExactly("0", "1", "2", "3", "4");
        List<Pair<LabelEvaluation, Model<Label>>> again = rainFolds();
        for (int k = 0; k < 5; k++) {
            assertThat(net(again.get(k).getB())).isEqualTo(net(folds.get(k).getB()));
            assertThat(again.get(k).getA().accuracy())
                    .isEqualTo(folds.get(k).getA().accuracy());
        }
        assertThat(net(folds.get(0).getB())).isNotEqualTo(net(folds.get(1).getB()));
    }

    /** The parameters of the net that the model is a task of. */
    private static Object net(Model<?> model) {
        return ((TaskModel<?>) model).net().parameters();
    }

    @Test
    void tribuos_cross_validation_trains_a_regression_well() {
        MutableDataset<Regressor> casual = TribuoExamples.dataset(ROWS, CASUAL, RAIN);
        List<Pair<RegressionEvaluation, Model<Regressor>>> folds =
                new CrossValidation<>(RECIPE.trainer(CASUAL), casual, new RegressionEvaluator(), 5, 3).evaluate();
        assertThat(folds)
                .hasSize(5)
                .allSatisfy(fold -> assertThat(fold.getA().averageR2()).isGreaterThan(0.8));
    }

    @Test
    void the_same_rows_give_the_same_bits_through_both_ways() {
        TaskModel<Label> ours = RECIPE.trainer(RAIN).validation(0.2).train(rain());
        Holdout parts = Holdout.of(TribuoExamples.of(RAIN, rain(), CASUAL).join(), 0.2, 7);
        Run run = RECIPE.fit(Split.of(parts.kept(), parts.heldOut(), parts.heldOut()));
        assertThat(ours.net().parameters()).isEqualTo(run.net().parameters());
        assertThat(ours.predict(rain())).hasSameSizeAs(rain());
        assertThat(ours.net().predict(ROWS)).isEqualTo(run.predict(ROWS));
    }

    @Test
    void the_count_of_trainings_chooses_the_seed() {
        Trainer<Label> trainer = RECIPE.trainer(RAIN);
        assertThat(trainer.getInvocationCount()).isZero();
        Object first = net(trainer.train(rain()));
        Object second = net(trainer.train(rain()));
        assertThat(trainer.getInvocationCount()).isEqualTo(2);
        assertThat(second).isNotEqualTo(first);
        assertThat(net(RECIPE.seed(8).trainer(RAIN).train(rain()))).isEqualTo(second);
        assertThat(net(trainer.train(rain(), Map.of(), 0))).isEqualTo(first);
        trainer.setInvocationCount(1);
        assertThat(net(trainer.train(rain()))).isEqualTo(second);
        assertThat(trainer.getInvocationCount()).isEqualTo(2);
        assertThatThrownBy(() -> trainer.setInvocationCount(-1))
                .hasMessage("setInvocationCount(-1): it is a number of trainings, at least 0.\n"
                        + "Give the count that the model's provenance names.");
    }

    @Test
    void other_rows_teach_the_other_tasks_and_their_labels_of_this_task_are_not_looked_at() {
        Dataset<Regressor> casual = TribuoExamples.dataset(ROWS, CASUAL);
        MultiTaskData others = Toys.rows(100, 1, 11);
        TaskModel<Regressor> model = RECIPE.trainer(CASUAL).with(others).train(casual);
        assertThat(model.net().objectives()).hasSize(2);
        double[] wrong = new double[100];
        MultiTaskData changed = MultiTaskData.of(
                        Map.of("features", others.input("features")), List.of(others.target("rain")))
                .target(CASUAL, wrong);
        assertThat(net(RECIPE.trainer(CASUAL).with(changed).train(casual))).isEqualTo(net(model));
        MultiTaskData half = others.select(IntStream.range(0, 50).toArray());
        assertThat(net(RECIPE.trainer(CASUAL).with(half).train(casual))).isNotEqualTo(net(model));
    }

    @Test
    void features_are_matched_by_name() {
        Dataset<Regressor> casual = TribuoExamples.dataset(ROWS, CASUAL);
        MultiTaskData wider = MultiTaskData.dense(new double[][] {{1, 2, 3, 4, 5}, {5, 4, 3, 2, 1}, {0, 1, 0, 1, 0}})
                .target(RAIN, new String[] {"wet", "dry", "dry"});
        TaskModel<Regressor> model = RECIPE.trainer(CASUAL).with(wider).train(casual);
        assertThat(model.net().features()).containsExactly("x0", "x1", "x2", "x3", "x4");
    }

    @Test
    void a_models_provenance_names_recipe_seed_data_and_run(@TempDir Path folder) throws IOException {
        RecipeTrainer<Label> trainer = RECIPE.trainer(RAIN);
        trainer.setInvocationCount(2);
        MutableDataset<Label> set = rain();
        TaskModel<Label> model = trainer.train(set, Map.of("fold", new IntProvenance("fold", 4)));
        ModelProvenance provenance = model.getProvenance();
        assertThat(provenance.toString())
                .contains("hard(mlp(12))", ".seed(9)", "task(\"rain\").binary()", "fold", "train-invocation-count");
        assertThat(provenance.getDatasetProvenance()).isEqualTo(set.getProvenance());
        Path file = folder.resolve("rain.tribuo");
        model.serializeToFile(file);
        Model<?> back = Model.deserializeFromFile(file);
        assertThat(back.getProvenance()).isEqualTo(provenance);
        assertThat(back.castModel(Label.class).predict(rain().getExample(0)).getOutput())
                .isEqualTo(model.predict(rain().getExample(0)).getOutput());
    }

    @Test
    void a_task_without_labels_anywhere_is_an_error_that_says_what_to_do() {
        Dataset<Label> bare = TribuoExamples.dataset(ROWS, RAIN);
        assertThatThrownBy(() -> RECIPE.trainer(RAIN).train(bare))
                .hasMessage(
                        "Task 'casual': none of the %d examples has a label of it in its metadata, and the recipe learns it beside 'rain'.\n"
                                        .formatted(bare.size())
                                + "Make the data set with TribuoExamples.dataset(data, casual, rain), add rows that carry the label with .with(data), or take a recipe without the task.");
        assertThat(hard(mlp(4)).tasks(RAIN).epochs(1).trainer(RAIN).train(bare).task())
                .isEqualTo(RAIN);
    }

    @Test
    void what_does_not_fit_the_recipe_is_an_error() {
        assertThatThrownBy(() -> RECIPE.trainer(REGISTERED))
                .hasMessage("trainer(): 'registered' is no task of the recipe.\nThe tasks are [casual, rain].");
        assertThatThrownBy(() -> RECIPE.trainer(task("rain").regression()))
                .hasMessage(
                        "trainer(): the recipe has 'rain' as task(\"rain\").binary(), not as task(\"rain\").regression().\n"
                                + "Ask for the task as the recipe has it.");
        assertThatThrownBy(() -> RECIPE.trainer(RAIN)
                        .with(MultiTaskData.dense(new double[][] {{1}}).target(RAIN, new String[] {"wet"})))
                .hasMessage(
                        "with(data): its targets are [rain], none of which is another task of the recipe; those are casual.\n"
                                + "Give rows that carry a label of one of them.");
        assertThatThrownBy(() -> RECIPE.trainer(RAIN).validation(1))
                .hasMessage("validation(1.0): it is a share of the rows above 0 and below 1.\n"
                        + "Give a part of them: validation(0.15).");
    }

    @Test
    void tribuos_bagging_makes_an_ensemble_of_it() {
        MutableDataset<Label> set = rain();
        Model<Label> bagged = new BaggingTrainer<>(RECIPE.trainer(RAIN), new VotingCombiner(), 3).train(set);
        assertThat(new LabelEvaluator().evaluate(bagged, set).accuracy()).isGreaterThan(0.85);
        assertThat(((EnsembleModel<Label>) bagged).getModels())
                .extracting(RecipeTrainerTest::net)
                .doesNotHaveDuplicates()
                .hasSize(3);
    }

    @Test
    void an_interrupted_training_is_no_model() {
        RecipeTrainer<Label> trainer = RECIPE.trainer(RAIN);
        Dataset<Label> rain = rain();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> trainer.train(rain))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "The training of 'rain' was interrupted in epoch 1, and Tribuo takes whole trainings only.\n"
                                + "Call it again; recipe.fit(split) keeps what an interrupted training has learned.");
    }

    @Test
    void it_prints_as_the_lines_that_make_it() {
        RecipeTrainer<Label> trainer = RECIPE.trainer(RAIN).with(ROWS).validation(0.3);
        assertThat(trainer.toString()).endsWith(".trainer(task(\"rain\").binary()).with(data).validation(0.3)");
        assertThat(trainer.toHtml()).startsWith("<pre>hard(mlp(12))");
    }
}
