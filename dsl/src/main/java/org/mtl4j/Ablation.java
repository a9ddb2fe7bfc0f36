package org.mtl4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.mtl4j.balance.Balancer;
import org.mtl4j.data.Split;
import org.mtl4j.sharing.Sharing;
import org.mtl4j.show.Html;
import org.mtl4j.show.Show;
import org.mtl4j.study.Axis;
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

    private final Design design;
    private final List<String> subsets;
    private final int workers;
    private final long budget;

    private Ablation(Design design, List<String> subsets, int workers, long budget) {
        this.design = design;
        this.subsets = List.copyOf(subsets);
        this.workers = workers;
        this.budget = budget;
    }

    static Ablation of(Recipe recipe) {
        Spec spec = recipe.spec();
        Design design = new Design(
                spec,
                List.of(spec.tasks()),
                List.of(spec.sharing()),
                List.of(spec.plan().balancer()),
                List.of(LabelCount.ALL),
                new Repeats(DEFAULT_SEEDS, spec.plan().seed(), Repeats.Splits.REDRAWN),
                List.of(spec.plan().optimiser().settings().rate()));
        return new Ablation(design, List.of(), Runtime.getRuntime().availableProcessors(), DEFAULT_BUDGET);
    }

    private Ablation with(Design other) {
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
        if (!subsets.isEmpty() && design.subsets().contains(subset)) {
            throw new IllegalArgumentException(
                    "subset(): %s is a subset of the study already.%nName each subset once.".formatted(names));
        }
        return subsets(List.of(subset), ".subset(" + names + ")");
    }

    private Ablation subsets(List<List<Task<?>>> more, String line) {
        List<List<Task<?>>> all = new ArrayList<>(subsets.isEmpty() ? List.of() : design.subsets());
        more.stream().filter(subset -> !all.contains(subset)).forEach(all::add);
        List<String> lines = new ArrayList<>(subsets);
        lines.add(line);
        return new Ablation(design.subsets(all), lines, workers, budget);
    }

    /** Shares between the tasks in each of these ways: {@code hard(mlp(64))}. */
    public Ablation sharing(Architecture... architectures) {
        List<Sharing> sharings =
                Arrays.stream(architectures).map(Architecture::sharing).toList();
        return with(design.sharings(Axis.of("sharing", sharings, "sharing(hard(mlp(64)))")));
    }

    /** Weighs the tasks in each of these ways. */
    public Ablation balance(Balancer... balancers) {
        List<Balancer> all = Axis.of("balance", List.of(balancers), "balance(equal(), pcgrad())");
        all.forEach(balancer -> balancer.start(design.recipe().names()));
        return with(design.balancers(all));
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
        return with(design.labels(Axis.of("labels", counts, "labels(" + task.name() + ", 100, 300)")));
    }

    /** Repeats each training for so many seeds, counted from the recipe's seed. */
    public Ablation seeds(int number) {
        return with(design.repeats(
                new Repeats(number, design.repeats().first(), design.repeats().splits())));
    }

    /** Trains all seeds on one split: the intervals then cover initialisation and order only. */
    public Ablation sameSplit() {
        return with(design.repeats(
                new Repeats(design.repeats().seeds(), design.repeats().first(), Repeats.Splits.SAME)));
    }

    /** Tries these learning rates in each cell and each baseline. */
    public Ablation rates(double... grid) {
        List<Double> rates = Axis.of("rates", Arrays.stream(grid).boxed().toList(), "rates(3e-4, 1e-3, 3e-3)");
        rates.forEach(rate -> design.recipe().plan().optimiser().rate(rate)); // one that exists has a valid rate
        return with(design.rates(rates));
    }

    /** Trains on so many threads; the result does not depend on it. */
    public Ablation workers(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException(
                    "ablate(): workers(%d) is less than 1.%nGive a positive number, such as workers(2)."
                            .formatted(threads));
        }
        return new Ablation(design, subsets, threads, budget);
    }

    /** Allows so many trainings. */
    public Ablation budget(long trainings) {
        return new Ablation(design, subsets, workers, trainings);
    }

    private List<Task<?>> tasks() {
        return design.recipe().tasks();
    }

    /** The number of trainings. */
    public long trainings() {
        return design.trainings();
    }

    /**
     * How long {@link #run} will take, from a few timed pieces of its trainings.
     *
     * @throws IllegalArgumentException if data and recipe do not fit
     */
    public Estimate estimate(Split split) {
        return Study.of(design, split, workers).estimate();
    }

    /**
     * Trains all of it. An interrupt ends it and answers what has been trained so far.
     *
     * @throws IllegalArgumentException if the study is larger than its budget, or data and recipe do not fit; before
     *     training starts
     */
    public AblationResult run(Split split) {
        if (trainings() > budget) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "ablate(): %,d trainings are more than the budget of %,d.%nName fewer values on an axis, or allow them: .budget(%d).",
                    trainings(),
                    budget,
                    trainings()));
        }
        List<Trial> trials = Study.of(design, split, workers).run(lines(), Listening.current());
        return new AblationResult(Results.of(design, trials));
    }

    /** The lines that make it. */
    String lines() {
        StringBuilder line = new StringBuilder("ablate(recipe)");
        subsets.forEach(line::append);
        if (!design.sharings().equals(List.of(design.recipe().sharing()))) {
            line.append(".sharing(").append(list(design.sharings())).append(')');
        }
        if (!design.balancers().equals(List.of(design.recipe().plan().balancer()))) {
            line.append(".balance(").append(list(design.balancers())).append(')');
        }
        if (!design.labels().equals(List.of(LabelCount.ALL))) {
            line.append(".labels(").append(design.labels().get(0).task()).append(", ");
            line.append(list(design.labels().stream().map(LabelCount::rows).toList()))
                    .append(')');
        }
        line.append(".seeds(").append(design.repeats().seeds()).append(')');
        line.append(design.repeats().splits() == Repeats.Splits.SAME ? ".sameSplit()" : "");
        if (design.rates().size() > 1 || !design.rates().contains(ownRate())) {
            line.append(".rates(").append(list(design.rates())).append(')');
        }
        return line.append(budget == DEFAULT_BUDGET ? "" : ".budget(" + budget + ")")
                .toString();
    }

    private double ownRate() {
        return design.recipe().plan().optimiser().settings().rate();
    }

    private static String list(List<?> values) {
        return values.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    /** How many trainings of what, and which cells are left out. */
    private String count() {
        String count = String.format(
                Locale.ROOT,
                "%,d trainings: (%s and %s) x %s x %s.",
                trainings(),
                Design.number(design.cells().size(), "cell"),
                Design.number(design.baselines().size(), "single-task baseline"),
                Design.number(design.repeats().seeds(), "seed"),
                Design.number(design.rates().size(), "learning rate"));
        for (Map.Entry<Design.Reason, Integer> entry : design.leftOut().entrySet()) {
            count += "\n" + Design.leftOut(entry);
        }
        return count;
    }

    @Override
    public String toString() {
        return lines() + "\n" + count();
    }

    @Override
    public String toHtml() {
        return "<pre>" + Html.escape(toString()) + "</pre>";
    }
}
