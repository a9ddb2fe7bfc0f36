package org.mtl4j.tensor;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * gamma and beta of one task in a {@link BatchNorm#perTask} layer: parameters that this task alone reaches. The layer itself
 * computes with them; this node holds them and forms their gradient.
 */
final class TaskAffineNode extends LayerNode {

    private final BatchNormNode norm;
    private final int slab;
    private final Block block;

    TaskAffineNode(String name, BatchNormNode norm, int slab, Tape tape) {
        super(name, norm.shape, List.of(), tape.parameters(), norm.affineSize(), tape.tasks());
        this.norm = norm;
        this.slab = slab;
        this.block = new Block(norm);
        norm.hold(slab, name, first);
    }

    @Override
    void reach(int task) {
        if (task == slab) {
            reach.set(task);
        }
    }

    @Override
    void reserve(int batch, int blocks) {
        // it has neither value nor signal
    }

    @Override
    List<LayerEntry> entries() {
        return List.of(new LayerEntry(name, List.of(norm.below().shape), shape, size, Set.of(slab), false));
    }

    @Override
    void forward(int rows, Pass pass) {
        // the layer computes with its numbers
    }

    @Override
    void propagate(Layout layout) {
        // the layer's signal goes down through the layer
    }

    @Override
    void gradient(Layout combined) {
        taskGradient(combined, 0, parameters.gradient(), first);
    }

    @Override
    void taskGradient(Layout layout, int task, float[] into, int intoOff) {
        Arrays.fill(into, intoOff, intoOff + size, 0f);
        if (layout.rows(task) > 0) {
            block.at(layout, task);
            norm.gradient(block, slab, into, intoOff);
        }
    }
}
