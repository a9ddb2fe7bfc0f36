package org.mtl4j.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrewTest {

    private static final int LOOPS = 20_000;
    private static final int LEAST = 10;
    private static final long PATIENCE = 60_000;

    @ParameterizedTest(name = "{0} threads")
    @ValueSource(ints = {2, 3, 4, 7})
    void every_piece_of_every_loop_is_done_once_before_the_next_loop_begins(int threads) {
        AtomicIntegerArray done = new AtomicIntegerArray(threads);
        Piecework count = (piece, pieces) -> {
            for (int i = Piecework.row(threads, piece, pieces); i < Piecework.row(threads, piece + 1, pieces); i++) {
                done.incrementAndGet(i);
            }
        };
        Crew.during(threads, () -> {
            for (int loop = 1; loop <= LOOPS; loop++) {
                Crew.share(count, threads * LEAST, LEAST);
                for (int piece = 0; piece < threads; piece++) {
                    assertThat(done.get(piece)).isEqualTo(loop);
                }
            }
            return done;
        });
    }

    /** Pieces that wait for each other: each must be at work on a thread of its own. */
    private static Set<Thread> meet(int threads) {
        Set<Thread> met = ConcurrentHashMap.newKeySet();
        CountDownLatch all = new CountDownLatch(threads);
        Crew.share(
                (piece, pieces) -> {
                    met.add(Thread.currentThread());
                    all.countDown();
                    await(all);
                },
                threads * LEAST,
                LEAST);
        return met;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void pieces_are_at_work_beside_each_other() {
        Set<Thread> met = Crew.during(3, () -> meet(3));
        assertThat(met).hasSize(3).contains(Thread.currentThread());
    }

    @Test
    void hands_are_woken_again_after_they_fell_asleep() {
        List<Set<Thread>> met = Crew.during(3, () -> {
            Set<Thread> first = meet(3);
            awaitSleep(first);
            return List.of(first, meet(3));
        });
        assertThat(met.get(1)).isEqualTo(met.get(0));
    }

    private static void awaitSleep(Set<Thread> threads) {
        for (Thread thread : threads) {
            while (thread != Thread.currentThread() && thread.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void hands_end_with_the_work_and_hold_no_jvm_open() throws InterruptedException {
        Set<Thread> met = Crew.during(4, () -> meet(4));
        met.remove(Thread.currentThread());
        for (Thread hand : met) {
            assertThat(hand.isDaemon()).isTrue();
            hand.join(PATIENCE);
            assertThat(hand.isAlive()).isFalse();
        }
    }

    @Test
    void hands_end_where_the_work_fails_too() throws InterruptedException {
        List<Thread> met = new ArrayList<>();
        assertThatThrownBy(() -> Crew.during(2, () -> {
                    met.addAll(meet(2));
                    throw new IllegalStateException("the training failed");
                }))
                .hasMessage("the training failed");
        met.remove(Thread.currentThread());
        met.get(0).join(PATIENCE);
        assertThat(met.get(0).isAlive()).isFalse();
        assertThat(Crew.mine()).isNull();
    }

    @Test
    void the_failure_of_the_first_piece_that_failed_reaches_the_caller_and_the_crew_goes_on() {
        Crew.during(3, () -> {
            for (int loop = 0; loop < Worth.STRETCH - 1; loop++) {
                CountDownLatch all = new CountDownLatch(3);
                Piecework failing = (piece, pieces) -> {
                    all.countDown();
                    await(all);
                    if (piece > 0) {
                        throw new IllegalStateException("piece " + piece);
                    }
                };
                assertThatThrownBy(() -> Crew.share(failing, 3 * LEAST, LEAST))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage("piece 1");
            }
            return meet(3);
        });
    }

    @Test
    void an_error_of_a_hand_is_thrown_as_it_is() {
        AssertionError own = new AssertionError("own");
        Piecework failing = (piece, pieces) -> {
            if (piece == 1) {
                throw own;
            }
        };
        Crew.during(2, () -> {
            assertThatThrownBy(() -> Crew.share(failing, 2 * LEAST, LEAST)).isSameAs(own);
            return own;
        });
    }

    @Test
    void an_interrupt_neither_breaks_a_loop_nor_is_lost() {
        Crew.during(2, () -> {
            Thread.currentThread().interrupt();
            AtomicIntegerArray done = new AtomicIntegerArray(2);
            Crew.share((piece, pieces) -> done.incrementAndGet(piece), 2 * LEAST, LEAST);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(done).hasToString("[1, 1]");
            return done;
        });
    }

    @Test
    void an_interrupted_hand_goes_on_to_work() {
        Crew.during(2, () -> {
            Set<Thread> first = meet(2);
            first.forEach(thread -> {
                if (thread != Thread.currentThread()) {
                    thread.interrupt();
                }
            });
            awaitSleep(first);
            assertThat(meet(2)).isEqualTo(first);
            return first;
        });
    }

    @Test
    void a_loop_within_a_piece_is_done_by_the_thread_of_the_piece() {
        Set<Thread> inner = ConcurrentHashMap.newKeySet();
        Crew.during(2, () -> {
            CountDownLatch both = new CountDownLatch(2);
            Crew.share(
                    (piece, pieces) -> {
                        both.countDown();
                        await(both);
                        Thread own = Thread.currentThread();
                        Crew.share(
                                (p, all) -> {
                                    assertThat(all).isEqualTo(1);
                                    assertThat(Thread.currentThread()).isSameAs(own);
                                    inner.add(own);
                                },
                                100 * LEAST,
                                LEAST);
                    },
                    2 * LEAST,
                    LEAST);
            return inner;
        });
        assertThat(inner).hasSize(2);
    }

    @Test
    void small_loops_and_threads_without_a_crew_begin_no_hand() {
        List<Integer> pieces = new ArrayList<>();
        Crew.share((piece, all) -> pieces.add(all), 100 * LEAST, LEAST);
        Crew.during(1, () -> {
            Crew.share((piece, all) -> pieces.add(all), 100 * LEAST, LEAST);
            return pieces;
        });
        Crew.during(4, () -> {
            Crew.share((piece, all) -> pieces.add(all), 2 * LEAST - 1, LEAST);
            return pieces;
        });
        assertThat(pieces).containsExactly(1, 1, 1);
    }

    @Test
    void a_work_within_another_has_its_own_crew_and_gives_the_outer_one_back() {
        Crew.during(2, () -> {
            Crew outer = Crew.mine();
            Crew.during(3, () -> assertThat(Crew.mine()).isNotNull().isNotSameAs(outer));
            Crew.during(1, () -> {
                assertThat(Crew.mine()).isNull();
                return outer;
            });
            assertThat(Crew.mine()).isSameAs(outer);
            return outer;
        });
        assertThat(Crew.mine()).isNull();
    }

    @Test
    void many_crews_work_beside_each_other() throws Exception {
        float[] a = SampledTape.normal(64 * 300, 1, Draws.generator(1));
        float[] b = SampledTape.normal(300 * 200, 1, Draws.generator(2));
        float[] expected = new float[64 * 200];
        Blas.nn(64, 200, 300, a, 0, 300, b, 0, 200, 0f, expected, 0, 200);
        Callable<Boolean> training = () -> Crew.during(3, () -> {
            for (int step = 0; step < 100; step++) {
                float[] c = new float[64 * 200];
                Blas.nn(64, 200, 300, a, 0, 300, b, 0, 200, 0f, c, 0, 200);
                assertThat(c).isEqualTo(expected);
            }
            return true;
        });
        ExecutorService pool = Executors.newFixedThreadPool(6);
        try {
            List<Future<Boolean>> ends = new ArrayList<>();
            for (int t = 0; t < 12; t++) {
                ends.add(pool.submit(training));
            }
            for (Future<Boolean> end : ends) {
                assertThat(end.get()).isTrue();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void without_a_word_a_training_has_the_cores_up_to_four() {
        assertThat(Crew.usual()).isEqualTo(Math.min(4, Runtime.getRuntime().availableProcessors()));
    }

    @ParameterizedTest(name = "-Dmtl4j.threads={0}")
    @ValueSource(strings = {"0", "257", "two", ""})
    void a_property_that_is_no_number_of_threads_is_named(String value) {
        System.setProperty("mtl4j.threads", value);
        try {
            assertThatThrownBy(Crew::usual)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(
                            "-Dmtl4j.threads=%s: a training has 1 to 256 threads.%nGive 1 for one thread, or leave it out for the cores of the machine.",
                            value);
        } finally {
            System.clearProperty("mtl4j.threads");
        }
    }

    @Test
    void the_property_says_how_many_threads_a_training_has() {
        System.setProperty("mtl4j.threads", "3");
        try {
            assertThat(Crew.usual()).isEqualTo(3);
        } finally {
            System.clearProperty("mtl4j.threads");
        }
    }
}
