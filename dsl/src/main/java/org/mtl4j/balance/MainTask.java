package org.mtl4j.balance;

import java.util.List;

/**
 * The task that the others are there for.
 *
 * @param word the balancer's word, which begins every error: {@code projectOut}
 * @param name the task's name
 */
record MainTask(String word, String name) {

    MainTask {
        if (name.isBlank()) {
            throw new IllegalArgumentException(
                    "%s(\"%s\"): the main task has no name.%nGive the task itself: %s(income)."
                            .formatted(word, name, word));
        }
    }

    /**
     * Its place among these tasks.
     *
     * @throws IllegalArgumentException if it is not one of them
     */
    int in(List<String> tasks) {
        int index = tasks.indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException(
                    "%s: the main task '%s' is no task of the recipe.%nThe tasks are %s.".formatted(this, name, tasks));
        }
        return index;
    }

    /** {@code projectOut("income")}. */
    @Override
    public String toString() {
        return word + "(\"" + name + "\")";
    }
}
