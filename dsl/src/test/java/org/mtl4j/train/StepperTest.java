package org.mtl4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mtl4j.balance.Balancer;
import org.mtl4j.balance.Dwa;
import org.mtl4j.balance.Equal;
import org.mtl4j.balance.Mgda;
import org.mtl4j.balance.PcGrad;
import org.mtl4j.balance.Uncertainty;
import org.mtl4j.data.Batch;
import org.mtl4j.layer.Mlp;
import org.mtl4j.optimise.Adam;
import org.mtl4j.optimise.Optimiser;
import org.mtl4j.optimise.Schedule;
import org.mtl4j.optimise.Sgd;
import org.mtl4j.sharing.Graph;
import org.mtl4j.sharing.Hard;
import org.mtl4j.sharing.Sharing;
import org.mtl4j.sharing.Single;
import org.mtl4j.sharing.Soft;
import org.mtl4j.tensor.Gram;
import org.mtl4j.tensor.Parameter;
import org.mtl4j.tensor.Parameters;

class StepperTest {

    private static final int ROWS = 32;
    private static final Mlp ENCODER = Mlp.of(16, 8).dropout(0.2);

    private static Stepper stepper(Sharing sharing, Balancer balancer, Optimiser optimiser) {
        Graph graph = Graph.build(sharing, "features", Steppers.WIDTH, Steppers.objectives(), 3);
        return new Stepper(graph, balancer, optimiser, 1000, ROWS, 5);
    }

    static Stream<Arguments> trainings() {
        return Stream.of(
                        new Equal(),
                        new Uncertainty(0),
                        PcGrad.asPublished(),
                        Mgda.asPublished().lossPlus(),
                        Mgda.asPublished().atRepresentation(),
                        PcGrad.asPublished().atLayers("encoder.1"),
                        Dwa.asPublished().every(2))
                .flatMap(balancer -> Stream.of(1.0, 0.5, 0.0).map(labelled -> Arguments.of(balancer, labelled)));
    }

    @Test
    void a_scope_that_holds_no_shared_layer_is_an_error_that_lists_them() {
        assertThatThrownBy(() -> stepper(new Hard(ENCODER), Mgda.asPublished().atLayers("encoder.7"), Adam.of(0.01)))
                .hasMessage("mgda().atLayers(\"encoder.7\"): no shared layer is named so.\n"
                        + "The shared layers are encoder.0, encoder.1.");
    }

    private static float[] trained(Sharing sharing, Balancer balancer, double labelled) {
        Stepper stepper = stepper(sharing, balancer, Adam.of(0.01).clipNorm(1));
        for (int s = 0; s < 100; s++) {
            stepper.step(Steppers.batch(ROWS, labelled, s));
        }
        return stepper.graph().tape().parameters().values().clone();
    }

    @ParameterizedTest(name = "{0}, {1} of the labels")
    @MethodSource("trainings")
    void the_same_seed_gives_the_same_bits_again_and_in_two_threads_at_once(Balancer balancer, double labelled)
            throws Exception {
        Sharing sharing = new Hard(ENCODER);
        float[] alone = trained(sharing, balancer, labelled);
        assertThat(alone).doesNotContain(Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<float[]>> together = List.of(
                    threads.submit(() -> trained(sharing, balancer, labelled)),
                    threads.submit(() -> trained(sharing, balancer, labelled)));
            for (Future<float[]> each : together) {
                assertThat(each.get()).containsExactly(alone);
            }
        } finally {
            threads.shutdown();
        }
    }

    @ParameterizedTest(name = "{0}, {1} of the labels")
    @MethodSource("trainings")
    void a_step_allocates_nothing_that_grows_with_the_batch_or_the_net(Balancer balancer, double labelled) {
        for (Sharing sharing : List.of(
                new Hard(ENCODER), new Single(ENCODER), new Soft(ENCODER, Soft.Penalty.DISTANCE, 1, List.of()))) {
            Stepper stepper = stepper(sharing, balancer, Adam.of(0.01).clipNorm(1));
            Batch batch = Steppers.batch(ROWS, labelled, 1);
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
            // the net's values take 12 KiB, a batch of the widest layer 2 KiB
            assertThat(perStep).as("bytes a step, %s", sharing).isLessThan(1024);
        }
    }

    @Test
    void a_task_without_labels_has_loss_0_and_leaves_its_parameters_alone() {
        for (Balancer balancer :
                List.of(new Equal(), PcGrad.asPublished(), Mgda.asPublished().l2())) {
            Stepper stepper = stepper(new Hard(Mlp.of(8)), balancer, Sgd.of(0.1));
            float[] before = stepper.graph().tape().parameters().values().clone();
            stepper.step(Steppers.batch(ROWS, 0, 1));
            assertThat(stepper.losses()).containsOnly(0);
            assertThat(stepper.graph().tape().parameters().values()).containsExactly(before);
        }
    }

    @Test
    void losses_are_raw_and_the_balancer_sees_them_with_the_tasks_own_weight() {
        Stepper one = stepper(new Hard(Mlp.of(8)), new Equal(), Sgd.of(1e-9));
        one.step(Steppers.batch(ROWS, 1, 1));
        assertThat(one.losses()[0]).isCloseTo(Math.log(2), within(0.2)); // not halved by weight(0.5)
        Stepper uncertain = stepper(new Hard(Mlp.of(8)), new Uncertainty(0), Sgd.of(1));
        uncertain.step(Steppers.batch(ROWS, 1, 1));
        float[] values = uncertain.graph().tape().parameters().values();
        // s after one step of rate 1 is -(1 - a L) / 2, with a the task's own weight
        double expected = -0.5 * (1 - 0.5 * uncertain.losses()[0]);
        assertThat((double) values[values.length - 3]).isCloseTo(expected, within(1e-6));
    }

    @Test
    void training_brings_every_loss_down() {
        for (Balancer balancer : List.of(new Equal(), new Uncertainty(0), PcGrad.asPublished(), Mgda.asPublished())) {
            Stepper stepper = stepper(new Hard(Mlp.of(32)), balancer, Adam.of(0.01));
            Batch batch = Steppers.batch(ROWS, 1, 1);
            stepper.step(batch);
            double[] first = stepper.losses().clone();
            for (int s = 0; s < 300; s++) {
                stepper.step(batch);
            }
            for (int t = 0; t < first.length; t++) {
                assertThat(stepper.losses()[t]).as("%s, task %d", balancer, t).isLessThan(0.6 * first[t]);
            }
        }
    }

    @Test
    void steps_count_and_the_schedule_sees_them() {
        Stepper stepper = stepper(new Hard(Mlp.of(8)), new Equal(), Sgd.of(0.1).schedule(new Schedule.Step(2, 0.5)));
        assertThat(stepper.rate()).isEqualTo(0.1);
        stepper.step(Steppers.batch(ROWS, 1, 1));
        stepper.step(Steppers.batch(ROWS, 1, 1));
        assertThat(stepper.steps()).isEqualTo(2);
        assertThat(stepper.rate()).isEqualTo(0.05);
    }

    @Test
    void a_probe_sees_the_gram_that_a_gradient_method_sees_and_takes_no_step() {
        Batch batch = Steppers.batch(ROWS, 0.7, 1);
        Stepper gradient = stepper(new Hard(Mlp.of(8, 4)), PcGrad.asPublished(), Sgd.of(0.1));
        assertThat(stepper(new Hard(Mlp.of(8)), new Equal(), Sgd.of(0.1)).lastProbe(1))
                .isNull();
        Stepper losses = stepper(new Hard(Mlp.of(8, 4)), new Equal(), Sgd.of(0.1));
        losses.reserveProbes(ROWS);
        float[] before = losses.graph().tape().parameters().values().clone();
        Probe probe = losses.probe(batch, 1);
        assertThat(losses.graph().tape().parameters().values()).containsExactly(before);
        assertThat(losses.steps()).isZero();
        gradient.step(batch);
        Probe seen = Objects.requireNonNull(gradient.lastProbe(1));
        assertThat(probe.total().toArray()).containsExactly(seen.total().toArray());
        assertThat(probe.layers()).hasSize(2);
        double[] sum = new double[9];
        for (Gram layer : probe.layers()) {
            for (int i = 0; i < 9; i++) {
                sum[i] += layer.toArray()[i];
            }
        }
        assertThat(sum).containsExactly(probe.total().toArray(), within(1e-12));
    }

    @Test
    void a_probe_between_steps_does_not_change_the_training_without_dropout() {
        Batch batch = Steppers.batch(ROWS, 0.7, 1);
        Stepper plain = stepper(new Hard(Mlp.of(8)), new Equal(), Sgd.of(0.1));
        Stepper probed = stepper(new Hard(Mlp.of(8)), new Equal(), Sgd.of(0.1));
        probed.reserveProbes(ROWS);
        for (int s = 0; s < 5; s++) {
            plain.step(batch);
            probed.probe(batch, 1);
            probed.step(batch);
        }
        assertThat(probed.graph().tape().parameters().values())
                .containsExactly(plain.graph().tape().parameters().values());
    }

    @Test
    void a_probe_of_soft_sharing_has_the_products_of_the_gradients_by_corresponding_layers() {
        Sharing soft = new Soft(Mlp.of(16, 8), Soft.Penalty.DISTANCE, 0, List.of());
        Batch batch = Steppers.batch(ROWS, 0.7, 1);
        Stepper stepper = stepper(soft, new Equal(), Sgd.of(1));
        Probe probe = stepper.probe(batch, 1);
        Parameters parameters = stepper.graph().tape().parameters();
        float[] before = parameters.values().clone();
        stepper.step(batch); // at a rate of 1, the difference is the gradient
        float[] gradient = new float[before.length];
        for (int k = 0; k < before.length; k++) {
            gradient[k] = before[k] - parameters.values()[k];
        }
        for (int l = 0; l < 2; l++) {
            for (int i = 0; i < 3; i++) {
                for (int j = 0; j < 3; j++) {
                    double product = product(parameters, gradient, i, j, l);
                    assertThat(probe.layers().get(l).get(i, j))
                            .isCloseTo(product, within(1e-5 * Math.max(1, Math.abs(product))));
                }
            }
        }
    }

    private static double product(Parameters parameters, float[] gradient, int i, int j, int layer) {
        double sum = 0;
        for (String kind : List.of("weight", "bias")) {
            Parameter one = parameters.get("encoder.%s.%d.%s".formatted(Steppers.NAMES.get(i), layer, kind));
            Parameter two = parameters.get("encoder.%s.%d.%s".formatted(Steppers.NAMES.get(j), layer, kind));
            for (int k = 0; k < one.size(); k++) {
                sum += (double) gradient[one.offset() + k] * gradient[two.offset() + k];
            }
        }
        return sum;
    }
}
