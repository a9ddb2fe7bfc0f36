package org.mtl4j.tensor;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Mutable: one direction of a {@link RecurrentNode}, on packed places. Keeps what a forward pass computed for the backward
 * passes that follow; a step is one product over the rows that it holds.
 */
abstract class RecurrentCell {

    /** Which way it goes. */
    enum Way {
        ONWARD,
        BACKWARD
    }

    final int in;
    final int width;
    /** Numbers of all gates of a place. */
    final int gates;

    private final Way way;
    private final Parameters parameters;
    /** W, U, and the two biases. */
    private final int first;

    /** What the gates let through, [packed places, gates]. */
    float[] gate = new float[0];
    /** Hidden states, [packed places, width]. */
    float[] hidden = new float[0];
    /** Hidden states before the first step, by rank, [rows, width]. */
    float[] initial = new float[0];
    /** Cells before the first step, by rank, [rows, width]; of no use to a cell without. */
    float[] initialCell = new float[0];
    /** The signal that comes back from the step after, by rank, [rows, width]; at last that at {@link #initial}. */
    float[] carry = new float[0];
    /** The same of cells. */
    float[] carryCell = new float[0];

    float[] scratch = new float[0];
    private float[] bias;
    private boolean begins;

    RecurrentCell(Recurrent spec, Way way, Parameters parameters, int first) {
        this.in = spec.in();
        this.width = spec.width();
        this.gates = spec.cell().gates() * width;
        this.way = way;
        this.parameters = parameters;
        this.first = first;
        this.bias = new float[gates];
    }

    /** Makes room. @param places packed places, at most. */
    void reserve(int rows, int places) {
        gate = new float[places * gates];
        hidden = new float[places * width];
        initial = new float[rows * width];
        initialCell = new float[rows * width];
        carry = new float[rows * width];
        carryCell = new float[rows * width];
        scratch = new float[rows * gates];
    }

    final float[] values() {
        return parameters.values();
    }

    final int hiddenWeight() {
        return first + in * gates;
    }

    final int inputBias() {
        return hiddenWeight() + width * gates;
    }

    final int hiddenBias() {
        return inputBias() + gates;
    }

    /** The step whose states a step begins with. */
    private int before(int t) {
        return way == Way.ONWARD ? t - 1 : t + 1;
    }

    private int step(int number, int steps) {
        return way == Way.ONWARD ? number : steps - 1 - number;
    }

    /** How many rows of step t begin with a state of another step; those after them begin with the initial one. */
    final int continued(Packing at, int t) {
        return before(t) < 0 ? 0 : Math.min(at.active(t), at.active(before(t)));
    }

    /** Where the states that step t begins with are packed. */
    final int from(Packing at, int t) {
        return before(t) < 0 ? 0 : at.start(before(t));
    }

    /**
     * Computes all steps.
     *
     * @param x [packed places, in]
     * @param begins whether initial states were given
     * @param lengths who knows the lengths of rows that are packed as if they were full; null where the packing knows them
     */
    final void forward(Packing at, float[] x, boolean begins, @Nullable InputNode lengths) {
        this.begins = begins;
        int total = at.total();
        if (total == 0) {
            return;
        }
        biasOfInputs(bias);
        Rows.fill(gate, total, gates, bias, 0);
        Blas.nn(total, gates, in, x, 0, in, values(), first, gates, 1f, gate, 0, gates);
        int steps = at.steps();
        for (int s = 0; s < steps; s++) {
            int t = step(s, steps);
            forward(at, t, continued(at, t), from(at, t));
            for (int i = 0; i < at.active(t) && lengths != null; i++) {
                if (t >= lengths.length(at.row(i))) {
                    begin(at.start(t) + i, i);
                }
            }
        }
    }

    /** Puts the initial state of a rank at a packed place. */
    void begin(int place, int at) {
        System.arraycopy(initial, at * width, hidden, place * width, width);
    }

    /** What stands in the gates before the products. @param bias [gates], overwritten. */
    abstract void biasOfInputs(float[] bias);

    /** Computes one step. @param old the rows whose state before is that of packed place {@code from} on. */
    abstract void forward(Packing at, int t, int old, int from);

    /** Adds h U of the states that a step begins with. @param y [rows of the step, gates] from yOff on, modified. */
    final void addHidden(Packing at, int t, int old, int from, float[] y, int yOff) {
        int n = at.active(t);
        float[] p = values();
        int weight = hiddenWeight();
        if (old > 0) {
            Blas.nn(old, gates, width, hidden, from * width, width, p, weight, gates, 1f, y, yOff, gates);
        }
        if (begins && n > old) {
            int to = yOff + old * gates;
            Blas.nn(n - old, gates, width, initial, old * width, width, p, weight, gates, 1f, y, to, gates);
        }
    }

    /** A block's signals: its own packing, and where the rows' values are packed. */
    static final class Backward {
        final Packing at;
        final Packing values;
        /** Of each rank in the block, that of the same row in the forward pass. */
        int[] rank = new int[0];
        /** The signal at the outputs of this direction, [packed places, width]. */
        float[] signal = new float[0];

        Backward(Packing at, Packing values) {
            this.at = at;
            this.values = values;
        }

        /** The packed place of the values of a row at step t. */
        int value(int t, int inStep) {
            return values.start(t) + rank[inStep];
        }
    }

    /**
     * Takes signals back through all steps. {@link #carry} and {@link #carryCell} come with the signals at the last states, and
     * leave with those at the initial ones.
     *
     * @param delta the signal before the gates, [packed places, gates] from place {@code to} on, overwritten
     * @param deltaHidden the same at h U + c, for cells where it differs; may be {@code delta}
     */
    final void backward(Backward block, float[] delta, float[] deltaHidden, int to) {
        Packing at = block.at;
        int steps = at.steps();
        for (int s = steps - 1; s >= 0; s--) {
            int t = step(s, steps);
            int n = at.active(t);
            backward(block, t, delta, deltaHidden, to + at.start(t));
            if (s > 0 || begins) {
                int row = (to + at.start(t)) * gates;
                Blas.nt(n, width, gates, deltaHidden, row, gates, values(), hiddenWeight(), gates, 1f, carry, 0, width);
            }
        }
    }

    /**
     * Takes the signals back through one step: writes the deltas of its places, leaves in {@link #carry} what reaches the
     * state before by other ways than h U, and in {@link #carryCell} what reaches the cell before.
     */
    abstract void backward(Backward block, int t, float[] delta, float[] deltaHidden, int to);

    /** Where the state before step t of a row of a block lies, in packed places; -1 where that is the initial one. */
    final int previous(Backward block, int t, int inStep) {
        return inStep < continued(block.at, t) ? block.value(before(t), inStep) : -1;
    }

    /** Adds the gradient by the direction's parameters. @param x [packed places, in] and h [.., width] of the block. */
    final void gradient(
            int places, float[] x, float[] h, float[] delta, float[] deltaHidden, int from, float[] into, int intoOff) {
        int row = from * gates;
        Blas.tn(in, gates, places, x, 0, in, delta, row, gates, 1f, into, intoOff, gates);
        int weight = intoOff + hiddenWeight() - first;
        Blas.tn(width, gates, places, h, 0, width, deltaHidden, row, gates, 1f, into, weight, gates);
        addSum(places, delta, row, into, intoOff + inputBias() - first);
        addSum(places, deltaHidden, row, into, intoOff + hiddenBias() - first);
    }

    private void addSum(int places, float[] delta, int from, float[] into, int to) {
        Arrays.fill(bias, 0f);
        for (int p = 0; p < places; p++) {
            Rows.addScaled(1f, delta, from + p * gates, bias, 0, gates);
        }
        Rows.addScaled(1f, bias, 0, into, to, gates);
    }

    /** Adds the signal at the inputs. @param dx [packed places, in], modified. */
    final void toInput(int places, float[] delta, int from, float[] dx) {
        Blas.nt(places, in, gates, delta, from * gates, gates, values(), first, gates, 1f, dx, 0, in);
    }

    /** The cell of a packed place; null where there are none. */
    float @Nullable [] cells() {
        return null;
    }
}
