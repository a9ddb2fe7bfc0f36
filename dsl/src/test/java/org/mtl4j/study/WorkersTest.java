package org.mtl4j.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.mtl4j.train.TrialListener;

/** Trials side by side: answers in order, reports on the caller's thread. */
class WorkersTest {

    /** Notes what it hears of trials. */
    private static final class Notes extends TrialListener {
        private final List<String> trials = new ArrayList<>();
        private final List<Thread> threads = new ArrayList<>();

        @Override
        public void trial(String job, int done, int total, Duration remaining) {
            trials.add(job + " " + done + "/" + total);
            threads.add(Thread.currentThread());
        }
    }

    @Test
    void answers_come_in_the_order_of_the_trials_whichever_ends_first() {
        CountDownLatch second = new CountDownLatch(1);
        List<Callable<String>> trials = List.of(
                () -> {
                    second.await();
                    return "first";
                },
                () -> {
                    second.countDown();
                    return "second";
                });
        Notes notes = new Notes();
        assertThat(Workers.run("job", trials, 2, notes)).containsExactly("first", "second");
        assertThat(notes.trials).containsExactly("job 0/2", "job 1/2", "job 2/2");
        assertThat(notes.threads).containsOnly(Thread.currentThread());
    }

    @Test
    void the_exception_of_a_trial_is_its_callers_and_the_listener_hears_the_end() {
        List<Callable<String>> trials = List.of(
                () -> {
                    throw new IllegalArgumentException("the data do not fit");
                },
                () -> "second");
        Notes notes = new Notes();
        assertThatThrownBy(() -> Workers.run("job", trials, 1, notes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the data do not fit");
        assertThat(notes.trials).containsExactly("job 0/2", "job 2/2");
    }

    @Test
    void a_checked_exception_of_a_trial_is_said_with_its_cause() {
        List<Callable<String>> trials = List.of(() -> {
            throw new java.io.IOException("disk full");
        });
        assertThatThrownBy(() -> Workers.run("job", trials, 1, new Notes()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("A trial failed: java.io.IOException: disk full");
    }

    @Test
    void an_interrupt_keeps_what_has_ended_and_stops_the_rest() throws InterruptedException {
        Thread caller = Thread.currentThread();
        CountDownLatch stopped = new CountDownLatch(1);
        List<Callable<String>> trials = List.of(() -> "first", () -> {
            try {
                caller.interrupt();
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                stopped.countDown();
            }
            return "never seen";
        });
        Notes notes = new Notes();
        assertThat(Workers.run("job", trials, 1, notes)).containsExactly("first", null);
        stopped.await();
        assertThat(Thread.interrupted()).isFalse();
        assertThat(notes.trials).last().isEqualTo("job 2/2");
    }
}
