package org.mtl4j.measure;

import org.mtl4j.fitted.Metric;

/**
 * Engine API. What gains must have in common to share an axis, a colour scale or a ranking.
 *
 * <p>Gains of one metric do, whatever the task, if more of it is better, as of AUC or R2. A metric of which less is better
 * is an error in the target's own unit, such as RMSE: there, only the gains of one task do.
 *
 * @param name the words that an axis prints: {@code AUC}, {@code RMSE of age}
 */
public record Unit(String name) {

    /** The unit of a task's gains. */
    public static Unit of(String task, Metric metric) {
        return new Unit(metric.higherIsBetter() ? metric.name() : metric.name() + " of " + task);
    }

    /** The name. */
    @Override
    public String toString() {
        return name;
    }
}
