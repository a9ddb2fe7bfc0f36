package org.mtl4j;

import org.mtl4j.chart.Chart;
import org.mtl4j.chart.Charts;
import org.mtl4j.measure.Transfer;
import org.mtl4j.show.Show;

/**
 * What learning together did to each task: bars with intervals, and the table they are made from.
 *
 * @param transfer the numbers
 */
public record TransferView(Transfer transfer) implements Show {

    /** The gain of each task with its interval. */
    public Chart chart() {
        return Charts.transfer(transfer);
    }

    @Override
    public String toString() {
        return transfer.toString();
    }

    @Override
    public String toHtml() {
        return chart().toHtml() + transfer.toHtml();
    }
}
