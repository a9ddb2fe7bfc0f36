package org.mtl4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.mtl4j.Mtl.adam;
import static org.mtl4j.Mtl.fixed;
import static org.mtl4j.Mtl.hard;
import static org.mtl4j.Mtl.mlp;
import static org.mtl4j.Mtl.pcgrad;
import static org.mtl4j.Mtl.sgd;
import static org.mtl4j.Mtl.task;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mtl4j.Recipe;
import org.mtl4j.Run;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.data.Split;
import org.mtl4j.task.Task;
import org.tribuo.regression.Regressor;

/** The loop: how long it lasts, which epoch it keeps, and what masks and weights do to losses. */
class TrainingTest {

    private static final Task<Regressor> SIGNAL = task("signal").regression();
    private static final Task<Regressor> NOISE = task("noise").regression();
    private static final Recipe RECIPE =
            hard(mlp(16)).tasks(SIGNAL, NOISE).optimise(adam(0.02)).batch(16).seed(5);

    /** Rows of a signal that can be learned and a noise that can only be learned by heart. */
    private static MultiTaskData rows(int rows, double labelled, long seed) {
        Random random = new Random(seed);
        double[][] x = new double[rows][3];
        double[] signal = new double[rows];
        double[] noise = new double[rows];
        for (int r = 0; r < rows; r++) {
            x[r] = new double[] {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
            signal[r] = x[r][0] - x[r][1];
            noise[r] = random.nextDouble() < labelled ? random.nextGaussian() : Double.NaN;
        }
        return MultiTaskData.dense(x).target(SIGNAL, signal).target(NOISE, noise);
    }

    private static Split split() {
        return Split.of(rows(60, 1, 1), rows(40, 1, 2), rows(40, 1, 3));
    }

    @Test
    void early_stopping_waits_so_many_epochs_and_keeps_the_best() {
        Run run = RECIPE.epochs(2000).earlyStop(4).fit(split());
        History history = run.history();
        assertThat(history.ending()).isEqualTo(new Ending.EarlyStopped(4));
        assertThat(history.epochs()).hasSize(history.bestEpoch() + 4);
        double best =
                history.epochs().stream().mapToDouble(Epoch::criterion).min().orElseThrow();
        assertThat(history.epochs().get(history.bestEpoch() - 1).criterion()).isEqualTo(best);
        assertThat(run.toString())
                .contains("Stopped early after 4 epochs without improvement; the run holds epoch " + history.bestEpoch()
                        + " of " + history.epochs().size() + ", chosen by the weighted sum of validation losses.");
        Run cut = RECIPE.epochs(history.bestEpoch()).keepLast().fit(split());
        assertThat(run.net().parameters()).isEqualTo(cut.net().parameters());
    }

    @Test
    void one_task_can_be_watched() {
        Run signal = RECIPE.epochs(60).watch(SIGNAL).fit(split());
        Run noise = RECIPE.epochs(60).watch(NOISE).fit(split());
        assertThat(signal.history().criterion()).isEqualTo("validation loss of 'signal'");
        assertThat(signal.history().bestEpoch()).isGreaterThan(noise.history().bestEpoch());
        for (Epoch epoch : noise.history().epochs()) {
            assertThat(epoch.criterion()).isEqualTo(epoch.validationLosses().get(1));
        }
    }

    @Test
    void the_criterion_is_the_sum_of_the_losses_times_the_tasks_own_weights() {
        Run run = hard(mlp(8))
                .tasks(SIGNAL.weight(3), NOISE.weight(0))
                .epochs(2)
                .batch(16)
                .fit(split());
        for (Epoch epoch : run.history().epochs()) {
            assertThat(epoch.criterion()).isEqualTo(3 * epoch.validationLosses().get(0));
        }
    }

    @Test
    void the_last_epoch_is_kept_where_it_is_asked_for_or_nothing_can_choose() {
        Run last = RECIPE.epochs(60).keepLast().fit(split());
        assertThat(last.history().bestEpoch()).isEqualTo(60);
        assertThat(last.toString()).contains("The run holds epoch 60 of 60, the last.");
        double[] none = new double[40];
        Arrays.fill(none, Double.NaN);
        MultiTaskData unlabelled =
                MultiTaskData.dense(new double[40][3]).target(SIGNAL, none).target(NOISE, none);
        Run blind = RECIPE.epochs(60).fit(Split.of(rows(60, 1, 1), unlabelled, rows(40, 1, 3)));
        assertThat(blind.history().epochs().get(0).criterion()).isNaN();
        assertThat(blind.net().parameters()).isEqualTo(last.net().parameters());
    }

    @Test
    void steps_cut_an_epoch_short_and_whole_epochs_of_steps_are_epochs() {
        Run cut = RECIPE.steps(6).keepLast().fit(split()); // 60 rows in batches of 16: 4 steps an epoch
        assertThat(cut.history().epochs()).extracting(Epoch::step).containsExactly(4, 6);
        assertThat(cut.history().ending()).isEqualTo(new Ending.Completed());
        Run steps = RECIPE.steps(12).fit(split());
        Run epochs = RECIPE.epochs(3).fit(split());
        assertThat(steps.net().parameters()).isEqualTo(epochs.net().parameters());
        assertThat(steps.history().epochs()).hasSize(3);
    }

    @Test
    void a_batch_without_labels_is_left_out_of_the_shares_of_conflict() {
        Split split = Split.of(rows(60, 0.02, 1), rows(40, 1, 2), rows(40, 1, 3));
        int labelled = split.train().target("noise").labelled();
        assertThat(labelled).isBetween(1, 4);
        Run run = RECIPE.balance(pcgrad()).epochs(3).batch(10).fit(split);
        var pair = run.conflict().conflict().pair("signal", "noise");
        assertThat(run.history().probes()).hasSize(18);
        assertThat(pair.leftOut()).isGreaterThanOrEqualTo(3 * (6 - labelled));
        assertThat(pair.cosines())
                .hasSize(18 - pair.leftOut())
                .allSatisfy(cosine -> assertThat(cosine).isFinite());
        for (Epoch epoch : run.history().epochs()) {
            assertThat(epoch.trainLosses()).allSatisfy(loss -> assertThat(loss).isFinite());
        }
    }

    @Test
    void a_tasks_own_weight_and_a_fixed_weight_scale_its_gradient_alike() {
        Recipe plain =
                hard(mlp(8)).tasks(SIGNAL, NOISE).optimise(sgd(0.05)).epochs(2).batch(16);
        Run own = hard(mlp(8))
                .tasks(SIGNAL.weight(0.5), NOISE.weight(2))
                .optimise(sgd(0.05))
                .epochs(2)
                .batch(16)
                .keepLast()
                .fit(split());
        Run given = plain.balance(fixed(SIGNAL, 0.5).with(NOISE, 2)).keepLast().fit(split());
        List<Double> losses = given.history().epochs().get(1).trainLosses();
        for (int t = 0; t < 2; t++) {
            assertThat(own.history().epochs().get(1).trainLosses().get(t)).isCloseTo(losses.get(t), within(1e-5));
        }
        assertThat(own.history().epochs().get(0).weights()).containsExactly(1.0, 1.0);
        assertThat(given.history().epochs().get(0).weights()).containsExactly(0.5, 2.0);
    }

    @Test
    void a_task_of_weight_0_learns_nothing() {
        Run run = hard(mlp(8)).tasks(SIGNAL, NOISE.weight(0)).batch(16).fit(split());
        Run still = hard(mlp(8))
                .tasks(SIGNAL, NOISE.weight(0))
                .optimise(sgd(1e-30))
                .epochs(1)
                .batch(16)
                .fit(split());
        assertThat(run.net().parameter("head.noise.weight"))
                .isEqualTo(still.net().parameter("head.noise.weight"));
        assertThat(run.net().parameter("head.signal.weight"))
                .isNotEqualTo(still.net().parameter("head.signal.weight"));
    }

    @Test
    void probes_count_the_steps_before_them_under_both_kinds_of_balancer() {
        Run losses = RECIPE.epochs(2).watchConflict(4).fit(split());
        Run gradients = RECIPE.epochs(2).balance(pcgrad()).fit(split());
        assertThat(losses.history().probes()).extracting(Probe::step).containsExactly(0, 4);
        assertThat(gradients.history().probes()).extracting(Probe::step).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
        assertThat(gradients.history().probes().get(0).total().toArray())
                .containsExactly(losses.history().probes().get(0).total().toArray());
    }
}
