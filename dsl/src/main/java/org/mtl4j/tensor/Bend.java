package org.mtl4j.tensor;

/** The elementwise activation at the end of a node's kernel: f of its value, and f' times its signal, in place. */
final class Bend {

    private final Node node;
    private final Activation f;
    private float[] before = new float[0];
    private float[] scratch = new float[0];

    Bend(Node node, Activation f) {
        this.node = node;
        this.f = f;
    }

    void reserve(int batch) {
        before = new float[f.needsInput() ? batch * node.width : 0];
        scratch = new float[f instanceof Activation.Identity ? 0 : node.signal.length];
    }

    /** Takes f of one row of the value. */
    void forward(int row) {
        int at = row * node.width;
        if (f.needsInput()) {
            System.arraycopy(node.value, at, before, at, node.width);
        }
        ActivationKernels.elementwise(f, node.value, node.value, at, at + node.width);
    }

    /** Multiplies a block's signal by f'. */
    void backward(Block block) {
        if (!(f instanceof Activation.Identity)) {
            int from = block.signalAt(0);
            f.backward(before, node.value, block.index(), block.rows(), 1, node.width, node.signal, from, scratch);
        }
    }
}
