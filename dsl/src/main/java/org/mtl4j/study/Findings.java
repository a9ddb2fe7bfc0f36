package org.mtl4j.study;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.mtl4j.balance.Balancer;
import org.mtl4j.fitted.Metric;
import org.mtl4j.measure.ConflictTransfer;
import org.mtl4j.measure.DeltaMs;
import org.mtl4j.measure.Scarcity;
import org.mtl4j.measure.TransferMatrix;
import org.mtl4j.sharing.Sharing;
import org.mtl4j.task.Task;

/** What the results of a study say about each question that it can answer. */
public final class Findings {

    private Findings() {}

    /**
     * What each task gains from each other one: in a pair against alone; without pairs, from all tasks against all but the
     * other.
     *
     * <p>Where the labels of one task vary, its first number of them counts.
     *
     * @throws IllegalArgumentException if the study has neither pairs nor all tasks and all but one, trained in this way
     */
    public static TransferMatrix transfer(Results results, Sharing sharing, Balancer balancer) {
        LabelCount labels = results.design().axes().labels().get(0);
        List<Cell> cells = results.design().cells().stream()
                .filter(cell -> cell.sharing().equals(sharing) && isOf(balancer, cell))
                .filter(cell -> cell.labels().isAll() || cell.labels().equals(labels))
                .toList();
        List<Task<?>> tasks = results.design().recipe().tasks();
        List<TransferMatrix.Entry> entries = pairs(results, cells);
        String basis = TransferMatrix.PAIR;
        if (entries.isEmpty()) {
            entries = leftOut(results, cells, tasks);
            basis = TransferMatrix.LEAVE_ONE_OUT;
        }
        if (entries.isEmpty()) {
            throw new IllegalArgumentException(
                    "transfer(): the study has neither a pair of tasks, nor all tasks and all but one, trained in this way.%nAdd .pairs() or .leaveOneOut() to it, or ask for one of its ways: %s."
                            .formatted(results.design().ways()));
        }
        return new TransferMatrix(tasks.stream().map(Task::name).toList(), entries, basis);
    }

    /** Balancers of one's own may have no other equality than their name. */
    private static boolean isOf(Balancer balancer, Cell cell) {
        return cell.balancer().equals(balancer) || cell.balancer().toString().equals(balancer.toString());
    }

    private static List<TransferMatrix.Entry> pairs(Results results, List<Cell> cells) {
        List<TransferMatrix.Entry> entries = new ArrayList<>();
        for (Cell cell : cells) {
            if (cell.tasks().size() == 2) {
                for (Effect effect : results.effects(cell)) {
                    String to = effect.task().name();
                    String from = cell.names().get(1 - cell.names().indexOf(to));
                    entries.add(new TransferMatrix.Entry(
                            from,
                            to,
                            effect.transfer().metric(),
                            effect.transfer().gains()));
                }
            }
        }
        return entries;
    }

    private static List<TransferMatrix.Entry> leftOut(Results results, List<Cell> cells, List<Task<?>> tasks) {
        List<TransferMatrix.Entry> entries = new ArrayList<>();
        for (Cell all : cells) {
            for (Cell fewer : cells) {
                if (all.tasks().size() == tasks.size() && fewer.tasks().size() == tasks.size() - 1) {
                    for (Task<?> to : fewer.tasks()) {
                        entries.add(entry(results, all, fewer, to));
                    }
                }
            }
        }
        return entries;
    }

    private static TransferMatrix.Entry entry(Results results, Cell all, Cell fewer, Task<?> to) {
        String from = all.names().stream()
                .filter(name -> !fewer.names().contains(name))
                .findFirst()
                .orElseThrow();
        Metric metric = Metric.mainOf(to);
        List<Double> with = Results.scores(results.of(all), to);
        List<Double> without = Results.scores(results.of(fewer), to);
        List<Double> gains = IntStream.range(0, with.size())
                .mapToObj(seed -> metric.gain(without.get(seed), with.get(seed)))
                .filter(Double::isFinite)
                .toList();
        return new TransferMatrix.Entry(from, to.name(), metric, gains);
    }

    /** Delta-m of each way to train all tasks. */
    public static DeltaMs deltaM(Results results) {
        Design design = results.design();
        List<DeltaMs.Bar> bars = new ArrayList<>();
        for (Cell cell : design.cells()) {
            if (cell.tasks().equals(design.recipe().tasks())) {
                bars.add(new DeltaMs.Bar(
                        design.way(cell), Summary.of(results, cell).percents()));
            }
        }
        if (bars.isEmpty()) {
            throw new IllegalArgumentException(
                    "deltaM(): no training of the study is of all tasks.%nAdd .subset(%s) to it."
                            .formatted(String.join(", ", design.recipe().names())));
        }
        return new DeltaMs(bars);
    }

    /**
     * What a task gains from joint training as its labels get fewer.
     *
     * @throws IllegalArgumentException if the study does not vary its labels
     */
    public static Scarcity scarcity(Results results, Task<?> task) {
        Design design = results.design();
        if (design.axes().labels().stream().noneMatch(count -> count.task().equals(task.name()))) {
            throw new IllegalArgumentException(
                    "scarcity(%s): the study does not vary the labels of this task.%nAdd .labels(%s, 100, 300, 1000) to it."
                            .formatted(task.name(), task.name()));
        }
        List<Cell> cells = design.cells().stream()
                .filter(cell -> cell.tasks().size() > 1 && cell.names().contains(task.name()))
                .toList();
        List<Scarcity.Curve> curves = cells.stream()
                .map(cell -> curve(design, cell, task))
                .distinct()
                .map(name -> new Scarcity.Curve(name, points(results, cells, name, task)))
                .toList();
        return new Scarcity(task.name(), Metric.mainOf(task), curves);
    }

    private static String curve(Design design, Cell cell, Task<?> task) {
        return "with " + others(cell, task) + ", " + design.way(cell.labels(LabelCount.ALL));
    }

    private static List<Scarcity.Point> points(Results results, List<Cell> cells, String name, Task<?> task) {
        return cells.stream()
                .filter(cell -> curve(results.design(), cell, task).equals(name))
                .sorted((one, other) ->
                        Integer.compare(one.labels().rows(), other.labels().rows()))
                .map(cell -> new Scarcity.Point(
                        cell.labels().rows(),
                        results.effect(cell, task).transfer().gains()))
                .toList();
    }

    /** Gradient conflict beside gain, of every task in every cell in which conflict was probed. */
    public static ConflictTransfer conflict(Results results) {
        List<ConflictTransfer.Point> points = new ArrayList<>();
        for (Effect effect : results.effects()) {
            ConflictTransfer.Point point = point(results, effect);
            if (!point.gains().isEmpty()) {
                points.add(point);
            }
        }
        return new ConflictTransfer(points);
    }

    private static ConflictTransfer.Point point(Results results, Effect effect) {
        List<Trial> trials = results.of(effect.cell());
        int task = effect.cell().names().indexOf(effect.task().name());
        List<Double> cosines = new ArrayList<>();
        List<Double> gains = new ArrayList<>();
        for (int s = 0; s < trials.size(); s++) {
            List<Double> own = trials.get(s).cosines();
            double cosine = own.isEmpty() ? Double.NaN : own.get(task);
            double gain = effect.transfer()
                    .metric()
                    .gain(
                            effect.transfer().single().get(s),
                            effect.transfer().joint().get(s));
            if (Double.isFinite(cosine) && Double.isFinite(gain)) {
                cosines.add(cosine);
                gains.add(gain);
            }
        }
        String with =
                others(effect.cell(), effect.task()) + ", " + results.design().way(effect.cell());
        return new ConflictTransfer.Point(
                effect.task().name(), with, effect.transfer().metric(), cosines, gains);
    }

    private static String others(Cell cell, Task<?> task) {
        List<Task<?>> others = cell.tasks().stream()
                .filter(each -> !each.name().equals(task.name()))
                .toList();
        return Cell.names(others);
    }
}
