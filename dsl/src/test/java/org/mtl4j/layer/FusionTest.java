package org.mtl4j.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mtl4j.tensor.Draws;
import org.mtl4j.tensor.LayerProbe;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.Shape;
import org.mtl4j.tensor.Tape;

class FusionTest {

    private static final Encoder THROUGH = new Through();

    /** Passes its input on. */
    private record Through() implements Encoder {
        @Override
        public Node record(Tape tape, String prefix, Sources sources, java.util.random.RandomGenerator random) {
            return sources.only(this);
        }

        @Override
        public String toString() {
            return "through()";
        }
    }

    private static Fusion fusion() {
        return new Fusion.Empty().input("image", THROUGH).input("text", THROUGH);
    }

    private static Sources sources(List<Node> nodes) {
        Map<String, Node> named = new LinkedHashMap<>();
        named.put("image", nodes.get(0));
        named.put("text", nodes.get(1));
        return Sources.of(named);
    }

    @Test
    void late_fusion_has_its_gradients() {
        LayerProbe.of(
                        (tape, in, random) -> fusion().late(4).record(tape, "encoder", sources(in), random),
                        new Shape.Vector(3),
                        new Shape.Series(4, 2))
                .check(1, 2, 3);
    }

    @Test
    void cross_attention_of_features_and_places_has_its_gradients() {
        LayerProbe.of(
                        (tape, in, random) ->
                                fusion().crossAttention(4, 2).record(tape, "encoder", sources(in), random),
                        new Shape.Vector(3),
                        new Shape.Series(4, 2))
                .check(1, 2, 3);
    }

    @Test
    void cross_attention_of_an_image_sees_its_pixels() {
        LayerProbe.of(
                        (tape, in, random) ->
                                fusion().crossAttention(2, 1).record(tape, "encoder", sources(in), random),
                        new Shape.Image(2, 2, 2),
                        new Shape.Series(3, 2))
                .check(1, 2);
    }

    @Test
    void each_input_is_read_by_its_own_encoder() {
        Tape tape = new Tape(1);
        Map<String, Node> inputs = new LinkedHashMap<>();
        inputs.put("molecule", tape.input("molecule", new Shape.Graph(5, 2, 8, 0)));
        inputs.put("unread", tape.input("unread", 7));
        inputs.put("features", tape.input("features", 3));
        Fusion fusion = new Fusion.Empty().input("features", Mlp.of(4)).input("molecule", Gcn.of(6));
        Node top = fusion.record(tape, "encoder", Sources.of(inputs), Draws.generator(1));
        assertThat(top.shape()).isEqualTo(new Shape.Vector(64));
        assertThat(tape.parameters().list().stream().map(p -> p.name() + " " + p.rows() + "x" + p.columns()))
                .containsExactly(
                        "encoder.features.0.weight 3x4",
                        "encoder.features.0.bias 1x4",
                        "encoder.molecule.0.weight 2x6",
                        "encoder.molecule.0.bias 1x6",
                        "encoder.fusion.weight 10x64",
                        "encoder.fusion.bias 1x64");
    }

    @Test
    void it_prints_as_the_line_that_makes_it() {
        Fusion fusion = new Fusion.Empty().input("image", Mlp.of(8)).input("text", Gcn.of(4));
        assertThat(new Fusion.Empty()).hasToString("fusion()");
        assertThat(fusion).hasToString("fusion().input(\"image\", mlp(8)).input(\"text\", gcn(4))");
        assertThat(fusion.late(128).toString()).endsWith(".late(128)");
        assertThat(fusion.crossAttention(32, 4).toString()).endsWith(".crossAttention(32, 4)");
    }

    @Test
    void what_cannot_be_joined_is_an_error() {
        assertThatThrownBy(() -> fusion().input("text", Mlp.of(3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("fusion(): input 'text' is named twice.%nGive each input one encoder.".formatted());
        assertThatThrownBy(() -> fusion().late(0))
                .hasMessage(
                        "late(0): the width is not positive.%nGive the features that come out: late(64).".formatted());
        assertThatThrownBy(() -> fusion().crossAttention(6, 4))
                .hasMessage(
                        "Attention of width 6 with 4 heads: the heads do not divide the width.%nGive a number of heads that does: 1, 2, 3, 6."
                                .formatted());
        Tape tape = new Tape(1);
        Sources other = Sources.of(tape.input("sound", 3));
        assertThatThrownBy(() -> fusion().record(tape, "encoder", other, Draws.generator(1)))
                .hasMessage("No input 'image' in the data; there are sound.%nName one of them.".formatted());
        assertThatThrownBy(() -> fusion().input("sound", Mlp.of(3).inputs(4)).requireFeatures("sound", 3))
                .hasMessageStartingWith("Encoder mlp(3).inputs(4): it takes 4 inputs, but input 'sound'");
    }
}
