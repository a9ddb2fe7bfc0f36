package org.mtl4j.tensor;

import org.jspecify.annotations.Nullable;

/**
 * Mutable, reused: one block of signals at a node, and where the signals of its inputs lie. Rows count from 0 within the
 * block.
 *
 * <p>What a kernel writes to an input's signal it adds: {@link BlockNode} has zeroed what no other consumer wrote to.
 */
final class Block {

    private final Node node;
    private final int[] inputRow;
    private int rows;
    private int first;
    private int @Nullable [] index;

    Block(Node node) {
        this.node = node;
        this.inputRow = new int[node.inputs.size()];
    }

    /** Lays it at a block of a layout. */
    void at(Layout layout, int block) {
        rows = layout.rows(block);
        first = node.row(layout, block);
        index = layout.index(block);
        for (int i = 0; i < inputRow.length; i++) {
            inputRow[i] = node.inputs.get(i).row(layout, block);
        }
    }

    /** The number of rows. */
    int rows() {
        return rows;
    }

    /** The batch row of a row: where its values lie. */
    int batchRow(int row) {
        return index == null ? row : index[row];
    }

    /** The batch row of each row; null if they are the same. */
    int @Nullable [] index() {
        return index;
    }

    /** The place of a row in the stack: for buffers that a node keeps per block, as long as its signal has rows. */
    int slot(int row) {
        return first + row;
    }

    /** Where a row of the node's own signal begins. */
    int signalAt(int row) {
        return (first + row) * node.width;
    }

    /** Whether an input needs a signal. */
    boolean needs(int input) {
        return node.inputs.get(input).differentiable;
    }

    /** The signal of an input that needs one, to be added to. */
    float[] below(int input) {
        return node.inputs.get(input).signal;
    }

    /** Where a row of an input's signal begins. */
    int belowAt(int input, int row) {
        return (inputRow[input] + row) * node.inputs.get(input).width;
    }
}
