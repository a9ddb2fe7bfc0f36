package org.mtl4j;

import java.util.List;
import org.mtl4j.sharing.Sharing;
import org.mtl4j.task.Task;

/**
 * A sharing strategy with its encoder, which becomes a recipe by its tasks.
 *
 * @param sharing the strategy
 */
public record Architecture(Sharing sharing) {

    /** A recipe for these tasks with the defaults of {@link Recipe}. */
    public Recipe tasks(Task<?>... tasks) {
        return Recipe.of(sharing, List.of(tasks));
    }

    @Override
    public String toString() {
        return sharing + " needs tasks: .tasks(..)";
    }
}
