package org.mtl4j.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mtl4j.tensor.Activation;
import org.mtl4j.tensor.Draws;
import org.mtl4j.tensor.EdgeFeatures;
import org.mtl4j.tensor.GraphAttention;
import org.mtl4j.tensor.GraphConvolution;
import org.mtl4j.tensor.GraphLayers;
import org.mtl4j.tensor.GruStep;
import org.mtl4j.tensor.Initialiser;
import org.mtl4j.tensor.LayerRig;
import org.mtl4j.tensor.LayerSpec;
import org.mtl4j.tensor.MessagePassing;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.Parameter;
import org.mtl4j.tensor.Shape;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Holds each layer of graphs against its SameDiff twin, in double precision: its outputs at all nodes, also at those that a row has
 * not, and the gradients of its parameters and of a layer's below it.
 */
class GraphTwinTest {

    private static final int ROWS = 4;
    private static final int[] NODES = {3, 2, 1, 4};
    private static final int[] EDGES = {6, 0, 1, 5};
    private static final Shape.Graph GRAPH = new Shape.Graph(4, 3, 6, 2);
    private static final Initialiser DRAWN = new Initialiser.UniformFanIn();
    private static final Activation TANH = new Activation.Tanh();

    static Stream<LayerSpec> layers() {
        return Stream.of(
                new GraphConvolution(3, TANH),
                new GraphAttention(2, 3, GraphAttention.Merge.CONCATENATE, 0.2, TANH),
                new GraphAttention(2, 3, GraphAttention.Merge.MEAN, 0.1, TANH),
                new MessagePassing(3, TANH),
                new GruStep());
    }

    /** With loops and repeated edges; without edges; of one node; full. */
    private static float[] graphs() {
        RandomGenerator random = Draws.generator(3);
        int width = GRAPH.inputSize();
        float[] x = new float[ROWS * width];
        for (int r = 0; r < ROWS; r++) {
            int at = r * width;
            x[at] = NODES[r];
            x[at + 1] = EDGES[r];
            for (int i = 0; i < NODES[r] * 3; i++) {
                x[at + GRAPH.nodesAt() + i] = (float) (2 * Draws.uniform(random) - 1);
            }
            for (int e = 0; e < EDGES[r]; e++) {
                x[at + GRAPH.sourcesAt() + e] = random.nextInt(NODES[r]);
                x[at + GRAPH.targetsAt() + e] = random.nextInt(NODES[r]);
                x[at + GRAPH.edgeFeaturesAt() + 2 * e] = (float) Draws.uniform(random);
                x[at + GRAPH.edgeFeaturesAt() + 2 * e + 1] = (float) Draws.uniform(random);
            }
        }
        return x;
    }

    private static Node record(LayerRig rig, Node below, LayerSpec spec) {
        RandomGenerator random = Draws.generator(5);
        if (spec instanceof GraphConvolution each) {
            return GraphLayers.convolution(rig.tape(), "layer", below, each, DRAWN, random);
        } else if (spec instanceof GraphAttention each) {
            return GraphLayers.attention(rig.tape(), "layer", below, each, DRAWN, random);
        } else if (spec instanceof MessagePassing each) {
            Node features = GraphLayers.edgeFeatures(rig.tape(), "edges", below);
            return GraphLayers.messages(rig.tape(), "layer", List.of(below, features), each, DRAWN, random);
        }
        return GraphLayers.gruStep(rig.tape(), "layer", below, below, DRAWN, random);
    }

    private static SDVariable twin(Node ours, LayerSpec spec, SDVariable x, Function<String, SDVariable> parameters) {
        EdgeGraph graph = new EdgeGraph(GRAPH, x, DataType.DOUBLE, parameters);
        SDVariable products = graph.nodeFeatures().reshape(-1, 3).mmul(parameters.apply("below.weight"));
        SDVariable below = x.getSameDiff()
                .nn()
                .tanh(products.add(parameters.apply("below.bias")))
                .reshape(-1, 4, 3);
        List<SDVariable> inputs = new ArrayList<>(List.of(below));
        if (spec instanceof MessagePassing) {
            inputs.add(Objects.requireNonNull(graph.of(ours, new EdgeFeatures(), List.of(x))));
        } else if (spec instanceof GruStep) {
            inputs.add(below);
        }
        return Objects.requireNonNull(graph.of(ours, spec, inputs));
    }

    /** 0 at nodes that a row has not. */
    private static float[] signal(int numbers, int features) {
        float[] signal = new float[numbers];
        int row = numbers / ROWS;
        for (int i = 0; i < numbers; i++) {
            signal[i] = i % row < NODES[i / row] * features ? (float) StrictMath.sin(i + 1.0) : 0;
        }
        return signal;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("layers")
    void outputs_and_gradients_are_those_of_the_twin(LayerSpec spec) {
        LayerRig rig = new LayerRig();
        Node nodes = rig.bound("x", GRAPH);
        Node below = rig.tape().dense("below", nodes, 3, TANH, DRAWN, Draws.generator(4));
        Node ours = rig.output("y", record(rig, below, spec));
        rig.give("x", graphs());
        rig.forward(ROWS, Node.Pass.TRAIN);
        float[] value = rig.value("y");
        float[] signal = signal(value.length, ours.features());
        rig.backward(Map.of("y", signal));

        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, ROWS, GRAPH.inputSize());
        SDVariable twin =
                twin(ours, spec, x, name -> sd.hasVariable(name) ? sd.getVariable(name) : variable(sd, rig, name));
        twin.mul(sd.constant(array(signal, ROWS, 4, ours.features())))
                .sum()
                .rename("loss")
                .markAsLoss();
        Map<String, INDArray> feed = Map.of("x", array(graphs(), ROWS, GRAPH.inputSize()));
        assertThat(widened(value)).containsExactly(doubles(sd.outputSingle(feed, twin.name())), within(1e-5));
        List<String> names =
                rig.tape().parameters().list().stream().map(Parameter::name).toList();
        Map<String, INDArray> gradients = sd.calculateGradients(feed, names);
        for (String name : names) {
            double[] expected = doubles(Objects.requireNonNull(gradients.get(name)));
            assertThat(widened(rig.gradient(name))).as(name).containsExactly(expected, within(2e-5));
        }
        assertThat(widened(rig.gradient("below.weight"))).doesNotContain(0.0);
    }

    private static SDVariable variable(SameDiff sd, LayerRig rig, String name) {
        Parameter p = rig.tape().parameters().get(name);
        return sd.var(name, array(rig.tape().parameters().copyOf(p), p.rows(), p.columns()));
    }

    private static INDArray array(float[] values, long... shape) {
        return Nd4j.createFromArray(values).reshape(shape).castTo(DataType.DOUBLE);
    }

    private static double[] doubles(INDArray array) {
        return array.dup('c').data().asDouble();
    }

    private static double[] widened(float[] values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }
}
