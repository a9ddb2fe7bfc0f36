package org.mtl4j.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mtl4j.fitted.Metric;
import org.mtl4j.measure.TransferMatrix.Entry;

class TransferMatrixTest {

    private static final List<String> TASKS = List.of("income", "<b>age</b>", "wage");

    private static Entry entry(String from, String to, Metric metric, Double... gains) {
        return new Entry(from, to, metric, List.of(gains));
    }

    @Test
    void prints_a_row_per_task_that_gains_and_marks_what_is_decided() {
        TransferMatrix matrix = new TransferMatrix(
                TASKS,
                List.of(
                        entry("<b>age</b>", "income", Metric.AUC, 0.02, 0.021, 0.022),
                        entry("wage", "income", Metric.AUC, -0.02, 0.03, 0.01),
                        entry("income", "<b>age</b>", Metric.RMSE, -1.5, -1.6),
                        entry("wage", "<b>age</b>", Metric.RMSE)),
                TransferMatrix.PAIR);

        assertThat(matrix).hasToString("""
                Transfer matrix: what each task gains from each other one (positive is better)
                gain of     metric                  from income  from <b>age</b>  from wage
                income      AUC (higher is better)            -        +0.0210 *    +0.0067
                <b>age</b>  RMSE (lower is better)    -1.5500 *                -          -
                wage        not measured                      -                -          -
                A gain: trained in a pair, minus trained alone. * marks a mean whose 95 % t interval excludes 0.
                0 to 3 seeds, 4 pairs: 1 gain, 1 harm, 2 undecided (not adjusted for 4 comparisons).
                -: the task itself, a pair that was not measured, or one whose trainings all failed.""");
        assertThat(matrix.toHtml()).contains("from &lt;b&gt;age&lt;/b&gt;").doesNotContain("<b>");
        assertThat(matrix.entry("wage", "income"))
                .hasValueSatisfying(each -> assertThat(each)
                        .hasToString("income from wage, AUC: +0.0067 [-0.0558, +0.0692] (95 % t, n = 3)"));
        assertThat(matrix.entry("income", "wage")).isEmpty();
        assertThat(matrix.metric("wage")).isEmpty();
    }

    @Test
    void one_seed_decides_nothing_and_says_so() {
        TransferMatrix matrix = new TransferMatrix(
                List.of("a", "b"), List.of(entry("a", "b", Metric.R2, 0.1)), TransferMatrix.LEAVE_ONE_OUT);

        assertThat(matrix.summary())
                .isEqualTo("1 seed, 1 pair: no interval, so nothing is decided; use seeds(5) or more.");
        assertThat(matrix.toString())
                .contains("trained with all tasks, minus trained with all but this one")
                .doesNotContain("0.1000 *");
        assertThat(new TransferMatrix(List.of("a", "b"), List.of(), TransferMatrix.PAIR).summary())
                .isEqualTo("Nothing was measured.");
    }

    @Test
    void bad_input_is_named() {
        assertThatThrownBy(() -> entry("age", "age", Metric.R2, 0.1))
                .hasMessage("Task 'age' cannot gain from itself.\nName two tasks.");
        assertThatThrownBy(() -> entry("age", "income", Metric.R2, 0.1, Double.NaN))
                .hasMessage("A gain of task 'income' from task 'age' is NaN: it must be finite.\nLeave that seed out.");
        assertThatThrownBy(() -> new TransferMatrix(List.of("a", "a"), List.of(), TransferMatrix.PAIR))
                .hasMessage("A transfer matrix of the tasks [a, a].\nName two tasks or more, each once.");
        assertThatThrownBy(() ->
                        new TransferMatrix(TASKS, List.of(entry("age", "income", Metric.R2, 0.1)), TransferMatrix.PAIR))
                .hasMessage(
                        "There is no task 'age' in the transfer matrix.\nThe tasks are [income, <b>age</b>, wage].");
        assertThatThrownBy(() -> new TransferMatrix(
                        TASKS,
                        List.of(entry("wage", "income", Metric.R2, 0.1), entry("wage", "income", Metric.R2, 0.2)),
                        TransferMatrix.PAIR))
                .hasMessage("Two entries say what task 'income' gains from task 'wage'.\nGive one.");
        assertThatThrownBy(() -> new TransferMatrix(
                        TASKS,
                        List.of(
                                entry("wage", "income", Metric.R2, 0.1),
                                entry("<b>age</b>", "income", Metric.AUC, 0.2)),
                        TransferMatrix.PAIR))
                .hasMessage("Task 'income': gains in R2 and AUC cannot share a row.\nGive one metric a task.");
    }

    @Test
    void gains_share_a_unit_by_metric_or_where_less_is_better_by_task() {
        assertThat(Unit.of("income", Metric.AUC))
                .isEqualTo(Unit.of("age", Metric.AUC))
                .hasToString("AUC");
        assertThat(Unit.of("income", Metric.RMSE))
                .isNotEqualTo(Unit.of("age", Metric.RMSE))
                .hasToString("RMSE of income");
    }
}
