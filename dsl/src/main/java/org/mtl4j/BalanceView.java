package org.mtl4j;

import org.mtl4j.chart.Chart;
import org.mtl4j.chart.Charts;
import org.mtl4j.measure.Balance;
import org.mtl4j.show.Show;

/**
 * What the balancer did in a run: a table with its cost, and charts of the weights, and of the losses that they made, over
 * the steps.
 *
 * @param balance the numbers
 */
public record BalanceView(Balance balance) implements Show {

    /** Weights of the tasks over the steps. */
    public Chart weights() {
        return Charts.balanceWeights(balance);
    }

    /** Shares of the tasks in the weighted loss over the steps. */
    public Chart shares() {
        return Charts.balanceShares(balance);
    }

    @Override
    public String toString() {
        return balance.toString();
    }

    @Override
    public String toHtml() {
        return balance.isRecorded() ? weights().toHtml() + balance.toHtml() : balance.toHtml();
    }
}
