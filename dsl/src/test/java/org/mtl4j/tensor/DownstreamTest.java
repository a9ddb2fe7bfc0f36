package org.mtl4j.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Two inputs, a counted layer above each, joined below the head of task 0; task 1 reads the first alone. */
class DownstreamTest {

    private static final int ROWS = 5;
    private static final Initialiser UNIFORM = new Initialiser.UniformFanIn();

    private final RandomGenerator random = Draws.generator(3);
    private final float[] x = SampledTape.normal(ROWS * 4, 1, random);
    private final float[] y = SampledTape.normal(ROWS * 3, 1, random);
    private final CountedLayer overX = new CountedLayer(4);
    private final CountedLayer overY = new CountedLayer(3);
    private final CountedLayer joined = new CountedLayer(5);
    private final Tape tape = tape(overX, overY, joined);

    private static Tape tape(CountedLayer overX, CountedLayer overY, CountedLayer joined) {
        Tape made = new Tape(2);
        RandomGenerator random = Draws.generator(8);
        Node x = CountedLayer.record(made, "over.x", made.input("x", 4), overX);
        Node y = CountedLayer.record(made, "over.y", made.input("y", 3), overY);
        Node first = made.dense("first", x, 5, new Activation.Tanh(), UNIFORM, random);
        Node second = made.dense("second", y, 5, new Activation.Tanh(), UNIFORM, random);
        Node sum = SequenceLayers.sum(made, "sum", List.of(first, second));
        Node top = CountedLayer.record(made, "joined", sum, joined);
        made.heads("head.0", top, List.of(new TaskHead(0, "head.0", 2)), UNIFORM, random);
        made.heads("head.1", first, List.of(new TaskHead(1, "head.1", 2)), UNIFORM, random);
        made.reserve(ROWS);
        return made;
    }

    private static float[] outputs(Tape tape, int task) {
        return tape.output(task).values().clone();
    }

    private List<Integer> counts() {
        return List.of(overX.forwards(), overY.forwards(), joined.forwards());
    }

    @Test
    void only_what_hangs_on_the_input_is_computed_again_and_gives_the_bits_of_a_whole_pass() {
        tape.bind("x", x);
        tape.bind("y", new float[ROWS * 3]);
        tape.forward(ROWS, Node.Pass.EVALUATE);
        float[] before = outputs(tape, 0);
        tape.bind("y", y);
        tape.forwardFrom("y", Node.Pass.EVALUATE);
        assertThat(counts()).containsExactly(1, 2, 2);
        Tape whole = tape(new CountedLayer(4), new CountedLayer(3), new CountedLayer(5));
        whole.bind("x", x);
        whole.bind("y", y);
        whole.forward(ROWS, Node.Pass.EVALUATE);
        assertThat(outputs(tape, 0)).containsExactly(outputs(whole, 0)).isNotEqualTo(before);
        assertThat(outputs(tape, 1)).containsExactly(outputs(whole, 1));
        tape.forwardFrom("x", Node.Pass.EVALUATE);
        assertThat(counts()).containsExactly(2, 2, 3);
    }

    @Test
    void what_is_recorded_later_hangs_on_the_input_too() {
        tape.bind("x", x);
        tape.bind("y", y);
        tape.forward(ROWS, Node.Pass.EVALUATE);
        tape.forwardFrom("y", Node.Pass.EVALUATE);
        CountedLayer later = new CountedLayer(3);
        Node input = tape.add(new InputNode("y", new Shape.Vector(3), tape));
        CountedLayer.record(tape, "later", input, later);
        tape.bind("y", y);
        tape.reserve(ROWS + 1);
        tape.forward(ROWS, Node.Pass.EVALUATE);
        tape.forwardFrom("y", Node.Pass.EVALUATE);
        assertThat(later.forwards()).isEqualTo(2);
        assertThat(counts()).containsExactly(2, 4, 4);
    }

    @Test
    void there_must_be_a_pass_to_go_on_from() {
        String message =
                "Input 'y': the tape holds no values of a batch yet that a pass from it could go on from.\nCall forward(rows, pass) first.";
        assertThatThrownBy(() -> tape.forwardFrom("y", Node.Pass.EVALUATE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(message);
        tape.bind("x", x);
        tape.bind("y", y);
        tape.forward(ROWS, Node.Pass.EVALUATE);
        tape.forwardFrom("y", Node.Pass.EVALUATE);
        tape.reserve(ROWS + 1); // new room, which holds nothing
        assertThatThrownBy(() -> tape.forwardFrom("y", Node.Pass.EVALUATE)).hasMessage(message);
        tape.forward(ROWS, Node.Pass.EVALUATE);
        tape.reserveStacked(ROWS);
        assertThatThrownBy(() -> tape.forwardFrom("y", Node.Pass.EVALUATE)).hasMessage(message);
    }

    @Test
    void an_input_that_the_net_does_not_have_is_named() {
        tape.bind("x", x);
        tape.bind("y", y);
        tape.forward(ROWS, Node.Pass.EVALUATE);
        assertThatThrownBy(() -> tape.forwardFrom("over.x", Node.Pass.EVALUATE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("No input 'over.x' in the net; there are x, y.\nName one of them.");
    }
}
