package org.mtl4j.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.mtl4j.fitted.Metric;
import org.mtl4j.measure.ConflictTransfer;
import org.mtl4j.measure.DeltaMs;
import org.mtl4j.measure.Scarcity;
import org.mtl4j.measure.TransferMatrix;
import org.mtl4j.train.Toy;

/** The results of made-up studies, small and large. */
final class StudyCharts {

    static final List<String> NINE = List.of(
            "casual",
            "registered",
            "<script>\"&'",
            "a name of forty characters, as long as t",
            "value",
            "wage",
            "position",
            "income",
            "a task whose name goes on and on and on, beyond what a chart prints");

    private StudyCharts() {}

    /** Every chart of a study in every size, the sparse ones too. */
    static Stream<Chart> charts() {
        List<Chart> charts = new ArrayList<>();
        for (int tasks : List.of(2, 3, 9)) {
            for (int seeds : List.of(1, 3)) {
                charts.add(Charts.transferMatrix(matrix(tasks, seeds, Metric.AUC)));
                charts.add(Charts.conflictTransfer(points(tasks, seeds, 5)));
            }
        }
        charts.add(Charts.transferMatrix(mixed(9)));
        charts.add(Charts.transferMatrix(new TransferMatrix(NINE.subList(0, 2), List.of(), TransferMatrix.PAIR)));
        charts.add(Charts.transferMatrix(
                new TransferMatrix(List.of("a", "b"), List.of(entry("a", "b", 0, 0)), TransferMatrix.LEAVE_ONE_OUT)));
        charts.add(Charts.conflictTransfer(new ConflictTransfer(List.of())));
        for (int ways : List.of(1, 2, 20)) {
            charts.add(Charts.deltaM(bars(ways, ways == 2 ? 1 : 4)));
        }
        charts.add(Charts.deltaM(new DeltaMs(List.of(new DeltaMs.Bar("failed", List.of())))));
        charts.add(Charts.scarcity(scarcity(6, 3, 50, 100, 110, 120, 1000, 12345)));
        charts.add(Charts.scarcity(scarcity(2, 1, 100, 300, 1000)));
        charts.add(Charts.scarcity(scarcity(3, 3, 300)));
        charts.add(Charts.trajectories(Ways.over(Toy.surfaces(1))));
        charts.add(Charts.trajectories(Ways.over(Ways.bowls(3))));
        return charts.stream();
    }

    /** An entry whose gains are these, of AUC. */
    static TransferMatrix.Entry entry(String from, String to, double... gains) {
        return new TransferMatrix.Entry(
                from,
                to,
                Metric.AUC,
                IntStream.range(0, gains.length).mapToObj(i -> gains[i]).toList());
    }

    /** All pairs but each fifth, of one metric. */
    static TransferMatrix matrix(int tasks, int seeds, Metric metric) {
        List<TransferMatrix.Entry> entries = new ArrayList<>();
        for (int from = 0; from < tasks; from++) {
            for (int to = 0; to < tasks; to++) {
                if (from != to && (from + 3 * to) % 5 != 4) {
                    double mean = 0.012 * ((from + 2 * to) % 5 - 2);
                    entries.add(
                            new TransferMatrix.Entry(NINE.get(from), NINE.get(to), metric, around(mean, 0.01, seeds)));
                }
            }
        }
        return new TransferMatrix(NINE.subList(0, tasks), entries, TransferMatrix.PAIR);
    }

    /** The same with R2 and RMSE in turn. */
    static TransferMatrix mixed(int tasks) {
        List<TransferMatrix.Entry> entries = matrix(tasks, 3, Metric.AUC).entries().stream()
                .map(each -> NINE.indexOf(each.to()) % 2 == 0
                        ? new TransferMatrix.Entry(each.from(), each.to(), Metric.R2, each.gains())
                        : new TransferMatrix.Entry(
                                each.from(),
                                each.to(),
                                Metric.RMSE,
                                each.gains().stream().map(gain -> 1000 * gain).toList()))
                .toList();
        return new TransferMatrix(NINE.subList(0, tasks), entries, TransferMatrix.PAIR);
    }

    /** Points of each task in some ways, RMSE for the second task. */
    static ConflictTransfer points(int tasks, int seeds, int ways) {
        List<ConflictTransfer.Point> points = new ArrayList<>();
        for (int task = 0; task < tasks; task++) {
            for (int way = 0; way < ways; way++) {
                points.add(new ConflictTransfer.Point(
                        NINE.get(task),
                        "way " + way,
                        task == 1 ? Metric.RMSE : Metric.AUC,
                        around(0.1 * (way - 2) + 0.02 * task, 0.02, seeds),
                        around(0.03 * ((way * 3 + task) % 5 - 2), 0.01, seeds)));
            }
        }
        return new ConflictTransfer(points);
    }

    /** Ways with short and very long names. */
    static DeltaMs bars(int ways, int seeds) {
        return new DeltaMs(IntStream.range(0, ways)
                .mapToObj(way -> new DeltaMs.Bar(
                        way % 5 == 1
                                ? "income + never-married + age + education, hard(mlp(256, 128)), uncertainty(), way "
                                        + way
                                : "<b>hard</b>(mlp(64)), pcgrad() " + way,
                        around(1.5 * (way % 4 - 2), 1, seeds)))
                .toList());
    }

    /** Falling curves. */
    static Scarcity scarcity(int curves, int seeds, int... labels) {
        return new Scarcity(
                NINE.get(3),
                Metric.R2,
                IntStream.range(0, curves)
                        .mapToObj(curve -> new Scarcity.Curve(
                                curve == 1 ? "with all others, cagrad(0.4), and some more words" : "curve " + curve,
                                IntStream.range(0, labels.length)
                                        .mapToObj(i -> new Scarcity.Point(
                                                labels[i], around(0.1 / (i + 1) - 0.03 * curve, 0.02, seeds)))
                                        .toList()))
                        .toList());
    }

    private static List<Double> around(double mean, double step, int seeds) {
        return IntStream.range(0, seeds)
                .mapToObj(seed -> mean + step * (seed - (seeds - 1) / 2.0))
                .toList();
    }
}
