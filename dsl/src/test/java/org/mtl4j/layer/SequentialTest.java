package org.mtl4j.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mtl4j.Mtl.*;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.mtl4j.tensor.Activation;
import org.mtl4j.tensor.Draws;
import org.mtl4j.tensor.Layer;
import org.mtl4j.tensor.LayerEntry;
import org.mtl4j.tensor.LayerProbe;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.Parameter;
import org.mtl4j.tensor.Shape;
import org.mtl4j.tensor.Tape;

class SequentialTest {

    private static final Shape.Image IMAGE = new Shape.Image(2, 8, 8);

    private static Node record(Encoder encoder, Tape tape, Shape shape) {
        return encoder.record(tape, "encoder", Sources.of(tape.input("x", shape)), Draws.generator(1));
    }

    private static Shape out(Encoder encoder, Shape shape) {
        return record(encoder, new Tape(1), shape).shape();
    }

    private static List<String> parameters(Encoder encoder, Shape shape) {
        Tape tape = new Tape(1);
        record(encoder, tape, shape);
        return tape.parameters().list().stream().map(Parameter::name).toList();
    }

    @Test
    void parameters_are_named_by_the_place_in_the_list_as_in_pytorch() {
        Sequential net = sequential(conv2d(4, 3), relu(), maxPool(2), flatten(), dense(5), relu());

        assertThat(parameters(net, IMAGE))
                .containsExactly("encoder.0.weight", "encoder.0.bias", "encoder.4.weight", "encoder.4.bias");
        assertThat(out(net, IMAGE)).isEqualTo(new Shape.Vector(5));
    }

    @Test
    void an_activation_behind_a_convolution_is_computed_in_its_kernel() {
        Tape fused = new Tape(1);
        Node one = record(sequential(conv2d(4, 3), relu()), fused, IMAGE);
        Node two = record(sequential(conv2d(4, 3).activation(relu())), new Tape(1), IMAGE);

        assertThat(one.name()).isEqualTo(two.name()).isEqualTo("encoder.0");
        assertThat(record(sequential(batchNorm(), relu()), new Tape(1), IMAGE).name())
                .isEqualTo("encoder.1");
    }

    @Test
    void a_list_prints_as_the_line_that_makes_it() {
        assertThat(sequential(
                        conv2d(8, 3).stride(2).padding(1).groups(2).noBias(),
                        batchNorm(),
                        leakyRelu(0.1),
                        conv2d(8, 3, 5).padding(1, 2).dilation(1, 2),
                        maxPool(2),
                        avgPool(3).stride(2).padding(1).padLeftOut().roundUp(),
                        adaptiveAvgPool(2, 3),
                        convTranspose2d(4, 2).stride(2).extra(1, 0),
                        upsample(2),
                        bilinear(5, 7),
                        groupNorm(4),
                        layerNorm(),
                        dropout(0.2),
                        flatten(),
                        dense(5).activation(tanh()).initialiser(heNormal())))
                .hasToString(
                        "sequential(conv2d(8, 3).stride(2).padding(1).groups(2).noBias(), batchNorm(), leakyRelu(0.1), conv2d(8, 3, 5).padding(1, 2).dilation(1, 2), maxPool(2), avgPool(3).stride(2).padding(1).roundUp().padLeftOut(), adaptiveAvgPool(2, 3), convTranspose2d(4, 2).stride(2).extra(1, 0), upsample(2), bilinear(5, 7), groupNorm(4), layerNorm(), dropout(0.2), flatten(), dense(5).activation(tanh()).initialiser(heNormal()))");
        assertThat(sequential(
                        reshape(1, 8, 8),
                        residual(conv2d(1, 3).padding(1), relu()).shortcut(conv2d(1, 1)),
                        concat(conv2d(2, 1), sequential(conv2d(2, 1), relu())),
                        gated(conv2d(4, 1), conv2d(4, 1)),
                        globalAvgPool()))
                .hasToString(
                        "sequential(reshape(1, 8, 8), residual(conv2d(1, 3).padding(1), relu()).shortcut(conv2d(1, 1)), concat(conv2d(2, 1), sequential(conv2d(2, 1), relu())), gated(conv2d(4, 1), conv2d(4, 1)), globalAvgPool())");
        assertThat(sequential(conv1d(8, 3).stride(2).padding(1).dilation(2), globalMaxPool()))
                .hasToString("sequential(conv1d(8, 3).stride(2).padding(1).dilation(2), globalMaxPool())");
        assertThat(lenet()).hasToString("lenet()");
        assertThat(lenet().filters(4, 8).width(16)).hasToString("lenet().filters(4, 8).width(16)");
        assertThat(resnet(8, 16).blocks(2).norm(groupNorm(4)))
                .hasToString("resnet(8, 16).blocks(2).norm(groupNorm(4))");
        assertThat(unet(8, 16)).hasToString("unet(8, 16)");
    }

    @Test
    void lenet_of_two_digits_has_the_parameters_of_the_published_net() {
        Tape tape = new Tape(1);
        Node top = record(lenet(), tape, new Shape.Image(1, 36, 36));

        assertThat(top.shape()).isEqualTo(new Shape.Vector(50));
        assertThat(tape.entries().stream().mapToInt(LayerEntry::numbers).sum())
                .isEqualTo(10 * 26 + 20 * 251 + 721 * 50);
    }

    @Test
    void a_residual_net_halves_images_at_each_stage_and_ends_in_a_vector() {
        assertThat(out(resnet(4, 8, 16).blocks(2), IMAGE)).isEqualTo(new Shape.Vector(16));
    }

    @Test
    void a_u_net_keeps_the_size_of_images() {
        assertThat(out(unet(4, 8, 16), IMAGE)).isEqualTo(new Shape.Image(4, 8, 8));
    }

    static Stream<Arguments> blocks() {
        return Stream.of(
                Arguments.of(residual(conv2d(2, 3).padding(1), groupNorm(2), tanh())),
                Arguments.of(residual(conv2d(3, 2).stride(2), tanh())
                        .shortcut(conv2d(3, 1).stride(2))),
                Arguments.of(concat(conv2d(2, 1), sequential(conv2d(3, 3).padding(1), batchNorm(), tanh()))),
                Arguments.of(gated(conv2d(3, 1), conv2d(3, 3).padding(1))),
                Arguments.of(sequential(conv2d(3, 3), flatten(), dense(4), tanh())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("blocks")
    void blocks_have_the_gradients_of_central_differences_and_of_separate_passes(Layer block) {
        LayerProbe.of(
                        (tape, inputs, random) -> block.record(tape, "block", inputs.get(0), random),
                        new Shape.Image(2, 4, 4))
                .check(1);
    }

    static Stream<Arguments> encoders() {
        return Stream.of(
                Arguments.of(lenet().filters(3).width(4), new Shape.Image(1, 9, 9)),
                Arguments.of(resnet(2, 3).norm(groupNorm(1)), new Shape.Image(1, 5, 4)),
                Arguments.of(resnet(2), new Shape.Image(2, 4, 4)),
                Arguments.of(unet(2, 3), new Shape.Image(1, 4, 4)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("encoders")
    void encoders_take_all_tasks_down_in_one_pass_as_in_separate_ones(Encoder encoder, Shape shape) {
        LayerProbe.of(
                        (tape, inputs, random) -> encoder.record(tape, "encoder", Sources.of(inputs.get(0)), random),
                        shape)
                .checkPasses(1, 2);
    }

    @Test
    void shapes_that_do_not_fit_name_both_layers_and_both_shapes() {
        assertThatThrownBy(() -> out(sequential(maxPool(2), conv2d(4, 5)), IMAGE))
                .hasMessage(
                        "Layer 'encoder.1', conv2d(4, 5): its kernel spans 5 x 5 pixels, but 'encoder.0' below it gives an image of 2 x 4 x 4, 4 x 4 with the padding.\nTake a smaller kernel or less pooling below it, more padding(..), or larger images.");
        assertThatThrownBy(() -> out(sequential(flatten(), conv2d(4, 5)), IMAGE))
                .hasMessage(
                        "Layer 'encoder.1', conv2d(4, 5): it takes an image, but 'encoder.0' below it gives features, 128.\nGive the data images, or put reshape(channels, height, width) below it.");
        assertThatThrownBy(() -> out(sequential(conv1d(4, 3)), IMAGE))
                .hasMessage(
                        "Layer 'encoder.0', conv1d(4, 3): it takes a series, but 'x' below it gives an image of 2 x 8 x 8.\nGive the data a series, or put reshape(length, width) below it.");
        assertThatThrownBy(() -> out(sequential(conv1d(4, 3)), new Shape.Series(2, 3)))
                .hasMessage(
                        "Layer 'encoder.0', conv1d(4, 3): its kernel spans 3 places, but 'x' below it gives a series of 2 x 3, 2 places with the padding.\nTake a smaller kernel, more padding(..), or longer series.");
        assertThatThrownBy(() -> out(sequential(conv2d(4, 3).groups(4)), IMAGE))
                .hasMessage(
                        "Layer 'encoder.0', conv2d(4, 3).groups(4): the 2 channels that 'x' below it gives do not fall into 4 groups of equal size.\nGive a divisor of 2.");
        assertThatThrownBy(() -> out(sequential(residual(conv2d(4, 3))), IMAGE))
                .hasMessage(
                        "Layer 'encoder.0', residual(..): its layers end in 'encoder.0.0' with an image, 4 x 6 x 6, but past them goes 'x' with an image, 2 x 8 x 8.\nGive both the same shape, such as by .shortcut(conv2d(filters, 1)).");
        assertThatThrownBy(() -> out(sequential(concat(conv2d(4, 3), conv2d(4, 1))), IMAGE))
                .hasMessage(
                        "Layer 'encoder.0', concatenate(): 'encoder.0.0' gives an image of 4 x 6 x 6, but 'encoder.0.1' gives an image of 4 x 8 x 8.\nGive both the same height and width, or the same number of places.");
        assertThatThrownBy(() -> out(sequential(reshape(3, 3, 3)), IMAGE))
                .hasMessage(
                        "Layer 'encoder.0', reshape(3, 3, 3): it takes 27 numbers a row, but 'x' below it gives an image of 2 x 8 x 8.\nGive a shape of 128 numbers.");
        assertThatThrownBy(() -> out(lenet(), new Shape.Image(1, 8, 8)))
                .hasMessage(
                        "Layer 'encoder.3', conv2d(20, 5).activation(relu()): its kernel spans 5 x 5 pixels, but 'encoder.2' below it gives an image of 10 x 2 x 2, 2 x 2 with the padding.\nTake a smaller kernel or less pooling below it, more padding(..), or larger images.");
        assertThatThrownBy(() -> out(unet(4, 8, 16), new Shape.Image(1, 10, 8)))
                .hasMessage(
                        "Encoder unet(4, 8, 16): it halves images 2 times, but input 'x' of the data is an image of 1 x 10 x 8.\nGive it images whose height and width are multiples of 4, or fewer levels.");
        assertThatThrownBy(() -> out(lenet(), new Shape.Vector(64)))
                .hasMessage(
                        "Encoder lenet(): it takes an image, but input 'x' of the data is features, 64.\nGive the data such an input, or take an encoder for what they have.");
        assertThatThrownBy(() -> out(sequential(softmaxOn()), IMAGE))
                .hasMessage(
                        "Layer 'encoder.0' on an image of 2 x 8 x 8: softmax() runs over the features of a row, not over an image.\nTake an elementwise activation: relu().");
    }

    private static Layer softmaxOn() {
        return new Activation.Softmax();
    }

    @Test
    void values_that_cannot_be_are_refused_when_made() {
        assertThatThrownBy(() -> sequential())
                .hasMessage("sequential() has no layers.\nList at least one: sequential(dense(64), relu()).");
        assertThatThrownBy(() -> conv2d(0, 3))
                .hasMessage(
                        "conv2d(0, ..): it needs at least 1 filter.\nGive the number of its output's channels: conv2d(16, 3).");
        assertThatThrownBy(() -> conv2d(4, 3).groups(3))
                .hasMessage(
                        "conv2d(4, ..).groups(3): 4 filters do not fall into 3 groups of equal size.\nGive a divisor of 4.");
        assertThatThrownBy(() -> conv2d(4, 3).stride(0))
                .hasMessage("A stride of 0 x 0 pixels: it needs at least 1.\nGive whole numbers from 1 on.");
        assertThatThrownBy(() -> maxPool(2).padding(2))
                .hasMessage(
                        "maxPool(2).padding(2): a window could lie in the padding alone.\nPad by at most half of the window.");
        assertThatThrownBy(() -> convTranspose2d(4, 2).stride(2).extra(2, 0))
                .hasMessage(
                        "convTranspose2d(4, ..).extra(2, 0): the pixels added lie from 0 to below the stride, 2.\nGive fewer, or a larger stride(..).");
        assertThatThrownBy(() -> batchNorm().momentum(0))
                .hasMessage(
                        "batchNorm().momentum(0.0): the share of a batch lies in (0, 1].\nGive the share of the newest batch: momentum(0.1).");
        assertThatThrownBy(() -> groupNorm(0))
                .hasMessage("groupNorm(0): it needs at least 1 group.\nGive a divisor of the number of channels.");
        assertThatThrownBy(() -> dropout(1))
                .hasMessage("dropout(1.0): a probability lies in [0, 1).\nGive the share of zeros: dropout(0.1).");
    }
}
