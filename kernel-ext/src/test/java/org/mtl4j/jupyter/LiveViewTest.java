package org.mtl4j.jupyter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.mtl4j.train.Ending;

class LiveViewTest {

    private final Notebook notebook = new Notebook();

    @Test
    void a_short_training_shows_nothing() {
        notebook.start();
        notebook.passes(490);
        notebook.step(5);
        notebook.end(new Ending.Completed(), 10);
        assertThat(notebook.outputs).isEmpty();
    }

    @Test
    void a_longer_one_has_one_output_that_changes_four_times_a_second_at_most() {
        notebook.start();
        for (int step = 1; step <= 100; step++) {
            notebook.passes(20);
            notebook.step(step);
        }
        // 2,000 ms, of which the first 500 are silent: at 500 ms and then every 260, the first multiple of 20 past 250.
        assertThat(notebook.outputs).hasSize(6);
        assertThat(notebook.outputs.get(0)).startsWith("+d1 A <net>: epoch 3 of 10, step 25 of 100");
        assertThat(notebook.outputs.subList(1, 6)).allMatch(output -> output.startsWith("=d1 "));
    }

    @Test
    void it_says_where_it_is_and_what_the_losses_are() {
        notebook.start();
        notebook.passes(500);
        notebook.step(15);
        assertThat(notebook.outputs.get(0)).isEqualTo("""
                +d1 A <net>: epoch 2 of 10, step 15 of 100, 20 steps/s, 4.0 s left
                task    training loss  validation loss  weight
                income         0.5000           0.3000  1.0000
                a<b                 -           0.6000  1.0000""");
    }

    @Test
    void names_are_escaped_and_the_bar_has_a_role() {
        notebook.start();
        notebook.passes(500);
        notebook.step(15);
        assertThat(notebook.bundles.get(0).data().get(Bundle.HTML))
                .contains("A &lt;net&gt;", "a&lt;b", "role=\"progressbar\"", "aria-valuenow=\"15.0\"")
                .doesNotContain("<net>", "a<b");
    }

    @Test
    void the_end_replaces_the_bar_by_what_was_kept() {
        notebook.start();
        notebook.passes(500);
        notebook.step(15);
        notebook.end(new Ending.Completed(), 10);
        assertThat(notebook.outputs.get(1)).isEqualTo("""
                =d1 A <net>: 10 epochs in 1.5 s; epoch 10 is kept (mean loss).
                task    training loss  validation loss
                income         0.2500           0.3000
                a<b            0.5000           0.6000""");
        assertThat(notebook.bundles.get(1).data().get(Bundle.HTML)).doesNotContain("progressbar");
    }

    @Test
    void an_interrupt_is_said_even_when_nothing_was_shown_and_no_epoch_was_finished() {
        notebook.start();
        notebook.end(new Ending.Interrupted(), 0);
        assertThat(notebook.outputs)
                .containsExactly("+d1 A <net>: Interrupted after 0 of 10 epochs, 1.5 s; no epoch was finished.");
    }

    @Test
    void a_divergence_is_said_in_the_words_of_the_training() {
        notebook.start();
        notebook.end(new Ending.Diverged("income", 3, 25, "Task 'income': the loss is NaN at step 25."), 2);
        assertThat(notebook.outputs.get(0))
                .startsWith("+d1 A <net>: Task 'income': the loss is NaN at step 25. Epoch 2 is kept (mean loss).");
    }

    @Test
    void an_early_stop_names_its_patience() {
        notebook.start();
        notebook.passes(500);
        notebook.step(15);
        notebook.end(new Ending.EarlyStopped(3), 4);
        assertThat(notebook.outputs.get(1))
                .startsWith("=d1 A <net>: Stopped early: no improvement for 3 epochs. 4 epochs in 1.5 s; epoch 4 is");
    }

    @Test
    void two_trainings_have_two_outputs() {
        for (int training = 0; training < 2; training++) {
            notebook.start();
            notebook.passes(500);
            notebook.step(15);
            notebook.end(new Ending.Completed(), 10);
        }
        assertThat(notebook.outputs)
                .extracting(output -> output.substring(0, 3))
                .containsExactly("+d1", "=d1", "+d2", "=d2");
    }

    @Test
    void several_trainings_of_one_job_share_one_bar() {
        for (int done = 0; done < 3; done++) {
            notebook.view.trial("Ablation", done, 3, Duration.ofSeconds(3 - done));
            notebook.start();
            notebook.passes(500);
            notebook.step(50);
            notebook.end(new Ending.Completed(), 10);
        }
        notebook.view.trial("Ablation", 3, 3, Duration.ZERO);
        assertThat(notebook.outputs)
                .containsExactly(
                        "+d1 Ablation: 0 of 3 trainings done, 3.0 s left",
                        "=d1 Ablation: 1 of 3 trainings done, 2.0 s left",
                        "=d1 Ablation: 2 of 3 trainings done, 1.0 s left",
                        "=d1 Ablation: 3 trainings in 1.5 s.");
        assertThat(notebook.bundles.get(0).data().get(Bundle.HTML)).contains("aria-valuenow=\"16.7\"");
    }

    @Test
    void an_interrupted_job_says_how_far_it_came_and_stays_so() {
        notebook.view.trial("Ablation", 2, 3, Duration.ofSeconds(1));
        notebook.start();
        notebook.end(new Ending.Interrupted(), 1);
        notebook.passes(1000);
        notebook.view.trial("Ablation", 3, 3, Duration.ZERO);
        assertThat(notebook.outputs).containsExactly("+d1 Ablation: Interrupted after 2 of 3 trainings, 0.0 s.");
    }

    @Test
    void a_job_lists_the_trainings_that_diverged() {
        notebook.view.trial("Ablation", 0, 1, Duration.ofSeconds(1));
        notebook.start();
        notebook.end(new Ending.Diverged("income", 1, 2, "Task 'income': the loss is NaN."), 0);
        notebook.view.trial("Ablation", 1, 1, Duration.ZERO);
        assertThat(notebook.outputs)
                .containsExactly("+d1 Ablation: 1 training in 0.0 s.\nTask 'income': the loss is NaN.");
    }

    @Test
    void a_job_that_died_with_its_cell_swallows_no_later_training() {
        notebook.view.trial("Ablation", 0, 3, Duration.ofSeconds(3));
        notebook.nextCell();
        notebook.start();
        notebook.passes(500);
        notebook.step(15);
        assertThat(notebook.outputs).hasSize(1);
        assertThat(notebook.outputs.get(0)).startsWith("+d2 A <net>");
    }

    @Test
    void a_training_that_died_without_a_word_says_so_once_the_next_one_starts() {
        notebook.start();
        notebook.passes(500);
        notebook.step(15);
        notebook.start();
        assertThat(notebook.outputs.get(1)).isEqualTo("=d1 A <net>: Stopped by an exception; nothing is kept.");
        assertThat(notebook.bundles.get(1).data().get(Bundle.HTML)).doesNotContain("progressbar");
        notebook.end(new Ending.Completed(), 10);
        assertThat(notebook.outputs).hasSize(2);
    }

    @Test
    void it_says_so_too_when_the_next_cell_trains_in_another_thread() throws Exception {
        notebook.start();
        notebook.passes(500);
        notebook.step(15);
        notebook.nextCell();
        notebook.passes(6000);
        inAnotherThread(notebook::start);
        assertThat(notebook.outputs.get(1)).isEqualTo("=d1 A <net>: Stopped by an exception; nothing is kept.");
    }

    @Test
    void trainings_side_by_side_have_their_own_outputs_and_share_the_rate() throws Exception {
        notebook.start();
        inAnotherThread(() -> {
            notebook.start();
            for (int step = 1; step <= 40; step++) {
                notebook.passes(50);
                notebook.step(step);
            }
        });
        // 2,000 ms: at 500, 1,000, 1,500 and 2,000.
        assertThat(notebook.outputs)
                .extracting(output -> output.substring(0, 3))
                .containsExactly("+d2", "=d2", "=d2", "=d2");
        notebook.end(new Ending.Interrupted(), 1);
        assertThat(notebook.outputs.get(4)).startsWith("+d1 A <net>: Interrupted after 1 of 10 epochs");
    }

    private static void inAnotherThread(Runnable work) throws InterruptedException {
        Thread thread = new Thread(work);
        thread.start();
        thread.join();
    }

    @Test
    void a_loop_of_a_hundred_trainings_changes_four_times_a_second_at_most() {
        for (int training = 0; training < 100; training++) {
            notebook.start();
            for (int step = 1; step <= 51; step++) {
                notebook.passes(10);
                notebook.step(step);
            }
            notebook.end(new Ending.Completed(), 5);
        }
        // 51 s, two changes each
        assertThat(notebook.outputs).hasSize(200);
    }

    @Test
    void a_job_that_ends_before_its_trainings_did_says_how_far_it_came() {
        notebook.view.trial("Ablation", 0, 3, Duration.ofSeconds(3));
        notebook.passes(500);
        notebook.view.trial("Ablation", 1, 3, Duration.ofSeconds(2));
        notebook.view.trial("Ablation", 3, 3, Duration.ZERO);
        assertThat(notebook.outputs)
                .containsExactly(
                        "+d1 Ablation: 1 of 3 trainings done, 2.0 s left",
                        "=d1 Ablation: Stopped after 1 of 3 trainings, 0.5 s.");
    }

    @Test
    void a_job_that_died_without_a_word_says_so_once_the_next_one_starts() {
        notebook.view.trial("Ablation", 0, 3, Duration.ofSeconds(3));
        notebook.passes(500);
        notebook.view.trial("Ablation", 1, 3, Duration.ofSeconds(2));
        notebook.view.trial("Transfer", 0, 2, Duration.ZERO);
        assertThat(notebook.outputs.get(1)).isEqualTo("=d1 Ablation: Stopped after 1 of 3 trainings, 0.5 s.");
    }

    @Test
    void trainings_that_nobody_hears_leave_their_job_alone() {
        notebook.view.trial("Ablation", 0, 2, Duration.ZERO);
        notebook.passes(500);
        notebook.view.trial("Ablation", 1, 2, Duration.ofSeconds(1));
        notebook.view.trial("Ablation", 2, 2, Duration.ZERO);
        assertThat(notebook.outputs)
                .containsExactly(
                        "+d1 Ablation: 1 of 2 trainings done, 1.0 s left", "=d1 Ablation: 2 trainings in 0.5 s.");
    }
}
