package org.mtl4j.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mtl4j.fitted.Metric;
import org.mtl4j.measure.ConflictTransfer.Point;

class ConflictTransferTest {

    private static Point point(Metric metric, double cosine, double gain) {
        return new Point("wage", "age", metric, List.of(cosine), List.of(gain));
    }

    private static double correlation(double[] cosines, double[] gains) {
        ConflictTransfer result = new ConflictTransfer(IntStream.range(0, cosines.length)
                .mapToObj(i -> point(Metric.AUC, cosines[i], gains[i]))
                .toList());
        return result.rankCorrelations().get(0).value();
    }

    @Test
    void the_rank_correlation_is_that_of_ten_ranked_pairs() {
        // Wikipedia's example, hours of television and IQ, hours divided by 100: without ties, the squared differences
        // of
        // ranks sum to 194, and 1 - 6 * 194 / (10 (10^2 - 1)) = -0.175757575... = -29/165
        double[] hours = {.07, .27, 0, .50, .28, .29, .20, .12, .06, .17};
        double[] quotients = {106, 100, 86, 101, 99, 103, 97, 113, 112, 110};

        assertThat(correlation(hours, quotients)).isCloseTo(-29.0 / 165, within(1e-12));
    }

    @Test
    void ties_take_their_mean_rank() {
        // ranks 1, 2.5, 2.5, 4 against 1, 2, 3, 4: covariance 4.5, variances 4.5 and 5
        assertThat(correlation(new double[] {-0.1, 0.2, 0.2, 0.3}, new double[] {1, 2, 3, 4}))
                .isCloseTo(4.5 / Math.sqrt(4.5 * 5), within(1e-12));
    }

    @Test
    void two_points_or_equal_gains_have_no_correlation() {
        assertThat(correlation(new double[] {0.1, 0.2}, new double[] {1, 2})).isNaN();
        assertThat(correlation(new double[] {0.1, 0.2, 0.3}, new double[] {1, 1, 1}))
                .isNaN();
    }

    @Test
    void each_unit_of_gain_has_its_own_correlation() {
        ConflictTransfer result = new ConflictTransfer(List.of(
                point(Metric.AUC, 0.1, 0.01),
                point(Metric.RMSE, 0.1, 100),
                point(Metric.AUC, 0.2, 0.02),
                point(Metric.RMSE, 0.2, -100),
                point(Metric.AUC, 0.3, 0.03)));

        assertThat(result.summary())
                .isEqualTo(
                        "Spearman rank correlation of cosine and gain: +1.00 (n = 3) for AUC; not defined (n = 2) for RMSE of wage.");
    }

    @Test
    void prints_cosines_beside_gains_and_the_caveats() {
        ConflictTransfer result = new ConflictTransfer(List.of(
                new Point("wage", "<b>age</b>", Metric.AUC, List.of(0.1, 0.3), List.of(0.1, 0.11)),
                new Point("wage", "nothing shared", Metric.AUC, List.of(), List.of(0.1, -0.2))));

        assertThat(result).hasToString("""
                Gradient conflict beside transfer
                task  with            cosine  metric                   gain (positive is better)  verdict
                wage  <b>age</b>       +0.20  AUC     +0.1050 [+0.0415, +0.1685] (95 % t, n = 2)  gain
                wage  nothing shared       -  AUC     -0.0500 [-1.9559, +1.8559] (95 % t, n = 2)  undecided
                Spearman rank correlation of cosine and gain: not defined (n = 1) for AUC.
                A low cosine is no proof of harm (Jiang et al., ForkMerge, arXiv 2301.12618).
                The correlation describes these points; they share trainings, so it tests nothing.
                2 seeds, 1 point: 1 gain, 0 harm, 0 undecided.""");
        assertThat(result.toHtml()).doesNotContain("<b>");
        assertThat(result.whole()).hasSize(1);
        assertThat(new ConflictTransfer(List.of()).summary())
                .isEqualTo("No training has both a gradient cosine and a gain.");
    }

    @Test
    void bad_input_is_named() {
        assertThatThrownBy(() -> point(Metric.AUC, 1.1, 0))
                .hasMessage(
                        "Task 'wage' with age: a cosine is 1.1, but cosines lie in [-1, 1].\nLeave a seed without a probe out.");
        assertThatThrownBy(() -> point(Metric.AUC, Double.NaN, 0))
                .hasMessageStartingWith("Task 'wage' with age: a cosine is NaN");
        assertThatThrownBy(() -> point(Metric.AUC, 0, Double.NaN))
                .hasMessage("A gain of task 'wage' with age is NaN: it must be finite.\nLeave that seed out.");
    }
}
