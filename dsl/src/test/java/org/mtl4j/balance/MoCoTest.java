package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class MoCoTest extends BalancerContract {

    @Override
    Balancer balancer(List<String> tasks) {
        return MoCo.asPublished().beta(0.9, 0.1).gamma(1, 0.2).rho(0.1);
    }

    @Override
    Scale scale() {
        return Scale.PARTICULAR;
    }

    @Override
    String printed() {
        return "moco().beta(0.9, 0.1).gamma(1.0, 0.2).rho(0.1)";
    }

    @Test
    void the_weights_move_to_the_task_with_the_shorter_tracked_gradient() {
        Aggregator aggregator = (Aggregator) MoCo.asPublished().gamma(10, 0).start(tasks(2));
        aggregator.open(2);
        double[] weights = new double[2];
        WeighingStep step = Steps.ofGradients(new double[][] {{3, 0}, {0, 3}}, 1);
        step.losses()[0] = 2; // its length in y, whatever that of the gradient is
        aggregator.weigh(step, weights);
        assertThat(weights[1]).isGreaterThan(weights[0]);
        assertThat(weights[0] + weights[1]).isCloseTo(1, within(1e-12));
    }

    @Test
    void a_task_without_labels_keeps_what_was_tracked() {
        Aggregator aggregator = (Aggregator) MoCo.asPublished().gamma(0, 0).start(tasks(2));
        aggregator.open(1);
        double[] weights = new double[2];
        float[] direction = new float[1];
        aggregator.weigh(Steps.ofGradients(new double[][] {{1}, {1}}, 1), weights);
        aggregator.aggregate(Steps.ofGradients(new double[][] {{1}, {1}}, 1), direction);
        assertThat(direction[0]).isCloseTo(0.5f, within(1e-6f)); // w = softmax of equal numbers, y = beta L
        WeighingStep next = Steps.ofGradients(new double[][] {{0}, {0}}, 1);
        next.labelled()[0] = 0;
        next.labelled()[1] = 0;
        aggregator.weigh(next, weights);
        aggregator.aggregate(next, direction);
        assertThat(direction[0]).isCloseTo(0.5f, within(1e-6f));
    }

    @Test
    void numbers_that_make_no_sense_are_refused() {
        assertThatThrownBy(() -> MoCo.asPublished().beta(0, 0.5))
                .hasMessage(
                        "moco().beta(0.0): it is a number above 0 and at most 1.%nGive 0.5, or less where batches are small."
                                .formatted());
        assertThatThrownBy(() -> MoCo.asPublished().rho(Double.NaN))
                .hasMessage("moco(): the rho NaN is not a finite number of at least 0.%nLeave it out for LibMTL's."
                        .formatted());
    }
}
