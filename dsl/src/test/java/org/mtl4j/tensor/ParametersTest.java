package org.mtl4j.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ParametersTest {

    private static Tape tape() {
        Tape tape = new Tape(2);
        Node x = tape.input("x", 3);
        Node hidden = tape.dense(
                "encoder.0", x, 2, new Activation.Relu(), new Initialiser.UniformFanIn(), Draws.generator(1));
        tape.heads(
                "heads",
                hidden,
                List.of(new TaskHead(0, "head.a", 2), new TaskHead(1, "head.b", 1)),
                new Initialiser.UniformFanIn(),
                Draws.generator(2));
        return tape;
    }

    @Test
    void each_has_a_name_and_a_shape_in_the_order_of_the_tape() {
        assertThat(tape().parameters().list().stream().map(p -> p.name() + " " + p.rows() + "x" + p.columns()))
                .containsExactly(
                        "encoder.0.weight 3x2",
                        "encoder.0.bias 1x2",
                        "head.a.weight 2x2",
                        "head.a.bias 1x2",
                        "head.b.weight 2x1",
                        "head.b.bias 1x1");
    }

    @Test
    void heads_that_lie_side_by_side_are_set_and_copied_one_by_one() {
        Parameters parameters = tape().parameters();
        parameters.set(parameters.get("head.a.weight"), new float[] {1, 2, 3, 4});
        parameters.set(parameters.get("head.b.weight"), new float[] {5, 6});
        assertThat(parameters.copyOf(parameters.get("head.a.weight"))).containsExactly(1f, 2f, 3f, 4f);
        assertThat(parameters.copyOf(parameters.get("head.b.weight"))).containsExactly(5f, 6f);
    }

    @Test
    void a_layer_is_shared_where_more_than_one_task_reaches_it() {
        Tape tape = tape();
        assertThat(tape.sharedLayers()).containsExactly("encoder.0");
        assertThat(tape.entries().stream().map(layer -> layer.name() + " " + layer.tasks()))
                .containsExactly("encoder.0 [0, 1]", "head.a [0]", "head.b [1]");
    }

    @Test
    void an_unknown_name_is_an_error_that_lists_the_names() {
        assertThatThrownBy(() -> tape().parameters().get("encoder.1.weight"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "No parameter 'encoder.1.weight'.%nThere are [encoder.0.weight, encoder.0.bias, ".formatted()
                                + "head.a.weight, head.a.bias, head.b.weight, head.b.bias].");
    }

    @Test
    void numbers_that_do_not_fit_are_an_error_with_the_shape() {
        Parameters parameters = tape().parameters();
        assertThatThrownBy(() -> parameters.set(parameters.get("encoder.0.weight"), new float[5]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Parameter 'encoder.0.weight' has shape [3, 2]: 5 numbers do not fit.");
    }

    @Test
    void a_task_without_a_head_and_an_input_that_is_too_short_are_errors() {
        assertThatThrownBy(() -> new Tape(1).output(0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Task 0 has no head.");
        Tape tape = tape();
        tape.reserve(4);
        tape.bind("x", new float[11]);
        assertThatThrownBy(() -> tape.forward(4, Node.Pass.EVALUATE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Input 'x' holds 11 numbers, but 4 rows of width 3 are asked for.");
    }
}
