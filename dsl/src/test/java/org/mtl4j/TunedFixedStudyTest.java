package org.mtl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mtl4j.Mtl.ablate;
import static org.mtl4j.Mtl.adam;
import static org.mtl4j.Mtl.equal;
import static org.mtl4j.Mtl.fixed;
import static org.mtl4j.Mtl.hard;
import static org.mtl4j.Mtl.importance;
import static org.mtl4j.Mtl.mlp;
import static org.mtl4j.Mtl.pcgrad;
import static org.mtl4j.Mtl.single;
import static org.mtl4j.Mtl.tunedFixed;
import static org.mtl4j.Mtl.uncertainty;
import static org.mtl4j.Toys.CASUAL;
import static org.mtl4j.Toys.RAIN;
import static org.mtl4j.Toys.REGISTERED;

import java.time.Duration;
import java.util.List;
import org.dflib.DataFrame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mtl4j.measure.DeltaMs;
import org.mtl4j.measure.Scarcity;
import org.mtl4j.train.Listening;
import org.mtl4j.train.TrialListener;

/** Tuned fixed weights in a study: the control beside its methods. */
class TunedFixedStudyTest {

    private static final Recipe TWO = hard(mlp(8))
            .tasks(CASUAL.weight(2), RAIN)
            .optimise(adam(1e-2))
            .epochs(4)
            .batch(32)
            .seed(7);
    private static final Recipe THREE =
            hard(mlp(8)).tasks(CASUAL, REGISTERED, RAIN).epochs(1).seed(7);

    private static final List<String> WEIGHTS = List.of(
            "equal()",
            "fixed().with(\"casual\", 0.5).with(\"rain\", 1.5)",
            "fixed().with(\"casual\", 1.5).with(\"rain\", 0.5)");

    @AfterEach
    void silence() {
        Listening.install(Listening.SILENT);
        assertThat(Thread.interrupted()).isFalse();
    }

    private static DataFrame with(DataFrame frame, String column, Object value) {
        return frame.rows(row -> row.get(column).equals(value)).select();
    }

    private static DataFrame of(DataFrame trials, String weights, double rate) {
        DataFrame joint = trials.rows(row -> !row.get("kind").equals("single-task")
                        && row.get("balance").equals(weights)
                        && row.get("rate").equals(rate))
                .select();
        assertThat(joint.height()).isEqualTo(2);
        return joint;
    }

    private static double mean(DataFrame frame, String column) {
        return frame.<Double>getColumn(column).toList().stream()
                .mapToDouble(value -> value)
                .average()
                .orElseThrow();
    }

    @Test
    void beside_methods_it_is_the_candidate_and_the_rate_with_the_lowest_mean_criterion() {
        AblationResult result = ablate(TWO)
                .balance(equal(), pcgrad())
                .seeds(2)
                .rates(1e-3, 1e-2)
                .run(Toys.split());
        DataFrame trials = result.trials();
        double lowest = Double.POSITIVE_INFINITY;
        DataFrame best = trials;
        String chosen = "";
        for (String weights : WEIGHTS) {
            for (double rate : new double[] {1e-3, 1e-2}) {
                DataFrame candidate = of(trials, weights, rate);
                if (mean(candidate, "criterion") < lowest) {
                    lowest = mean(candidate, "criterion");
                    best = candidate;
                    chosen = weights;
                }
            }
        }
        DataFrame tuned = with(result.table(), "balance", "tunedFixed()");
        assertThat(tuned.<String>getColumn("chosen").toList()).containsExactly(chosen, chosen);
        assertThat(tuned.<Double>getColumn("value").toList())
                .containsExactly(mean(best, "casual R2"), mean(best, "rain AUC"));
        assertThat(tuned.<Double>getColumn("rate").toList())
                .containsOnly(best.<Double>getColumn("rate").get(0));
        assertThat(tuned.<Double>getColumn("sum of weights").toList()).containsOnly(2.0);
        assertThat(tuned.<Integer>getColumn("spent").toList()).containsOnly(3 * 2 * 2);
        DataFrame others = result.table()
                .rows(row -> !row.get("balance").equals("tunedFixed()"))
                .select();
        assertThat(others.<Integer>getColumn("spent").toList()).containsOnly(2 * 2);
        assertThat(others.<String>getColumn("chosen").toList()).containsOnly("");
        assertThat(with(trials, "kind", "candidate").height()).isEqualTo(2 * 2 * 2); // equal() is there anyway
        assertThat(result.deltaM().numbers().bars())
                .extracting(DeltaMs.Bar::name)
                .containsExactly("equal()", "pcgrad()", "tunedFixed()");
    }

    @Test
    void a_candidate_is_the_training_that_a_user_would_write() {
        DataFrame trials = ablate(TWO)
                .balance(pcgrad(), tunedFixed().grid(2))
                .seeds(1)
                .sameSplit()
                .run(Toys.split())
                .trials();
        double third = 2 / 3.0;
        Run run = TWO.balance(fixed(CASUAL, third).with(RAIN, 2 * third)).fit(Toys.split());
        DataFrame row = with(
                with(trials, "kind", "candidate"),
                "balance",
                fixed(CASUAL, third).with(RAIN, 2 * third).toString());
        assertThat(row.<Double>getColumn("casual R2").toList())
                .containsExactly(run.mainScores().get(0).value());
        assertThat(with(trials, "kind", "candidate")
                        .<String>getColumn("balance")
                        .toList())
                .hasSize(3)
                .first()
                .isEqualTo("equal()"); // the study does not name it
    }

    @Test
    void weights_that_the_study_names_are_not_trained_twice() {
        Ablation study = ablate(TWO)
                .balance(fixed(RAIN, 1.5).with(CASUAL, 0.5), uncertainty(), equal())
                .seeds(2);
        assertThat(study.trainings()).isEqualTo((3 + 1 + 2) * 2);
        DataFrame table = study.run(Toys.split()).table();
        assertThat(with(table, "balance", "tunedFixed()")
                        .<Integer>getColumn("spent")
                        .toList())
                .containsOnly(6);
    }

    @Test
    void the_table_says_what_was_chosen_what_was_spent_and_by_what() {
        AblationResult result = ablate(TWO).balance(equal(), pcgrad()).seeds(2).run(Toys.split());
        List<String> lines = result.toString().lines().toList();
        assertThat(lines.get(1)).endsWith("  delta-m %  spent");
        String row = lines.stream()
                .filter(line -> line.startsWith("casual  casual + rain, tunedFixed(): "))
                .findFirst()
                .orElseThrow();
        DataFrame tuned = with(result.table(), "balance", "tunedFixed()");
        int chosen = WEIGHTS.indexOf(tuned.<String>getColumn("chosen").get(0));
        assertThat(row)
                .contains(List.of(": equal weights ", ": casual 0.50, rain 1.50 ", ": casual 1.50, rain 0.50 ")
                        .get(chosen))
                .endsWith(" 6");
        assertThat(lines.stream().filter(line -> line.startsWith("rain    casual + rain, pcgrad() ")))
                .singleElement()
                .asString()
                .endsWith(" 2");
        assertThat(result.toString())
                .containsPattern("12 trainings, [0-9.]+ s of training in all; seeds 7, 8\\.")
                .contains(
                        "Spent: the trainings that a row was chosen from, over seeds, learning rates and candidates.\n"
                                + "tunedFixed(): of its candidates, each at every rate, the one with the lowest mean over seeds of"
                                + " the weighted sum of validation losses, in which a candidate's own weights have no part."
                                + " Weights sum to the number of tasks; equal ones are a candidate, of the trainings of equal()"
                                + " where it is there.");
        assertThat(result.toHtml()).contains("tunedFixed()");
    }

    @Test
    void the_bits_do_not_depend_on_the_workers() {
        Ablation study = ablate(THREE.epochs(2).batch(32))
                .subsets()
                .balance(equal(), uncertainty(), pcgrad())
                .labels(RAIN, 20)
                .seeds(2);
        AblationResult one = study.workers(1).run(Bits.split());
        AblationResult two = study.workers(2).run(Bits.split());
        for (String column : one.trials().getColumnsIndex()) {
            if (!column.equals("seconds")) {
                assertThat(two.trials().getColumn(column).toList())
                        .as(column)
                        .isEqualTo(one.trials().getColumn(column).toList());
            }
        }
        for (String column : List.of("value", "difference", "rate", "spent", "chosen")) {
            assertThat(two.table().getColumn(column).toList())
                    .as(column)
                    .isEqualTo(one.table().getColumn(column).toList());
        }
    }

    @Test
    void its_rows_answer_what_the_others_do() {
        AblationResult result = ablate(THREE)
                .pairs()
                .balance(equal(), uncertainty())
                .labels(RAIN, 20, 40)
                .seeds(1)
                .run(Toys.split());
        DataFrame own = with(result.table(), "balance", "tunedFixed()");
        double gain = own.rows(row -> row.get("subset").equals("casual + registered")
                        && row.get("task").equals("casual"))
                .select()
                .<Double>getColumn("difference")
                .get(0);
        assertThat(result.transfer(tunedFixed()).numbers().entries())
                .anySatisfy(entry -> assertThat(entry.gains()).containsExactly(gain));
        assertThat(result.scarcity(RAIN).numbers().curves())
                .extracting(Scarcity.Curve::name)
                .contains("with casual, tunedFixed()", "with registered, tunedFixed()");
        assertThat(own.<String>getColumn("labels").toList()).contains("all", "20 of rain", "40 of rain");
    }

    @Test
    void declaring_counts_its_candidates_and_leaves_out_what_has_nothing_to_tune() {
        Ablation study = ablate(THREE)
                .subsets()
                .sharing(hard(mlp(8)), single(mlp(8)))
                .balance(equal(), pcgrad())
                .seeds(2)
                .rates(1e-3, 1e-2);
        assertThat(study.toString()).isEqualTo("""
                ablate(recipe).subsets().sharing(hard(mlp(8)), single(mlp(8))).balance(equal(), pcgrad())\
                .seeds(2).rates(0.001, 0.01)
                96 trainings: (12 cells, 9 candidates for tunedFixed() and 3 single-task baselines) x 2 seeds x 2 learning rates.
                tunedFixed() in 4 cells, the best of 3 to 4 candidates each: equal weights, and others that sum to the number of tasks.
                10 cells left out: a gradient method where nothing is shared.
                6 cells left out: equal weights on one task, which is the single-task baseline itself.""");
        assertThat(study.trainings()).isEqualTo(96);
        assertThat(study.estimate(Toys.split()).trainings()).isEqualTo(96);
        assertThat(study.withoutTunedFixed().toString())
                .contains(".balance(equal(), pcgrad()).withoutTunedFixed().seeds(2)")
                .contains("\n60 trainings: (12 cells and 3 single-task baselines) x 2 seeds x 2 learning rates.\n")
                .doesNotContain("candidate");
        assertThat(study.balance(tunedFixed(), equal()).toString())
                .contains("6 cells left out: tuned fixed weights of one task, which has none to tune.");
    }

    @Test
    void it_joins_methods_alone_and_only_where_the_axis_is_named() {
        assertThat(ablate(THREE)
                        .balance(equal(), importance(RAIN, 1).with(CASUAL, 2).with(REGISTERED, 1)))
                .asString()
                .doesNotContain("tunedFixed");
        assertThat(ablate(THREE.balance(pcgrad())).subsets()).asString().doesNotContain("tunedFixed");
        assertThat(ablate(THREE.balance(equal())).balance(pcgrad()))
                .asString()
                .contains("(1 cell, 4 candidates for tunedFixed() and 3 single-task baselines)");
        assertThat(ablate(TWO).balance(pcgrad(), tunedFixed().grid(5)))
                .asString()
                .isEqualTo("""
                        ablate(recipe).balance(pcgrad(), tunedFixed().grid(5)).seeds(3)
                        24 trainings: (1 cell, 5 candidates for tunedFixed() and 2 single-task baselines) x 3 seeds x 1 learning rate.
                        tunedFixed() in 1 cell, the best of 5 candidates: equal weights, and others that sum to the number of tasks.""");
    }

    @Test
    void the_budget_counts_its_trainings_and_names_them() {
        Ablation study = ablate(TWO).balance(equal(), pcgrad()).seeds(2).budget(11);
        assertThatThrownBy(() -> study.run(Toys.split()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "ablate(): 12 trainings, 4 of them for tunedFixed(), are more than the budget of 11.\n"
                                + "Name fewer values on an axis, leave out that control with .withoutTunedFixed(), or allow them: .budget(12).");
        assertThat(study.withoutTunedFixed().trainings()).isEqualTo(8);
    }

    /** Interrupts the caller of a study when so many of its trainings are done. */
    private static AblationResult cut(Ablation study, int after) {
        Listening.install(new TrialListener() {
            @Override
            public void trial(String job, int done, int total, Duration remaining) {
                if (done == after) {
                    Thread.currentThread().interrupt();
                }
            }
        });
        return study.workers(1).run(Toys.split());
    }

    @Test
    void a_search_that_was_interrupted_in_its_first_seed_chooses_nothing_and_says_so() {
        AblationResult result =
                cut(ablate(TWO.epochs(300)).balance(equal(), pcgrad()).seeds(3), 5);
        DataFrame tuned = with(result.table(), "balance", "tunedFixed()");
        int spent = tuned.<Integer>getColumn("spent").get(0);
        assertThat(spent).isBetween(1, 2);
        assertThat(tuned.<String>getColumn("chosen").toList()).containsOnly("");
        assertThat(tuned.<Integer>getColumn("seeds").toList()).containsOnly(0);
        assertThat(result.toString())
                .contains("casual + rain, tunedFixed(): not chosen ")
                .contains(
                        "Interrupted: 1 of 1 searches of tunedFixed() are not whole; the shortest compared its candidates"
                                + " in 0 of 3 seeds.");
    }

    @Test
    void a_search_that_was_interrupted_later_compares_the_seeds_in_which_all_candidates_ended() {
        AblationResult result =
                cut(ablate(TWO.epochs(300)).balance(equal(), pcgrad()).seeds(3), 7);
        AblationResult whole =
                ablate(TWO.epochs(300)).balance(equal(), pcgrad()).seeds(1).run(Toys.split());
        DataFrame tuned = with(result.table(), "balance", "tunedFixed()");
        assertThat(tuned.<String>getColumn("chosen").toList())
                .isEqualTo(with(whole.table(), "balance", "tunedFixed()")
                        .<String>getColumn("chosen")
                        .toList());
        assertThat(tuned.<Integer>getColumn("seeds").get(0)).isEqualTo(1);
        assertThat(result.toString()).contains("the shortest compared its candidates in 1 of 3 seeds.");
    }
}
