package org.mtl4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.mtl4j.balance.Aggregator;
import org.mtl4j.balance.Balancer;
import org.mtl4j.balance.Equal;
import org.mtl4j.balance.ExcessMtl;
import org.mtl4j.balance.Fixed;
import org.mtl4j.balance.GradDrop;
import org.mtl4j.balance.MoCo;
import org.mtl4j.balance.WeighingStep;
import org.mtl4j.balance.Weighting;
import org.mtl4j.data.Batch;
import org.mtl4j.layer.Mlp;
import org.mtl4j.optimise.Optimiser;
import org.mtl4j.optimise.Sam;
import org.mtl4j.optimise.Sgd;
import org.mtl4j.sharing.Graph;
import org.mtl4j.sharing.Hard;

/** Balancers that read the gradients themselves, in the engine. */
class AggregatingTest {

    /** Weighs the tasks 1, 2, .. by hand: on the gradients that it is shown. */
    private record ByHand() implements Balancer {
        @Override
        public Needs needs() {
            return Needs.GRADIENTS;
        }

        @Override
        public Heads heads() {
            return Heads.WEIGHTED;
        }

        @Override
        public Weighting start(List<String> tasks) {
            return new Aggregator() {
                @Override
                public void weigh(WeighingStep step, double[] weights) {
                    Arrays.setAll(weights, t -> t + 1);
                }

                @Override
                public void aggregate(WeighingStep step, float[] direction) {
                    Arrays.fill(direction, 0f);
                    for (int t = 0; t < step.tasks(); t++) {
                        double square = 0;
                        for (int p = 0; p < direction.length; p++) {
                            float g = step.gradients()[t * step.parameters() + p];
                            direction[p] += (t + 1) * g;
                            square += (double) g * g;
                        }
                        assertThat(square).isCloseTo(step.gram(t, t), within(1e-5 * Math.max(1, square)));
                    }
                }
            };
        }
    }

    private static Stepper stepper(Balancer balancer, Optimiser optimiser) {
        Hard sharing = new Hard(Mlp.of(8, 4).dropout(0.2));
        Graph graph = Graph.build(sharing, "features", Steppers.WIDTH, Steppers.objectives(), 3);
        return new Stepper(graph, balancer, optimiser, 100, 32, 5);
    }

    private static float[] after(Balancer balancer, int steps) {
        Stepper stepper = stepper(balancer, Sgd.of(0.1));
        for (int s = 0; s < steps; s++) {
            Batch batch = Steppers.batch(32, 0.7, s);
            stepper.step(batch);
        }
        return stepper.graph().tape().parameters().values();
    }

    @Test
    void an_update_made_of_the_gradients_is_that_of_the_weighted_losses() {
        Fixed weights = new Fixed(Map.of());
        List<String> tasks = stepper(new Equal(), Sgd.of(0.1)).graph().tasks();
        for (int t = 0; t < tasks.size(); t++) {
            weights = weights.with(tasks.get(t), t + 1.0);
        }
        assertThat(after(new ByHand(), 4)).containsExactly(after(weights, 4), within(2e-5f));
    }

    @Test
    void with_nothing_dropped_it_is_the_sum() {
        assertThat(after(new GradDrop(1), 4)).containsExactly(after(new Equal(), 4), within(2e-5f));
    }

    @Test
    void the_gram_is_a_by_product() {
        Stepper stepper = stepper(ExcessMtl.asPublished(), Sgd.of(0.1));
        stepper.step(Steppers.batch(32, 0.7, 1));
        Probe probe = Objects.requireNonNull(stepper.lastProbe(0));
        Stepper plain = stepper(new Equal(), Sgd.of(0.1));
        plain.reserveProbes(32);
        assertThat(probe.total().get(0, 1))
                .isCloseTo(plain.probe(Steppers.batch(32, 0.7, 1), 0).total().get(0, 1), within(1e-6));
    }

    @Test
    void it_takes_no_second_gradient() {
        assertThatThrownBy(() -> stepper(new GradDrop(0), new Sam(Sgd.of(1), 0.1)))
                .hasMessage(
                        "graddrop(): it makes its update of the gradients themselves, and sam(..) takes a second gradient at the weights of the first.%nTake a balancer that weighs tasks, or an optimiser without sam(..)."
                                .formatted());
    }

    @Test
    void it_reads_all_shared_parameters() {
        assertThatThrownBy(() -> MoCo.asPublished().atRepresentation())
                .hasMessage(
                        "moco().atRepresentation(): it reads the gradients of all shared parameters, number by number.%nLeave it out, or take a method that reads their inner products, such as mgda() or pcgrad()."
                                .formatted());
    }

    @Test
    void dropping_at_the_representation_takes_no_second_gradient_either() {
        assertThatThrownBy(() -> stepper(new GradDrop(0).atRepresentation(), new Sam(Sgd.of(1), 0.1)))
                .hasMessageStartingWith(
                        "graddrop().atRepresentation(): it makes its update of the gradients themselves");
    }

    @Test
    void with_nothing_dropped_at_the_representation_it_is_the_sum() {
        assertThat(after(new GradDrop(1).atRepresentation(), 4)).containsExactly(after(new Equal(), 4), within(2e-5f));
        assertThat(after(new GradDrop(0.5).atRepresentation(), 4)).isNotEqualTo(after(new Equal(), 4));
    }

    @Test
    void after_a_warm_up_it_drops_and_before_it_does_not() {
        Balancer drops = new GradDrop(0).atRepresentation();
        assertThat(after(drops.afterWarmUpSteps(4), 4)).containsExactly(after(new Equal(), 4), within(2e-5f));
        assertThat(after(drops.afterWarmUpSteps(2), 4)).isNotEqualTo(after(new Equal(), 4));
    }

    @Test
    void of_scaled_losses_it_drops_the_scaled_gradients() {
        List<String> tasks = stepper(new Equal(), Sgd.of(0.1)).graph().tasks();
        Fixed weights = new Fixed(Map.of());
        for (int t = 0; t < tasks.size(); t++) {
            weights = weights.with(tasks.get(t), t + 1.0);
        }
        assertThat(after(weights.then(new GradDrop(1).atRepresentation()), 4))
                .containsExactly(after(weights, 4), within(2e-5f));
        assertThat(after(weights.then(new GradDrop(0.5).atRepresentation()), 4)).isNotEqualTo(after(weights, 4));
    }

    @Test
    void a_mask_has_no_weights_that_could_be_kept() {
        assertThatThrownBy(() -> stepper(new GradDrop(0).atRepresentation().every(2), Sgd.of(0.1)))
                .hasMessage(
                        "graddrop().atRepresentation().every(2): graddrop().atRepresentation() makes its update of the gradients themselves, and has no weights that could be kept.%nTake a method that weighs tasks, such as mgda() or pcgrad()."
                                .formatted());
    }
}
