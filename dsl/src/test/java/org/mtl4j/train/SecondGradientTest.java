package org.mtl4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mtl4j.balance.Balancer;
import org.mtl4j.balance.Equal;
import org.mtl4j.balance.Fixed;
import org.mtl4j.balance.Mgda;
import org.mtl4j.balance.PcGrad;
import org.mtl4j.balance.Scope;
import org.mtl4j.balance.Uncertainty;
import org.mtl4j.balance.Weighting;
import org.mtl4j.data.Batch;
import org.mtl4j.layer.Mlp;
import org.mtl4j.optimise.Adam;
import org.mtl4j.optimise.Optimiser;
import org.mtl4j.optimise.Sam;
import org.mtl4j.optimise.Sgd;
import org.mtl4j.sharing.Graph;
import org.mtl4j.sharing.Hard;

/** Sharpness-aware steps: a second gradient at perturbed parameters, at the weights of the first. */
class SecondGradientTest {

    private static final double RHO = 0.3;

    static Stream<Balancer> balancers() {
        return Stream.of(
                new Equal(),
                new Uncertainty(0.1),
                Mgda.asPublished(),
                Mgda.asPublished().headsWeighted(),
                PcGrad.asPublished(),
                PcGrad.asPublished().atRepresentation());
    }

    private static Stepper stepper(Balancer balancer, Optimiser optimiser) {
        Graph graph =
                Graph.build(new Hard(Mlp.of(8, 4).dropout(0.2)), "features", Steppers.WIDTH, Steppers.objectives(), 3);
        return new Stepper(graph, balancer, optimiser, 100, 32, 5);
    }

    private static float[] values(Stepper stepper) {
        return stepper.graph().tape().parameters().values();
    }

    /** The gradient that a step of rate 1 takes at these parameters. */
    private static float[] gradient(Stepper stepper, float[] at, Batch batch) {
        System.arraycopy(at, 0, values(stepper), 0, at.length);
        stepper.step(batch);
        float[] gradient = new float[at.length];
        for (int i = 0; i < at.length; i++) {
            gradient[i] = at[i] - values(stepper)[i];
        }
        return gradient;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("balancers")
    void the_step_has_the_gradient_at_perturbed_parameters_and_the_weights_of_the_first(Balancer balancer) {
        Batch batch = Steppers.batch(32, 0.7, 1);
        Stepper sam = stepper(balancer, new Sam(Sgd.of(1), RHO));
        Stepper first = stepper(balancer, Sgd.of(1));
        float[] start = values(sam).clone();
        sam.step(batch);
        float[] up = gradient(first, start, batch);
        assertThat(sam.weights()).containsExactly(first.weights());
        assertThat(sam.losses()).containsExactly(first.losses());
        int net = start.length - (balancer instanceof Uncertainty ? 3 : 0);
        float[] moved = start.clone();
        new Sam(Sgd.of(1), RHO).perturb(moved, up, net);
        // those of the step with these weights given: no balancer sees the second pass
        Balancer given = balancer instanceof Uncertainty || balancer instanceof Equal
                ? weights(sam.weights())
                : new Given(balancer, sam.weights().clone());
        float[] expected = gradient(stepper(given, Sgd.of(1)), Arrays.copyOf(moved, net), batch);
        for (int i = 0; i < net; i++) {
            assertThat(start[i] - values(sam)[i]).isCloseTo(expected[i], within(2e-5f));
        }
        for (int i = net; i < start.length; i++) {
            assertThat(start[i] - values(sam)[i]).isCloseTo(up[i], within(1e-6f));
        }
    }

    private static Fixed weights(double[] w) {
        Fixed fixed = new Fixed(Map.of());
        for (int t = 0; t < w.length; t++) {
            fixed = fixed.with(Steppers.objectives().get(t).task(), w[t]);
        }
        return fixed;
    }

    /** Another balancer's needs, at given weights. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Given(Balancer inner, double[] weights) implements Balancer {
        @Override
        public Needs needs() {
            return inner.needs();
        }

        @Override
        public Heads heads() {
            return inner.heads();
        }

        @Override
        public Scope scope() {
            return inner.scope();
        }

        @Override
        public Weighting start(List<String> tasks) {
            return (step, into) -> System.arraycopy(weights, 0, into, 0, into.length);
        }
    }

    @Test
    void the_gram_that_is_recorded_is_the_first() {
        Batch batch = Steppers.batch(32, 0.7, 1);
        Stepper sam = stepper(PcGrad.asPublished(), new Sam(Sgd.of(1), RHO));
        Stepper plain = stepper(PcGrad.asPublished(), Sgd.of(1));
        sam.step(batch);
        plain.step(batch);
        assertThat(Objects.requireNonNull(sam.lastProbe(1)).total().toArray())
                .containsExactly(
                        Objects.requireNonNull(plain.lastProbe(1)).total().toArray());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("balancers")
    void a_step_with_groups_an_average_and_gathered_batches_allocates_nothing_that_grows_with_the_net(
            Balancer balancer) {
        Optimiser all = new Sam(Adam.of(1e-3), 0.05)
                .accumulate(2)
                .ema(0.99)
                .clipNorm(1)
                .group("encoder", 1e-4)
                .group("head.classes", 1e-2);
        Stepper stepper = stepper(balancer, all);
        Batch batch = Steppers.batch(32, 0.7, 1);
        for (int s = 0; s < 3000; s++) {
            stepper.step(batch);
        }
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(thread);
        for (int s = 0; s < 1000; s++) {
            stepper.step(batch);
        }
        double perStep = (threads.getThreadAllocatedBytes(thread) - before) / 1000.0;
        assertThat(perStep).as("bytes a step").isLessThan(512); // the net's values take 600 bytes
    }
}
