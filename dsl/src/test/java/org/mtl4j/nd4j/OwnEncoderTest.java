package org.mtl4j.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mtl4j.balance.Balancer;
import org.mtl4j.balance.Equal;
import org.mtl4j.balance.PcGrad;
import org.mtl4j.data.Batch;
import org.mtl4j.data.Input;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.data.TargetColumn;
import org.mtl4j.layer.Encoder;
import org.mtl4j.layer.Mlp;
import org.mtl4j.optimise.Sgd;
import org.mtl4j.sharing.Graph;
import org.mtl4j.sharing.Hard;
import org.mtl4j.sharing.Sharing;
import org.mtl4j.sharing.Single;
import org.mtl4j.sharing.Soft;
import org.mtl4j.task.Objective;
import org.mtl4j.task.Task;
import org.mtl4j.tensor.Activation;
import org.mtl4j.tensor.Parameter;
import org.mtl4j.tensor.Parameters;
import org.mtl4j.train.Stepper;

/** Trains a SameDiff encoder beside the same dense layers of our own, from the same parameters. */
class OwnEncoderTest {

    private static final int ROWS = 24;
    private static final int IN = 5;
    private static final int WIDTH = 6;

    private static final List<Objective> OBJECTIVES = List.of(
            new Objective(Task.named("first").regression(), 2, List.of("a", "b")),
            new Objective(Task.named("second").classes(), 3, List.of("x", "y", "z")),
            new Objective(Task.named("third").regression(), 1, List.of("c")));

    private static Batch batch(double labelled) {
        Random random = new Random(8);
        float[] x = new float[ROWS * IN];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) random.nextGaussian();
        }
        float[] first = new float[2 * ROWS];
        int[] second = new int[ROWS];
        float[] third = new float[ROWS];
        for (int r = 0; r < ROWS; r++) {
            boolean has = random.nextDouble() < labelled;
            first[2 * r] = has ? (float) random.nextGaussian() : Float.NaN;
            first[2 * r + 1] = has ? (float) random.nextGaussian() : Float.NaN;
            second[r] = random.nextDouble() < labelled ? random.nextInt(3) : -1;
            third[r] = random.nextDouble() < labelled ? (float) random.nextGaussian() : Float.NaN;
        }
        List<String> names = IntStream.range(0, IN).mapToObj(i -> "f" + i).toList();
        MultiTaskData data = MultiTaskData.of(
                Map.of("features", Input.Dense.of(names, x)),
                List.of(
                        TargetColumn.Reals.of("first", List.of("a", "b"), first),
                        TargetColumn.Classes.of("second", List.of("x", "y", "z"), second),
                        TargetColumn.Reals.of("third", List.of("c"), third)));
        Batch batch = new Batch(data, List.of("first", "second", "third"), ROWS);
        batch.fill(IntStream.range(0, ROWS).toArray(), 0, ROWS);
        return batch;
    }

    private static Graph graph(Sharing sharing) {
        return Graph.build(sharing, "features", IN, OBJECTIVES, 4);
    }

    private static Encoder own() {
        return SameDiffEncoder.of("mine", OwnGraphs.tanh(IN, WIDTH, 9), "x", "out");
    }

    private static Encoder dense() {
        return Mlp.of(WIDTH).activation(new Activation.Tanh());
    }

    private static Sharing soft(Encoder encoder) {
        return new Soft(encoder, Soft.Penalty.DISTANCE, 0.01, List.of());
    }

    /** encoder.w and encoder.b of one net are encoder.0.weight and encoder.0.bias of the other. */
    private static String twin(String name) {
        return name.startsWith("encoder") ? name.replace(".w", ".0.weight").replace(".b", ".0.bias") : name;
    }

    private static void copy(Parameters from, Parameters to) {
        for (Parameter p : from.list()) {
            to.set(to.get(twin(p.name())), from.copyOf(p));
        }
    }

    static Stream<List<Object>> trainings() {
        return Stream.of(
                List.of(new Equal(), new Hard(own()), new Hard(dense()), 1.0),
                List.of(new Equal(), new Hard(own()), new Hard(dense()), 0.6),
                List.of(PcGrad.asPublished(), new Hard(own()), new Hard(dense()), 1.0),
                List.of(PcGrad.asPublished(), new Hard(own()), new Hard(dense()), 0.6),
                List.of(new Equal(), new Single(own()), new Single(dense()), 0.6),
                List.of(new Equal(), soft(own()), soft(dense()), 0.6));
    }

    @ParameterizedTest
    @MethodSource("trainings")
    void a_training_is_that_of_the_dense_layers(List<Object> training) {
        Graph own = graph((Sharing) training.get(1));
        Graph dense = graph((Sharing) training.get(2));
        copy(own.tape().parameters(), dense.tape().parameters());
        Batch batch = batch((double) training.get(3));
        Stepper one = stepper(own, (Balancer) training.get(0));
        Stepper two = stepper(dense, (Balancer) training.get(0));
        for (int step = 0; step < 15; step++) {
            if (own.isShared()) {
                assertThat(one.probe(batch, 1).total().toArray())
                        .containsExactly(two.probe(batch, 1).total().toArray(), within(1e-4));
            }
            one.step(batch);
            two.step(batch);
            assertThat(one.losses()).containsExactly(two.losses(), within(1e-5));
        }
        for (Parameter p : own.tape().parameters().list()) {
            Parameters other = dense.tape().parameters();
            assertThat(own.tape().parameters().copyOf(p))
                    .as(p.name())
                    .containsExactly(other.copyOf(other.get(twin(p.name()))), within(1e-5f));
        }
    }

    private static Stepper stepper(Graph graph, Balancer balancer) {
        Stepper stepper = new Stepper(graph, balancer, Sgd.of(0.1), 15, ROWS, 2);
        if (graph.isShared()) {
            stepper.reserveProbes(ROWS);
        }
        return stepper;
    }
}
