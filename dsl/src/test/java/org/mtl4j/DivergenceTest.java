package org.mtl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mtl4j.Mtl.hard;
import static org.mtl4j.Mtl.mlp;
import static org.mtl4j.Mtl.pcgrad;
import static org.mtl4j.Mtl.sgd;
import static org.mtl4j.Mtl.stepDecay;
import static org.mtl4j.Toys.CASUAL;
import static org.mtl4j.Toys.RAIN;
import static org.mtl4j.Toys.REGISTERED;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mtl4j.fitted.Matrix;
import org.mtl4j.fitted.Metric;
import org.mtl4j.train.Ending;
import org.mtl4j.train.Epoch;

/** A loss that blows up ends the training, says where, and leaves a net that can be used. */
class DivergenceTest {

    private static final Recipe RECIPE =
            hard(mlp(8)).tasks(CASUAL, REGISTERED, RAIN).epochs(30).seed(7);

    private static void isUsable(Run run) {
        for (Matrix parameter : run.net().parameters()) {
            for (float value : parameter.toArray()) {
                assertThat(value).as(parameter.name()).isFinite();
            }
        }
        assertThat(run.test().value(CASUAL, Metric.R2)).isFinite();
        assertThat(run.test().value(REGISTERED, Metric.RMSE)).isFinite();
        assertThat(run.test().value(RAIN, Metric.ACCURACY)).isFinite();
        assertThat(run.validation().value(CASUAL, Metric.MAE)).isFinite();
        assertThat(run.toHtml()).contains("The run holds");
    }

    @Test
    void the_ending_names_task_epoch_step_rate_and_the_last_finite_losses() {
        Run run = RECIPE.optimise(sgd(1e6)).fit(Toys.split());
        Ending.Diverged ending = (Ending.Diverged) run.history().ending();
        assertThat(ending.task()).isIn("casual", "registered");
        assertThat(ending.epoch()).isEqualTo(ending.step() / 3 + 1);
        assertThat(ending.message())
                .matches("Task '" + ending.task() + "': its (validation )?loss became (NaN|-?Infinity) in epoch "
                        + ending.epoch() + ", step " + ending.step() + ", at learning rate 1\\.00e\\+06\\. The last"
                        + " finite losses were: casual [0-9.e+]+, registered [0-9.e+]+, rain [0-9.e+]+\\.\n"
                        + "Lower the rate, clip the gradient with \\.clipNorm\\(1\\), or look for extreme values in the"
                        + " data\\.");
        assertThat(run.toString()).contains(ending.message().lines().toList());
    }

    @ParameterizedTest
    @ValueSource(doubles = {10, 1e3, 1e6, 1e12, 1e20, 1e30, 1e38, 1e300})
    void whatever_the_rate_the_parameters_and_the_scores_are_finite(double rate) {
        isUsable(RECIPE.optimise(sgd(rate)).fit(Toys.split()));
        isUsable(RECIPE.optimise(sgd(rate)).keepLast().fit(Toys.split()));
        isUsable(RECIPE.optimise(sgd(rate)).balance(pcgrad()).fit(Toys.split()));
    }

    @Test
    void an_epoch_that_its_last_update_broke_is_not_kept() {
        // one step an epoch: no training loss sees the update before the validation part does
        for (double rate : new double[] {1e20, 1e30, 1e38}) {
            for (Recipe recipe : new Recipe[] {RECIPE, RECIPE.keepLast()}) {
                Run run = recipe.optimise(sgd(rate)).batch(140).epochs(1).fit(Toys.split());
                assertThat(run.history().ending()).isInstanceOf(Ending.Diverged.class);
                assertThat(run.history().epochs()).isEmpty();
                isUsable(run);
            }
        }
    }

    @Test
    void without_a_finished_epoch_the_run_holds_the_initial_parameters() {
        Run run = RECIPE.optimise(sgd(1e30)).fit(Toys.split());
        assertThat(run.history().bestEpoch()).isZero();
        // a rate so small that no parameter moves
        Run still = RECIPE.optimise(sgd(1e-30)).epochs(1).fit(Toys.split());
        assertThat(run.net().parameters()).isEqualTo(still.net().parameters());
        assertThat(run.toString()).contains("The run holds the initial parameters: no epoch was finished.");
    }

    @Test
    void with_finished_epochs_the_run_holds_the_best_of_them() {
        // one step an epoch at a rate that takes several steps to break the net
        Recipe recipe = RECIPE.optimise(sgd(60)).batch(140);
        Run run = recipe.fit(Toys.split());
        assertThat(run.history().ending()).isInstanceOf(Ending.Diverged.class);
        int best = run.history().bestEpoch();
        assertThat(best).isPositive();
        Run cut = recipe.epochs(best).keepLast().fit(Toys.split());
        assertThat(cut.net().parameters()).isEqualTo(run.net().parameters());
        assertThat(run.toString())
                .contains("The run holds epoch " + best + " of "
                        + run.history().epochs().size() + ", chosen by the weighted sum of validation losses.");
    }

    @Test
    void the_gram_of_the_broken_step_is_not_recorded() {
        Run run = RECIPE.optimise(sgd(1e6)).balance(pcgrad()).fit(Toys.split());
        assertThat(run.history().ending()).isInstanceOf(Ending.Diverged.class);
        run.history()
                .probes()
                .forEach(probe -> assertThat(probe.total().get(0, 0)).isNotNaN());
        assertThat(run.conflict().toHtml()).doesNotContain("NaN");
    }

    @Test
    void an_epoch_records_the_rate_of_its_last_step() {
        Run run =
                RECIPE.optimise(sgd(0.01).schedule(stepDecay(3, 0.5))).epochs(3).fit(Toys.split());
        assertThat(run.history().epochs()).extracting(Epoch::rate).containsExactly(0.01, 0.005, 0.0025);
    }
}
