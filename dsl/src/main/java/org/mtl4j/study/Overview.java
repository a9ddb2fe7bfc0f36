package org.mtl4j.study;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.mtl4j.measure.Interval;
import org.mtl4j.measure.Transfer;
import org.mtl4j.show.Table;
import org.mtl4j.task.Task;

/** The results of a study as a table: for each task its cells, the greatest gain first. */
public final class Overview {

    /** Rows at most; of more, each task's greatest and least gains. */
    public static final int ROWS = 40;

    private final Results results;
    private final Design design;

    private Overview(Results results) {
        this.results = results;
        this.design = results.design();
    }

    /** The table of these results. */
    public static Table of(Results results) {
        return new Overview(results).table();
    }

    private Table table() {
        Table table = Table.titled("Each combination against single-task training")
                .columns(
                        "task",
                        "cell",
                        "metric",
                        "single",
                        "joint",
                        "difference [95 % t interval]",
                        "delta-m %",
                        "spent");
        int all = results.effects().size();
        for (Task<?> task : design.recipe().tasks()) {
            List<Effect> effects = sorted(task);
            for (Effect effect : all > ROWS ? ends(effects) : effects) {
                table = row(table, effect);
            }
        }
        if (all > ROWS) {
            table = table.note(
                    "Of %d rows, those with the greatest and the least differences of each task: .table() has all."
                            .formatted(all));
        }
        return notes(table);
    }

    private List<Effect> sorted(Task<?> task) {
        return results.effects().stream()
                .filter(effect -> effect.task().name().equals(task.name()))
                .sorted(Comparator.comparingDouble(Overview::order))
                .toList();
    }

    /** Greatest first, those without a value last. */
    private static double order(Effect effect) {
        double mean = effect.transfer().interval().mean();
        return Double.isNaN(mean) ? Double.POSITIVE_INFINITY : -mean;
    }

    private List<Effect> ends(List<Effect> effects) {
        int half = Math.max(1, ROWS / 2 / design.recipe().tasks().size());
        if (effects.size() <= 2 * half) {
            return effects;
        }
        List<Effect> ends = new ArrayList<>(effects.subList(0, half));
        ends.addAll(effects.subList(effects.size() - half, effects.size()));
        return ends;
    }

    private Table row(Table table, Effect effect) {
        Interval deltaM = Summary.of(results, effect.cell()).deltaM();
        return table.row(
                effect.task().name(),
                words(effect.cell()),
                effect.transfer().metric().name(),
                effect.transfer().meanSingle(),
                effect.transfer().meanJoint(),
                difference(effect.transfer().interval()),
                deltaM.n() == 0 ? "-" : String.format(Locale.ROOT, "%+.2f", deltaM.mean()),
                results.spent(effect.cell()));
    }

    /** The cell, and the weights that it chose. */
    private String words(Cell cell) {
        Tuned tuned = results.tuned(cell);
        return design.words(cell) + (tuned == null ? "" : ": " + tuned.words());
    }

    private String difference(Interval interval) {
        return interval.bounds() + (interval.n() == seeds() ? "" : " (n = " + interval.n() + ")");
    }

    private int seeds() {
        return design.axes().repeats().seeds();
    }

    private Table notes(Table table) {
        Table noted = table.note(trainings());
        for (var entry : design.leftOut().entrySet()) {
            noted = noted.note(Design.leftOut(entry.getKey(), entry.getValue()));
        }
        noted = noted.note("Difference: joint minus single, positive is better; n = " + seeds()
                + (seeds() == 1 ? ", so there is no interval" : ", unless a row says otherwise") + ".");
        noted = noted.note("The intervals cover " + covers() + "; each stands alone: not adjusted for the "
                        + results.effects().size() + " comparisons.")
                .note(tuning())
                .note("Spent: the trainings that a row was chosen from, over seeds, learning rates and candidates.");
        noted = tunedFixed(noted);
        for (Trial trial : results.trials()) {
            if (trial.state() == Trial.State.DIVERGED || trial.state() == Trial.State.FAILED) {
                return failures(noted);
            }
        }
        return noted;
    }

    private Table tunedFixed(Table table) {
        List<Tuned> searches = new ArrayList<>();
        for (Cell cell : design.cells()) {
            Tuned tuned = results.tuned(cell);
            if (tuned != null) {
                searches.add(tuned);
            }
        }
        if (searches.isEmpty()) {
            return table;
        }
        Table noted = table.note(
                "tunedFixed(): of its candidates, each at every rate, the one with the lowest mean over seeds of the %s, in which a candidate's own weights have no part. Weights sum to the number of tasks; equal ones are a candidate, of the trainings of equal() where it is there."
                        .formatted(design.whole().plan().stopping().criterion()));
        List<Integer> cut = searches.stream()
                .map(Tuned::compared)
                .filter(compared -> compared < seeds())
                .sorted()
                .toList();
        return cut.isEmpty()
                ? noted
                : noted.note(
                        "Interrupted: %d of %d searches of tunedFixed() are not whole; the shortest compared its candidates in %d of %s."
                                .formatted(cut.size(), searches.size(), cut.get(0), Design.number(seeds(), "seed")));
    }

    private String trainings() {
        long ended = results.trials().stream()
                .filter(trial -> trial.state() != Trial.State.NOT_RUN)
                .count();
        int all = results.trials().size();
        String seeds =
                design.axes().repeats().list().stream().map(String::valueOf).collect(Collectors.joining(", "));
        String line = ended < all
                ? "Interrupted: %d of %d trainings ended".formatted(ended, all)
                : Design.number(all, "training");
        double seconds = results.trials().stream()
                .mapToDouble(Trial::seconds)
                .filter(Double::isFinite)
                .sum();
        return String.format(Locale.ROOT, "%s, %.1f s of training in all; seeds %s.", line, seconds, seeds);
    }

    private String covers() {
        return design.axes().repeats().splits() == Repeats.Splits.SAME ? Transfer.ONE_SPLIT : Transfer.NEW_SPLITS;
    }

    private String tuning() {
        return design.axes().rates().size() == 1
                ? "Learning rate " + Axis.number(design.axes().rates().get(0))
                        + " throughout, not tuned: .table() has the mean sum of weights, which scales the step."
                : "Learning rate of each cell and baseline from "
                        + design.axes().rates().stream().map(Axis::number).collect(Collectors.joining(", "))
                        + ", by the mean validation criterion over seeds.";
    }

    private Table failures(Table table) {
        List<Trial> failed = results.trials().stream()
                .filter(trial -> trial.state() == Trial.State.DIVERGED || trial.state() == Trial.State.FAILED)
                .toList();
        Trial first = failed.get(0);
        String message = first.message().lines().findFirst().orElse("");
        return table.note("Without scores, left out of the intervals: %s. The first (%s) %s: %s"
                .formatted(Design.number(failed.size(), "training"), first.spec(), first.state(), message));
    }
}
