package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class EqualTest extends BalancerContract {

    @Override
    Balancer balancer(List<String> tasks) {
        return new Equal();
    }

    @Override
    Scale scale() {
        return Scale.INVARIANT;
    }

    @Override
    String printed() {
        return "equal()";
    }

    @Test
    void every_task_weighs_1_from_its_loss_alone() {
        assertThat(weights(new Equal(), tasks(3), new double[3][4], 1, 1)).containsExactly(1, 1, 1);
        assertThat(new Equal().needs()).isEqualTo(Balancer.Needs.LOSSES);
    }
}
