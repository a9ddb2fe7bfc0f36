package org.mtl4j.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.mtl4j.Mtl.*;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mtl4j.tensor.Draws;
import org.mtl4j.tensor.Join;
import org.mtl4j.tensor.Layer;
import org.mtl4j.tensor.LayerRig;
import org.mtl4j.tensor.LayerSpec;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.Parameter;
import org.mtl4j.tensor.Parameters;
import org.mtl4j.tensor.Readout;
import org.mtl4j.tensor.SequenceLayers;
import org.mtl4j.tensor.Shape;
import org.mtl4j.tensor.Sum;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Holds each layer for images against its SameDiff twin, in double precision: its outputs and all of its gradients. */
class ImageGraphTest {

    private static final int ROWS = 3;
    private static final Shape.Image IMAGE = new Shape.Image(4, 6, 5);

    private static Arguments layer(Layer layer) {
        return Arguments.of(layer, IMAGE);
    }

    static Stream<Arguments> layers() {
        return Stream.of(
                layer(conv2d(3, 3)),
                layer(conv2d(3, 3, 2).stride(2, 1).padding(1, 0).activation(tanh())),
                layer(conv2d(2, 2).dilation(2).noBias()),
                layer(conv2d(2, 1)),
                layer(convTranspose2d(3, 2).stride(2)),
                layer(convTranspose2d(2, 3).stride(2).padding(1).noBias()),
                layer(maxPool(2)),
                layer(maxPool(3).stride(2).padding(1)),
                layer(avgPool(2)),
                layer(avgPool(3).stride(2).padding(1).padLeftOut()),
                layer(maxPool(2).roundUp()),
                layer(maxPool(3, 2).stride(2).padding(1, 0).roundUp()),
                layer(avgPool(3).padding(1)),
                layer(avgPool(3).stride(2).padding(1).roundUp()),
                layer(avgPool(2).roundUp().padLeftOut()),
                layer(adaptiveAvgPool(4)),
                layer(adaptiveAvgPool(2, 7)),
                layer(upsample(2)),
                layer(upsample(9, 3)),
                layer(bilinear(2)),
                layer(bilinear(4, 11)),
                layer(conv2d(4, 3).groups(2)),
                layer(conv2d(8, 2).groups(4).stride(2).noBias().activation(relu())),
                layer(convTranspose2d(4, 3).stride(2).extra(1, 1)),
                layer(convTranspose2d(4, 3)
                        .stride(3, 2)
                        .padding(1)
                        .extra(2, 0)
                        .groups(2)
                        .activation(tanh())),
                layer(convTranspose2d(6, 2).groups(2).dilation(2)),
                layer(batchNorm()),
                layer(groupNorm(2)),
                layer(layerNorm()),
                layer(relu()),
                layer(gelu()),
                layer(reshape(2, 6, 10)),
                Arguments.of(layerNorm(), new Shape.Vector(7)),
                Arguments.of(batchNorm(), new Shape.Vector(7)),
                Arguments.of(groupNorm(2), new Shape.Vector(6)));
    }

    @ParameterizedTest(name = "{0} of {1}")
    @MethodSource("layers")
    void outputs_and_gradients_are_those_of_the_twin(Layer layer, Shape shape) {
        LayerRig rig = new LayerRig();
        Node x = rig.input("x", shape);
        Node out = rig.output("y", layer.record(rig.tape(), "layer", x, Draws.generator(3)));

        check(rig, out, (LayerSpec) layer);
    }

    static Stream<Arguments> joins() {
        return Stream.of(
                Arguments.of(Join.CONCATENATE, IMAGE),
                Arguments.of(Join.MULTIPLY, IMAGE),
                Arguments.of(new Sum(), IMAGE),
                Arguments.of(Join.CONCATENATE, new Shape.Vector(4)));
    }

    @ParameterizedTest(name = "{0} of {1}")
    @MethodSource("joins")
    void joins_have_the_outputs_and_gradients_of_the_twin(LayerSpec join, Shape shape) {
        LayerRig rig = new LayerRig();
        List<Node> inputs = List.of(rig.input("x", shape), rig.input("z", shape));
        Node out = join instanceof Join each
                ? each.record(rig.tape(), "layer", inputs)
                : SequenceLayers.sum(rig.tape(), "layer", inputs);

        check(rig, rig.output("y", out), join);
    }

    @ParameterizedTest
    @MethodSource("readouts")
    void global_pools_have_the_outputs_and_gradients_of_the_twin(Readout readout) {
        LayerRig rig = new LayerRig();
        Node out = rig.tape().readout("layer", rig.input("x", IMAGE), readout);

        check(rig, rig.output("y", out), readout);
    }

    static Stream<Readout> readouts() {
        return Stream.of(Readout.MEAN, Readout.MAX, Readout.SUM);
    }

    private static float[] drawn(int n, RandomGenerator random) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) (3 * Draws.uniform(random) - 1.5);
        }
        return values;
    }

    private static void check(LayerRig rig, Node out, LayerSpec spec) {
        RandomGenerator random = Draws.generator(8);
        SameDiff sd = SameDiff.create();
        Map<String, SDVariable> variables = new LinkedHashMap<>();
        for (Parameters numbers : List.of(rig.tape().parameters(), rig.tape().buffers())) {
            for (Parameter p : numbers.list()) {
                float[] values = drawn(p.size(), random);
                if (p.name().endsWith("running_var")) {
                    for (int i = 0; i < values.length; i++) {
                        values[i] = 1 + values[i] * values[i];
                    }
                }
                numbers.set(p, values);
                variables.put(p.name(), variable(sd, p.name(), values, p.rows(), p.columns()));
            }
        }
        for (Node input : out.inputs()) {
            float[] values = drawn(ROWS * input.width(), random);
            rig.give(input.name(), values);
            variables.put(input.name(), variable(sd, input.name(), values, dimensions(input.shape())));
        }
        List<SDVariable> inputs =
                out.inputs().stream().map(in -> variables.get(in.name())).toList();
        SDVariable y = ImageGraph.of(out, spec, inputs, variables::get).orElseThrow();
        float[] signal = drawn(ROWS * out.width(), random);
        SDVariable weights = sd.constant(doubles(signal, dimensions(out.shape())));
        y.mul(weights).sum().rename("loss").markAsLoss();

        rig.forward(ROWS, Node.Pass.EVALUATE);
        rig.backward(Map.of("y", signal));
        assertClose("y", rig.value("y"), y.eval());
        List<String> names = variables.keySet().stream()
                .filter(name -> !name.contains("running"))
                .toList();
        Map<String, INDArray> gradients = sd.calculateGradients(Map.of(), names);
        names.forEach(name -> {
            float[] ours = rig.inputs().contains(name) ? rig.signal(name) : rig.gradient(name);
            assertClose("gradient of " + name, ours, Objects.requireNonNull(gradients.get(name)));
        });
    }

    private static long[] dimensions(Shape shape) {
        return shape instanceof Shape.Image image
                ? new long[] {ROWS, image.channels(), image.height(), image.width()}
                : new long[] {ROWS, shape.size()};
    }

    private static SDVariable variable(SameDiff sd, String name, float[] values, long... shape) {
        return sd.var(name, doubles(values, shape));
    }

    private static INDArray doubles(float[] values, long... shape) {
        return Nd4j.createFromArray(values).reshape(shape).castTo(DataType.DOUBLE);
    }

    private static void assertClose(String what, float[] ours, INDArray theirs) {
        double[] expected = theirs.dup('c').reshape(-1).toDoubleVector();
        double scale = Math.max(1, Arrays.stream(expected).map(Math::abs).max().orElse(0));
        assertThat(ours).as(what).hasSameSizeAs(expected);
        for (int i = 0; i < ours.length; i++) {
            assertThat((double) ours[i]).as("%s[%d]", what, i).isCloseTo(expected[i], within(2e-6 * scale));
        }
    }
}
