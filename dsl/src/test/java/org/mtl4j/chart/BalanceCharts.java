package org.mtl4j.chart;

import java.util.List;
import java.util.stream.Stream;
import org.mtl4j.balance.Own;
import org.mtl4j.balance.Uncertainty;
import org.mtl4j.measure.Balance;
import org.mtl4j.measure.Histories;
import org.mtl4j.train.Balancing;

/** Charts of what balancers did, of every size of input. */
final class BalanceCharts {

    static final Uncertainty UNCERTAINTY = new Uncertainty(Uncertainty.DEFAULT_INITIAL);

    private static final Own LONG_NAME = Own.of(
            "a <script>name</script> of more than forty characters & some more", step -> new double[step.tasks()]);

    private static final List<String> FIVE =
            List.of("digits", "letters", "age group", "a name of forty characters or some more", "<script>\"&'");

    private BalanceCharts() {}

    static Stream<Chart> charts() {
        return Stream.of(
                        Balance.of(UNCERTAINTY, Histories.balanced(List.of("income"), Balancing.NONE)),
                        swaying(List.of("income"), 1, 1),
                        swaying(List.of("income", "never-married"), 1000, 1),
                        swaying(List.of("income", "never-married"), 30, 1),
                        Balance.of(LONG_NAME, Histories.balanced(FIVE, Histories.swaying(5, 800, 16))),
                        swaying(Histories.names(12), 300, 1),
                        swaying(Histories.names(40), 700, 2),
                        gone())
                .flatMap(balance -> Stream.of(Charts.balanceWeights(balance), Charts.balanceShares(balance)));
    }

    static Balance swaying(List<String> tasks, int points, int batches) {
        return Balance.of(UNCERTAINTY, Histories.balanced(tasks, Histories.swaying(tasks.size(), points, batches)));
    }

    /** Two tasks, and all weights 0 in the second of two batches. */
    private static Balance gone() {
        Balancing.Weighed one = new Balancing.Weighed(1, 1, 1, 0, 0.5);
        Balancing.Weighed none = new Balancing.Weighed(0, 0, 0, 1, 0);
        Balancing balancing = new Balancing(
                List.of(1.0, 1.0),
                List.of(0.0, 0.0),
                List.of(
                        new Balancing.Point(0, 1, List.of(one, one), 0, 0),
                        new Balancing.Point(1, 1, List.of(none, none), 0, 0)),
                Balancing.Update.COMBINATION,
                Histories.time(0, 0, 0, 0, 0, 0));
        return Balance.of(UNCERTAINTY, Histories.balanced(List.of("income", "age"), balancing));
    }
}
