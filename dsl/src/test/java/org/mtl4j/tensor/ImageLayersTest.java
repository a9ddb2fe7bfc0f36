package org.mtl4j.tensor;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ImageLayersTest {

    private static final Shape.Image IMAGE = new Shape.Image(4, 5, 6);
    private static final Shape.Series SERIES = new Shape.Series(5, 4);
    private static final Shape.Vector VECTOR = new Shape.Vector(6);

    static Stream<Arguments> layers() {
        return Stream.of(
                Arguments.of(Conv2d.of(3, 3, 2), IMAGE),
                Arguments.of(Conv2d.of(4, 3, 3).padding(1).stride(2, 1).groups(2), IMAGE),
                Arguments.of(Conv2d.of(3, 1, 1).activation(new Activation.Tanh()), IMAGE),
                Arguments.of(
                        Conv2d.of(2, 2, 2)
                                .dilation(2)
                                .activation(new Activation.Silu())
                                .noBias(),
                        IMAGE),
                Arguments.of(ConvTranspose2d.of(3, 2, 2).stride(2), IMAGE),
                Arguments.of(
                        ConvTranspose2d.of(2, 3, 3)
                                .stride(2)
                                .padding(1)
                                .extra(1, 0)
                                .groups(2)
                                .activation(new Activation.Gelu()),
                        IMAGE),
                Arguments.of(Conv1d.of(3, 3).padding(1), SERIES),
                Arguments.of(Conv1d.of(4, 2).stride(2).groups(2).activation(new Activation.Tanh()), SERIES),
                Arguments.of(Pool.average(2, 2), IMAGE),
                Arguments.of(
                        Pool.average(3, 3).stride(2).padding(1).padLeftOut().roundUp(), IMAGE),
                Arguments.of(Pool.max(2, 2), IMAGE),
                Arguments.of(Pool.max(3, 3).stride(1).padding(1), IMAGE),
                Arguments.of(new Pool.AdaptiveAverage(2, 4), IMAGE),
                Arguments.of(new Upsample.Nearest(new Upsample.Size.Factor(2)), IMAGE),
                Arguments.of(new Upsample.Bilinear(new Upsample.Size.Pixels(7, 4)), IMAGE),
                Arguments.of(new BatchNorm(0.1, 1e-2), IMAGE),
                Arguments.of(new BatchNorm(0.1, 1e-2), SERIES),
                Arguments.of(new BatchNorm(0.1, 1e-2), VECTOR),
                Arguments.of(new LayerNorm(1e-2), IMAGE),
                Arguments.of(new LayerNorm(1e-2), SERIES),
                Arguments.of(new GroupNorm(2, 1e-2), IMAGE),
                Arguments.of(new GroupNorm(3, 1e-2), VECTOR),
                Arguments.of(new Reshape(new Shape.Vector(120)), IMAGE),
                Arguments.of(new Reshape(new Shape.Image(2, 2, 5)), SERIES),
                Arguments.of(new Activation.Gelu(), IMAGE),
                Arguments.of(new Activation.Softmax(), SERIES),
                Arguments.of(new Activation.Relu(), VECTOR));
    }

    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource("layers")
    void gradients_are_those_of_central_differences_and_of_separate_passes(Layer layer, Shape shape) {
        LayerProbe.of((tape, inputs, random) -> layer.record(tape, "layer", inputs.get(0), random), shape)
                .check(1, 2);
    }

    static Stream<Arguments> joins() {
        return Stream.of(Join.values())
                .flatMap(join -> Stream.of(IMAGE, SERIES, VECTOR).map(shape -> Arguments.of(join, shape)));
    }

    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource("joins")
    void joins_of_two_inputs_and_of_one_twice_have_the_gradients_of_central_differences(Join join, Shape shape) {
        LayerProbe.of((tape, inputs, random) -> join.record(tape, "join", inputs), shape, shape)
                .check(1);
        LayerProbe.of((tape, inputs, random) -> join.record(tape, "join", List.of(inputs.get(0), inputs.get(0))), shape)
                .check(1);
    }
}
