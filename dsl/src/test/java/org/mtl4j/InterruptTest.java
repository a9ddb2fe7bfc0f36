package org.mtl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mtl4j.Mtl.hard;
import static org.mtl4j.Mtl.mlp;
import static org.mtl4j.Mtl.transfer;
import static org.mtl4j.Toys.CASUAL;
import static org.mtl4j.Toys.REGISTERED;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mtl4j.train.Ending;
import org.mtl4j.train.History;
import org.mtl4j.train.Listening;
import org.mtl4j.train.Training;
import org.mtl4j.train.TrainingListener;
import org.mtl4j.train.TrialListener;

/** An interrupt ends what runs and keeps what was learned. */
class InterruptTest {

    private static final Recipe RECIPE = hard(mlp(8)).tasks(CASUAL, REGISTERED).seed(7);

    @AfterEach
    void silence() {
        Listening.install(Listening.SILENT);
        assertThat(Thread.interrupted()).isFalse();
    }

    /** Interrupts its own thread, which is the training's, when so many epochs are done. */
    private static final class Interrupting implements TrainingListener {
        private final int epochs;
        private final List<Ending> endings = new ArrayList<>();

        Interrupting(int epochs) {
            this.epochs = epochs;
        }

        @Override
        public void started(Started event) {
            if (epochs == 0) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void progress(Progress event) {
            if (event.epochs().size() >= epochs) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void ended(History history) {
            endings.add(history.ending());
        }
    }

    private static Run interrupted(Recipe recipe, Interrupting listener) {
        return recipe.fit(Toys.split(), new Training.Audience("test", listener));
    }

    @Test
    void an_interrupted_training_answers_the_best_epoch_so_far_and_clears_the_flag() {
        Interrupting listener = new Interrupting(2);
        Run run = interrupted(RECIPE.epochs(10_000_000), listener);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(run.history().ending()).isEqualTo(new Ending.Interrupted());
        assertThat(listener.endings).containsExactly(new Ending.Interrupted());
        int finished = run.history().epochs().size();
        int best = run.history().bestEpoch();
        assertThat(finished).isGreaterThanOrEqualTo(2);
        assertThat(run.toString())
                .contains("Interrupted in epoch " + (finished + 1) + "; the run holds epoch " + best + " of " + finished
                        + ", chosen by the weighted sum of validation losses.");
        Run cut = RECIPE.epochs(best).keepLast().fit(Toys.split());
        assertThat(run.net().parameters()).isEqualTo(cut.net().parameters());
    }

    @Test
    void an_interrupted_training_that_keeps_the_last_epoch_holds_the_last_finished_one() {
        Run run = interrupted(RECIPE.epochs(10_000_000).keepLast(), new Interrupting(1));
        int finished = run.history().epochs().size();
        assertThat(run.history().bestEpoch()).isEqualTo(finished);
        assertThat(run.toString()).contains("the run holds epoch " + finished + " of " + finished + ", the last.");
        Run cut = RECIPE.epochs(finished).keepLast().fit(Toys.split());
        assertThat(run.net().parameters()).isEqualTo(cut.net().parameters());
    }

    @Test
    void an_interrupt_before_the_first_epoch_ends_answers_what_was_learned_so_far() {
        Run run = interrupted(RECIPE, new Interrupting(0));
        assertThat(run.history().epochs()).isEmpty();
        assertThat(run.toString())
                .contains("Interrupted in epoch 1; the run holds what was learned so far: no epoch was finished.");
        assertThat(run.predict(Toys.split().test()).numbers(CASUAL)[0][0]).isFinite();
    }

    /** Interrupts the caller of a study when so many of its trainings are done. */
    private static void interruptStudyAfter(int trainings) {
        Listening.install(new TrialListener() {
            @Override
            public void trial(String job, int done, int total, Duration remaining) {
                if (done == trainings) {
                    Thread.currentThread().interrupt();
                }
            }
        });
    }

    @Test
    void an_interrupted_transfer_study_keeps_the_seeds_that_ended() {
        interruptStudyAfter(7);
        TransferView view =
                transfer(RECIPE.epochs(20)).seeds(40).rates(1e-3).workers(1).run(Toys.split());
        int kept = view.transfer().seeds().size();
        assertThat(kept).isBetween(2, 39);
        assertThat(view.transfer().seeds().subList(0, 2)).containsExactly(7L, 8L);
        assertThat(view.toString()).contains("Interrupted: " + kept + " of 40 seeds.");
        Listening.install(Listening.SILENT);
        TransferView whole =
                transfer(RECIPE.epochs(20)).seeds(2).rates(1e-3).workers(1).run(Toys.split());
        for (int t = 0; t < 2; t++) {
            assertThat(view.transfer().tasks().get(t).joint().subList(0, 2))
                    .isEqualTo(whole.transfer().tasks().get(t).joint());
            assertThat(view.transfer().tasks().get(t).single().subList(0, 2))
                    .isEqualTo(whole.transfer().tasks().get(t).single());
        }
    }

    @Test
    void a_transfer_study_interrupted_in_its_first_seed_says_so() {
        interruptStudyAfter(0);
        assertThatThrownBy(() -> transfer(RECIPE.epochs(10_000_000))
                        .seeds(2)
                        .rates(1e-3, 1e-2)
                        .run(Toys.split()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("transfer() was interrupted before the 6 trainings of its first seed had ended, so there is"
                        + " no pair to compare.\nRun it again, with fewer rates if it takes too long.");
    }
}
