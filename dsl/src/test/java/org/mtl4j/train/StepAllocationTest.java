package org.mtl4j.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mtl4j.balance.Balancer;
import org.mtl4j.balance.Equal;
import org.mtl4j.balance.PcGrad;
import org.mtl4j.balance.Uncertainty;
import org.mtl4j.data.Batch;
import org.mtl4j.data.GraphRow;
import org.mtl4j.data.Input;
import org.mtl4j.data.InputForm;
import org.mtl4j.data.Inputs;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.data.TargetColumn;
import org.mtl4j.layer.Encoder;
import org.mtl4j.layer.Gat;
import org.mtl4j.layer.Gcn;
import org.mtl4j.layer.LeNet;
import org.mtl4j.layer.Mlp;
import org.mtl4j.layer.Mpnn;
import org.mtl4j.layer.Rnn;
import org.mtl4j.layer.Transformer;
import org.mtl4j.optimise.Adam;
import org.mtl4j.sharing.Graph;
import org.mtl4j.sharing.Hard;
import org.mtl4j.task.Objective;
import org.mtl4j.task.Task;
import org.mtl4j.tensor.Crew;
import org.mtl4j.tensor.Draws;
import org.mtl4j.tensor.Readout;
import org.mtl4j.tensor.Recurrent;

/**
 * What a step of each kind of net allocates, by the JVM's own count of the thread. Objects that only the compiler takes away
 * are gone after the warm-up; an array that a step makes anew is more than the bound.
 */
class StepAllocationTest {

    private static final int ROWS = 64;
    private static final int WARM_UP = 1500;
    private static final int COUNTED = 200;
    /** Bytes; an array of one float for each row is 272. */
    private static final double BOUND = 128;

    private static final int PIXELS = 12;
    private static final int PLACES = 6;
    private static final int FEATURES = 5;

    static Stream<Arguments> steps() {
        return Stream.of(
                        new Equal(),
                        PcGrad.asPublished(),
                        new Uncertainty(Uncertainty.DEFAULT_INITIAL),
                        new Uncertainty(0).then(PcGrad.asPublished().every(3)).smoothed(0.9))
                .flatMap(balancer -> Stream.of(
                        Arguments.of(Mlp.of(32, 16), features(), balancer),
                        Arguments.of(new LeNet(List.of(4), 8), images(), balancer),
                        Arguments.of(Transformer.of(8, 2, 1).normFirst().dropout(0.1), series(), balancer),
                        Arguments.of(Rnn.of(Recurrent.Cell.LSTM, Recurrent.Direction.BOTH, 8), series(), balancer),
                        Arguments.of(Rnn.of(Recurrent.Cell.GRU, Recurrent.Direction.FORWARD, 8), series(), balancer),
                        Arguments.of(Gcn.of(8, 8).readout(Readout.MEAN), graphs(), balancer),
                        Arguments.of(Gat.of(8).readout(Readout.ATTENTION), graphs(), balancer),
                        Arguments.of(Mpnn.of(8, 8).gru().readout(Readout.SUM), graphs(), balancer)));
    }

    /** Products of 64 x 256 x 256. */
    static Stream<Arguments> large() {
        return Stream.of(
                Arguments.of(Mlp.of(256, 256), features(), new Equal()),
                Arguments.of(Mlp.of(256, 256), features(), PcGrad.asPublished()));
    }

    private static double[][] places(RandomGenerator random, int count) {
        double[][] places = new double[count][FEATURES];
        for (double[] place : places) {
            for (int c = 0; c < FEATURES; c++) {
                place[c] = 2 * Draws.uniform(random) - 1;
            }
        }
        return places;
    }

    private static Input features() {
        return Inputs.features(places(Draws.generator(1), ROWS));
    }

    private static Input images() {
        RandomGenerator random = Draws.generator(2);
        float[][] pixels = new float[ROWS][PIXELS * PIXELS];
        for (float[] image : pixels) {
            for (int i = 0; i < image.length; i++) {
                image[i] = (float) Draws.uniform(random);
            }
        }
        return Inputs.images(1, PIXELS, PIXELS, pixels);
    }

    private static Input series() {
        RandomGenerator random = Draws.generator(3);
        double[][][] series = new double[ROWS][][];
        for (int r = 0; r < ROWS; r++) {
            series[r] = places(random, PLACES - r % 3);
        }
        return Inputs.series(series);
    }

    private static Input graphs() {
        RandomGenerator random = Draws.generator(4);
        List<GraphRow> graphs = new ArrayList<>();
        for (int r = 0; r < ROWS; r++) {
            int nodes = PLACES - r % 3;
            GraphRow graph = GraphRow.of(places(random, nodes));
            for (int node = 1; node < nodes; node++) {
                graph = graph.edge(node - 1, node);
            }
            graphs.add(graph);
        }
        return Inputs.graphs(graphs);
    }

    /** Two tasks of three classes; one row in four has no label of the second. */
    private static MultiTaskData data(Input input) {
        List<String> classes = List.of("a", "b", "c");
        int[] all = IntStream.range(0, ROWS).map(r -> r % 3).toArray();
        int[] some = IntStream.range(0, ROWS).map(r -> r % 4 == 3 ? -1 : r % 3).toArray();
        return MultiTaskData.of(
                Map.of(MultiTaskData.FEATURES, input),
                List.of(TargetColumn.Classes.of("one", classes, all), TargetColumn.Classes.of("other", classes, some)));
    }

    @ParameterizedTest(name = "{0}, {2}")
    @MethodSource("steps")
    void a_steady_step_allocates_no_more_than_a_few_objects(Encoder encoder, Input input, Balancer balancer) {
        assertThat(bytesAStep(encoder, input, balancer)).as("bytes a step").isLessThanOrEqualTo(BOUND);
    }

    @ParameterizedTest(name = "{0}, {2}")
    @MethodSource("large")
    void nor_does_one_of_large_products_on_three_threads(Encoder encoder, Input input, Balancer balancer) {
        double bytes = Crew.during(3, () -> bytesAStep(encoder, input, balancer));
        assertThat(bytes).as("bytes a step").isLessThanOrEqualTo(BOUND);
    }

    private static double bytesAStep(Encoder encoder, Input input, Balancer balancer) {
        MultiTaskData data = data(input);
        List<String> names = List.of("one", "other");
        List<Objective> objectives = names.stream()
                .map(name -> Objective.bind(Task.named(name).classes(), data))
                .toList();
        Graph graph = Graph.build(new Hard(encoder), InputForm.of(data), objectives, 1);
        Stepper stepper = new Stepper(graph, balancer, Adam.of(1e-3), 1_000_000, ROWS, 1);
        Batch batch = new Batch(data, names, ROWS);
        batch.fill(IntStream.range(0, ROWS).toArray(), 0, ROWS);
        for (int s = 0; s < WARM_UP; s++) {
            stepper.step(batch);
        }
        long before = allocated();
        for (int s = 0; s < COUNTED; s++) {
            stepper.step(batch);
        }
        return (allocated() - before) / (double) COUNTED;
    }

    /** By this thread, and by those that work for it. */
    private static long allocated() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long hands = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("mtl4j-hand"))
                .mapToLong(thread -> threads.getThreadAllocatedBytes(thread.getId()))
                .sum();
        return threads.getCurrentThreadAllocatedBytes() + hands;
    }
}
