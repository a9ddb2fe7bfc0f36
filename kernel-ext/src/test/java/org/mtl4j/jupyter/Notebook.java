package org.mtl4j.jupyter;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.mtl4j.train.Ending;
import org.mtl4j.train.Epoch;
import org.mtl4j.train.History;
import org.mtl4j.train.TrainingListener.Progress;
import org.mtl4j.train.TrainingListener.Started;

/** A notebook with one running cell and a clock that tests turn. Mutable. */
final class Notebook {

    static final List<String> TASKS = List.of("income", "a<b");

    /** Each output as '+id' or '=id' for a new or a replaced one, with its text. */
    final List<String> outputs = new ArrayList<>();

    final List<Bundle> bundles = new ArrayList<>();
    private long millis = 5;
    private int ids;
    private int cell = 1;
    final LiveView view = new LiveView(this::cell, () -> millis * 1_000_000, () -> "d" + ++ids);

    private record FakeCell(int number, Notebook notebook) implements Cell {
        @Override
        public void show(String id, Bundle bundle) {
            notebook.put("+" + id, bundle);
        }

        @Override
        public void update(String id, Bundle bundle) {
            notebook.put("=" + id, bundle);
        }
    }

    private void put(String output, Bundle bundle) {
        outputs.add(output + " " + bundle.data().get(Bundle.TEXT));
        bundles.add(bundle);
    }

    private Cell cell() {
        return new FakeCell(cell, this);
    }

    void nextCell() {
        cell++;
    }

    void passes(int moreMillis) {
        millis += moreMillis;
    }

    void start() {
        view.started(new Started("A <net>", TASKS, 10, 100));
    }

    void step(int step) {
        view.progress(progress(step));
    }

    static Progress progress(int step) {
        return new Progress(
                1 + step / 10,
                step,
                100,
                List.of(0.5, Double.NaN),
                List.of(1.0, 1.0),
                Double.NaN,
                20,
                Duration.ofSeconds(4),
                epochs(step / 10));
    }

    void end(Ending ending, int epochs) {
        view.ended(history(ending, epochs));
    }

    static History history(Ending ending, int epochs) {
        return new History(
                TASKS,
                List.of(),
                History.Compared.SHARED,
                epochs(epochs),
                List.of(),
                0,
                epochs,
                "mean loss",
                ending,
                Duration.ofMillis(1500),
                Duration.ZERO);
    }

    private static List<Epoch> epochs(int number) {
        return IntStream.rangeClosed(1, number)
                .mapToObj(n -> new Epoch(
                        n,
                        10 * n,
                        List.of(0.25, 0.5),
                        List.of(0.3, 0.6),
                        0.45,
                        List.of(1.0, 1.0),
                        0,
                        1e-3,
                        Duration.ZERO))
                .toList();
    }
}
