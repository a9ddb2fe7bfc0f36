package org.mtl4j.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mtl4j.chart.Svg.parse;
import static org.mtl4j.chart.Svg.text;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mtl4j.measure.Balance;
import org.mtl4j.measure.Histories;
import org.mtl4j.train.Balancing;

class BalanceLinesTest {

    private static final List<String> TWO = List.of("income", "age");

    private static List<String> names(Chart chart) {
        return chart.xchart().getSeriesCollection().stream()
                .map(series -> series.getName())
                .toList();
    }

    @Test
    void alt_texts_say_the_numbers_and_the_cost() {
        Balancing balancing = new Balancing(
                List.of(0.5, 1.5),
                List.of(1.0, 1.0),
                List.of(point(0, 0.5, 1, 1.5, 3), point(1, 1, 2, 1, 2)),
                Balancing.Update.COMBINATION,
                Histories.time(1950, 0, 0, 50, 0, 0));
        Balance balance = Balance.of(BalanceCharts.UNCERTAINTY, Histories.balanced(TWO, balancing));

        assertThat(Charts.balanceWeights(balance))
                .hasToString("Weight per task by uncertainty() over 2 batches. "
                        + "income: first 0.5000, last 1.0000, mean 0.7500. age: first 1.5000, last 1.0000, mean 1.2500. "
                        + "Balancing took 2.5 % of the steps' 2.00 s.");
        assertThat(Charts.balanceShares(balance))
                .hasToString("Share of weighted loss per task by uncertainty() over 2 batches. "
                        + "income: first 25.0 %, last 50.0 %, in all 37.5 %. age: first 75.0 %, last 50.0 %, in all 62.5 %. "
                        + "Balancing took 2.5 % of the steps' 2.00 s.");
    }

    /** One batch: the weight and the weighted loss of either task. */
    private static Balancing.Point point(int step, double weight, double loss, double other, double otherLoss) {
        return new Balancing.Point(
                step,
                1,
                List.of(
                        new Balancing.Weighed(weight, weight, weight, 0, loss),
                        new Balancing.Weighed(other, other, other, 0, otherLoss)),
                0,
                0);
    }

    @Test
    void weights_of_many_batches_are_means_with_bands() throws Exception {
        Chart chart = Charts.balanceWeights(BalanceCharts.swaying(TWO, 1000, 4));

        assertThat(text(parse(chart.toSvg()), "text"))
                .contains(
                        "Weight by uncertainty()",
                        "step",
                        "weight",
                        "income",
                        "age",
                        "Lines: means of about 36 batches each. Bands: from the lowest to the highest weight of these batches.");
        assertThat(names(chart)).contains("band 0 0", "band 1 0");
    }

    @Test
    void weights_that_never_change_have_no_bands() throws Exception {
        Balancing balancing = new Balancing(
                List.of(1.0, 1.0),
                List.of(1.0, 1.0),
                IntStream.range(0, 300)
                        .mapToObj(step -> point(step, 1, 2, 1, 2))
                        .toList(),
                Balancing.Update.COMBINATION,
                Histories.time(1950, 0, 0, 50, 0, 0));
        Chart chart = Charts.balanceWeights(Balance.of(BalanceCharts.UNCERTAINTY, Histories.balanced(TWO, balancing)));

        assertThat(text(parse(chart.toSvg()), "text")).contains("Lines: means of about 3 batches each.");
        assertThat(names(chart)).containsExactly("line 0", "key 0", "line 1", "key 1");
    }

    @Test
    void shares_are_percentages_from_0_on() throws Exception {
        Chart chart = Charts.balanceShares(BalanceCharts.swaying(TWO, 30, 1));

        assertThat(text(parse(chart.toSvg()), "text"))
                .contains("Share of weighted loss by uncertainty()", "step", "share of the weighted loss (%)", "0");
    }

    @Test
    void of_many_tasks_both_ends_are_drawn() throws Exception {
        Chart chart = Charts.balanceWeights(BalanceCharts.swaying(Histories.names(40), 700, 2));

        assertThat(text(parse(chart.toSvg()), "text").stream().filter(text -> text.startsWith("task ")))
                .hasSize(12);
        assertThat(String.join(" ", text(parse(chart.toSvg()), "text")))
                .contains("Of 40 tasks, the 6 with the highest and the 6 with the lowest mean.");
        assertThat(chart.altText()).contains("Of 40 tasks, the 6 with the highest and the 6 with the lowest mean.");
        assertThat(names(chart)).noneMatch(name -> name.startsWith("band"));
    }

    @Test
    void without_a_step_the_plot_is_empty_and_says_why() {
        Chart chart =
                Charts.balanceWeights(Balance.of(BalanceCharts.UNCERTAINTY, Histories.balanced(TWO, Balancing.NONE)));

        assertThat(chart.xchart().getTitle()).isEqualTo("No step was taken");
        assertThat(chart).hasToString("No step was taken, so the balancer did nothing.");
    }
}
