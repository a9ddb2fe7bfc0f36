package org.mtl4j.study;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mtl4j.balance.Balancer;
import org.mtl4j.balance.Equal;
import org.mtl4j.balance.TunedFixed;
import org.mtl4j.layer.Encoder;
import org.mtl4j.sharing.Graph;
import org.mtl4j.sharing.Sharing;
import org.mtl4j.sharing.Soft;
import org.mtl4j.task.Task;
import org.mtl4j.train.Spec;
import org.mtl4j.train.Stopping;

/** What a study trains: the product of its axes without the cells that make no sense, and what they are compared with. */
public final class Design {

    private final Axes axes;
    private final Set<Cell> cells = new LinkedHashSet<>();
    private final Set<Cell> baselines = new LinkedHashSet<>();
    private final Map<LeftOut, Integer> leftOut = new EnumMap<>(LeftOut.class);
    private final Candidates candidates;

    private Design(Axes axes) {
        this.axes = axes;
        product();
        candidates = new Candidates(cells, axes.repeats().first());
        baselines();
        controls();
    }

    /** The design of these axes. */
    public static Design of(Axes axes) {
        return new Design(axes);
    }

    /** Its axes. */
    public Axes axes() {
        return axes;
    }

    /** What is varied. */
    Spec recipe() {
        return axes.recipe();
    }

    /** The recipe with those of its tasks that the study trains. */
    Spec whole() {
        List<Task<?>> trained = recipe().tasks().stream()
                .filter(task -> axes.subsets().stream().anyMatch(subset -> subset.contains(task)))
                .collect(Collectors.toUnmodifiableList());
        Stopping stopping = recipe().plan().stopping();
        boolean watched = trained.stream().anyMatch(task -> task.name().equals(stopping.task()));
        return new Spec(
                recipe().sharing(), trained, recipe().plan().stopping(watched ? stopping : Terms.onAll(stopping)));
    }

    /** The cells that make sense, in the order of the axes, and the controls. */
    public List<Cell> cells() {
        return List.copyOf(cells);
    }

    /** How many cells are left out, by reason. */
    public Map<LeftOut, Integer> leftOut() {
        return Collections.unmodifiableMap(leftOut);
    }

    /** The single-task baselines: one per task, encoder and number of its labels. */
    List<Cell> alone() {
        return List.copyOf(baselines);
    }

    /** {@code 4 cells left out: a gradient method where nothing is shared.} */
    static String leftOut(LeftOut reason, int count) {
        return "%s left out: %s.".formatted(number(count, "cell"), reason);
    }

    /** {@code 1 cell}, {@code 2 cells}. */
    public static String number(long count, String what) {
        return String.format(Locale.ROOT, "%,d %s%s", count, what, count == 1 ? "" : "s");
    }

    private void product() {
        for (List<Task<?>> subset : axes.subsets()) {
            for (Sharing sharing : axes.sharings()) {
                for (Balancer balancer : axes.balancers()) {
                    for (LabelCount count : axes.labels()) {
                        add(new Cell(Cell.Kind.JOINT, subset, sharing, balancer, count, Optional.empty()));
                    }
                }
                if (axes.tunedFixedJoins() && subset.size() > 1) {
                    axes.labels().forEach(count -> besideMethods(subset, sharing, count));
                }
            }
        }
    }

    /** Tuned fixed weights beside the methods of this place, if there are any. */
    private void besideMethods(List<Task<?>> subset, Sharing sharing, LabelCount count) {
        Cell tuned = normal(new Cell(Cell.Kind.JOINT, subset, sharing, TunedFixed.standard(), count, Optional.empty()));
        if (Candidates.methods(tuned, cells) > 0) {
            cells.add(tuned);
        }
    }

    private void add(Cell cell) {
        LeftOut reason = reason(cell);
        if (reason == null && !cells.add(normal(cell))) {
            reason = LeftOut.SAME;
        }
        if (reason != null) {
            leftOut.merge(reason, 1, Integer::sum);
        }
    }

    private static @Nullable LeftOut reason(Cell cell) {
        boolean decayed = cell.sharing() instanceof Soft soft && soft.penalty() == Soft.Penalty.NORMS;
        if (cell.tasks().size() == 1 && cell.balancer() instanceof Equal && !decayed) {
            return LeftOut.BASELINE;
        }
        if (cell.tasks().size() == 1 && cell.balancer() instanceof TunedFixed) {
            return LeftOut.NOTHING_TO_TUNE;
        }
        if (!cell.balancer().serves(cell.names())) {
            return LeftOut.UNSERVED;
        }
        boolean needsShared = cell.balancer().needs() != Balancer.Needs.LOSSES;
        return needsShared && !shares(cell) ? LeftOut.NOTHING_SHARED : null;
    }

    /** Whether two tasks of a cell reach a common parameter. */
    static boolean shares(Cell cell) {
        return Graph.sketch(cell.sharing(), cell.tasks()).isShared();
    }

    /** The cell with all labels where those that it names are of a task that it does not train. */
    private static Cell normal(Cell cell) {
        boolean trained = cell.names().contains(cell.labels().task());
        return trained ? cell : cell.labels(LabelCount.ALL);
    }

    private void baselines() {
        for (Task<?> task : whole().tasks()) {
            for (Sharing sharing : axes.sharings()) {
                axes.labels().forEach(count -> baselines.add(alone(task, sharing.encoder(), count)));
            }
        }
    }

    private Cell alone(Task<?> task, Encoder encoder, LabelCount count) {
        Spec spec = Terms.alone(recipe(), task, encoder);
        return normal(new Cell(
                Cell.Kind.ALONE, spec.tasks(), spec.sharing(), spec.plan().balancer(), count, Optional.empty()));
    }

    private void controls() {
        for (Control control : axes.controls()) {
            for (LabelCount count : axes.labels()) {
                Cell baseline = alone(control.task(), axes.sharings().get(0).encoder(), count);
                cells.add(new Cell(
                        Cell.Kind.CONTROL,
                        baseline.tasks(),
                        baseline.sharing(),
                        baseline.balancer(),
                        baseline.labels(),
                        Optional.of(control)));
            }
        }
    }

    /** What a task in a cell is compared with. */
    Cell baseline(Cell cell, Task<?> task) {
        return alone(task, cell.sharing().encoder(), cell.labels());
    }

    /** The candidates of a cell of tuned fixed weights; empty for another. */
    List<Cell> candidates(Cell cell) {
        return candidates.of(cell);
    }

    /** All that is trained, seeds and rates aside. */
    private List<Cell> trained() {
        List<Cell> all = new ArrayList<>(baselines);
        cells.stream().filter(Cell::isTrained).forEach(all::add);
        all.addAll(candidates.own());
        return all;
    }

    /** All trainings, in the order that they start: seed by seed, so that an interrupt leaves whole seeds. */
    public List<TrialSpec> trials() {
        List<TrialSpec> trials = new ArrayList<>();
        for (long seed : axes.repeats().list()) {
            for (LabelCount count : counts()) {
                for (Cell cell : trained()) {
                    if (cell.labels().equals(count)) {
                        rates(cell).forEach(rate -> trials.add(new TrialSpec(cell, seed, rate)));
                    }
                }
            }
        }
        return trials;
    }

    /** The rates of a cell: those of the study, or the one that is none of a control. */
    List<Double> rates(Cell cell) {
        return cell.control().isPresent() ? List.of(Double.NaN) : axes.rates();
    }

    /** The numbers of labels that occur: all labels, and those of the axis. */
    private List<LabelCount> counts() {
        Set<LabelCount> counts = new LinkedHashSet<>(List.of(LabelCount.ALL));
        counts.addAll(axes.labels());
        return List.copyOf(counts);
    }

    /** The number of trainings. */
    public long trainings() {
        return trainings(trained());
    }

    /** The number of those that only serve tuned fixed weights. */
    public long tuning() {
        return trainings(candidates.own());
    }

    private long trainings(List<Cell> trained) {
        long perSeed = trained.stream().mapToLong(cell -> rates(cell).size()).sum();
        return perSeed * axes.repeats().seeds();
    }

    private int controlled() {
        return (int) cells.stream().filter(cell -> cell.control().isPresent()).count();
    }

    /** {@code 18 trainings: (3 cells and 3 single-task baselines) x 3 seeds x 1 learning rate.}, and what is left out. */
    public String count() {
        int own = candidates.own().size();
        long joint = cells.stream().filter(Cell::isTrained).count() - controlled();
        StringBuilder count = new StringBuilder("%s: (%s%s and %s) x %s x %s"
                .formatted(
                        number(trainings(), "training"),
                        number(joint, "cell"),
                        own == 0 ? "" : ", " + number(own, "candidate") + " for tunedFixed()",
                        number(baselines.size(), "single-task baseline"),
                        number(axes.repeats().seeds(), "seed"),
                        number(axes.rates().size(), "learning rate")));
        if (controlled() > 0) {
            count.append(", and %s x %s"
                    .formatted(
                            number(controlled(), "control"),
                            number(axes.repeats().seeds(), "seed")));
        }
        count.append('.').append(candidates.line().isEmpty() ? "" : "\n" + candidates.line());
        leftOut.forEach((reason, cellsOut) -> count.append('\n').append(leftOut(reason, cellsOut)));
        return count.toString();
    }

    /** How a cell trains, in words: its balancing, and of sharing and labels what varies. */
    public String way(Cell cell) {
        String labels = cell.labels().isAll() ? "" : ", " + cell.labels();
        if (cell.control().isPresent()) {
            return cell.net() + labels;
        }
        return (axes.sharings().size() > 1 ? cell.net() + ", " : "") + cell.weights() + labels;
    }

    /** A cell in words: {@code casual + registered, pcgrad()}. */
    public String words(Cell cell) {
        return cell.subset() + ", " + way(cell);
    }

    /** The ways of all cells. */
    List<String> ways() {
        return cells.stream().map(this::way).distinct().toList();
    }
}
