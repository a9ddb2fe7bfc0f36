package org.mtl4j;

import java.util.List;
import org.mtl4j.sharing.Sharing;
import org.mtl4j.task.Task;

/** A sharing strategy with its encoder, which becomes a recipe by its tasks. A frozen value. */
public sealed interface Architecture permits Architecture.Plain, SoftArchitecture {

    /** The strategy. */
    Sharing sharing();

    /** A recipe for these tasks with the defaults of {@link Recipe}. */
    default Recipe tasks(Task<?>... tasks) {
        return Recipe.of(sharing(), List.of(tasks));
    }

    /** The strategy, its total loss, and what it needs to become a recipe. */
    default String lines() {
        return sharing() + " needs tasks: .tasks(..)\n" + sharing().formula();
    }

    /**
     * A strategy that has nothing more to choose.
     *
     * @param sharing the strategy
     */
    record Plain(Sharing sharing) implements Architecture {
        @Override
        public String toString() {
            return lines();
        }
    }
}
