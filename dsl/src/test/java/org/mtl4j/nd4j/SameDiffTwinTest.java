package org.mtl4j.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mtl4j.data.Batch;
import org.mtl4j.data.Input;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.data.TargetColumn;
import org.mtl4j.layer.Mlp;
import org.mtl4j.sharing.Graph;
import org.mtl4j.sharing.Hard;
import org.mtl4j.task.Labelled;
import org.mtl4j.task.Loss;
import org.mtl4j.task.LossKernel;
import org.mtl4j.task.Objective;
import org.mtl4j.task.Task;
import org.mtl4j.tensor.Activation;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.Parameter;
import org.mtl4j.tensor.Tape;
import org.mtl4j.tensor.TaskOutput;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Holds our own tape, with hard sharing of two tasks, against the same net in ND4J's SameDiff. */
class SameDiffTwinTest {

    private static final int ROWS = 40;
    private static final int FEATURES = 7;
    private static final Offset<Double> CLOSE = within(1e-5);
    private static final Loss.Reduction MEAN = Loss.Reduction.MEAN;
    private static final Loss.Reduction SUM = Loss.Reduction.SUM;

    private final MultiTaskData data = data();
    private final Batch batch = new Batch(data, List.of("first", "second"), ROWS);

    SameDiffTwinTest() {
        batch.fill(IntStream.range(0, ROWS).toArray(), 0, ROWS);
    }

    private static MultiTaskData data() {
        Random random = new Random(17);
        float[] x = new float[ROWS * FEATURES];
        int[] classes = new int[ROWS];
        float[] numbers = new float[ROWS * 2];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) random.nextGaussian();
        }
        for (int r = 0; r < ROWS; r++) {
            classes[r] = random.nextInt(2);
            numbers[2 * r] = (float) (2 * random.nextGaussian());
            numbers[2 * r + 1] = (float) random.nextGaussian();
        }
        List<String> names = IntStream.range(0, FEATURES).mapToObj(i -> "x" + i).toList();
        return MultiTaskData.of(
                Map.of("features", Input.Dense.of(names, x)),
                List.of(
                        TargetColumn.Classes.of("first", List.of("no", "yes"), classes),
                        TargetColumn.Reals.of("second", List.of("a", "b"), numbers)));
    }

    static Stream<Activation> activations() {
        return Stream.of(
                new Activation.Identity(),
                new Activation.Relu(),
                new Activation.LeakyRelu(0.1),
                new Activation.Elu(1),
                new Activation.Elu(0.5),
                new Activation.Gelu(),
                new Activation.GeluTanh(),
                new Activation.Silu(),
                new Activation.Tanh(),
                new Activation.Sigmoid(),
                new Activation.Softplus(),
                new Activation.Softmax(),
                new Activation.LogSoftmax());
    }

    @ParameterizedTest
    @MethodSource("activations")
    void each_activation_gives_samediffs_outputs_and_gradients(Activation activation) {
        agree(activation, Task.named("first").classes(), Task.named("second").regression());
    }

    static Stream<Task<?>> ofClasses() {
        Task<?> smoothed = Task.named("first").classes().loss(new Loss.CrossEntropy(0.1, List.of(), MEAN));
        Task<?> weighed = Task.named("first").classes().loss(new Loss.CrossEntropy(0, List.of(0.5, 2.0), MEAN));
        Task<?> positive = Task.named("first").binary().loss(new Loss.BinaryCrossEntropy(3, MEAN));
        Task<?> summed = Task.named("first").classes().loss(new Loss.CrossEntropy(0, List.of(), SUM));
        return Stream.of(
                Task.named("first").classes(),
                smoothed,
                weighed,
                summed,
                Task.named("first").binary(),
                positive);
    }

    static Stream<Loss> ofNumbers() {
        return Stream.of(
                new Loss.MeanSquaredError(MEAN),
                new Loss.MeanAbsoluteError(MEAN),
                new Loss.Huber(0.8, MEAN),
                new Loss.SmoothL1(0.6, MEAN),
                new Loss.MeanSquaredError(SUM),
                new Loss.MeanAbsoluteError(SUM),
                new Loss.Huber(0.8, SUM));
    }

    @ParameterizedTest
    @MethodSource("ofClasses")
    void each_loss_of_classes_gives_samediffs_gradients(Task<?> first) {
        agree(new Activation.Tanh(), first, Task.named("second").regression());
    }

    @ParameterizedTest
    @MethodSource("ofNumbers")
    void each_loss_of_numbers_gives_samediffs_gradients(Loss loss) {
        agree(
                new Activation.Tanh(),
                Task.named("first").binary(),
                Task.named("second").regression().loss(loss));
    }

    private void agree(Activation activation, Task<?> first, Task<?> second) {
        List<Objective> objectives = List.of(Objective.bind(first, data), Objective.bind(second, data));
        Graph graph = Graph.build(new Hard(Mlp.of(6, 5).activation(activation)), "features", FEATURES, objectives, 23);
        List<INDArray> targets = List.of(classes(first), reals());
        SameDiffTwin twin = new SameDiffTwin(graph, array(batch.input("features"), FEATURES), targets);
        double loss = step(graph);
        assertThat(loss).isCloseTo(twin.loss(), CLOSE);
        for (int t = 0; t < 2; t++) {
            assertThat(outputs(graph, t))
                    .containsExactly(twin.outputs(t).dup('c').data().asDouble(), CLOSE);
        }
        Map<String, INDArray> gradients = twin.gradients();
        for (Parameter parameter : graph.tape().parameters().list()) {
            INDArray expected = Objects.requireNonNull(gradients.get(parameter.name()));
            assertThat(doubles(graph.tape().parameters().copyOfGradient(parameter)))
                    .as(parameter.name())
                    .containsExactly(expected.dup('c').data().asDouble(), CLOSE);
        }
    }

    /** Forward, losses, backward on our tape. @return the sum of the losses */
    private double step(Graph graph) {
        Tape tape = graph.tape();
        tape.reserve(ROWS);
        tape.bind("features", batch.input("features"));
        tape.forward(ROWS, Node.Pass.TRAIN);
        tape.clearOutputSignals();
        double sum = 0;
        for (int t = 0; t < 2; t++) {
            Objective objective = graph.objectives().get(t);
            TaskOutput output = tape.output(t);
            Labelled labelled = new Labelled()
                    .outputs(output.values(), output.signal(), output.column(), output.width(), output.stride())
                    .targets(
                            batch.target(t),
                            objective.isRegression() ? output.width() : 1,
                            batch.labelledRows(t),
                            batch.labelled(t));
            sum += new LossKernel(objective.task().loss()).evaluate(labelled, 1);
        }
        tape.backward(new double[] {1, 1});
        return sum;
    }

    private static double[] outputs(Graph graph, int t) {
        TaskOutput output = graph.tape().output(t);
        double[] values = new double[ROWS * output.width()];
        for (int i = 0; i < values.length; i++) {
            int row = i / output.width();
            values[i] = output.values()[row * output.stride() + output.column() + i % output.width()];
        }
        return values;
    }

    private INDArray classes(Task<?> task) {
        if (task.kind() instanceof Task.Kind.Binary) {
            return array(batch.target(0), 1);
        }
        double[][] ones = new double[ROWS][2];
        for (int r = 0; r < ROWS; r++) {
            ones[r][(int) batch.target(0)[r]] = 1;
        }
        return Nd4j.createFromArray(ones);
    }

    private INDArray reals() {
        return array(batch.target(1), 2);
    }

    private static INDArray array(float[] values, int width) {
        return Nd4j.createFromArray(values).reshape(ROWS, width).castTo(DataType.DOUBLE);
    }

    private static double[] doubles(float[] values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }
}
