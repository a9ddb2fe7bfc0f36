package org.mtl4j.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Batches so large that the gradient is summed in parts: smaller ones stand among the other layers. */
class ConvNodeTest {

    private static final int ROWS = 50;
    private static final Shape.Image IMAGE = new Shape.Image(2, 17, 23);

    static Stream<Conv2d> layers() {
        return Stream.of(
                Conv2d.of(3, 3, 3),
                Conv2d.of(4, 5, 3).padding(1).groups(2).activation(new Activation.Tanh()),
                Conv2d.of(20, 3, 3).stride(1, 2).activation(new Activation.Gelu()),
                Conv2d.of(6, 1, 1),
                Conv2d.of(3, 3, 3).noBias());
    }

    private final RandomGenerator random = Draws.generator(1);
    private final float[] x = SampledTape.normal(ROWS * IMAGE.size(), 1, random);

    /** A net of a layer between two others, so that signals go through it, and the signals at its output. */
    private Tape tape(Conv2d layer, int rows) {
        Tape tape = new Tape(1);
        RandomGenerator drawn = Draws.generator(2);
        Node input = tape.input("x", IMAGE);
        Node top = layer.record(tape, "conv", Conv2d.of(2, 1, 1).record(tape, "below", input, drawn), drawn);
        TaskHead head = new TaskHead(0, "head", 2);
        tape.heads("heads", top, List.of(head), new Initialiser.UniformFanIn(), drawn);
        tape.reserve(rows);
        return tape;
    }

    private float[] gradient(Tape tape, int from, int rows) {
        tape.bind("x", Arrays.copyOfRange(x, from * IMAGE.size(), (from + rows) * IMAGE.size()));
        tape.forward(rows, Node.Pass.TRAIN);
        tape.clearOutputSignals();
        TaskOutput output = tape.output(0);
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < 2; c++) {
                output.signal()[r * output.stride() + output.column() + c] = (float) StrictMath.sin(from + r + 3 * c);
            }
        }
        tape.backward(new double[] {1});
        return tape.parameters().gradient().clone();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("layers")
    void the_gradient_of_a_batch_is_the_sum_of_those_of_its_images(Conv2d layer) {
        float[] whole = gradient(tape(layer, ROWS), 0, ROWS);
        Tape one = tape(layer, 1);
        double[] sum = new double[whole.length];
        double largest = 0;
        for (int r = 0; r < ROWS; r++) {
            float[] each = gradient(one, r, 1);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += each[i];
                largest = Math.max(largest, Math.abs(each[i]));
            }
        }
        assertThat(largest).isGreaterThan(1e-2);
        for (int i = 0; i < sum.length; i++) {
            assertThat((double) whole[i]).isCloseTo(sum[i], within(1e-5 * ROWS * largest));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("layers")
    void outputs_and_gradients_have_the_same_bits_on_1_to_4_threads(Conv2d layer) {
        Tape tape = tape(layer, ROWS);
        float[] one = gradient(tape, 0, ROWS);
        float[] outputs = tape.output(0).values().clone();
        for (int threads = 2; threads <= 4; threads++) {
            Tape other = tape(layer, ROWS);
            float[] several = Crew.during(threads, () -> gradient(other, 0, ROWS));
            assertThat(several).as("%d threads", threads).isEqualTo(one);
            assertThat(other.output(0).values()).isEqualTo(outputs);
        }
    }
}
