package org.mtl4j.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mtl4j.fitted.Metric;
import org.mtl4j.measure.TaskTransfer;
import org.mtl4j.task.Task;

/** The trials of a study, sorted by cell, each at the rate that its validation criterion chose. Immutable. */
public final class Results {

    private final Design design;
    private final List<Trial> trials;
    private final Map<Cell, List<Trial>> byCell = new LinkedHashMap<>();
    private final Map<Cell, List<Trial>> chosen = new LinkedHashMap<>();
    private final Map<Cell, Tuned> tuned = new LinkedHashMap<>();

    private Results(Design design, List<Trial> trials) {
        this.design = design;
        this.trials = List.copyOf(trials);
        for (Trial trial : trials) {
            byCell.computeIfAbsent(trial.spec().cell(), cell -> new ArrayList<>())
                    .add(trial);
        }
        byCell.forEach((cell, own) -> chosen.put(cell, Choice.of(own, design.rates(cell))));
        for (Cell cell : design.cells()) {
            List<Cell> candidates = design.candidates(cell);
            if (!candidates.isEmpty()) {
                Tuned best = Tuned.of(candidates, byCell, design.rates(cell));
                tuned.put(cell, best);
                chosen.put(cell, best.trials());
            }
        }
    }

    /** The results of these trials, which are all of the design's. */
    public static Results of(Design design, List<Trial> trials) {
        return new Results(design, trials);
    }

    /** What was trained. */
    public Design design() {
        return design;
    }

    /** All trainings, in the order that they started. */
    public List<Trial> trials() {
        return trials;
    }

    /** The trainings of a cell at its rate, one per seed, in order. */
    public List<Trial> of(Cell cell) {
        return chosen.getOrDefault(cell, List.of());
    }

    /** What the search of a cell of tuned fixed weights came to; null for another cell. */
    @Nullable
    Tuned tuned(Cell cell) {
        return tuned.get(cell);
    }

    /** The trainings that ended and from which those of a cell were chosen. */
    int spent(Cell cell) {
        Tuned search = tuned.get(cell);
        return search == null ? Tuned.ended(byCell.getOrDefault(cell, List.of())) : search.spent();
    }

    /** Every task in every cell against its single-task baseline, in the order of the design. */
    public List<Effect> effects() {
        List<Effect> effects = new ArrayList<>();
        for (Cell cell : design.cells()) {
            effects.addAll(effects(cell));
        }
        return effects;
    }

    List<Effect> effects(Cell cell) {
        List<Effect> effects = new ArrayList<>();
        for (Task<?> task : cell.tasks()) {
            List<Double> single = scores(of(design.baseline(cell, task)), task);
            List<Double> joint = scores(of(cell), task);
            effects.add(new Effect(cell, task, new TaskTransfer(task.name(), Metric.mainOf(task), single, joint)));
        }
        return effects;
    }

    /** One task in one cell against its single-task baseline. */
    Effect effect(Cell cell, Task<?> task) {
        return effects(cell).stream()
                .filter(effect -> effect.task().name().equals(task.name()))
                .findFirst()
                .orElseThrow();
    }

    static List<Double> scores(List<Trial> trials, Task<?> task) {
        return trials.stream().map(trial -> trial.score(task.name())).toList();
    }
}
