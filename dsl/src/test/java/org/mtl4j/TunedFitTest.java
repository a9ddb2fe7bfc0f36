package org.mtl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mtl4j.Mtl.adam;
import static org.mtl4j.Mtl.equal;
import static org.mtl4j.Mtl.fixed;
import static org.mtl4j.Mtl.hard;
import static org.mtl4j.Mtl.mlp;
import static org.mtl4j.Mtl.sgd;
import static org.mtl4j.Mtl.task;
import static org.mtl4j.Mtl.transfer;
import static org.mtl4j.Mtl.tunedFixed;
import static org.mtl4j.Toys.CASUAL;
import static org.mtl4j.Toys.RAIN;
import static org.mtl4j.Toys.REGISTERED;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mtl4j.balance.Balancer;
import org.mtl4j.balance.Fixed;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.data.Split;
import org.mtl4j.data.TargetColumn;
import org.mtl4j.data.TribuoExamples;
import org.mtl4j.task.Task;
import org.mtl4j.train.Ending;
import org.mtl4j.train.Epoch;
import org.mtl4j.train.Listening;
import org.mtl4j.train.Training;
import org.mtl4j.train.TrialListener;
import org.tribuo.classification.Label;
import org.tribuo.regression.Regressor;

/** One recipe whose fixed weights are searched. */
class TunedFitTest {

    private static final Recipe RECIPE = hard(mlp(8))
            .tasks(CASUAL.weight(2), RAIN)
            .optimise(adam(1e-2))
            .epochs(6)
            .batch(32)
            .seed(7);

    @AfterEach
    void silence() {
        Listening.install(Listening.SILENT);
        assertThat(Thread.interrupted()).isFalse();
    }

    private static double lowest(Run run) {
        return run.history().epochs().stream()
                .mapToDouble(Epoch::criterion)
                .min()
                .orElseThrow();
    }

    @Test
    void the_run_is_the_best_of_those_that_a_user_would_train_one_by_one() {
        Split split = Toys.split();
        List<Balancer> written = List.of(
                equal(),
                fixed(CASUAL, 2 / 6.0).with(RAIN, 10 / 6.0),
                fixed(CASUAL, 4 / 6.0).with(RAIN, 8 / 6.0),
                fixed(CASUAL, 8 / 6.0).with(RAIN, 4 / 6.0),
                fixed(CASUAL, 10 / 6.0).with(RAIN, 2 / 6.0));
        Run best = RECIPE.fit(split);
        for (Balancer each : written) {
            Run run = RECIPE.balance(each).fit(split);
            best = lowest(run) < lowest(best) ? run : best;
        }
        Run tuned = RECIPE.balance(tunedFixed().grid(5)).fit(split);
        assertThat(tuned.net().parameters()).isEqualTo(best.net().parameters());
        assertThat(tuned.history().epochs()).hasSize(6);
        assertThat(tuned.recipe().plan().balancer())
                .isEqualTo(best.recipe().plan().balancer());
        assertThat(tuned.recipe().fit(split).net().parameters())
                .isEqualTo(tuned.net().parameters());
        assertThat(tuned.toString())
                .contains("tunedFixed().grid(5): chose " + best.recipe().plan().balancer()
                        + " of 5 candidates, equal weights among them, by the lowest weighted sum of validation losses;"
                        + " 5 trainings spent.");
        assertThat(RECIPE.balance(tunedFixed().grid(5)).toString()).contains(".balance(tunedFixed().grid(5))\n");
    }

    /** A task that four features tell, and one whose labels are noise. */
    private static Split half(long seed, Task<Regressor> signal, Task<Regressor> noise) {
        Random random = new Random(seed);
        double[][] x = new double[200][4];
        double[] told = new double[200];
        double[] noises = new double[200];
        for (int r = 0; r < 200; r++) {
            for (int c = 0; c < 4; c++) {
                x[r][c] = random.nextGaussian();
            }
            told[r] = x[r][0] * x[r][1] + Math.max(0, x[r][2]) - x[r][3];
            noises[r] = random.nextGaussian();
        }
        return MultiTaskData.dense(x)
                .target(signal, told)
                .target(noise, noises)
                .split(0.4, 0.4, 0.2)
                .seed(seed);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void a_task_whose_labels_are_noise_gets_the_least_weight(long seed) {
        Task<Regressor> signal = task("signal").regression();
        Task<Regressor> noise = task("noise").regression();
        Recipe recipe = hard(mlp(32))
                .tasks(signal, noise)
                .optimise(sgd(0.05))
                .epochs(60)
                .batch(16)
                .seed(seed)
                .balance(tunedFixed().grid(9));
        Run run = recipe.fit(half(seed, signal, noise));
        Fixed chosen = (Fixed) run.recipe().plan().balancer();
        assertThat(chosen.weights().get("noise")).isLessThanOrEqualTo(0.6);
    }

    @Test
    void the_epoch_and_the_weights_are_judged_by_a_task_that_is_watched() {
        Run run = RECIPE.watch(RAIN).balance(tunedFixed()).fit(Toys.split());
        assertThat(run.toString()).contains(" by the lowest validation loss of 'rain'; 3 trainings spent.");
    }

    @Test
    void weights_under_which_the_training_diverges_are_not_chosen() {
        Recipe wild = RECIPE.optimise(sgd(1e30)).balance(tunedFixed());
        Run run = wild.fit(Toys.split());
        assertThat(run.history().ending()).isInstanceOf(Ending.Diverged.class);
        assertThat(run.recipe().plan().balancer()).isEqualTo(equal()); // all of them do: the first
    }

    /** Hears how far a search is, and interrupts it when so many of its candidates are done. */
    private static final class Hearing extends TrialListener {
        private final int after;
        private final List<Integer> done = new ArrayList<>();

        Hearing(int after) {
            this.after = after;
        }

        @Override
        public void trial(String job, int ended, int total, Duration remaining) {
            assertThat(job).isEqualTo("search");
            assertThat(total).isEqualTo(3);
            done.add(ended);
            if (ended == after) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static Run interrupted(Recipe recipe, Hearing listener) {
        return recipe.balance(tunedFixed()).fit(Toys.split(), new Training.Audience("search", listener));
    }

    @Test
    void a_search_tells_how_far_it_is() {
        Hearing listener = new Hearing(-1);
        assertThat(interrupted(RECIPE, listener).isWhole()).isTrue();
        assertThat(listener.done).containsExactly(0, 1, 2, 3);
    }

    @Test
    void an_interrupted_search_answers_the_best_of_the_trainings_that_ended() {
        Hearing listener = new Hearing(1);
        Run run = interrupted(RECIPE, listener);
        assertThat(listener.done).containsExactly(0, 1, 3);
        assertThat(run.isWhole()).isFalse();
        assertThat(run.net().parameters())
                .isEqualTo(RECIPE.fit(Toys.split()).net().parameters());
        assertThat(run.toString())
                .contains(
                        "tunedFixed(): chose equal() of 3 candidates, equal weights among them, by the lowest weighted"
                                + " sum of validation losses; interrupted when 1 of the 3 had been trained.");
    }

    @Test
    void a_search_that_is_interrupted_in_its_first_training_answers_what_that_has_learned() {
        Run run = interrupted(RECIPE.epochs(10_000_000), new Hearing(0));
        assertThat(run.isWhole()).isFalse();
        assertThat(run.history().ending()).isEqualTo(new Ending.Interrupted());
        assertThat(run.toString())
                .contains("tunedFixed(): interrupted in the first of 3 candidates, equal weights, so nothing was"
                        + " compared.");
    }

    @Test
    void a_tribuo_trainer_searches_in_each_training_and_takes_whole_searches_only() {
        RecipeTrainer<Label> trainer = RECIPE.balance(tunedFixed()).trainer(RAIN);
        var rows = TribuoExamples.dataset(Toys.rows(200, 1, 3), RAIN, CASUAL);
        assertThat(trainer.train(rows).predict(rows.getExample(0)).getOutput().getLabel())
                .isIn("dry", "wet");
        List<Integer> started = new ArrayList<>();
        Listening.install(new TrialListener() {
            @Override
            public void trial(String job, int done, int total, Duration remaining) {
                started.add(done);
                if (done == 2) {
                    Thread.currentThread().interrupt();
                }
            }
        });
        assertThatThrownBy(() -> trainer.train(rows))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "The training of 'rain' was interrupted in the search of tunedFixed(), and Tribuo takes whole trainings only.\n"
                                + "Call it again; recipe.fit(split) keeps what an interrupted training has learned.");
        assertThat(started).containsExactly(0, 1, 2, 3);
    }

    @Test
    void every_candidate_starts_from_the_net_that_the_recipe_shows() {
        Recipe tuned = RECIPE.balance(tunedFixed());
        assertThat(tuned.initial(Toys.split()).parameters())
                .isEqualTo(RECIPE.initial(Toys.split()).parameters());
        assertThat(tuned.layers(Toys.split()))
                .hasToString(RECIPE.layers(Toys.split()).toString());
    }

    @Test
    void a_transfer_study_searches_on_the_joint_side_and_says_so() {
        TransferView view = transfer(RECIPE.balance(tunedFixed().random(4)))
                .seeds(1)
                .rates(1e-2)
                .sameSplit()
                .run(Toys.split());
        Run run = RECIPE.watchConflict(0).balance(tunedFixed().random(4)).fit(Toys.split());
        assertThat(view.transfer().tasks().get(0).joint())
                .containsExactly(run.mainScores().get(0).value());
        assertThat(view.toString()).contains(" Joint: fixed weights too, of 4 candidates at each rate.");
    }

    @Test
    void what_a_search_refuses(@TempDir Path folder) {
        assertThatThrownBy(() -> RECIPE.balance(tunedFixed().smoothed(0.9)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("tunedFixed(): it chooses between whole trainings, so it cannot weigh the steps of one.\n"
                        + "Give it to .balance(..) by itself, not inside another balancer.");
        assertThatThrownBy(() -> hard(mlp(8)).tasks(RAIN).balance(tunedFixed()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("tunedFixed(): one task by itself has no weights to tune.\n"
                        + "Leave it out, or learn a second task.");
        String file = folder.resolve("state").toString();
        assertThatThrownBy(() -> RECIPE.balance(tunedFixed()).checkpoint(file).fit(Toys.split()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("checkpoint(\"" + file + "\"): one file holds one training, and tunedFixed() takes many.\n"
                        + "Leave checkpoint(..) out of its recipe.");
        Split split = Toys.split();
        MultiTaskData unlabelled = MultiTaskData.dense(new double[2][4])
                .target(CASUAL, new double[] {1, 2})
                .target(REGISTERED, new double[] {Double.NaN, Double.NaN})
                .with(TargetColumn.Classes.of("rain", List.of("dry", "wet"), new int[] {0, 1}));
        Split half = Split.of(split.train(), unlabelled, split.test());
        assertThatThrownBy(() -> hard(mlp(8))
                        .tasks(CASUAL, REGISTERED)
                        .balance(tunedFixed())
                        .fit(half))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "tunedFixed(): no validation row carries a label of 'registered', so no weight of it can be better than another.\n"
                                + "Split so that labelled rows reach the validation part, or give it a weight: fixed(..).");
    }
}
