package org.mtl4j.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mtl4j.tensor.Activation;
import org.mtl4j.tensor.Draws;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.Positions;
import org.mtl4j.tensor.Shape;
import org.mtl4j.tensor.Tape;

class TransformerTest {

    private static List<String> parameters(Encoder encoder, Shape shape) {
        Tape tape = new Tape(1);
        Node top = encoder.record(tape, "encoder", Sources.of(tape.input("x", shape)), Draws.generator(1));
        assertThat(top.shape()).isEqualTo(new Shape.Series(6, 4));
        return tape.parameters().list().stream()
                .map(p -> p.name() + " " + p.rows() + "x" + p.columns())
                .toList();
    }

    @Test
    void it_records_an_embedding_positions_and_blocks() {
        assertThat(parameters(Transformer.of(4, 2, 1), new Shape.Tokens(6, 9)))
                .containsExactly(
                        "encoder.embedding.weight 9x4",
                        "encoder.0.self_attn.in_proj.weight 4x12",
                        "encoder.0.self_attn.in_proj.bias 1x12",
                        "encoder.0.self_attn.out_proj.weight 4x4",
                        "encoder.0.self_attn.out_proj.bias 1x4",
                        "encoder.0.norm1.weight 1x4",
                        "encoder.0.norm1.bias 1x4",
                        "encoder.0.linear1.weight 4x16",
                        "encoder.0.linear1.bias 1x16",
                        "encoder.0.linear2.weight 16x4",
                        "encoder.0.linear2.bias 1x4",
                        "encoder.0.norm2.weight 1x4",
                        "encoder.0.norm2.bias 1x4");
    }

    @Test
    void a_series_gets_a_dense_layer_and_with_norms_first_one_more_follows() {
        Encoder encoder = Transformer.of(4, 2, 2)
                .normFirst()
                .positions(Positions.LEARNED)
                .feedForward(7)
                .dropout(0.1);
        assertThat(parameters(encoder, new Shape.Series(6, 3)))
                .startsWith(
                        "encoder.embedding.weight 3x4", "encoder.embedding.bias 1x4", "encoder.positions.weight 6x4")
                .contains("encoder.1.linear1.weight 4x7")
                .endsWith("encoder.norm.weight 1x4", "encoder.norm.bias 1x4");
    }

    @Test
    void it_prints_as_the_line_that_makes_it() {
        assertThat(Transformer.of(64, 4, 2)).hasToString("transformer(64, 4, 2)");
        assertThat(Transformer.of(64, 4, 2)
                        .feedForward(128)
                        .activation(new Activation.Relu())
                        .normFirst()
                        .positions(Positions.NONE)
                        .dropout(0.1))
                .hasToString(
                        "transformer(64, 4, 2).feedForward(128).activation(relu()).normFirst().positions(noPositions()).dropout(0.1)");
    }

    @Test
    void heads_that_do_not_divide_the_width_and_settings_out_of_range_are_errors() {
        assertThatThrownBy(() -> Transformer.of(6, 4, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("transformer(6, 4, 2): 4 heads do not divide the width 6.\n"
                        + "Give a width that is a multiple of the heads: transformer(64, 4, 2).");
        assertThatThrownBy(() -> Transformer.of(4, 2, 0))
                .hasMessage("layers(0): it needs at least 1.\nGive a positive number.");
        assertThatThrownBy(() -> Transformer.of(4, 2, 1).feedForward(0))
                .hasMessage("feedForward(0): it needs at least 1.\nGive a positive number.");
    }
}
