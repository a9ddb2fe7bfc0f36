package org.mtl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.mtl4j.Mtl.adam;
import static org.mtl4j.Mtl.baseline;
import static org.mtl4j.Mtl.binaryCrossEntropy;
import static org.mtl4j.Mtl.coral;
import static org.mtl4j.Mtl.crossEntropy;
import static org.mtl4j.Mtl.focal;
import static org.mtl4j.Mtl.hard;
import static org.mtl4j.Mtl.marginRanking;
import static org.mtl4j.Mtl.mlp;
import static org.mtl4j.Mtl.pcgrad;
import static org.mtl4j.Mtl.task;
import static org.mtl4j.Mtl.uncertainty;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.data.Split;
import org.mtl4j.data.TribuoExamples;
import org.mtl4j.fitted.Metric;
import org.mtl4j.fitted.Net;
import org.mtl4j.fitted.Predictions;
import org.mtl4j.task.Task;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tribuo.Model;
import org.tribuo.classification.Label;
import org.tribuo.classification.evaluation.LabelEvaluator;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.baseline.DummyRegressionTrainer;

/** Ordered classes, quantiles and rankings from the data to the scores and back from a file. */
class OrderedTasksTest {

    private static final Task<Label> GRADE = task("grade").ordinal("poor", "fair", "good", "great");
    private static final Task<Regressor> PRICE = task("price").quantiles(0.1, 0.5, 0.9);
    private static final Task<Regressor> RELEVANCE = task("relevance").ranking("query");

    /** Hotels: the grade, the price with a spread that depends on a feature, the relevance within 10 queries. */
    private static MultiTaskData hotels(int rows, long seed) {
        Random random = new Random(seed);
        double[][] x = new double[rows][4];
        String[] grade = new String[rows];
        double[] price = new double[rows];
        double[] relevance = new double[rows];
        String[] query = new String[rows];
        List<String> order = List.of("poor", "fair", "good", "great");
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < 4; c++) {
                x[r][c] = random.nextGaussian();
            }
            double quality = x[r][0] + 0.5 * x[r][1] + 0.2 * random.nextGaussian();
            grade[r] = order.get(quality < -1 ? 0 : quality < 0 ? 1 : quality < 1 ? 2 : 3);
            price[r] = 100 + 30 * x[r][0] + 10 * random.nextGaussian();
            int group = random.nextInt(10);
            query[r] = "q" + group;
            relevance[r] = Math.round(2 * x[r][2]) + 100.0 * group; // comparable within a query only
        }
        return MultiTaskData.dense(x)
                .target(GRADE, grade)
                .target(PRICE, price)
                .target(RELEVANCE, relevance)
                .group("query", Arrays.asList(query));
    }

    private static final Split SPLIT = hotels(900, 1).split(0.7, 0.15, 0.15).seed(3);
    private static final Recipe RECIPE = hard(mlp(32))
            .tasks(GRADE, PRICE, RELEVANCE)
            .balance(pcgrad())
            .optimise(adam(5e-3))
            .epochs(50)
            .batch(64)
            .seed(7);
    private static final Run RUN = RECIPE.fit(SPLIT);

    @Test
    void ordered_classes_are_learned_and_judged_by_the_steps_between_them() {
        assertThat(RUN.test().value(GRADE, Metric.ACCURACY)).isGreaterThan(0.75);
        assertThat(RUN.test().value(GRADE, Metric.STEPS)).isLessThan(0.25);
        assertThat(RUN.test().value(GRADE, Metric.KAPPA)).isGreaterThan(0.85);
        assertThat(RUN.test().main(GRADE).metric()).isEqualTo(Metric.KAPPA);
        assertThat(RUN.toString())
                .contains("steps off", "quadratic kappa", "pinball loss", "coverage", "Kendall's tau");
    }

    @Test
    void the_thresholds_are_learned_and_the_median_is_what_coral_predicts() {
        double[] thresholds = RUN.net().parameter("head.grade.thresholds").toRows()[0];
        assertThat(thresholds).hasSize(3).doesNotContain(0.0);
        assertThat(thresholds[0]).isGreaterThan(thresholds[1]);
        assertThat(thresholds[1]).isGreaterThan(thresholds[2]);
        Predictions predictions = RUN.predict(SPLIT.test());
        double[][] p = predictions.probabilities(GRADE);
        for (int r = 0; r < p.length; r++) {
            assertThat(Arrays.stream(p[r]).sum()).isCloseTo(1, within(1e-6));
            int above = 0;
            for (int k = 0; k < 3; k++) {
                above += Arrays.stream(p[r], k + 1, 4).sum() > 0.5 ? 1 : 0;
            }
            assertThat(predictions.labels(GRADE).get(r))
                    .isEqualTo(predictions.columns("grade").get(above));
        }
        assertThat(predictions.columns("grade")).containsExactly("poor", "fair", "good", "great");
    }

    @Test
    void tribuos_evaluator_agrees_on_ordered_classes() {
        Model<Label> model = RUN.model(GRADE);
        double accuracy = new LabelEvaluator()
                .evaluate(model, TribuoExamples.dataset(SPLIT.test(), GRADE))
                .accuracy();
        assertThat(RUN.test().value(GRADE, Metric.ACCURACY)).isCloseTo(accuracy, within(1e-12));
    }

    @Test
    void quantiles_are_in_the_targets_unit_and_cover_what_they_say() {
        assertThat(RUN.test().value(PRICE, Metric.COVERAGE)).isBetween(0.65, 0.92);
        assertThat(RUN.test().value(PRICE, Metric.PINBALL)).isBetween(1.5, 4.0);
        double[][] numbers = RUN.predict(SPLIT.test()).numbers(PRICE);
        double[] median = Arrays.stream(numbers).mapToDouble(row -> row[1]).toArray();
        assertThat(Arrays.stream(median).average().orElse(0)).isBetween(90.0, 110.0);
        assertThat(RUN.predict(SPLIT.test()).toString()).contains("price q0.1", "price q0.5", "price q0.9");
    }

    @Test
    void a_ranking_orders_the_rows_within_a_group() {
        assertThat(RUN.test().value(RELEVANCE, Metric.PAIRS)).isGreaterThan(0.9);
        assertThat(RUN.test().value(RELEVANCE, Metric.KENDALL)).isGreaterThan(0.7);
        Task<Regressor> all = task("relevance").ranking();
        Run blind = hard(mlp(32))
                .tasks(all)
                .optimise(adam(5e-3))
                .epochs(10)
                .batch(64)
                .seed(7)
                .fit(SPLIT);
        assertThat(blind.test().value(all, Metric.PAIRS)).isLessThan(0.7); // the query, which it cannot see, decides
    }

    @Test
    void a_file_keeps_all_of_it(@TempDir Path folder) {
        Path file = folder.resolve("hotels.net");
        RUN.save(file.toString());
        Net loaded = Net.load(file);
        assertThat(loaded).isEqualTo(RUN.net());
        assertThat(loaded.predict(SPLIT.test())).isEqualTo(RUN.predict(SPLIT.test()));
        assertThat(loaded.objectives()).isEqualTo(RUN.net().objectives());
    }

    @Test
    void a_tribuo_file_keeps_ordered_classes(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("grade.tribuo");
        RUN.model(GRADE).serializeToFile(file);
        Model<?> loaded = Model.deserializeFromFile(file);
        assertThat(loaded.castModel(Label.class)
                        .predict(TribuoExamples.dataset(SPLIT.test(), GRADE))
                        .get(0)
                        .getOutput()
                        .getLabel())
                .isEqualTo(RUN.predict(SPLIT.test()).labels(GRADE).get(0));
    }

    @Test
    void the_exported_graph_gives_the_same_answers() {
        double[][] x = new double[SPLIT.test().rows()][4];
        for (int r = 0; r < x.length; r++) {
            for (int c = 0; c < 4; c++) {
                x[r][c] = SPLIT.test().input("features").get(r, c);
            }
        }
        Map<String, INDArray> found = RUN.sameDiff()
                .output(
                        Map.of("features", Nd4j.createFromArray(x).castTo(DataType.FLOAT)),
                        List.of("grade", "price", "relevance"));
        Predictions predictions = RUN.predict(SPLIT.test());
        for (Task<?> each : List.of(GRADE, PRICE, RELEVANCE)) {
            assertThat(Objects.requireNonNull(found.get(each.name())).distance2(predictions.of(each)))
                    .isLessThan(1e-4 * (1 + predictions.of(each).norm2Number().doubleValue()));
        }
    }

    @Test
    void same_seed_same_bits() {
        assertThat(RECIPE.fit(SPLIT).net().parameters()).isEqualTo(RUN.net().parameters());
    }

    @Test
    void a_loss_trains_its_own_parameters_under_weights_that_are_learned_too() {
        Run run = RECIPE.balance(uncertainty()).epochs(5).fit(SPLIT);
        assertThat(run.net().parameter("head.grade.thresholds").toRows()[0]).doesNotContain(0.0);
    }

    @Test
    void numbers_need_no_order_to_be_named() {
        MultiTaskData data = stars(200);
        Task<Label> stars = task("stars").ordinal();
        Run run = hard(mlp(16))
                .tasks(stars)
                .optimise(adam(1e-2))
                .epochs(10)
                .batch(32)
                .seed(1)
                .fit(data.split(0.7, 0.15, 0.15).seed(2));
        assertThat(run.predict(data).columns("stars")).containsExactly("2", "9", "10");
        assertThat(run.test().value(stars, Metric.KAPPA)).isGreaterThan(0.5);
    }

    private static MultiTaskData stars(int rows) {
        Random random = new Random(5);
        double[][] x = new double[rows][1];
        IntStream.range(0, rows).forEach(r -> x[r][0] = random.nextGaussian());
        String[] stars = Arrays.stream(x)
                .map(row -> row[0] < -0.5 ? "2" : row[0] < 0.5 ? "9" : "10")
                .toArray(String[]::new);
        return MultiTaskData.dense(x).target(task("stars").ordinal(), stars);
    }

    @Test
    void a_class_that_the_order_lacks_and_a_group_that_is_not_there_are_errors() {
        assertThatThrownBy(() ->
                        only(task("grade").ordinal("poor", "fair", "good")).fit(SPLIT))
                .hasMessage(
                        "Task 'grade': column 'grade' holds class 'great', which the order [poor, fair, good] lacks.\n"
                                + "Name it in its place, or drop the rows with it.");
        assertThatThrownBy(() -> only(task("grade").ordinal()).fit(SPLIT))
                .hasMessage(
                        "Task 'grade': the classes [fair, good, great, poor] are not all numbers, so their order is not known.\n"
                                + "Name them from the least to the greatest: task(\"grade\").ordinal(\"fair\", \"good\", \"great\", \"poor\").");
        assertThatThrownBy(() -> only(task("relevance").ranking("day")).fit(SPLIT))
                .hasMessage("Task 'relevance': the data have no group column 'day'.\n"
                        + "Give it with data.group(\"day\", keys); there are [query].");
        assertThatThrownBy(() -> only(GRADE.loss(coral().importance(1, 2))).fit(SPLIT))
                .hasMessage("Task 'grade': 2 factors of importance for the 3 steps between [poor, fair, good, great].\n"
                        + "Give one factor per step.");
        assertThatThrownBy(() ->
                        only(task("grade").classes().loss(focal(2).alpha(0.5))).fit(SPLIT))
                .hasMessage("Task 'grade': focal(2.0).alpha(0.5) has 1 factors, but classes() takes 4.\n"
                        + "Give one factor per class, in the order [fair, good, great, poor].");
    }

    private static Recipe only(Task<?> task) {
        return hard(mlp(4)).tasks(task).optimise(adam(1e-2)).epochs(1).batch(32).seed(1);
    }

    @Test
    void a_control_of_quantiles_is_an_error_and_one_of_a_ranking_is_chance() {
        assertThatThrownBy(() -> baseline(PRICE, DummyRegressionTrainer.createMeanTrainer()))
                .hasMessage(
                        "baseline(): task(\"price\").quantiles(0.1, 0.5, 0.9) predicts quantiles, which no trainer of Tribuo's does.\n"
                                + "Take task(\"price\").regression() for a control.");
        var control =
                baseline(RELEVANCE, DummyRegressionTrainer.createMeanTrainer()).fit(SPLIT);
        assertThat(control.test().value(RELEVANCE, Metric.PAIRS)).isEqualTo(0.5);
    }

    @Test
    void a_score_that_tribuo_has_no_evaluation_for_says_so() {
        assertThatThrownBy(() -> RUN.test().regressionEvaluation(PRICE))
                .hasMessage(
                        "Task 'price': Tribuo has no evaluation of task(\"price\").quantiles(0.1, 0.5, 0.9) on the test part.\n"
                                + "Ask for its scores: value(task, metric).");
    }

    @Test
    void rare_classes_have_weights_smoothing_and_focal_losses() {
        Task<Label> classes = task("grade").classes();
        Task<Label> weighted =
                classes.loss(crossEntropy().classWeights(1, 1, 3, 3).labelSmoothing(0.1));
        Task<Label> focused = classes.loss(focal(2).alpha(1, 1, 2, 2));
        for (Task<Label> each : List.of(weighted, focused)) {
            Run run = only(each).epochs(15).fit(SPLIT);
            assertThat(run.test().value(each, Metric.ACCURACY))
                    .as(each.toString())
                    .isGreaterThan(0.7);
        }
        assertThat(task("a").binary().loss(binaryCrossEntropy().positiveWeight(3)))
                .asString()
                .contains("positiveWeight(3.0)");
        assertThat(task("relevance").ranking().loss(marginRanking(0.2)))
                .hasToString("task(\"relevance\").ranking().loss(marginRanking(0.2))");
    }
}
