package org.mtl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.mtl4j.Mtl.ablate;
import static org.mtl4j.Mtl.adam;
import static org.mtl4j.Mtl.autoLambda;
import static org.mtl4j.Mtl.baseline;
import static org.mtl4j.Mtl.equal;
import static org.mtl4j.Mtl.fixed;
import static org.mtl4j.Mtl.hard;
import static org.mtl4j.Mtl.importance;
import static org.mtl4j.Mtl.krum;
import static org.mtl4j.Mtl.mlp;
import static org.mtl4j.Mtl.pcgrad;
import static org.mtl4j.Mtl.projectOut;
import static org.mtl4j.Mtl.single;
import static org.mtl4j.Mtl.soft;
import static org.mtl4j.Mtl.trimmedMean;
import static org.mtl4j.Mtl.uncertainty;
import static org.mtl4j.Toys.CASUAL;
import static org.mtl4j.Toys.RAIN;
import static org.mtl4j.Toys.REGISTERED;

import java.util.List;
import java.util.stream.IntStream;
import org.dflib.DataFrame;
import org.junit.jupiter.api.Test;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.data.Split;
import org.mtl4j.data.TargetColumn;
import org.mtl4j.fitted.Metric;
import org.mtl4j.study.Estimate;
import org.tribuo.math.optimisers.AdaGrad;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.sgd.linear.LinearSGDTrainer;
import org.tribuo.regression.sgd.objectives.SquaredLoss;

/** A study over combinations of tasks: what it trains, and that its trainings are those a user would write. */
class AblationTest {

    private static final Recipe RECIPE = hard(mlp(8))
            .tasks(CASUAL.weight(2), REGISTERED, RAIN)
            .optimise(adam(1e-2))
            .epochs(4)
            .batch(32)
            .seed(7);

    /** The main test score of a task in the one trial of a study that matches. */
    private static double score(DataFrame trials, String kind, String subset, String balance, String column) {
        DataFrame found = trials.rows(row -> row.get("kind", String.class).equals(kind)
                        && row.get("subset", String.class).equals(subset)
                        && row.get("balance", String.class).equals(balance))
                .select();
        assertThat(found.height()).isEqualTo(1);
        return found.<Double>getColumn(column).get(0);
    }

    @Test
    void each_training_is_the_one_that_a_user_would_write() {
        Split split = Toys.split();
        DataFrame trials = ablate(RECIPE)
                .subsets()
                .balance(equal(), uncertainty(), pcgrad())
                .seeds(1)
                .sameSplit()
                .run(split)
                .trials();
        Run pair = hard(mlp(8))
                .tasks(CASUAL.weight(2), RAIN)
                .balance(pcgrad())
                .optimise(adam(1e-2))
                .epochs(4)
                .batch(32)
                .seed(7)
                .fit(split);
        assertThat(score(trials, "joint", "casual + rain", "pcgrad()", "casual R2"))
                .isEqualTo(pair.test().value(CASUAL, Metric.R2));
        assertThat(score(trials, "joint", "casual + rain", "pcgrad()", "rain AUC"))
                .isEqualTo(pair.test().value(RAIN, Metric.AUC));
        assertThat(score(trials, "joint", "casual + rain", "pcgrad()", "registered R2"))
                .isNaN();
        Run all = RECIPE.balance(uncertainty()).fit(split);
        assertThat(score(trials, "joint", "casual + registered + rain", "uncertainty()", "registered R2"))
                .isEqualTo(all.test().value(REGISTERED, Metric.R2));
    }

    @Test
    void trainings_on_missing_labels_take_the_labelled_rows_and_the_steps_of_the_whole_recipe() {
        Split split = Bits.split();
        DataFrame trials =
                ablate(RECIPE).pairs().seeds(1).sameSplit().run(split).trials();
        Recipe pair = hard(mlp(8))
                .tasks(CASUAL.weight(2), RAIN)
                .optimise(adam(1e-2))
                .batch(32)
                .seed(7);
        Split labelled = labelled(split, "casual", "rain");
        assertThat(labelled.train().rows()).isBetween(100, 139);
        Run joint = pair.steps(20).fit(labelled); // 140 rows in batches of 32, 4 epochs
        assertThat(score(trials, "joint", "casual + rain", "equal()", "casual R2"))
                .isEqualTo(joint.test().value(CASUAL, Metric.R2));
        Run alone = single(mlp(8))
                .tasks(RAIN)
                .optimise(adam(1e-2))
                .batch(32)
                .steps(20)
                .seed(7)
                .fit(labelled(split, "rain"));
        assertThat(score(trials, "single-task", "rain", "equal()", "rain AUC"))
                .isEqualTo(alone.test().value(RAIN, Metric.AUC));
    }

    @Test
    void the_bits_do_not_depend_on_the_workers() {
        Ablation study = ablate(RECIPE)
                .subsets()
                .balance(equal(), pcgrad())
                .labels(RAIN, 20, 60)
                .seeds(2);
        AblationResult one = study.workers(1).run(Bits.split());
        AblationResult two = study.workers(2).run(Bits.split());
        DataFrame alone = one.trials();
        DataFrame beside = two.trials();
        for (String column : alone.getColumnsIndex()) {
            if (!column.equals("seconds")) {
                assertThat(beside.getColumn(column).toList())
                        .as(column)
                        .isEqualTo(alone.getColumn(column).toList());
            }
        }
        assertThat(two.table().getColumn("difference").toList())
                .isEqualTo(one.table().getColumn("difference").toList());
    }

    @Test
    void seeds_redraw_the_split_unless_told_not_to() {
        Split split = Toys.split();
        DataFrame trials = ablate(RECIPE).seeds(2).run(split).trials();
        for (long seed : new long[] {7, 8}) {
            Run run = RECIPE.seed(seed).fit(split.redraw(seed));
            assertThat(trials.rows(row -> row.get("kind").equals("joint")
                                    && row.get("seed").equals(seed))
                            .select()
                            .<Double>getColumn("casual R2")
                            .toList())
                    .containsExactly(run.test().value(CASUAL, Metric.R2));
        }
        DataFrame same = ablate(RECIPE).seeds(2).sameSplit().run(split).trials();
        assertThat(same.rows(row -> row.get("kind").equals("joint")
                                && row.get("seed").equals(8L))
                        .select()
                        .<Double>getColumn("casual R2")
                        .toList())
                .containsExactly(RECIPE.seed(8).fit(split).test().value(CASUAL, Metric.R2));
    }

    @Test
    void fewer_labels_are_those_of_the_split() {
        DataFrame trials = ablate(RECIPE)
                .subset(CASUAL, REGISTERED)
                .labels(CASUAL, 40)
                .seeds(1)
                .run(Toys.split())
                .trials();
        Run run = hard(mlp(8))
                .tasks(CASUAL.weight(2), REGISTERED)
                .optimise(adam(1e-2))
                .epochs(4)
                .batch(32)
                .seed(7)
                .fit(Toys.split().labels(CASUAL, 40));
        assertThat(score(trials, "joint", "casual + registered", "equal()", "casual R2"))
                .isEqualTo(run.test().value(CASUAL, Metric.R2));
    }

    @Test
    void each_cell_and_each_baseline_takes_the_rate_with_the_best_mean_criterion() {
        Ablation study = ablate(RECIPE).seeds(2).rates(1e-9, 1e-2);
        AblationResult both = study.run(Toys.split());
        AblationResult good = study.rates(1e-2).run(Toys.split());
        assertThat(both.trials().height()).isEqualTo(2 * good.trials().height());
        assertThat(both.table().getColumn("difference").toList())
                .isEqualTo(good.table().getColumn("difference").toList());
        assertThat(both.table().<Double>getColumn("rate").toList()).containsOnly(1e-2);
        assertThat(both.toString())
                .contains("Learning rate of each cell and baseline from 0.000000001, 0.01, by the mean validation"
                        + " criterion over seeds.");
    }

    @Test
    void the_mean_sum_of_weights_stands_in_both_tables() {
        AblationResult result = ablate(RECIPE)
                .pairs()
                .balance(equal(), fixed().with(CASUAL, 1).with(REGISTERED, 2).with(RAIN, 3))
                .seeds(1)
                .run(Toys.split());
        assertThat(result.table()
                        .rows(row -> row.get("task").equals("rain"))
                        .select()
                        .<Double>getColumn("sum of weights")
                        .toList())
                .containsExactly(2.0, 4.0, 2.0, 5.0);
    }

    @Test
    void methods_for_a_main_task_or_for_many_tasks_are_left_out_where_these_are_not_trained() {
        Ablation study = ablate(RECIPE)
                .subsets()
                .balance(equal(), projectOut(RAIN), autoLambda(CASUAL, RAIN), trimmedMean(1), krum(0, 2))
                .withoutTunedFixed()
                .seeds(1);
        assertThat(study.toString()).endsWith("""
                        19 trainings: (16 cells and 3 single-task baselines) x 1 seed x 1 learning rate.
                        3 cells left out: a gradient method where nothing is shared.
                        13 cells left out: a method whose main task is not trained, or that takes more tasks.
                        3 cells left out: equal weights on one task, which is the single-task baseline itself.""");
    }

    @Test
    void declaring_prints_the_line_and_counts_what_it_trains_and_what_it_leaves_out() {
        Ablation study = ablate(RECIPE)
                .subsets()
                .sharing(hard(mlp(8)), single(mlp(8)))
                .balance(equal(), uncertainty(), pcgrad())
                .withoutTunedFixed()
                .labels(RAIN, 20, 60)
                .seeds(5)
                .rates(1e-3, 1e-2);
        assertThat(study.toString()).isEqualTo("""
                ablate(recipe).subsets().sharing(hard(mlp(8)), single(mlp(8))).balance(equal(), uncertainty(), pcgrad())\
                .withoutTunedFixed().labels(rain, 20, 60).seeds(5).rates(0.001, 0.01)
                470 trainings: (43 cells and 4 single-task baselines) x 5 seeds x 2 learning rates.
                20 cells left out: a gradient method where nothing is shared.
                12 cells left out: equal weights on one task, which is the single-task baseline itself.
                9 cells left out: fewer labels of a task that is not trained, which change nothing.""");
        assertThat(study.trainings()).isEqualTo(470);
        assertThat(study.toHtml()).startsWith("<pre>ablate(recipe)");
    }

    @Test
    void the_result_prints_each_task_in_each_cell_the_greatest_gain_first() {
        AblationResult result = ablate(RECIPE)
                .pairs()
                .balance(equal(), pcgrad())
                .withoutTunedFixed()
                .seeds(2)
                .run(Toys.split());
        List<String> lines = result.toString().lines().toList();
        assertThat(lines.get(0)).isEqualTo("Each combination against single-task training");
        assertThat(lines.subList(2, 6)).allMatch(line -> line.startsWith("casual "));
        assertThat(lines.subList(10, 14)).allMatch(line -> line.startsWith("rain "));
        assertThat(result.toString())
                .contains("casual + rain, pcgrad()", "n = 2, unless a row says otherwise")
                .containsPattern("18 trainings, [0-9.]+ s of training in all; seeds 7, 8\\.")
                .contains("The intervals cover new split, initialisation and order; each stands alone: not adjusted for"
                        + " the 12 comparisons.")
                .contains("Learning rate 0.01 throughout, not tuned: .table() has the mean sum of weights, which scales"
                        + " the step.");
        assertThat(result.toHtml()).contains("<table", "casual + rain");
    }

    @Test
    void a_long_result_shows_the_ends_of_each_task_and_says_so() {
        AblationResult result = ablate(RECIPE.epochs(1))
                .subsets()
                .balance(equal(), uncertainty(), pcgrad())
                .labels(RAIN, 20, 30, 40)
                .seeds(1)
                .run(Toys.split());
        int rows = result.table().height();
        assertThat(rows).isGreaterThan(40);
        assertThat(result.toString())
                .contains(
                        "Of " + rows + " rows, those with the greatest and the least differences of each task: .table()"
                                + " has all.");
        assertThat(result.toString().lines().filter(line -> line.startsWith("rain ")))
                .hasSize(12);
    }

    @Test
    void an_estimate_says_how_long_and_how_it_knows() {
        Estimate estimate = ablate(RECIPE).pairs().seeds(2).workers(2).estimate(Toys.split());
        assertThat(estimate.trainings()).isEqualTo(12);
        assertThat(estimate.each()).isPositive();
        assertThat(estimate.total()).isEqualTo(estimate.each().multipliedBy(6));
        assertThat(estimate.toString())
                .matches(
                        "About [0-9,]+ (second|minute)s? for 12 trainings on 2 workers: [0-9.]+ s each, from 50 steps and a"
                                + " validation pass of 4 of them\\.");
    }

    @Test
    void a_control_stands_in_the_same_tables_as_the_nets() {
        LinearSGDTrainer linear = new LinearSGDTrainer(new SquaredLoss(), new AdaGrad(0.1), 5, 1L);
        Baseline<Regressor> control = baseline(CASUAL, linear);
        Ablation study = ablate(RECIPE).baseline(control).labels(CASUAL, 40, 80).seeds(2);
        assertThat(study).hasToString("""
                        ablate(recipe).labels(casual, 40, 80).baseline(baseline(casual, LinearSGDTrainer)).seeds(2)
                        16 trainings: (2 cells and 4 single-task baselines) x 2 seeds x 1 learning rate, and 2 controls x 2 seeds.""");
        AblationResult result = study.run(Toys.split());
        DataFrame controls =
                result.trials().rows(row -> row.get("kind").equals("control")).select();
        assertThat(controls.<String>getColumn("subset").toList()).containsOnly("casual");
        assertThat(controls.<String>getColumn("sharing").toList()).containsOnly("baseline(casual, LinearSGDTrainer)");
        assertThat(controls.<String>getColumn("status").toList()).containsOnly("done");
        BaselineRun<Regressor> alone = control.fit(Toys.split().redraw(7).labels(CASUAL, 40));
        assertThat(controls.<Double>getColumn("casual R2").get(0))
                .isEqualTo(alone.test().value(CASUAL, Metric.R2));
        DataFrame row = result.table()
                .rows(each ->
                        each.get("balance").equals("-") && each.get("labels").equals("40 of casual"))
                .select();
        assertThat(row.height()).isEqualTo(1);
        assertThat(row.<Double>getColumn("difference").get(0))
                .isCloseTo(
                        row.<Double>getColumn("value").get(0)
                                - row.<Double>getColumn("single").get(0),
                        within(1e-12));
        assertThat(result.toString()).contains("casual, baseline(casual, LinearSGDTrainer), 40 of casual");
        assertThat(result.scarcity(CASUAL).numbers().curves()).hasSize(1);
        assertThat(result.conflict().numbers().points()).hasSize(6);
    }

    @Test
    void balancers_keyed_by_task_take_a_subsets_own_entries_and_soft_sharing_its_place() {
        DataFrame trials = ablate(RECIPE)
                .pairs()
                .sharing(hard(mlp(8)), soft(mlp(8)).l2(1e-3))
                .balance(importance(CASUAL, 1).with(REGISTERED, 2).with(RAIN, 3), pcgrad())
                .seeds(1)
                .sameSplit()
                .run(Toys.split())
                .trials();
        DataFrame tied = trials.rows(row -> row.get("subset").equals("casual + rain")
                        && row.get("sharing").toString().startsWith("soft"))
                .select();
        assertThat(tied.height()).isEqualTo(1); // pcgrad() has nothing to balance there
        Run run = soft(mlp(8))
                .l2(1e-3)
                .tasks(CASUAL.weight(2), RAIN)
                .balance(importance(CASUAL, 1).with(RAIN, 3))
                .optimise(adam(1e-2))
                .epochs(4)
                .batch(32)
                .seed(7)
                .fit(Toys.split());
        assertThat(tied.<Double>getColumn("rain AUC").get(0))
                .isEqualTo(run.test().value(RAIN, Metric.AUC));
    }

    private static Split labelled(Split split, String... targets) {
        MultiTaskData train = split.train();
        int[] rows = IntStream.range(0, train.rows())
                .filter(row -> {
                    boolean any = false;
                    for (String target : targets) {
                        TargetColumn column = train.target(target);
                        any |= column.isLabelled(row);
                    }
                    return any;
                })
                .toArray();
        return Split.of(train.select(rows), split.validation(), split.test());
    }
}
