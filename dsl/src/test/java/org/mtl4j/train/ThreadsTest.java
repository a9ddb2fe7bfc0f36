package org.mtl4j.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mtl4j.balance.Balancer;
import org.mtl4j.balance.Equal;
import org.mtl4j.balance.Mgda;
import org.mtl4j.balance.PcGrad;
import org.mtl4j.data.Batch;
import org.mtl4j.data.Input;
import org.mtl4j.data.InputForm;
import org.mtl4j.data.Inputs;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.data.TargetColumn;
import org.mtl4j.layer.Encoder;
import org.mtl4j.layer.LeNet;
import org.mtl4j.layer.Mlp;
import org.mtl4j.layer.Rnn;
import org.mtl4j.layer.Transformer;
import org.mtl4j.optimise.Adam;
import org.mtl4j.sharing.Graph;
import org.mtl4j.sharing.Hard;
import org.mtl4j.task.Objective;
import org.mtl4j.task.Task;
import org.mtl4j.tensor.Crew;
import org.mtl4j.tensor.Draws;
import org.mtl4j.tensor.Recurrent;

/** Some steps of nets whose products are large enough to be divided leave the same bits on any number of threads. */
class ThreadsTest {

    private static final int ROWS = 96;
    private static final int STEPS = 4;
    private static final int FEATURES = 203;
    private static final int PIXELS = 24;
    private static final int PLACES = 5;
    private static final int CHANNELS = 37;
    private static final List<String> TASKS = List.of("one", "other", "third");

    static Stream<Arguments> trainings() {
        return Stream.of(new Equal(), PcGrad.asPublished(), Mgda.asPublished())
                .flatMap(balancer -> Stream.of(
                        Arguments.of(Mlp.of(301, 130), features(), balancer),
                        Arguments.of(new LeNet(List.of(8, 16), 250), images(), balancer),
                        Arguments.of(Rnn.of(Recurrent.Cell.LSTM, Recurrent.Direction.BOTH, 100), series(), balancer),
                        Arguments.of(Transformer.of(72, 4, 1), series(), balancer)));
    }

    private static Input features() {
        RandomGenerator random = Draws.generator(1);
        double[][] rows = new double[ROWS][];
        for (int r = 0; r < ROWS; r++) {
            rows[r] = numbers(random, FEATURES);
        }
        return Inputs.features(rows);
    }

    private static Input images() {
        RandomGenerator random = Draws.generator(2);
        float[][] images = new float[ROWS][PIXELS * PIXELS];
        for (float[] image : images) {
            for (int i = 0; i < image.length; i++) {
                image[i] = (float) Draws.uniform(random);
            }
        }
        return Inputs.images(1, PIXELS, PIXELS, images);
    }

    private static Input series() {
        RandomGenerator random = Draws.generator(3);
        double[][][] series = new double[ROWS][][];
        for (int r = 0; r < ROWS; r++) {
            series[r] = IntStream.range(0, PLACES - r % 2)
                    .mapToObj(place -> numbers(random, CHANNELS))
                    .toArray(double[][]::new);
        }
        return Inputs.series(series);
    }

    private static double[] numbers(RandomGenerator random, int count) {
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = 2 * Draws.uniform(random) - 1;
        }
        return numbers;
    }

    /** Three tasks of three classes; one row in four has no label of the second. */
    private static MultiTaskData data(Input input) {
        List<String> classes = List.of("a", "b", "c");
        int[] all = IntStream.range(0, ROWS).map(r -> r % 3).toArray();
        int[] some = IntStream.range(0, ROWS).map(r -> r % 4 == 3 ? -1 : r % 3).toArray();
        int[] others = IntStream.range(0, ROWS).map(r -> r * 7 / 5 % 3).toArray();
        return MultiTaskData.of(
                Map.of(MultiTaskData.FEATURES, input),
                List.of(
                        TargetColumn.Classes.of(TASKS.get(0), classes, all),
                        TargetColumn.Classes.of(TASKS.get(1), classes, some),
                        TargetColumn.Classes.of(TASKS.get(2), classes, others)));
    }

    /**
     * What some steps leave.
     *
     * @param parameters all of them
     * @param losses of the last step
     * @param hands threads that worked beside
     */
    private record Left(List<Float> parameters, List<Double> losses, int hands) {}

    private static Left train(Encoder encoder, Input input, Balancer balancer) {
        Set<Thread> others = hands();
        MultiTaskData data = data(input);
        List<Objective> objectives = TASKS.stream()
                .map(name -> Objective.bind(Task.named(name).classes(), data))
                .toList();
        Graph graph = Graph.build(new Hard(encoder), InputForm.of(data), objectives, 1);
        Stepper stepper = new Stepper(graph, balancer, Adam.of(1e-3), STEPS, ROWS, 1);
        Batch batch = new Batch(data, TASKS, ROWS);
        batch.fill(IntStream.range(0, ROWS).toArray(), 0, ROWS);
        for (int s = 0; s < STEPS; s++) {
            stepper.step(batch);
        }
        List<Float> parameters = new ArrayList<>();
        for (float value : graph.tape().parameters().values()) {
            parameters.add(value);
        }
        List<Double> losses = new ArrayList<>();
        for (double loss : stepper.losses()) {
            losses.add(loss);
        }
        Set<Thread> hands = hands();
        hands.removeAll(others);
        return new Left(parameters, losses, hands.size());
    }

    private static Set<Thread> hands() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("mtl4j-hand"))
                .collect(Collectors.toSet());
    }

    @ParameterizedTest(name = "{0}, {2}")
    @MethodSource("trainings")
    void steps_on_1_to_4_threads_leave_the_same_bits(Encoder encoder, Input input, Balancer balancer) {
        Left one = train(encoder, input, balancer);
        assertThat(one.hands).isZero();
        assertThat(one.parameters).doesNotContain(Float.NaN);
        for (int threads = 2; threads <= 4; threads++) {
            Left several = Crew.during(threads, () -> train(encoder, input, balancer));
            assertThat(several.hands).isEqualTo(threads - 1);
            assertThat(several.losses).as("losses on %d threads", threads).isEqualTo(one.losses);
            assertThat(several.parameters)
                    .as("parameters on %d threads", threads)
                    .isEqualTo(one.parameters);
        }
    }
}
