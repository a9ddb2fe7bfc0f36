package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mtl4j.Mtl;

class SmoothedTest extends BalancerContract {

    @Override
    Balancer balancer(List<String> tasks) {
        return Mtl.mgda().smoothed(0.9);
    }

    @Override
    Scale scale() {
        return Scale.PARTICULAR;
    }

    @Override
    boolean hasOneAnswer(double[][] gradients) {
        return isIndependent(gradients);
    }

    @Override
    String printed() {
        return "mgda().smoothed(0.9)";
    }

    /** Four steps of TorchJD 0.18.0's CRMOGMWeighting(UPGradWeighting(), alpha=0.7), double. */
    @Test
    void the_means_of_upgrad_are_torchjds() {
        double[][][] gradients = {
            {{0.8033, 0.1748, 0.089, -0.6137}, {0.0462, -1.3683, 0.3375, 1.0111}, {-1.4352, 0.9774, 0.522, 1.2379}},
            {{-0.8646, 0.299, 0.4192, -0.0799}, {0.9264, 0.8157, 0.4952, -0.1643}, {-0.678, -1.0591, 0.7477, 0.2389}},
            {{-0.3922, 0.1519, -1.1837, 0.5344}, {-1.451, -0.6294, 0.1544, -0.248}, {0.4535, 0.0121, 1.342, 1.462}},
            {{0.4362, 1.017, -2.1925, 0.2123}, {-0.9395, -0.3236, -1.0547, 0.8238}, {-0.5271, 0.8107, -0.8046, -1.0501}}
        };
        double[][] means = {
            {1.5554500677857108, 0.5912023198498254, 0.6460413626858658},
            {1.1932171919907004, 0.5971991467681429, 0.6039200956631874},
            {0.9877993724209903, 0.5481994389342182, 0.567102680984282},
            {0.7914595606946931, 0.4837396072539527, 0.49697187668899734}
        };
        Weighting weighting = Mtl.upgrad().smoothed(0.7).start(tasks(3));
        double[] weights = new double[3];
        for (int s = 0; s < 4; s++) {
            weighting.weigh(Steps.ofGradients(gradients[s], 1), weights);
            assertThat(weights).containsExactly(means[s], within(1e-10));
        }
    }

    @Test
    void the_default_is_torchjds() {
        assertThat(Mtl.crMogm(Mtl.pcgrad())).hasToString("pcgrad().smoothed(0.9)");
    }

    @Test
    void a_task_without_labels_keeps_its_mean() {
        Balancer losses = Own.of("losses", step -> step.losses().clone());
        Weighting weighting = losses.smoothed(0.5).start(tasks(2));
        double[] weights = new double[2];
        WeighingStep first = Steps.ofLosses(4, 9);
        first.labelled()[1] = 0;
        weighting.weigh(first, weights);
        assertThat(weights).containsExactly(4, 9);
        weighting.weigh(Steps.ofLosses(2, 1), weights);
        assertThat(weights).containsExactly(3, 1); // what it got without labels is no mean
        WeighingStep third = Steps.ofLosses(0, 5);
        third.labelled()[0] = 0;
        weighting.weigh(third, weights);
        assertThat(weights).containsExactly(3, 3);
    }

    @Test
    void with_nothing_that_stays_it_is_the_method() {
        double[][] gradients = normal(3, 8, 1, 2);
        double[] plain = weights(Mtl.mgda(), tasks(3), gradients, 1, 1);
        Weighting weighting = Mtl.mgda().smoothed(0).start(tasks(3));
        double[] weights = new double[3];
        weighting.weigh(Steps.ofGradients(normal(3, 8, 1, 1), 1), weights);
        assertThat(Arrays.equals(weights, plain)).isFalse();
        weighting.weigh(Steps.ofGradients(gradients, 1), weights);
        assertThat(weights).containsExactly(plain);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1, Double.NaN})
    void the_share_that_stays_is_below_one(double beta) {
        assertThatThrownBy(() -> Mtl.mgda().smoothed(beta))
                .hasMessage("mgda().smoothed(" + beta + "): it is a number of at least 0 and below 1.\n"
                        + "Give 0.9, or less for a mean over fewer steps.");
    }

    @Test
    void what_updates_by_the_gradients_themselves_has_no_weights_to_smooth() {
        assertThatThrownBy(() -> Mtl.moco().smoothed(0.5).start(tasks(2)))
                .hasMessage("moco().smoothed(0.5): moco() makes its update of the gradients themselves, and has no"
                        + " weights that could be smoothed.\n"
                        + "Take a method that weighs tasks, such as mgda() or pcgrad().");
    }
}
