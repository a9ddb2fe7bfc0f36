package org.mtl4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mtl4j.balance.Balancer;
import org.mtl4j.balance.Equal;
import org.mtl4j.balance.Weighting;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.data.Split;
import org.mtl4j.layer.Mlp;
import org.mtl4j.optimise.Sgd;
import org.mtl4j.sharing.Graph;
import org.mtl4j.sharing.Hard;
import org.mtl4j.task.Task;
import org.tribuo.regression.Regressor;

/** What a listener hears: a start, progress now and then, one end in whatever way. */
class ListeningTest {

    private static final Task<Regressor> SIZE = Task.named("size").regression();

    /** Notes what it hears, and does something at the first progress. */
    private static final class Notes implements TrainingListener {
        private final List<String> order = new ArrayList<>();
        private final List<Progress> progress = new ArrayList<>();
        private final List<History> ended = new ArrayList<>();
        private final Runnable atFirst;

        Notes(Runnable atFirst) {
            this.atFirst = atFirst;
        }

        @Override
        public void started(Started event) {
            order.add("started " + event.title() + " " + event.tasks() + " " + event.epochs() + " " + event.steps());
        }

        @Override
        public void progress(Progress event) {
            progress.add(event);
            if (progress.size() == 1) {
                order.add("progress");
                atFirst.run();
            }
        }

        @Override
        public void ended(History history) {
            order.add("ended");
            ended.add(history);
        }
    }

    private static MultiTaskData rows() {
        double[][] x = new double[64][2];
        double[] size = new double[64];
        for (int r = 0; r < 64; r++) {
            int column = r / 8;
            x[r] = new double[] {r % 8, column};
            size[r] = r % 8 - 0.5 * column;
        }
        return MultiTaskData.dense(x).target(SIZE, size);
    }

    private static History run(Balancer balancer, int epochs, TrainingListener listener) {
        Prepared prepared = Prepared.of(Split.of(rows(), rows(), rows()), List.of(SIZE));
        Graph graph = Graph.build(new Hard(Mlp.of(4)), prepared.inputs(), prepared.objectives(), 1);
        Plan plan = new Plan(balancer, Sgd.of(0.01), new Length.Epochs(epochs), 16, 1, Stopping.DEFAULT, 0);
        return Training.run(
                graph, plan, prepared.train(), prepared.validation(), new Training.Audience("a toy", listener));
    }

    /** Equal weights until a number of steps, then an exception. */
    private static Balancer failingAfter(int steps) {
        return new Balancer() {
            private int taken;

            @Override
            public Needs needs() {
                return Needs.LOSSES;
            }

            @Override
            public Weighting start(List<String> tasks) {
                return (step, into) -> {
                    if (taken++ == steps) {
                        throw new IllegalStateException("no weights left");
                    }
                    into[0] = 1;
                };
            }
        };
    }

    @Test
    void a_short_training_is_heard_to_start_and_to_end() {
        Notes notes = new Notes(() -> {});
        History history = run(new Equal(), 1, notes);
        assertThat(notes.order).first().isEqualTo("started a toy [size] 1 4");
        assertThat(notes.order).last().isEqualTo("ended");
        assertThat(notes.ended).containsExactly(history);
    }

    @Test
    void progress_comes_at_most_every_quarter_second_and_goes_forward() {
        Notes notes = new Notes(() -> {});
        List<Notes> stop = new ArrayList<>();
        TrainingListener untilThree = new TrainingListener() {
            @Override
            public void started(Started event) {
                notes.started(event);
            }

            @Override
            public void progress(Progress event) {
                notes.progress(event);
                if (notes.progress.size() == 3) {
                    stop.add(notes);
                    Thread.currentThread().interrupt();
                }
            }

            @Override
            public void ended(History history) {
                notes.ended(history);
            }
        };
        History history = run(new Equal(), 100_000_000, untilThree);
        assertThat(stop).hasSize(1);
        assertThat(notes.progress).hasSize(3);
        assertThat(history.elapsed()).isGreaterThanOrEqualTo(Listening.PROGRESS_EVERY.multipliedBy(3));
        for (int i = 1; i < 3; i++) {
            TrainingListener.Progress before = notes.progress.get(i - 1);
            TrainingListener.Progress now = notes.progress.get(i);
            assertThat(now.step()).isGreaterThan(before.step());
            assertThat(now.epochs().size())
                    .isGreaterThanOrEqualTo(before.epochs().size());
        }
        assertThat(notes.progress.get(0).steps()).isEqualTo(400_000_000L);
        assertThat(notes.progress.get(0).weights()).containsExactly(1.0);
        assertThat(notes.progress.get(0).conflictShare()).isNaN();
    }

    @Test
    void an_interrupted_training_is_heard_to_end_once() {
        Notes notes = new Notes(() -> Thread.currentThread().interrupt());
        History history = run(new Equal(), 100_000_000, notes);
        assertThat(notes.order).containsExactly("started a toy [size] 100000000 400000000", "progress", "ended");
        assertThat(notes.ended).containsExactly(history);
        assertThat(history.ending()).isEqualTo(new Ending.Interrupted());
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void a_training_that_fails_is_heard_to_end_once_and_its_caller_gets_the_exception() {
        Notes notes = new Notes(() -> {});
        assertThatThrownBy(() -> run(failingAfter(6), 5, notes))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no weights left");
        assertThat(notes.order).first().isEqualTo("started a toy [size] 5 20");
        assertThat(notes.ended).hasSize(1);
        assertThat(notes.ended.get(0).ending()).isEqualTo(new Ending.Failed("no weights left"));
        assertThat(notes.ended.get(0).epochs()).hasSize(1);
    }

    @Test
    void a_listener_that_fails_is_heard_to_end_too() {
        Notes notes = new Notes(() -> {
            throw new IllegalStateException("the view is gone");
        });
        assertThatThrownBy(() -> run(new Equal(), 100_000_000, notes)).hasMessage("the view is gone");
        assertThat(notes.ended).hasSize(1);
        assertThat(notes.ended.get(0).ending()).isEqualTo(new Ending.Failed("the view is gone"));
    }
}
