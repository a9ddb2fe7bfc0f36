package org.mtl4j.tensor;

/**
 * A recurrent layer: [length, in] -> [length, width], or [length, 2 width] in both directions, forward then backward.
 *
 * <p>Parameters W [in, gates x width], U [width, gates x width] and two biases a direction, gates side by side in PyTorch's
 * order; the names of the backward direction end in {@code _reverse}. It reads the series, and, where more inputs are given,
 * the first hidden states [directions x width] and, for {@link Cell#LSTM}, the first cells, which are 0 otherwise. Beyond a
 * row's own length the output is 0; the backward direction begins at the row's last place.
 *
 * @param cell what it computes at a place
 * @param direction which way it goes
 * @param in the features at a place
 * @param width the width of a state
 */
public record Recurrent(Cell cell, Direction direction, int in, int width) implements LayerSpec {

    /** What is computed at a place from x and the state before; s is the logistic function, * elementwise. */
    public enum Cell {
        /**
         * Gates i, f, g, o = x W + b + h U + c; c' = s(f) * c + s(i) * tanh(g); h' = s(o) * tanh(c') (Hochreiter and
         * Schmidhuber 1997 with the forget gate of Gers et al. 2000; PyTorch's {@code LSTM}).
         */
        LSTM(4, "lstm", "biLstm"),
        /**
         * Gates r, z, n: r and z = s(x W + b + h U + c), n = tanh(x W + b + r * (h U + c)); h' = (1 - z) * n + z * h (Cho et
         * al. 2014 with the reset gate after the product; PyTorch's {@code GRU}).
         */
        GRU(3, "gru", "biGru");

        private final int gates;
        private final String forward;
        private final String both;

        Cell(int gates, String forward, String both) {
            this.gates = gates;
            this.forward = forward;
            this.both = both;
        }

        /** The number of gates. */
        public int gates() {
            return gates;
        }
    }

    /** Which way it goes through the places. */
    public enum Direction {
        /** From the first place on. */
        FORWARD,
        /** Both ways: the outputs of the two stand side by side. */
        BOTH;

        /** 1 or 2. */
        public int count() {
            return this == BOTH ? 2 : 1;
        }
    }

    public Recurrent {
        if (in < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "A recurrent layer of %d features and width %d: it needs at least 1 of each.%nGive a positive width."
                            .formatted(in, width));
        }
    }

    /** The features that it puts out at a place. */
    public int out() {
        return direction.count() * width;
    }

    /** The number of a direction's parameters. */
    int sizeOfDirection() {
        return cell.gates * width * (in + width + 2);
    }

    @Override
    public String toString() {
        return (direction == Direction.BOTH ? cell.both : cell.forward) + "(" + width + ")";
    }
}
