package org.mtl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.mtl4j.Mtl.adam;
import static org.mtl4j.Mtl.baseline;
import static org.mtl4j.Mtl.hard;
import static org.mtl4j.Mtl.mlp;
import static org.mtl4j.Mtl.mse;
import static org.mtl4j.Mtl.multiLabelCrossEntropy;
import static org.mtl4j.Mtl.pcgrad;
import static org.mtl4j.Mtl.task;

import com.oracle.labs.mlrg.olcut.util.Pair;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.data.Input;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.data.Split;
import org.mtl4j.data.TribuoExamples;
import org.mtl4j.fitted.Metric;
import org.mtl4j.fitted.Net;
import org.mtl4j.fitted.Predictions;
import org.mtl4j.fitted.Score;
import org.mtl4j.fitted.Scores;
import org.mtl4j.fitted.TaskModel;
import org.mtl4j.task.Task;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tribuo.Model;
import org.tribuo.Prediction;
import org.tribuo.classification.sgd.linear.LogisticRegressionTrainer;
import org.tribuo.evaluation.CrossValidation;
import org.tribuo.math.optimisers.AdaGrad;
import org.tribuo.multilabel.MultiLabel;
import org.tribuo.multilabel.baseline.IndependentMultiLabelTrainer;
import org.tribuo.multilabel.evaluation.MultiLabelEvaluation;
import org.tribuo.multilabel.evaluation.MultiLabelEvaluator;
import org.tribuo.multilabel.sgd.linear.LinearSGDTrainer;
import org.tribuo.multilabel.sgd.objectives.BinaryCrossEntropy;
import org.tribuo.regression.Regressor;

/** A task with any number of labels a row, from the data to Tribuo's evaluator and back from a file. */
class MultiLabelTest {

    private static final Task<MultiLabel> GENRES = task("genres").multiLabel();
    private static final Task<Regressor> LENGTH = task("length").regression();
    private static final List<String> LABELS = List.of("action", "drama", "war");

    /** Three labels that can be learned; each is unknown with this probability. */
    private static MultiTaskData films(int rows, double unknown, long seed) {
        Random random = new Random(seed);
        double[][] x = new double[rows][4];
        double[][] genres = new double[rows][3];
        double[] length = new double[rows];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < 4; c++) {
                x[r][c] = random.nextGaussian();
            }
            genres[r][0] = x[r][0] > 0.5 ? 1 : 0;
            genres[r][1] = x[r][1] + x[r][2] > 0 ? 1 : 0;
            genres[r][2] = x[r][3] > 1 ? 1 : 0;
            for (int l = 0; l < 3; l++) {
                genres[r][l] = random.nextDouble() < unknown ? Double.NaN : genres[r][l];
            }
            length[r] = 90 + 20 * x[r][0];
        }
        return MultiTaskData.dense(x).target(GENRES, LABELS, genres).target(LENGTH, length);
    }

    private static final Split SPLIT = films(400, 0, 1).split(0.7, 0.15, 0.15).seed(3);
    private static final Split MASKED =
            films(400, 0.4, 1).split(0.7, 0.15, 0.15).seed(3);
    private static final Recipe RECIPE = hard(mlp(16))
            .tasks(GENRES, LENGTH)
            .balance(pcgrad())
            .optimise(adam(1e-2))
            .epochs(25)
            .batch(32)
            .seed(7);
    private static final Run RUN = RECIPE.fit(SPLIT);

    @Test
    void it_is_learned_beside_another_task_and_judged_by_all_its_metrics() {
        assertThat(RUN.test().value(GENRES, Metric.AUC)).isGreaterThan(0.95);
        assertThat(RUN.test().value(GENRES, Metric.MICRO_F1)).isGreaterThan(0.8);
        assertThat(RUN.test().value(LENGTH, Metric.R2)).isGreaterThan(0.8);
        assertThat(RUN.toString()).contains("macro F1", "micro F1", "AUC", "genres");
        assertThat(RUN.mainScores())
                .element(0)
                .isEqualTo(new Score("genres", Metric.AUC, RUN.test().value(GENRES, Metric.AUC)));
        assertThat(RUN.losses().toSvg()).contains("genres");
    }

    @Test
    void tribuos_evaluator_agrees() {
        MultiLabelEvaluation evaluation =
                new MultiLabelEvaluator().evaluate(RUN.model(GENRES), TribuoExamples.dataset(SPLIT.test(), GENRES));
        assertThat(RUN.test().value(GENRES, Metric.MICRO_F1)).isCloseTo(evaluation.microAveragedF1(), within(1e-12));
        assertThat(RUN.test().value(GENRES, Metric.MACRO_F1)).isCloseTo(evaluation.macroAveragedF1(), within(1e-12));
        assertThat(RUN.test().multiLabelEvaluation(GENRES).balancedErrorRate())
                .isEqualTo(evaluation.balancedErrorRate());
    }

    @Test
    void a_prediction_holds_a_probability_per_label_and_the_labels_above_a_half() {
        Predictions all = RUN.predict(SPLIT.test());
        List<Prediction<MultiLabel>> tribuo =
                RUN.model(GENRES).predict(TribuoExamples.unlabelled(SPLIT.test(), GENRES));
        assertThat(all.columns("genres")).isEqualTo(LABELS);
        for (int r = 0; r < all.rows(); r++) {
            double[] p = all.probabilities(GENRES)[r];
            assertThat(tribuo.get(r).getOutput().getNameSet())
                    .containsExactlyInAnyOrderElementsOf(all.labelSets(GENRES).get(r));
            for (int l = 0; l < 3; l++) {
                assertThat(p[l]).isBetween(0.0, 1.0);
                assertThat(all.labelSets(GENRES).get(r).contains(LABELS.get(l))).isEqualTo(p[l] > 0.5);
                assertThat(tribuo.get(r).getOutputScores()).containsKey(LABELS.get(l));
            }
        }
        assertThat(tribuo.get(0).hasProbabilities()).isTrue();
        assertThat(all.toString()).contains("genres", "length");
        assertThatThrownBy(() -> all.labels(GENRES))
                .hasMessage("Task 'genres' predicts any number of labels a row, not one class.\n"
                        + "Ask for labelSets(\"genres\") or probabilities(\"genres\").");
        assertThatThrownBy(() -> all.labelSets(LENGTH))
                .hasMessage("Task 'length' predicts no sets of labels.\nAsk for numbers(\"length\").");
    }

    @Test
    void unknown_labels_are_neither_learned_nor_judged() {
        Run masked = RECIPE.fit(MASKED);
        assertThat(masked.test().value(GENRES, Metric.AUC)).isGreaterThan(0.9);
        assertThat(masked.test().task(GENRES).labelled())
                .isEqualTo(MASKED.test().target("genres").labelled());
        // what stands where a label is unknown cannot be told from the result
        int complete = TribuoExamples.dataset(MASKED.test(), GENRES).size();
        assertThat(masked.test().multiLabelEvaluation(GENRES).getPredictions()).hasSize(complete);
        MultiTaskData none = films(40, 1, 2);
        assertThatThrownBy(() -> RECIPE.fit(Split.of(none, none, none)))
                .hasMessage(
                        "Task 'genres': none of the 40 training rows carries a label, so there is nothing to learn from.\n"
                                + "Leave the task out, or split so that labelled rows reach the training part.");
    }

    @Test
    void scores_count_the_known_labels_only() {
        MultiTaskData rows = SPLIT.test();
        List<List<String>> said = RUN.predict(rows).labelSets(GENRES);
        double[][] truth = new double[rows.rows()][3];
        for (int r = 0; r < truth.length; r++) {
            for (int l = 0; l < 3; l++) {
                boolean right = (r + l) % 4 != 0; // every fourth answer is wrong, and not known to be
                truth[r][l] = right ? said.get(r).contains(LABELS.get(l)) ? 1 : 0 : Double.NaN;
            }
        }
        MultiTaskData judged = MultiTaskData.of(Map.of("features", rows.input("features")), List.of())
                .target(GENRES, LABELS, truth);
        var scores = Scores.of(RUN.net(), judged, "judged");
        assertThat(scores.value(GENRES, Metric.MICRO_F1)).isEqualTo(1);
        assertThat(scores.value(GENRES, Metric.MACRO_F1)).isEqualTo(1);
        assertThat(scores.value(GENRES, Metric.AUC)).isEqualTo(1);
    }

    @Test
    void a_saved_net_and_a_saved_model_load_with_the_same_bits(@TempDir Path folder) throws IOException {
        Path net = folder.resolve("net");
        RUN.net().save(net);
        assertThat(Net.load(net)).isEqualTo(RUN.net());
        assertThat(Net.load(net).predict(SPLIT.test())).isEqualTo(RUN.predict(SPLIT.test()));
        Path file = folder.resolve("model");
        TaskModel<MultiLabel> model = RUN.net().model(GENRES);
        model.serializeToFile(file);
        Model<MultiLabel> back = Model.deserializeFromFile(file).castModel(MultiLabel.class);
        var examples = TribuoExamples.dataset(SPLIT.test(), GENRES);
        assertThat(back.predict(examples).get(3).getOutput())
                .isEqualTo(model.predict(examples).get(3).getOutput());
        assertThat(back.getOutputIDInfo().getDomain()).hasSize(3);
    }

    @Test
    void a_net_knows_its_own_weights_per_label_when_it_is_loaded(@TempDir Path folder) {
        Task<MultiLabel> weighed = GENRES.loss(multiLabelCrossEntropy().positiveWeights(1, 2, 4));
        Run run = hard(mlp(4)).tasks(weighed).epochs(1).fit(SPLIT);
        run.save(folder.resolve("net").toString());
        assertThat(Net.load(folder.resolve("net")).objectives().get(0).task()).isEqualTo(weighed);
        assertThat(weighed)
                .hasToString(
                        "task(\"genres\").multiLabel().loss(multiLabelCrossEntropy().positiveWeights(1.0, 2.0, 4.0))");
        Task<MultiLabel> two = GENRES.loss(multiLabelCrossEntropy().positiveWeights(1, 2));
        assertThatThrownBy(() -> hard(mlp(4)).tasks(two).fit(SPLIT))
                .hasMessage("Task 'genres': 2 positive weights for 3 labels.\n"
                        + "Give one weight per label, in the order [action, drama, war].");
        assertThatThrownBy(() -> GENRES.loss(mse()))
                .hasMessage("Task 'genres': mse() does not fit multiLabel().\n"
                        + "It takes multiLabelCrossEntropy(), focal(2) or a loss of your own.");
    }

    @Test
    void tribuo_trains_a_baseline_of_it_and_cross_validates_the_recipe() {
        var linear = new LinearSGDTrainer(new BinaryCrossEntropy(), new AdaGrad(0.5), 10, 1);
        BaselineRun<MultiLabel> control = baseline(GENRES, linear).fit(MASKED);
        assertThat(control.test().value(GENRES, Metric.AUC)).isGreaterThan(0.9);
        assertThat(control.test().task(GENRES).labelled())
                .isEqualTo(MASKED.test().target("genres").labelled());
        var set = TribuoExamples.dataset(films(200, 0, 5), GENRES, LENGTH);
        List<Pair<MultiLabelEvaluation, Model<MultiLabel>>> folds =
                new CrossValidation<>(RECIPE.trainer(GENRES), set, new MultiLabelEvaluator(), 3, 1).evaluate();
        assertThat(folds)
                .hasSize(3)
                .allSatisfy(fold -> assertThat(fold.getA().microAveragedF1()).isGreaterThan(0.7));
    }

    @Test
    void a_loss_of_ones_own_takes_rows_of_which_all_labels_are_known() {
        Task<MultiLabel> own = GENRES.loss(Mtl.loss("hinge", (sd, predictions, targets) -> {
            var signs = targets.mul(2).sub(1);
            return sd.nn().relu(signs.mul(predictions).neg().add(1), 0).mean();
        }));
        assertThat(hard(mlp(16))
                        .tasks(own)
                        .optimise(adam(1e-2))
                        .epochs(10)
                        .fit(SPLIT)
                        .test()
                        .value(own, Metric.MICRO_F1))
                .isGreaterThan(0.7);
        assertThatThrownBy(() -> hard(mlp(4)).tasks(own).fit(MASKED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching(
                        "(?s)Task 'genres': loss\\(\"hinge\"\\) takes rows of which all labels are known, but row \\d+ has unknown ones\\.\n"
                                + "Leave such rows unlabelled, or take multiLabelCrossEntropy\\(\\), which leaves unknown labels out\\.");
    }

    @Test
    void its_samediff_graph_puts_out_the_same_probabilities() {
        double[][] x = new double[SPLIT.test().rows()][4];
        Input.Dense input = (Input.Dense) SPLIT.test().input("features");
        for (int r = 0; r < x.length; r++) {
            for (int c = 0; c < 4; c++) {
                x[r][c] = input.get(r, c);
            }
        }
        INDArray features = Nd4j.create(x).castTo(DataType.FLOAT);
        INDArray genres = RUN.sameDiff().outputSingle(Map.of("features", features), "genres");
        float[] expected = RUN.predict(SPLIT.test()).matrix(GENRES).toArray();
        assertThat(genres.dup('c').data().asFloat()).containsExactly(expected, within(1e-5f));
    }

    @Test
    void a_model_without_scores_has_no_area() {
        var sets = new IndependentMultiLabelTrainer(new LogisticRegressionTrainer());
        BaselineRun<MultiLabel> control = baseline(GENRES, sets).fit(SPLIT);
        assertThat(control.test().value(GENRES, Metric.AUC)).isNaN();
        assertThat(control.test().value(GENRES, Metric.MICRO_F1)).isGreaterThan(0.8);
        assertThat(control.toString())
                .contains("AUC is not defined: the model names its classes or labels without scores");
    }

    @Test
    void a_recipe_that_has_met_no_data_prints_how_many_outputs_it_will_have() {
        assertThat(RECIPE.toString()).contains("task(\"genres\").multiLabel()", "labels");
    }
}
