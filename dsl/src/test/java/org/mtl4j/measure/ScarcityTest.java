package org.mtl4j.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mtl4j.fitted.Metric;
import org.mtl4j.measure.Scarcity.Curve;
import org.mtl4j.measure.Scarcity.Point;

class ScarcityTest {

    @Test
    void prints_a_row_per_point() {
        Scarcity scarcity = new Scarcity(
                "<b>wage</b>",
                Metric.R2,
                List.of(
                        new Curve(
                                "equal()",
                                List.of(
                                        new Point(100, List.of(0.1, 0.11, 0.12)),
                                        new Point(1000, List.of(0.01, -0.01, 0.0)))),
                        new Curve("pcgrad()", List.of(new Point(300, List.of(-0.1, -0.1))))));

        assertThat(scarcity).hasToString("""
                Gain of task '<b>wage</b>' by its number of labels
                way to train  labels             gain in R2 (positive is better)  verdict
                equal()          100  +0.1100 [+0.0852, +0.1348] (95 % t, n = 3)  gain
                equal()        1,000  +0.0000 [-0.0248, +0.0248] (95 % t, n = 3)  undecided
                pcgrad()         300  -0.1000 [-0.1000, -0.1000] (95 % t, n = 2)  harm
                A gain: joint against single-task training on the same labels.
                2 to 3 seeds, 3 points: 1 gain, 1 harm, 1 undecided (not adjusted for 3 comparisons).""");
        assertThat(scarcity.toHtml()).doesNotContain("<b>");
        assertThat(scarcity.labels()).containsExactly(100, 300, 1000);
    }

    @Test
    void bad_input_is_named() {
        Point point = new Point(100, List.of(0.1));

        assertThatThrownBy(() -> new Point(0, List.of(0.1)))
                .hasMessage("A point at 0 labels: there must be one at least.\nLeave it out.");
        assertThatThrownBy(() -> new Point(100, List.of(Double.NaN)))
                .hasMessage("A gain at 100 labels is NaN: it must be finite.\nLeave that seed out.");
        assertThatThrownBy(() -> new Curve("equal()", List.of(point, point)))
                .hasMessage(
                        "Curve 'equal()': 100 labels come after 100, but numbers of labels ascend.\nSort the points, one a number.");
        assertThatThrownBy(() -> new Curve("equal()", List.of()))
                .hasMessage("A curve 'equal()' of 0 points.\nGive it a name and a point or more.");
        assertThatThrownBy(() -> new Scarcity("wage", Metric.R2, List.of()))
                .hasMessage("Task 'wage': a scarcity of no curves.\nName one way to train or more.");
        Curve curve = new Curve("equal()", List.of(point));
        assertThatThrownBy(() -> new Scarcity("wage", Metric.R2, List.of(curve, curve)))
                .hasMessage("Task 'wage': two curves are named 'equal()'.\nName each as it differs.");
    }
}
