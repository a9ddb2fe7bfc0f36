package org.mtl4j.study;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mtl4j.data.Split;
import org.mtl4j.task.Task;
import org.mtl4j.train.Prepared;
import org.mtl4j.train.Spec;

/**
 * The data of the trainings of one seed and one number of labels: drawn and standardised when the first of them asks,
 * dropped when the last has ended. Mutable; its trainings share what it hands out, which none of them changes.
 */
final class Feed {

    /**
     * Data of one set of tasks.
     *
     * @param split the rows that carry a label of one of them
     * @param prepared the same as the losses take them
     * @param steps the steps that every training takes
     */
    record Portion(Split split, Prepared prepared, int steps) {}

    private final Spec recipe;
    private final Split undrawn;
    private final Map<List<Task<?>>, Portion> portions = new HashMap<>();
    private @Nullable Portion whole;
    private int users;

    /** @param undrawn a split whose parts nobody else holds */
    Feed(Spec recipe, Split undrawn) {
        this.recipe = recipe;
        this.undrawn = undrawn;
    }

    /** One training more will ask. */
    synchronized void expect() {
        users++;
    }

    /** One training has ended. */
    synchronized void release() {
        users--;
        if (users == 0) {
            portions.clear();
            whole = null;
        }
    }

    /** All rows. */
    synchronized Split split() {
        return whole().split();
    }

    /** The data of these tasks. */
    synchronized Portion portion(List<Task<?>> tasks) {
        Portion all = whole();
        return portions.computeIfAbsent(tasks, some -> narrow(all, some));
    }

    private Portion whole() {
        Portion known = whole;
        if (known == null) {
            Split split = undrawn.redraw(undrawn.seed()); // whose parts go with this feed
            int steps = Terms.steps(recipe.plan(), split.train().rows());
            known = new Portion(split, Prepared.of(split, recipe.tasks()), steps);
            whole = known;
        }
        return known;
    }

    private static Portion narrow(Portion all, List<Task<?>> tasks) {
        Split split = Terms.labelled(all.split(), tasks);
        Prepared prepared = split == all.split() ? all.prepared().only(tasks) : Prepared.of(split, tasks);
        return new Portion(split, prepared, all.steps());
    }
}
