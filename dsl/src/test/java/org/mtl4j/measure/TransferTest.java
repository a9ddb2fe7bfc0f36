package org.mtl4j.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mtl4j.fitted.Metric;

class TransferTest {

    private static final String TUNING = "Rates chosen on validation: joint 0.001, single 0.003.";

    @Test
    void a_gain_is_positive_in_either_direction() {
        TaskTransfer auc = new TaskTransfer("income", Metric.AUC, List.of(0.5, 0.6), List.of(0.75, 0.85));
        TaskTransfer rmse = new TaskTransfer("age", Metric.RMSE, List.of(3.0, 4.0), List.of(4.0, 6.0));

        assertThat(auc.verdict()).isEqualTo(Verdict.GAIN);
        assertThat(rmse.gains()).containsExactly(-1.0, -2.0);
        assertThat(rmse.verdict()).isEqualTo(Verdict.UNDECIDED); // [-7.85, 4.85]
    }

    @Test
    void prints_values_intervals_verdicts_and_what_they_cover() {
        Transfer transfer = Transfer.of(
                List.of(
                        new TaskTransfer("<script>", Metric.AUC, List.of(0.5, 0.5, 0.5), List.of(0.6, 0.61, 0.62)),
                        new TaskTransfer("age", Metric.RMSE, List.of(4.0, 4.0, 4.0), List.of(5.0, 5.1, 4.9))),
                Transfer.NEW_SPLITS,
                TUNING,
                List.of(1L, 2L, 3L));

        assertThat(transfer.toString()).isEqualTo("""
                Joint against single-task training
                task      metric                  single   joint                   gain (positive is better)  verdict
                <script>  AUC (higher is better)  0.5000  0.6100  +0.1100 [+0.0852, +0.1348] (95 % t, n = 3)  gain
                age       RMSE (lower is better)  4.0000  5.0000  -1.0000 [-1.2484, -0.7516] (95 % t, n = 3)  harm
                3 seeds: <script> gained, age harmed, none undecided.
                The intervals cover new split, initialisation and order.
                Rates chosen on validation: joint 0.001, single 0.003.
                Seeds: 1, 2, 3.
                Each interval stands alone: not adjusted for the 2 comparisons.
                delta-m -1.50 % (positive is better), baseline: <script> AUC 0.5000, age RMSE 4.0000.""");
        assertThat(transfer.toHtml()).contains("&lt;script&gt;").doesNotContain("<script");
    }

    @Test
    void one_seed_decides_nothing() {
        Transfer transfer = Transfer.of(
                List.of(new TaskTransfer("income", Metric.R2, List.of(-0.1), List.of(0.2))),
                Transfer.ONE_SPLIT,
                TUNING,
                List.of(1L));

        assertThat(transfer.with(Verdict.UNDECIDED)).hasSize(1);
        assertThat(transfer.toString())
                .contains("+0.3000 (n = 1: no interval)")
                .contains("One seed gives no interval, so every verdict is undecided: use seeds(5) or more.")
                .contains(
                        "delta-m divides by the single-task scores: R2 of task 'income' is -0.1000. Take a metric that is positive.");
        assertThatThrownBy(transfer::deltaM)
                .hasMessage(
                        "delta-m divides by the single-task scores: R2 of task 'income' is -0.1000.\nTake a metric that is positive.");
    }

    @Test
    void a_training_without_a_value_is_left_out_and_counted() {
        TaskTransfer task =
                new TaskTransfer("income", Metric.AUC, List.of(0.5, 0.7, 0.6), List.of(0.6, Double.NaN, 0.8));
        Transfer transfer = Transfer.of(List.of(task), Transfer.ONE_SPLIT, TUNING, List.of(1L, 2L, 3L));

        assertThat(task.meanSingle()).isEqualTo(0.55);
        assertThat(transfer.toString()).contains("Task 'income': 1 of 3 pairs left out, a training has no finite AUC.");
    }

    @Test
    void a_task_whose_trainings_all_failed_has_no_value() {
        TaskTransfer task = new TaskTransfer("income", Metric.AUC, List.of(0.5), List.of(Double.NaN));
        Transfer transfer = Transfer.of(List.of(task), Transfer.ONE_SPLIT, TUNING, List.of(1L));

        assertThat(transfer.toString()).contains("no value (n = 0)").contains("AUC of task 'income' is -.");
    }

    @Test
    void lengths_must_agree() {
        assertThatThrownBy(() -> new TaskTransfer("income", Metric.AUC, List.of(0.5), List.of()))
                .hasMessage(
                        "Task 'income': 1 single-task values but 0 joint values of AUC.\nGive one pair per seed, at least one.");
        TaskTransfer task = new TaskTransfer("income", Metric.AUC, List.of(0.5), List.of(0.5));
        assertThatThrownBy(() -> Transfer.of(List.of(task), "", "", List.of(1L, 2L)))
                .hasMessage("Task 'income': 1 pairs of values but 2 seeds.\nGive one pair per seed.");
    }
}
