package org.mtl4j.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mtl4j.fitted.Metric;
import org.mtl4j.fitted.Score;

class DeltaMTest {

    private static final List<Score> SINGLE = List.of(
            new Score("digits", Metric.ACCURACY, 0.5),
            new Score("digits", Metric.RMSE, 2),
            new Score("age", Metric.MAE, 4));

    @Test
    void a_lower_error_counts_as_better() {
        DeltaM delta = DeltaM.of(
                SINGLE,
                List.of(
                        new Score("age", Metric.MAE, 3),
                        new Score("digits", Metric.ACCURACY, 0.6),
                        new Score("digits", Metric.RMSE, 2.2)));

        assertThat(delta.percent()).isCloseTo((20 - 10 + 25) / 3.0, within(1e-12));
        assertThat(delta.percentByTask()).isCloseTo(15, within(1e-12));
        assertThat(delta.toString()).isEqualTo("""
                delta-m +11.67 % (positive is better)
                task    metric                       single   joint  change %
                digits  accuracy (higher is better)  0.5000  0.6000    +20.00
                digits  RMSE (lower is better)       2.0000  2.2000    -10.00
                age     MAE (lower is better)        4.0000  3.0000    +25.00
                Averaged within each task first: +15.00 %.""");
        assertThat(delta.sentence())
                .isEqualTo("delta-m +11.67 % (positive is better), "
                        + "baseline: digits accuracy 0.5000, digits RMSE 2.0000, age MAE 4.0000.");
    }

    @Test
    void a_score_without_its_partner_is_named() {
        List<Score> joint = List.of(SINGLE.get(0), SINGLE.get(1), new Score("age", Metric.RMSE, 4));
        assertThatThrownBy(() -> DeltaM.of(SINGLE, joint))
                .hasMessage(
                        "Task 'age': there is a single-task MAE but no joint one.\nGive both for each task and metric.");
        assertThatThrownBy(() -> DeltaM.of(SINGLE, List.of()))
                .hasMessage("delta-m: 3 single-task scores but 0 joint scores.\nGive both for each task and metric.");
    }

    @Test
    void a_baseline_of_zero_is_refused_and_a_negative_one_is_said() {
        assertThatThrownBy(() -> new DeltaM.Term("age", Metric.R2, 0, 1))
                .hasMessage(
                        "Task 'age': delta-m divides by the single-task R2, which is 0.0 (joint: 1.0); "
                                + "both must be finite, the baseline not 0.\nLeave this metric out, or take one that is positive.");
        assertThat(new DeltaM(List.of(new DeltaM.Term("age", Metric.R2, -1, 1))).toString())
                .endsWith("Task 'age': the baseline R2 is negative, which turns the sign of its change: leave it out.");
    }
}
