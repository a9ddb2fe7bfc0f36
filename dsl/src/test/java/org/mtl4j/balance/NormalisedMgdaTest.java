package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NormalisedMgdaTest extends BalancerContract {

    @Override
    Balancer balancer(List<String> tasks) {
        return Mgda.asPublished().lossPlus();
    }

    @Override
    Scale scale() {
        return Scale.PARTICULAR;
    }

    @Override
    boolean hasOneAnswer(double[][] gradients) {
        // weights are large where gradients are small, and more gradients than dimensions depend on each other
        return gradients.length <= gradients[0].length && Math.abs(gradients[gradients.length - 1][0]) > 1e-6;
    }

    @Override
    String printed() {
        return "mgda().lossPlus()";
    }

    @ParameterizedTest
    @MethodSource("gradients")
    void a_factor_on_losses_and_gradients_divides_weights_by_its_square(double[][] gradients) {
        List<String> tasks = tasks(gradients.length);
        double[] plain = weights(balancer(tasks), tasks, gradients, 1, 1);
        double[] scaled = weights(balancer(tasks), tasks, gradients, 1024, 1);
        for (int t = 0; t < plain.length; t++) {
            assertThat(scaled[t] * 1024 * 1024).isCloseTo(plain[t], within(1e-12 * Math.max(1, plain[t])));
        }
    }
}
