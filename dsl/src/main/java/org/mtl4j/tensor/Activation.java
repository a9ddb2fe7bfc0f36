package org.mtl4j.tensor;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * An elementwise or row-wise function after a layer, with its derivative. The catalogue is the list of records below.
 *
 * <p>Formulas and the values at kinks are PyTorch's: relu'(0) = 0, leaky'(0) = slope, elu'(0) = 1.
 */
public sealed interface Activation extends Layer, LayerSpec {

    /** y = x. */
    record Identity() implements Activation {
        @Override
        public String toString() {
            return "identity()";
        }
    }

    /** max(x, 0). */
    record Relu() implements Activation {
        @Override
        public String toString() {
            return "relu()";
        }
    }

    /** x for x &gt; 0, else slope x. */
    record LeakyRelu(double slope) implements Activation {
        @Override
        public String toString() {
            return "leakyRelu(" + slope + ")";
        }
    }

    /** x for x &gt; 0, else alpha (e^x - 1). */
    record Elu(double alpha) implements Activation {
        @Override
        public String toString() {
            return "elu(" + alpha + ")";
        }
    }

    /** x Phi(x), Phi the standard normal distribution function (Hendrycks and Gimpel 2016). */
    record Gelu() implements Activation {
        @Override
        public String toString() {
            return "gelu()";
        }
    }

    /** 0.5 x (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))), the usual approximation of {@link Gelu}. */
    record GeluTanh() implements Activation {
        @Override
        public String toString() {
            return "geluTanh()";
        }
    }

    /** x sigmoid(x). */
    record Silu() implements Activation {
        @Override
        public String toString() {
            return "silu()";
        }
    }

    /** tanh x. */
    record Tanh() implements Activation {
        @Override
        public String toString() {
            return "tanh()";
        }
    }

    /** 1 / (1 + e^-x). */
    record Sigmoid() implements Activation {
        @Override
        public String toString() {
            return "sigmoid()";
        }
    }

    /** log(1 + e^x). */
    record Softplus() implements Activation {
        @Override
        public String toString() {
            return "softplus()";
        }
    }

    /** e^x_i / sum_j e^x_j, over each row. */
    record Softmax() implements Activation {
        @Override
        public String toString() {
            return "softmax()";
        }
    }

    /** x_i - log sum_j e^x_j, over each row. */
    record LogSoftmax() implements Activation {
        @Override
        public String toString() {
            return "logSoftmax()";
        }
    }

    /** Engine API. Whether each number is taken alone, and not with its row. */
    default boolean isElementwise() {
        return !(this instanceof Softmax || this instanceof LogSoftmax);
    }

    @Override
    default Node record(Tape tape, String name, Node input, RandomGenerator random) {
        return tape.add(new ActivationNode(name, this, input, tape.parameters(), tape.tasks()));
    }

    /** Engine API. Whether the derivative needs x and cannot be had from y alone. */
    default boolean needsInput() {
        return this instanceof Gelu || this instanceof GeluTanh || this instanceof Silu || this instanceof Softplus;
    }

    /** Engine API. Writes y = f(x). @param x [rows, width]. @param y [rows, width], may be x itself. */
    default void forward(float[] x, float[] y, int rows, int width) {
        ActivationKernels.forward(this, x, y, rows, width);
    }

    /**
     * Engine API. Multiplies the signal dL/dy by the Jacobian: on return it is dL/dx.
     *
     * @param x [batch, places, width], read only where {@link #needsInput}
     * @param y [batch, places, width]
     * @param index the batch row of each signal row; null if they are the same
     * @param rows the number of signal rows
     * @param places places of a row, each of them a vector
     * @param signal [.., places, width], {@code rows} of them from {@code offset} on, modified
     * @param scratch as long as the signal, overwritten in the same places
     */
    default void backward(
            float[] x,
            float[] y,
            int @Nullable [] index,
            int rows,
            int places,
            int width,
            float[] signal,
            int offset,
            float[] scratch) {
        float[] from = needsInput() ? x : y;
        if (index == null && offset == 0) {
            ActivationKernels.backward(this, from, signal, 0, rows * places, width);
            return;
        }
        // brought to the signal's places, so that the loop has one index: with two, the JIT does not vectorise it
        if (index == null) {
            System.arraycopy(from, 0, scratch, offset, rows * places * width);
        } else {
            Rows.gather(from, places * width, index, rows, scratch, offset);
        }
        ActivationKernels.backward(this, scratch, signal, offset, rows * places, width);
    }
}
