package org.mtl4j;

import org.mtl4j.chart.Chart;
import org.mtl4j.chart.Charts;
import org.mtl4j.measure.Conflict;
import org.mtl4j.show.Show;

/**
 * How the gradients of the tasks agree or conflict in a run: a table, and charts over time, between tasks and per layer.
 *
 * @param conflict the numbers
 */
public record ConflictView(Conflict conflict) implements Show {

    /** Cosines over the training, with the share of negative ones. */
    public Chart overTime() {
        return Charts.conflictOverTime(conflict);
    }

    /** Mean cosine of each pair of tasks. */
    public Chart map() {
        return Charts.conflict(conflict);
    }

    /** Mean cosine of each pair of tasks in each shared layer. */
    public Chart perLayer() {
        return Charts.conflictPerLayer(conflict);
    }

    @Override
    public String toString() {
        return conflict.toString();
    }

    @Override
    public String toHtml() {
        return conflict.isWatched() ? overTime().toHtml() + conflict.toHtml() : conflict.toHtml();
    }
}
