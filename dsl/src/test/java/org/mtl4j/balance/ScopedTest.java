package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mtl4j.Mtl;

class ScopedTest {

    @Test
    void it_prints_as_the_line_that_makes_it() {
        assertThat(Mtl.mgda().atRepresentation()).hasToString("mgda().atRepresentation()");
        assertThat(Mtl.pcgrad().atLayers("encoder.0", "encoder.1"))
                .hasToString("pcgrad().atLayers(\"encoder.0\", \"encoder.1\")");
    }

    @Test
    void a_loss_method_has_no_gradients_to_weigh_by() {
        assertThatThrownBy(() -> Mtl.equal().atRepresentation())
                .hasMessage("equal().atRepresentation(): it weighs tasks by their losses and sees no gradient.\n"
                        + "Leave it out, or take a gradient method such as mgda() or pcgrad().");
        assertThatThrownBy(() -> Mtl.mgda().atLayers())
                .hasMessage("atLayers(): no layer is named.\nName one or more: atLayers(\"encoder.1\").");
    }

    @Test
    void a_name_holds_a_layer_and_all_below_it() {
        Scope.Layers layers = new Scope.Layers(List.of("encoder.1"));
        assertThat(layers.holds("encoder.1")).isTrue();
        assertThat(layers.holds("encoder.1.conv")).isTrue();
        assertThat(layers.holds("encoder.10")).isFalse();
    }
}
