package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mtl4j.Mtl;

class ClippedTest extends BalancerContract {

    @Override
    Balancer balancer(List<String> tasks) {
        return Mtl.uwSo().clipped(0.1, 2);
    }

    @Override
    Scale scale() {
        return Scale.PARTICULAR;
    }

    @Override
    String printed() {
        return "uwSo().clipped(0.1, 2.0)";
    }

    @Test
    void weights_outside_the_bounds_are_on_them() {
        Balancer losses = Own.of("losses", step -> step.losses().clone());
        double[] weights = new double[4];
        losses.clipped(0.5, 2).start(tasks(4)).weigh(Steps.ofLosses(0, 0.5, 1.25, 7), weights);
        assertThat(weights).containsExactly(0.5, 0.5, 1.25, 2);
    }

    @Test
    void bounds_are_numbers_in_order() {
        assertThatThrownBy(() -> Mtl.pcgrad().clipped(1, 0.5))
                .hasMessage("pcgrad().clipped(1.0, 0.5): they are finite numbers, the second at least the first.\n"
                        + "Give the least weight and the greatest: clipped(0.1, 10).");
        assertThatThrownBy(() -> Mtl.pcgrad().clipped(Double.NaN, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Mtl.pcgrad().clipped(0, Double.POSITIVE_INFINITY))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void what_updates_by_the_gradients_themselves_has_no_weights_to_clip() {
        assertThatThrownBy(() -> Mtl.dbMtl().clipped(0, 1).start(tasks(2)))
                .hasMessage(
                        "dbMtl().clipped(0.0, 1.0): dbMtl() makes its update of the gradients themselves, and has no"
                                + " weights that could be clipped.\n"
                                + "Take a method that weighs tasks, such as mgda() or pcgrad().");
    }
}
