package org.mtl4j.study;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mtl4j.balance.Balancer;
import org.mtl4j.balance.Equal;
import org.mtl4j.layer.Encoder;
import org.mtl4j.sharing.Graph;
import org.mtl4j.sharing.Sharing;
import org.mtl4j.sharing.Soft;
import org.mtl4j.task.Task;
import org.mtl4j.train.Spec;
import org.mtl4j.train.Stopping;

/**
 * The axes of a study, which multiply: every subset of tasks with every sharing, balancing and number of labels, at every
 * rate, for every seed. A frozen value.
 *
 * @param recipe what is varied
 * @param subsets the tasks that are trained together, each in the recipe's order
 * @param sharings the nets
 * @param balancers what weighs the tasks
 * @param labels how many labels one task has
 * @param repeats the seeds
 * @param rates learning rates, of which each cell takes one by its validation criterion
 */
public record Design(
        Spec recipe,
        List<List<Task<?>>> subsets,
        List<Sharing> sharings,
        List<Balancer> balancers,
        List<LabelCount> labels,
        Repeats repeats,
        List<Double> rates) {

    /** Why a cell is left out. */
    public enum Reason {
        /** A balancer of gradients, and no parameter that two tasks reach. */
        NOTHING_SHARED("a gradient method where nothing is shared"),
        /** The single-task baseline under another name. */
        BASELINE("equal weights on one task, which is the single-task baseline itself"),
        /** The same training as another cell. */
        SAME("fewer labels of a task that is not trained, which change nothing");

        private final String words;

        Reason(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    public Design {
        subsets = List.copyOf(subsets);
        sharings = List.copyOf(sharings);
        balancers = List.copyOf(balancers);
        labels = List.copyOf(labels);
        rates = List.copyOf(rates);
    }

    /** This design with other subsets. */
    public Design subsets(List<List<Task<?>>> others) {
        return new Design(recipe, others, sharings, balancers, labels, repeats, rates);
    }

    /** This design with other nets. */
    public Design sharings(List<Sharing> others) {
        return new Design(recipe, subsets, others, balancers, labels, repeats, rates);
    }

    /** This design with other balancers. */
    public Design balancers(List<Balancer> others) {
        return new Design(recipe, subsets, sharings, others, labels, repeats, rates);
    }

    /** This design with other numbers of labels. */
    public Design labels(List<LabelCount> others) {
        return new Design(recipe, subsets, sharings, balancers, others, repeats, rates);
    }

    /** This design with other seeds. */
    public Design repeats(Repeats others) {
        return new Design(recipe, subsets, sharings, balancers, labels, others, rates);
    }

    /** This design with other rates. */
    public Design rates(List<Double> others) {
        return new Design(recipe, subsets, sharings, balancers, labels, repeats, others);
    }

    /** The recipe with those of its tasks that the study trains. */
    Spec whole() {
        List<Task<?>> trained = recipe.tasks().stream()
                .filter(task -> subsets.stream().anyMatch(subset -> subset.contains(task)))
                .collect(Collectors.toUnmodifiableList());
        Stopping stopping = recipe.plan().stopping();
        boolean watched = trained.stream().anyMatch(task -> task.name().equals(stopping.task()));
        return new Spec(recipe.sharing(), trained, recipe.plan().stopping(watched ? stopping : Terms.onAll(stopping)));
    }

    /** The cells that make sense, in the order of the axes. */
    public List<Cell> cells() {
        Set<Cell> cells = new LinkedHashSet<>();
        for (Cell cell : product()) {
            if (reason(cell) == null) {
                cells.add(normal(cell));
            }
        }
        return List.copyOf(cells);
    }

    /** How many cells are left out, by reason. */
    public Map<Reason, Integer> leftOut() {
        Map<Reason, Integer> counts = new EnumMap<>(Reason.class);
        Set<Cell> seen = new LinkedHashSet<>();
        for (Cell cell : product()) {
            Reason reason = reason(cell);
            if (reason == null && !seen.add(normal(cell))) {
                reason = Reason.SAME;
            }
            if (reason != null) {
                counts.merge(reason, 1, Integer::sum);
            }
        }
        return counts;
    }

    /** {@code 4 cells left out: a gradient method where nothing is shared.} */
    public static String leftOut(Map.Entry<Reason, Integer> entry) {
        return "%s left out: %s.".formatted(number(entry.getValue(), "cell"), entry.getKey());
    }

    /** {@code 1 cell}, {@code 2 cells}. */
    public static String number(int count, String what) {
        return String.format(Locale.ROOT, "%,d %s%s", count, what, count == 1 ? "" : "s");
    }

    private List<Cell> product() {
        List<Cell> product = new ArrayList<>();
        for (List<Task<?>> subset : subsets) {
            for (Sharing sharing : sharings) {
                for (Balancer balancer : balancers) {
                    for (LabelCount count : labels) {
                        product.add(new Cell(Cell.Kind.JOINT, subset, sharing, balancer, count));
                    }
                }
            }
        }
        return product;
    }

    private static @Nullable Reason reason(Cell cell) {
        boolean decayed = cell.sharing() instanceof Soft soft && soft.penalty() == Soft.Penalty.NORMS;
        if (cell.tasks().size() == 1 && cell.balancer() instanceof Equal && !decayed) {
            return Reason.BASELINE;
        }
        boolean needsShared = cell.balancer().needs() == Balancer.Needs.GRAM;
        return needsShared && !Graph.sketch(cell.sharing(), cell.tasks()).isShared() ? Reason.NOTHING_SHARED : null;
    }

    /** The cell with all labels where those that it names are of a task that it does not train. */
    private static Cell normal(Cell cell) {
        boolean trained = cell.names().contains(cell.labels().task());
        return trained ? cell : new Cell(cell.kind(), cell.tasks(), cell.sharing(), cell.balancer(), LabelCount.ALL);
    }

    /** The single-task baselines: one per task, encoder and number of its labels. */
    public List<Cell> baselines() {
        Set<Cell> baselines = new LinkedHashSet<>();
        Set<Encoder> encoders = new LinkedHashSet<>();
        sharings.forEach(sharing -> encoders.add(sharing.encoder()));
        for (Task<?> task : whole().tasks()) {
            for (Encoder encoder : encoders) {
                labels.forEach(count -> baselines.add(alone(task, encoder, count)));
            }
        }
        return List.copyOf(baselines);
    }

    private Cell alone(Task<?> task, Encoder encoder, LabelCount count) {
        Spec spec = Terms.alone(recipe, task, encoder);
        return normal(new Cell(
                Cell.Kind.ALONE, spec.tasks(), spec.sharing(), spec.plan().balancer(), count));
    }

    /** What a task in a cell is compared with. */
    Cell baseline(Cell cell, Task<?> task) {
        return alone(task, cell.sharing().encoder(), cell.labels());
    }

    /** All trainings, in the order that they start: seed by seed, so that an interrupt leaves whole seeds. */
    public List<TrialSpec> trials() {
        List<Cell> all = new ArrayList<>(baselines());
        all.addAll(cells());
        List<TrialSpec> trials = new ArrayList<>();
        for (long seed : repeats.list()) {
            for (LabelCount count : counts()) {
                for (Cell cell : all) {
                    if (cell.labels().equals(count)) {
                        rates.forEach(rate -> trials.add(new TrialSpec(cell, seed, rate)));
                    }
                }
            }
        }
        return trials;
    }

    /** The numbers of labels that occur: those of the axis, and all labels. */
    private List<LabelCount> counts() {
        Set<LabelCount> counts = new LinkedHashSet<>(List.of(LabelCount.ALL));
        counts.addAll(labels);
        return List.copyOf(counts);
    }

    /** How a cell trains, in words: its balancing, and of sharing and labels what varies. */
    public String way(Cell cell) {
        String net = sharings.size() > 1 ? cell.sharing() + ", " : "";
        return net + cell.balancer() + (cell.labels().isAll() ? "" : ", " + cell.labels());
    }

    /** A cell in words: {@code casual + registered, pcgrad()}. */
    public String words(Cell cell) {
        return cell.subset() + ", " + way(cell);
    }

    /** The ways of all cells. */
    List<String> ways() {
        return cells().stream().map(this::way).distinct().toList();
    }

    /** The number of trainings. */
    public long trainings() {
        return (long) (cells().size() + baselines().size()) * repeats.seeds() * rates.size();
    }
}
