package org.mtl4j.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mtl4j.balance.Balancer;
import org.mtl4j.balance.Equal;
import org.mtl4j.balance.WeighingStep;
import org.mtl4j.balance.Weighting;
import org.mtl4j.data.Batch;
import org.mtl4j.layer.Mlp;
import org.mtl4j.optimise.Optimiser;
import org.mtl4j.optimise.Sgd;
import org.mtl4j.sharing.Graph;
import org.mtl4j.sharing.Hard;

/** A balancer that hears the losses of the batch after the update. */
class HearingTest {

    /** Weighs evenly and listens. */
    private record Listener(List<double[]> heard) implements Balancer {
        @Override
        public Needs needs() {
            return Needs.LOSSES;
        }

        @Override
        public boolean hearsUpdate() {
            return true;
        }

        @Override
        public Weighting start(List<String> tasks) {
            Weighting even = new Equal().start(tasks);
            return new Weighting() {
                @Override
                public void weigh(WeighingStep step, double[] weights) {
                    even.weigh(step, weights);
                }

                @Override
                public void hear(WeighingStep after) {
                    heard.add(after.losses().clone());
                }
            };
        }
    }

    private static Stepper stepper(Balancer balancer, Optimiser optimiser) {
        Hard sharing = new Hard(Mlp.of(8, 4).dropout(0.3));
        Graph graph = Graph.build(sharing, "features", Steppers.WIDTH, Steppers.objectives(), 3);
        return new Stepper(graph, balancer, optimiser, 100, 32, 5);
    }

    @Test
    void it_hears_the_losses_at_the_new_parameters_under_the_masks_of_the_step() {
        List<double[]> heard = new ArrayList<>();
        Stepper listened = stepper(new Listener(heard), Sgd.of(0.1));
        Batch batch = Steppers.batch(32, 0.7, 1);
        listened.step(batch);
        Stepper again = stepper(new Equal(), Sgd.of(0.1));
        float[] moved = listened.graph().tape().parameters().values();
        System.arraycopy(moved, 0, again.graph().tape().parameters().values(), 0, moved.length);
        again.step(batch);
        for (int t = 0; t < heard.get(0).length; t++) {
            double weight = Steppers.objectives().get(t).task().weight();
            assertThat(heard.get(0)[t]).isEqualTo(weight * again.losses()[t]);
        }
    }

    @Test
    void hearing_changes_nothing_else() {
        Stepper listened = stepper(new Listener(new ArrayList<>()), Sgd.of(0.1));
        Stepper plain = stepper(new Equal(), Sgd.of(0.1));
        for (int s = 0; s < 5; s++) {
            Batch batch = Steppers.batch(32, 0.7, s);
            listened.step(batch);
            plain.step(batch);
            assertThat(listened.losses()).containsExactly(plain.losses());
        }
        assertThat(listened.graph().tape().parameters().values())
                .containsExactly(plain.graph().tape().parameters().values());
    }

    @Test
    void it_hears_once_an_update_where_batches_are_gathered() {
        List<double[]> heard = new ArrayList<>();
        Stepper listened = stepper(new Listener(heard), Sgd.of(0.1).accumulate(2));
        for (int s = 0; s < 4; s++) {
            listened.step(Steppers.batch(32, 0.7, s));
        }
        assertThat(heard).hasSize(2);
    }
}
