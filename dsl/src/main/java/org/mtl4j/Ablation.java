package org.mtl4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.mtl4j.balance.Balancer;
import org.mtl4j.balance.TunedFixed;
import org.mtl4j.data.Split;
import org.mtl4j.sharing.Sharing;
import org.mtl4j.show.Html;
import org.mtl4j.show.Show;
import org.mtl4j.study.Axes;
import org.mtl4j.study.Axis;
import org.mtl4j.study.Control;
import org.mtl4j.study.Design;
import org.mtl4j.study.Estimate;
import org.mtl4j.study.LabelCount;
import org.mtl4j.study.Repeats;
import org.mtl4j.study.Results;
import org.mtl4j.study.Study;
import org.mtl4j.study.Subsets;
import org.mtl4j.study.Trial;
import org.mtl4j.task.Task;
import org.mtl4j.train.Listening;
import org.mtl4j.train.Spec;

/**
 * A study of a recipe over combinations of its tasks, sharing, balancing and labels: what does each combination do to each
 * task, against that task trained alone? A frozen value; {@link #run} does the work.
 *
 * <p>The axes multiply. An axis that is not named has the recipe's own value. Single-task baselines are added: the same
 * encoder, on the rows that carry the task's label. Every training takes as many optimiser steps as the recipe on the
 * whole training part, on the rows that carry a label of one of its tasks. Cells that make no sense are left out and
 * counted: a gradient method where nothing is shared, and what another training of the study is already.
 *
 * <p>Beside the methods of {@link #balance} stand tuned fixed weights, as many candidates as methods and at least one more
 * than tasks: see {@link TunedFixed}. The table says how many trainings each row was chosen from.
 *
 * <p>Each cell takes the learning rate with the best validation criterion, as a mean over seeds. Seeds redraw the split,
 * the initial parameters and the order, unless {@link #sameSplit}. What is reported is the test part.
 *
 * <pre>{@code
 * var casual     = task("casual").regression();
 * var registered = task("registered").regression();
 * var recipe     = hard(mlp(64)).tasks(casual, registered).epochs(10);
 * ablate(recipe).subsets().balance(equal(), pcgrad()).seeds(3).run(data)
 * }</pre>
 */
public final class Ablation implements Show {

    /** Seeds where none are given. */
    public static final int DEFAULT_SEEDS = 3;

    /** Trainings that a study may have where no budget is given. */
    public static final long DEFAULT_BUDGET = 500;

    private final Axes axes;
    private final List<String> subsets;
    private final int workers;
    private final long budget;

    private Ablation(Axes axes, List<String> subsets, int workers, long budget) {
        this.axes = axes;
        this.subsets = List.copyOf(subsets);
        this.workers = workers;
        this.budget = budget;
    }

    static Ablation of(Recipe recipe) {
        Spec spec = recipe.spec();
        return new Ablation(
                Axes.of(spec, DEFAULT_SEEDS), List.of(), Runtime.getRuntime().availableProcessors(), DEFAULT_BUDGET);
    }

    private Ablation with(Axes other) {
        return new Ablation(other, subsets, workers, budget);
    }

    /** Trains every subset of the tasks that is not empty. */
    public Ablation subsets() {
        return subsets(Subsets.all(tasks()), ".subsets()");
    }

    /** Trains every pair of tasks. */
    public Ablation pairs() {
        return subsets(Subsets.pairs(tasks()), ".pairs()");
    }

    /** Trains all tasks, and all but each one. */
    public Ablation leaveOneOut() {
        return subsets(Subsets.leaveOneOut(tasks()), ".leaveOneOut()");
    }

    /** Trains these tasks together; call it once per subset. */
    public Ablation subset(Task<?>... together) {
        List<Task<?>> subset = Subsets.of(List.of(together), tasks());
        String names = subset.stream().map(Task::name).collect(Collectors.joining(", "));
        if (!subsets.isEmpty() && axes.subsets().contains(subset)) {
            throw new IllegalArgumentException(
                    "subset(): %s is a subset of the study already.%nName each subset once.".formatted(names));
        }
        return subsets(List.of(subset), ".subset(" + names + ")");
    }

    private Ablation subsets(List<List<Task<?>>> more, String line) {
        List<List<Task<?>>> all = new ArrayList<>(subsets.isEmpty() ? List.of() : axes.subsets());
        more.stream().filter(subset -> !all.contains(subset)).forEach(all::add);
        List<String> lines = new ArrayList<>(subsets);
        lines.add(line);
        return new Ablation(axes.subsets(all), lines, workers, budget);
    }

    /** Shares between the tasks in each of these ways: {@code hard(mlp(64))}. */
    public Ablation sharing(Architecture... architectures) {
        List<Sharing> sharings =
                Arrays.stream(architectures).map(Architecture::sharing).toList();
        return with(axes.sharings(Axis.of("sharing", sharings, "sharing(hard(mlp(64)))")));
    }

    /**
     * Weighs the tasks in each of these ways. If one of them is more than fixed weights, {@code tunedFixed()} joins where it
     * is not named: the control; {@link #withoutTunedFixed} leaves it out.
     */
    public Ablation balance(Balancer... balancers) {
        List<Balancer> all = Axis.of("balance", List.of(balancers), "balance(equal(), pcgrad())");
        all.forEach(balancer -> TunedFixed.check(balancer, axes.recipe().names()));
        return with(axes.balancers(all));
    }

    /** Leaves out the fixed weights, tuned on validation data, that stand beside methods by themselves. */
    public Ablation withoutTunedFixed() {
        return with(axes.beside(Axes.Beside.NOTHING));
    }

    /** Trains these too, each on the rows with its task's label, for every seed and number of labels: honest controls. */
    public Ablation baseline(Baseline<?>... baselines) {
        List<Control> controls = new ArrayList<>();
        for (Baseline<?> baseline : baselines) {
            Task<?> task = Subsets.require("baseline", baseline.task(), tasks());
            controls.add(new Control(
                    task,
                    baseline.name(),
                    (split, repeat) -> baseline.fit(split, repeat).test().main(task)));
        }
        return with(axes.controls(Axis.of("baseline", controls, "baseline(baseline(casual, trainer))")));
    }

    /** Leaves the training part so many labels of one task, drawn by the seed; the last call counts. */
    public Ablation labels(Task<?> task, int... rows) {
        Subsets.require("labels", task, tasks());
        Arrays.stream(rows).filter(count -> count < 1).findFirst().ifPresent(count -> {
            throw new IllegalArgumentException(
                    "labels(%s, %d): it leaves nothing to learn from.%nKeep at least 1 label."
                            .formatted(task.name(), count));
        });
        List<LabelCount> counts = Arrays.stream(rows)
                .mapToObj(count -> new LabelCount(task.name(), count))
                .toList();
        return with(axes.labels(Axis.of("labels", counts, "labels(" + task.name() + ", 100, 300)")));
    }

    /** Repeats each training for so many seeds, counted from the recipe's seed. */
    public Ablation seeds(int number) {
        return with(axes.repeats(
                new Repeats(number, axes.repeats().first(), axes.repeats().splits())));
    }

    /** Trains all seeds on one split: the intervals then cover initialisation and order only. */
    public Ablation sameSplit() {
        return with(
                axes.repeats(new Repeats(axes.repeats().seeds(), axes.repeats().first(), Repeats.Splits.SAME)));
    }

    /** Tries these learning rates in each cell and each baseline. */
    public Ablation rates(double... grid) {
        List<Double> rates = Axis.of("rates", Arrays.stream(grid).boxed().toList(), "rates(3e-4, 1e-3, 3e-3)");
        rates.forEach(rate -> axes.recipe().plan().optimiser().rate(rate)); // one that exists has a valid rate
        return with(axes.rates(rates));
    }

    /** Trains on so many threads; the result does not depend on it. */
    public Ablation workers(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException(
                    "ablate(): workers(%d) is less than 1.%nGive a positive number, such as workers(2)."
                            .formatted(threads));
        }
        return new Ablation(axes, subsets, threads, budget);
    }

    /** Allows so many trainings. */
    public Ablation budget(long trainings) {
        return new Ablation(axes, subsets, workers, trainings);
    }

    private Design design() {
        return Design.of(axes);
    }

    private List<Task<?>> tasks() {
        return axes.recipe().tasks();
    }

    /** The number of trainings. */
    public long trainings() {
        return design().trainings();
    }

    /**
     * How long {@link #run} will take, from a few timed pieces of its trainings.
     *
     * @throws IllegalArgumentException if data and recipe do not fit
     */
    public Estimate estimate(Split split) {
        return Study.of(design(), split, workers).estimate();
    }

    /**
     * Trains all of it. An interrupt ends it and answers what has been trained so far.
     *
     * @throws IllegalArgumentException if the study is larger than its budget, or data and recipe do not fit; before
     *     training starts
     */
    public AblationResult run(Split split) {
        requireBudget();
        List<Trial> trials = Study.of(design(), split, workers).run(lines(), Listening.current());
        return new AblationResult(Results.of(design(), trials));
    }

    private void requireBudget() {
        Design design = design();
        if (design.trainings() > budget) {
            boolean tuned = design.tuning() > 0;
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "ablate(): %,d trainings%s are more than the budget of %,d.%nName fewer values on an axis%s, or allow them: .budget(%d).",
                    design.trainings(),
                    tuned ? String.format(Locale.ROOT, ", %,d of them for tunedFixed(),", design.tuning()) : "",
                    budget,
                    tuned ? ", leave out that control with .withoutTunedFixed()" : "",
                    design.trainings()));
        }
    }

    /** The lines that make it. */
    String lines() {
        StringBuilder line = new StringBuilder("ablate(recipe)");
        subsets.forEach(line::append);
        if (!axes.sharings().equals(List.of(axes.recipe().sharing()))) {
            line.append(".sharing(").append(list(axes.sharings())).append(')');
        }
        if (!axes.balancers().equals(List.of(axes.recipe().plan().balancer()))) {
            line.append(".balance(").append(list(axes.balancers())).append(')');
        }
        line.append(axes.beside() == Axes.Beside.NOTHING ? ".withoutTunedFixed()" : "");
        if (!axes.labels().equals(List.of(LabelCount.ALL))) {
            line.append(".labels(").append(axes.labels().get(0).task()).append(", ");
            line.append(list(axes.labels().stream().map(LabelCount::rows).toList()))
                    .append(')');
        }
        if (!axes.controls().isEmpty()) {
            line.append(".baseline(").append(list(axes.controls())).append(')');
        }
        line.append(".seeds(").append(axes.repeats().seeds()).append(')');
        line.append(axes.repeats().splits() == Repeats.Splits.SAME ? ".sameSplit()" : "");
        if (axes.rates().size() > 1 || !axes.rates().contains(ownRate())) {
            line.append(".rates(")
                    .append(list(axes.rates().stream().map(Axis::number).toList()))
                    .append(')');
        }
        return line.append(budget == DEFAULT_BUDGET ? "" : ".budget(" + budget + ")")
                .toString();
    }

    private double ownRate() {
        return axes.recipe().plan().optimiser().settings().rate();
    }

    private static String list(List<?> values) {
        return values.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return lines() + "\n" + design().count();
    }

    @Override
    public String toHtml() {
        return "<pre>" + Html.escape(toString()) + "</pre>";
    }
}
