package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ImtlTest extends BalancerContract {

    @Override
    Balancer balancer(List<String> tasks) {
        return new Imtl();
    }

    @Override
    Scale scale() {
        return Scale.INVARIANT; // the scales begin at 1, and IMTL-G does not see a factor
    }

    @Override
    boolean weightsCanBeNegative() {
        return true;
    }

    @Override
    boolean hasOneAnswer(double[][] gradients) {
        return isIndependent(gradients); // else as IMTL-G's own test says
    }

    @Override
    String printed() {
        return "imtl()";
    }

    @Test
    void the_update_projects_alike_onto_all_gradients_and_heads_go_down_the_scaled_losses() {
        double[][] gradients = {{3, 0, 1}, {0, 1, 1}, {1, 1, -4}};
        WeighingStep step = Steps.ofGradients(gradients, 1);
        double[] losses = {2, 3, 5};
        System.arraycopy(losses, 0, step.losses(), 0, 3);
        float[] s = {0.5f, -1, 0.25f};
        float[] slope = new float[3];
        step.bindOwn(s, slope, 0);
        Weighting weighting = new Imtl().start(tasks(3));
        double[] weights = new double[3];
        double[] heads = new double[3];
        weighting.weigh(step, weights);
        weighting.weighHeads(heads);
        double[] update = Steps.combination(weights, gradients);
        double[] projections = new double[3];
        double sum = 0;
        for (int t = 0; t < 3; t++) {
            projections[t] = Steps.dot(update, gradients[t]) / Math.sqrt(Steps.dot(gradients[t], gradients[t]));
            assertThat(heads[t]).isCloseTo(Math.exp(s[t]), within(1e-12));
            assertThat((double) slope[t]).isCloseTo(Math.exp(s[t]) * losses[t] - 1, within(1e-6));
            sum += weights[t] / heads[t];
        }
        assertThat(projections[1]).isCloseTo(projections[0], within(1e-12));
        assertThat(projections[2]).isCloseTo(projections[0], within(1e-12));
        assertThat(sum).isCloseTo(1, within(1e-12));
    }
}
