package org.mtl4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mtl4j.balance.Balancer;
import org.mtl4j.balance.Equal;
import org.mtl4j.balance.ExcessMtl;
import org.mtl4j.balance.GradDrop;
import org.mtl4j.balance.Mgda;
import org.mtl4j.balance.NashMtl;
import org.mtl4j.balance.PcGrad;
import org.mtl4j.balance.Scope;
import org.mtl4j.balance.Uncertainty;
import org.mtl4j.balance.WeighingStep;
import org.mtl4j.balance.Weighting;
import org.mtl4j.layer.Mlp;
import org.mtl4j.optimise.Optimiser;
import org.mtl4j.optimise.Sam;
import org.mtl4j.optimise.Sgd;
import org.mtl4j.sharing.Graph;
import org.mtl4j.sharing.Hard;

/** Steps whose weights are known before any Gram. */
class KnownWeightsTest {

    private static final double[] WEIGHTS = {0.5, -1, 2};

    /** Weights and factors of heads that are always the same. */
    private record Constant(Needs needs, Heads heads, Scope scope, List<Double> factors, boolean reads)
            implements Balancer {

        Constant reading() {
            return new Constant(needs, heads, scope, factors, true);
        }

        @Override
        public Weighting start(List<String> tasks) {
            return new Weighting() {
                @Override
                public boolean readsGradients(WeighingStep step) {
                    return reads;
                }

                @Override
                public void weigh(WeighingStep step, double[] weights) {
                    System.arraycopy(WEIGHTS, 0, weights, 0, weights.length);
                }

                @Override
                public void weighHeads(double[] into) {
                    Arrays.setAll(into, factors::get);
                }
            };
        }
    }

    static Stream<Constant> constants() {
        return Stream.of(Balancer.Needs.GRAM, Balancer.Needs.GRADIENTS)
                .flatMap(needs -> Stream.of(Balancer.Heads.values())
                        .flatMap(heads -> Stream.of(List.of(1.0, 1.0, 1.0), List.of(3.0, 0.0, -0.5))
                                .map(factors -> new Constant(needs, heads, Scope.DEFAULT, factors, false))));
    }

    private static Stepper stepper(Balancer balancer, Optimiser optimiser) {
        Hard sharing = new Hard(Mlp.of(8, 4).dropout(0.2));
        Graph graph = Graph.build(sharing, "features", Steppers.WIDTH, Steppers.objectives(), 3);
        return new Stepper(graph, balancer, optimiser, 100, 32, 5);
    }

    private static float[] after(Balancer balancer, Optimiser optimiser) {
        Stepper stepper = stepper(balancer, optimiser);
        for (int s = 0; s < 4; s++) {
            stepper.step(Steppers.batch(32, 0.7, s));
        }
        return stepper.graph().tape().parameters().values();
    }

    @ParameterizedTest
    @MethodSource("constants")
    void they_move_the_net_as_weights_by_the_gram_do(Constant constant) {
        for (Optimiser optimiser : List.of(Sgd.of(0.05), new Sam(Sgd.of(0.05), 0.1))) {
            float[] known = after(constant, optimiser);
            assertThat(known).containsExactly(after(constant.reading(), optimiser), within(2e-5f));
        }
    }

    @ParameterizedTest
    @MethodSource("constants")
    void the_representation_takes_factors_of_heads_too(Constant constant) {
        if (constant.needs() == Balancer.Needs.GRAM) {
            Constant there = new Constant(
                    Balancer.Needs.GRAM, constant.heads(), new Scope.Representation(), constant.factors(), true);
            float[] plain = after(constant.reading(), Sgd.of(0.05));
            assertThat(after(there, Sgd.of(0.05))).containsExactly(plain, within(2e-5f));
        }
    }

    @Test
    void no_gram_is_formed_where_weights_are_kept() {
        for (Balancer balancer : List.of(
                PcGrad.asPublished().every(3),
                NashMtl.asPublished().every(3),
                ExcessMtl.asPublished().every(3),
                Mgda.asPublished().smoothed(0.5).every(3).clipped(0, 1),
                new Uncertainty(0).then(Mgda.asPublished().every(3)))) {
            Stepper stepper = stepper(balancer, Sgd.of(0.05));
            for (int s = 0; s < 7; s++) {
                stepper.step(Steppers.batch(32, 0.9, s));
                assertThat(stepper.lastProbe(1) != null)
                        .as("%s, step %d", balancer, s)
                        .isEqualTo(s % 3 == 0);
            }
        }
    }

    @Test
    void an_update_by_the_gradients_themselves_waits_for_the_end_of_the_warm_up() {
        Stepper waiting = stepper(new GradDrop(0).afterWarmUpSteps(2), Sgd.of(0.05));
        Stepper dropping = stepper(new GradDrop(0), Sgd.of(0.05));
        Stepper plain = stepper(new Equal(), Sgd.of(0.05));
        for (int s = 0; s < 3; s++) {
            assertThat(values(waiting)).as("before step %d", s).containsExactly(values(plain), within(1e-6f));
            for (Stepper each : List.of(waiting, dropping, plain)) {
                each.step(Steppers.batch(32, 0.9, s));
            }
        }
        assertThat(values(waiting)).isNotEqualTo(values(plain)).isNotEqualTo(values(dropping));
    }

    private static float[] values(Stepper stepper) {
        return stepper.graph().tape().parameters().values();
    }
}
