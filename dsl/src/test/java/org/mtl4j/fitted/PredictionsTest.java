package org.mtl4j.fitted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.data.Standardisation;
import org.mtl4j.data.TargetColumn;
import org.mtl4j.layer.Mlp;
import org.mtl4j.sharing.Graph;
import org.mtl4j.sharing.Hard;
import org.mtl4j.task.Objective;
import org.mtl4j.task.Task;

class PredictionsTest {

    private final Predictions predictions = Nets.net().predict(Nets.data(25, 6));

    @Test
    void probabilities_sum_to_one_and_the_label_is_the_most_probable_class() {
        for (String task : List.of("income", "shape")) {
            double[][] p = predictions.probabilities(task);
            for (int r = 0; r < 25; r++) {
                double sum = 0;
                double greatest = 0;
                for (double share : p[r]) {
                    sum += share;
                    greatest = Math.max(greatest, share);
                }
                assertThat(sum).isCloseTo(1, org.assertj.core.api.Assertions.within(1e-6));
                int label = predictions
                        .columns(task)
                        .indexOf(predictions.labels(task).get(r));
                assertThat(p[r][label]).isEqualTo(greatest);
            }
        }
    }

    @Test
    void nd4j_arrays_hold_the_same_numbers() {
        assertThat(predictions.of(Nets.SHAPE).shape()).containsExactly(25, 3);
        assertThat(predictions.of("price").shape()).containsExactly(25, 1);
        assertThat(predictions.of(Nets.SHAPE).dup('c').data().asFloat())
                .isEqualTo(predictions.matrix("shape").toArray());
    }

    @Test
    void the_first_rows_are_shown() {
        assertThat(predictions.toString())
                .contains("P(income)", "price", "10 of 25 rows")
                .hasLineCount(13);
    }

    @Test
    void names_are_escaped_in_html() {
        Task<?> evil = Task.named("<script>alert(1)</script>").classes();
        MultiTaskData data = MultiTaskData.of(
                Map.of("features", Nets.data(2, 1).input("features")),
                List.of(TargetColumn.Classes.of(evil.name(), List.of("<b>", "</td>"), new int[] {0, 1})));
        Graph graph = Graph.build(new Hard(Mlp.of(2)), "features", 3, List.of(Objective.bind(evil, data)), 1);
        Net net = Net.of(graph, data, Standardisation.fit(data), Nets.LINEAGE);
        assertThat(net.predict(data).toHtml()
                        + net.toHtml()
                        + Scores.of(net, data, "<i>").toHtml())
                .doesNotContain("<script", "<b>", "<i>")
                .contains("&lt;script&gt;", "&lt;i&gt;");
    }

    @Test
    void the_wrong_question_says_which_one_is_right() {
        assertThatThrownBy(() -> predictions.numbers("shape"))
                .hasMessage(
                        "Task 'shape' predicts classes, not numbers.\nAsk for labels(\"shape\") or probabilities(\"shape\").");
        assertThatThrownBy(() -> predictions.labels("price"))
                .hasMessage("Task 'price' predicts numbers, not classes.\nAsk for numbers(\"price\").");
        assertThatThrownBy(() -> predictions.of("wages"))
                .hasMessage("No task 'wages' among the predictions.\nThere are income, shape, price.");
    }
}
