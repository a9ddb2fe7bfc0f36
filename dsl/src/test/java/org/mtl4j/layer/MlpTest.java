package org.mtl4j.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.mtl4j.tensor.Activation;
import org.mtl4j.tensor.Draws;
import org.mtl4j.tensor.Initialiser;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.Tape;

class MlpTest {

    @Test
    void it_records_one_dense_layer_per_width_and_dropout_after_each() {
        Tape tape = new Tape(1);
        Node top =
                Mlp.of(6, 4).dropout(0.2).record(tape, "encoder", Sources.of(tape.input("x", 3)), Draws.generator(1));
        assertThat(top.width()).isEqualTo(4);
        assertThat(top.name()).isEqualTo("encoder.1.dropout");
        assertThat(tape.parameters().list().stream().map(p -> p.name() + " " + p.rows() + "x" + p.columns()))
                .containsExactly(
                        "encoder.0.weight 3x6", "encoder.0.bias 1x6", "encoder.1.weight 6x4", "encoder.1.bias 1x4");
    }

    @Test
    void the_same_seed_makes_the_same_parameters_and_another_seed_others() {
        assertThat(parameters(5)).containsExactly(parameters(5)).isNotEqualTo(parameters(6));
    }

    private static float[] parameters(long seed) {
        Tape tape = new Tape(1);
        Mlp.of(6).record(tape, "encoder", Sources.of(tape.input("x", 3)), Draws.generator(seed));
        return tape.parameters().values();
    }

    @Test
    void it_prints_as_the_line_that_makes_it() {
        assertThat(Mlp.of(256, 128)).hasToString("mlp(256, 128)");
        assertThat(Mlp.of(8)
                        .activation(new Activation.Tanh())
                        .initialiser(new Initialiser.HeNormal())
                        .dropout(0.1)
                        .inputs(5))
                .hasToString("mlp(8).activation(tanh()).initialiser(heNormal()).dropout(0.1).inputs(5)");
    }

    @Test
    void no_change_touches_the_one_it_was_made_from() {
        Mlp plain = Mlp.of(8);
        plain.dropout(0.5).activation(new Activation.Tanh());
        assertThat(plain).isEqualTo(Mlp.of(8));
    }

    @Test
    void no_layers_a_width_that_is_not_positive_and_a_dropout_outside_0_to_1_are_errors() {
        assertThatThrownBy(Mlp::of)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("mlp() has no layers.\nGive one width per layer: mlp(256, 128).");
        assertThatThrownBy(() -> Mlp.of(4, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "mlp(4, 0): width 0 is not positive.\n" + "Give one positive width per layer: mlp(256, 128).");
        assertThatThrownBy(() -> Mlp.of(4).dropout(1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("dropout(1.0): a probability lies in [0, 1).\nGive the share of zeros: dropout(0.1).");
        assertThatThrownBy(() -> Mlp.of(4).dropout(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }
}
