package org.mtl4j.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TransformerLayersTest {

    private static final Shape SERIES = new Shape.Series(4, 4);

    private static TransformerBlock block(TransformerBlock.Norm norm, double dropout) {
        return new TransformerBlock(2, 3, new Activation.Gelu(), norm, dropout, 1e-5);
    }

    @ParameterizedTest
    @EnumSource(Attention.Mask.class)
    void attention_to_itself_has_its_gradients(Attention.Mask mask) {
        LayerProbe.of(
                        (tape, in, random) -> TransformerLayers.selfAttention(
                                tape, "layer", in.get(0), new Attention(4, 2, mask), random),
                        SERIES)
                .check(1, 2, 3);
    }

    @Test
    void so_has_attention_to_another_series() {
        LayerProbe.of(
                        (tape, in, random) -> TransformerLayers.crossAttention(
                                tape,
                                "layer",
                                List.of(in.get(0), in.get(1), in.get(1)),
                                new Attention(4, 2, Attention.Mask.NONE),
                                random),
                        SERIES,
                        new Shape.Series(3, 4))
                .check(1, 2, 3);
    }

    @Test
    void layer_norm_has_its_gradients_at_each_place_and_over_a_vector() {
        for (Shape shape : List.of(SERIES, new Shape.Vector(5))) {
            LayerProbe.of(
                            (tape, in, random) -> {
                                Node norm = SequenceLayers.layerNorm(tape, "layer", in.get(0), 1e-3);
                                int from = tape.parameters().get("layer.weight").offset();
                                int n = shape instanceof Shape.Series ? 8 : 10;
                                System.arraycopy(
                                        SampledTape.normal(n, 1, random),
                                        0,
                                        tape.parameters().values(),
                                        from,
                                        n);
                                return norm;
                            },
                            shape)
                    .check(1, 2, 3);
        }
    }

    @Test
    void a_sum_has_its_gradients_also_of_one_node_twice() {
        LayerProbe.of(
                        (tape, in, random) -> SequenceLayers.sum(tape, "sum", List.of(in.get(0), in.get(1), in.get(0))),
                        SERIES,
                        SERIES)
                .check(1, 2);
    }

    @ParameterizedTest
    @EnumSource(TransformerBlock.Norm.class)
    void a_block_of_an_encoder_has_its_gradients(TransformerBlock.Norm norm) {
        LayerProbe.of(
                        (tape, in, random) -> TransformerLayers.encoderBlock(
                                tape, "block", in.get(0), block(norm, 0.2), Attention.Mask.NONE, random),
                        SERIES)
                .check(1, 2);
    }

    @ParameterizedTest
    @EnumSource(TransformerBlock.Norm.class)
    void a_block_of_a_decoder_has_its_gradients(TransformerBlock.Norm norm) {
        LayerProbe.of(
                        (tape, in, random) -> TransformerLayers.decoderBlock(
                                tape, "block", in.get(0), in.get(1), block(norm, 0), random),
                        SERIES,
                        new Shape.Series(3, 4))
                .check(1, 2);
    }

    @Test
    void a_place_of_a_causal_block_does_not_see_what_follows() {
        float[] x = {3, 1, 2, 3, 4, 5, 6};
        float[] other = {3, 1, 2, 3, 4, -5, 9};
        assertThat(causal(x)).startsWith(java.util.Arrays.copyOf(causal(other), 4));
        assertThat(causal(x)[4]).isNotEqualTo(causal(other)[4]);
    }

    private static float[] causal(float[] x) {
        Tape tape = new Tape(1);
        Node in = tape.input("x", new Shape.Series(3, 2));
        Node out = TransformerLayers.encoderBlock(
                tape, "block", in, block(TransformerBlock.Norm.BEFORE, 0), Attention.Mask.CAUSAL, Draws.generator(3));
        tape.reserve(1);
        tape.bind("x", x);
        tape.forward(1, Node.Pass.EVALUATE);
        return out.value.clone();
    }

    @Test
    void heads_that_do_not_divide_the_width_and_widths_that_do_not_fit_are_errors() {
        assertThatThrownBy(() -> new Attention(6, 4, Attention.Mask.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Attention of width 6 with 4 heads: the heads do not divide the width.\nGive a number of heads that does: 1, 2, 3, 6.");
        Tape tape = new Tape(1);
        Node series = tape.input("s", new Shape.Series(3, 2));
        Node longer = tape.input("l", new Shape.Series(4, 2));
        assertThatThrownBy(() -> TransformerLayers.selfAttention(
                        tape, "layer", series, new Attention(4, 2, Attention.Mask.NONE), Draws.generator(1)))
                .hasMessage(
                        "Layer 'layer': attention of width 4, but 's' is 3 x 2.\nGive it a series of 4 features at a place.");
        assertThatThrownBy(() -> SequenceLayers.sum(tape, "sum", List.of(series, longer)))
                .hasMessage(
                        "Layer 'sum': 's' is 3 x 2, but 'l' is 4 x 2.\nA sum takes equal shapes: give the layers one width.");
    }

    @Test
    void specs_print_as_their_name_and_numbers() {
        assertThat(new Attention(8, 2, Attention.Mask.CAUSAL)).hasToString("attention(8, 2).causal()");
        assertThat(new LayerNorm(1e-5)).hasToString("layerNorm()");
        assertThat(new LayerNorm(1e-6)).hasToString("layerNorm().epsilon(1.0E-6)");
        assertThat(new Sum()).hasToString("sum()");
    }
}
