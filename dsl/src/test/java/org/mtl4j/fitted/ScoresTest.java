package org.mtl4j.fitted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.data.TargetColumn;

class ScoresTest {

    private final Net net = Nets.net();

    private static MultiTaskData labelled(MultiTaskData data, int income, int shape, float price) {
        int[] incomes = new int[data.rows()];
        int[] shapes = new int[data.rows()];
        float[] prices = new float[data.rows()];
        Arrays.fill(incomes, income);
        Arrays.fill(shapes, shape);
        Arrays.fill(prices, price);
        return MultiTaskData.of(
                Map.of("features", data.input("features")),
                List.of(
                        TargetColumn.Classes.of("income", List.of("high", "low"), incomes),
                        TargetColumn.Classes.of("shape", List.of("circle", "line", "square"), shapes),
                        TargetColumn.Reals.of("price", List.of("DIM-0"), prices)));
    }

    @Test
    void an_absent_class_leaves_the_area_undefined_and_the_rest_in_place() {
        Scores scores = Scores.of(net, labelled(Nets.data(40, 8), 1, 2, 50), "test");
        assertThat(scores.value(Nets.INCOME, Metric.AUC)).isNaN();
        assertThat(scores.value(Nets.SHAPE, Metric.AUC)).isNaN();
        assertThat(scores.value(Nets.INCOME, Metric.ACCURACY)).isBetween(0.0, 1.0);
        assertThat(scores.value(Nets.PRICE, Metric.R2))
                .as("of a constant target")
                .isNaN();
        assertThat(scores.value(Nets.PRICE, Metric.RMSE)).isPositive();
    }

    @Test
    void a_task_without_a_label_says_so() {
        Scores scores = Scores.of(net, labelled(Nets.data(40, 8), -1, 0, Float.NaN), "test");
        assertThat(scores.task("income").isDefined()).isFalse();
        assertThat(scores.value(Nets.PRICE, Metric.RMSE)).isNaN();
        assertThat(scores.toString()).contains("income: no row of the test part has a label");
        assertThatThrownBy(() -> scores.labelEvaluation(Nets.INCOME))
                .hasMessage(
                        "Task 'income': no row of the test part has a label, so there is nothing to evaluate.\nLook at task(\"income\").labelled() first.");
    }

    @Test
    void data_without_the_target_are_rows_without_a_label() {
        MultiTaskData bare = MultiTaskData.of(Map.of("features", Nets.data(5, 1).input("features")), List.of());
        assertThat(Scores.of(net, bare, "new").tasks())
                .extracting(TaskScores::labelled)
                .containsExactly(0, 0, 0);
    }

    @Test
    void a_class_that_the_net_does_not_know_is_named() {
        MultiTaskData data = MultiTaskData.of(
                Map.of("features", Nets.data(1, 1).input("features")),
                List.of(TargetColumn.Classes.of("shape", List.of("circle", "star"), new int[] {1})));
        assertThatThrownBy(() -> Scores.of(net, data, "test"))
                .hasMessage(
                        "Task 'shape': row 0 has class 'star', which the net does not know; it has circle, line, square.\nLeave such rows out, or train on data that name the class.");
    }

    @Test
    void classes_in_another_order_are_matched_by_name() {
        MultiTaskData data = Nets.data(60, 3);
        TargetColumn.Classes shape = (TargetColumn.Classes) data.target("shape");
        int[] turned = new int[60];
        for (int r = 0; r < 60; r++) {
            turned[r] = shape.index(r) < 0 ? -1 : 2 - shape.index(r);
        }
        MultiTaskData other = MultiTaskData.of(
                Map.of("features", data.input("features")),
                List.of(TargetColumn.Classes.of("shape", List.of("square", "line", "circle"), turned)));
        assertThat(Scores.of(net, other, "t").task("shape").scores())
                .isEqualTo(Scores.of(net, data, "t").task("shape").scores());
    }

    @Test
    void the_area_counts_ties_half() {
        assertThat(Ranking.auc(new double[] {0.1, 0.5, 0.5, 0.9}, new boolean[] {false, true, false, true}))
                .isEqualTo(0.875); // pairs: 1, 1/2, 1, 1 of 4
        assertThat(Ranking.auc(new double[] {3, 2, 1}, new boolean[] {false, false, true}))
                .isZero();
        assertThat(Ranking.auc(new double[] {1, 2}, new boolean[] {true, true})).isNaN();
    }

    @Test
    void it_prints_a_table_of_tasks_and_metrics() {
        String printed = Scores.of(net, Nets.data(40, 8), "test").toString();
        assertThat(printed).contains("task", "part", "labelled", "accuracy", "macro F1", "AUC", "RMSE", "MAE", "R2");
        assertThat(printed.lines().filter(line -> line.startsWith("price"))).hasSize(1);
    }
}
