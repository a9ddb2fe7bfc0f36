package org.mtl4j.fitted;

import org.mtl4j.show.Table;

/**
 * One measured value.
 *
 * @param task the task's name
 * @param metric what was measured
 * @param value the value; NaN if it is not defined on these rows
 */
public record Score(String task, Metric metric, double value) {

    /** {@code income AUC 0.9148}. */
    @Override
    public String toString() {
        return task + " " + metric.name() + " " + Table.number(value);
    }
}
