package org.mtl4j.fitted;

import org.mtl4j.task.Task;

/** How one class is chosen by the probabilities of all. */
enum Choice {
    /** The most probable; of equals the first. */
    GREATEST {
        @Override
        int of(Matrix probabilities, int row) {
            return probabilities.greatest(row);
        }
    },
    /** The number of classes that the truth lies above with a probability over 1/2: the median of ordered classes. */
    MEDIAN {
        @Override
        int of(Matrix probabilities, int row) {
            double above = 0;
            int chosen = probabilities.columns() - 1;
            while (chosen > 0 && above + probabilities.get(row, chosen) <= 0.5) {
                above += probabilities.get(row, chosen);
                chosen--;
            }
            return chosen;
        }
    };

    abstract int of(Matrix probabilities, int row);

    static Choice of(Task<?> task) {
        return task.kind() instanceof Task.Kind.Ordinal ? MEDIAN : GREATEST;
    }
}
