package org.mtl4j.jupyter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ShieldedTest {

    @AfterEach
    void clear() {
        Thread.interrupted();
    }

    @Test
    void an_interrupt_of_the_caller_does_not_reach_the_work_and_is_kept() {
        Thread caller = Thread.currentThread();
        AtomicBoolean reached = new AtomicBoolean(true);
        AtomicBoolean ended = new AtomicBoolean();
        Shielded.run(() -> {
            caller.interrupt();
            reached.set(Thread.currentThread().isInterrupted());
            ended.set(true);
        });
        assertThat(ended).isTrue();
        assertThat(reached).isFalse();
        assertThat(caller.isInterrupted()).isTrue();
    }

    @Test
    void a_caller_who_was_interrupted_before_waits_for_the_work_too() {
        Thread.currentThread().interrupt();
        AtomicBoolean ended = new AtomicBoolean();
        Shielded.run(() -> ended.set(true));
        assertThat(ended).isTrue();
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    void what_the_work_throws_reaches_the_caller() {
        assertThatThrownBy(() -> Shielded.run(() -> {
                    throw new IllegalArgumentException("no");
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no");
    }
}
