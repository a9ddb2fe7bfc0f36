package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class DbMtlTest extends BalancerContract {

    @Override
    Balancer balancer(List<String> tasks) {
        return DbMtl.asPublished().beta(0.5).decay(0.25);
    }

    @Override
    Scale scale() {
        return Scale.PARTICULAR;
    }

    @Override
    String printed() {
        return "dbMtl().beta(0.5).decay(0.25)";
    }

    private static float[] update(Aggregator aggregator, WeighingStep step) {
        float[] direction = new float[step.parameters()];
        aggregator.weigh(step, new double[step.tasks()]);
        aggregator.aggregate(step, direction);
        return direction;
    }

    private static Aggregator open(DbMtl dbMtl, int tasks, int parameters) {
        Aggregator aggregator = (Aggregator) dbMtl.start(tasks(tasks));
        aggregator.open(parameters);
        return aggregator;
    }

    @Test
    void without_a_mean_each_gradient_comes_to_the_length_of_the_longest() {
        WeighingStep step = Steps.ofGradients(new double[][] {{3, 0}, {0, 0.5}}, 1);
        step.losses()[0] = 1;
        step.losses()[1] = 0.1;
        // by the losses 3 and 5
        assertThat(update(open(DbMtl.asPublished().beta(0), 2, 2), step))
                .containsExactly(new float[] {5, 5}, within(1e-5f));
    }

    @Test
    void a_task_without_labels_keeps_its_mean_which_counts_on() {
        Aggregator aggregator = open(DbMtl.asPublished().beta(0.5), 2, 2);
        WeighingStep step = Steps.ofGradients(new double[][] {{2, 0}, {0, 2}}, 1);
        update(aggregator, step);
        WeighingStep next = Steps.ofGradients(new double[][] {{2, 0}, {0, 0}}, 1);
        next.labelled()[1] = 0;
        // means 1.5 and 1, both brought to 1.5
        assertThat(update(aggregator, next)).containsExactly(new float[] {1.5f, 1.5f}, within(1e-5f));
        double[] weights = new double[2];
        aggregator.weigh(next, weights);
        assertThat(weights[1]).isZero();
    }

    @Test
    void numbers_that_make_no_sense_are_refused() {
        assertThatThrownBy(() -> DbMtl.asPublished().beta(1))
                .hasMessage(
                        "dbMtl().beta(1.0): it is a number of at least 0 and below 1.%nGive 0.9, or less for a mean over fewer steps."
                                .formatted());
        assertThatThrownBy(() -> DbMtl.asPublished().decay(-1)).hasMessageStartingWith("dbMtl().decay(-1.0)");
    }
}
