package org.mtl4j.tensor;

/** A node with parameters of its own, which lie next to each other in {@link Parameters} from {@link #first} on. */
abstract class LayerNode extends Node {

    final Parameters parameters;
    /** The index of its first parameter. */
    final int first;
    /** The number of its parameters. */
    final int size;

    LayerNode(String name, int width, Node input, Parameters parameters, int size, int tasks) {
        super(name, width, input, true, tasks);
        this.parameters = parameters;
        this.first = parameters.grow(size);
        this.size = size;
    }

    /** Writes its gradient from the one combined signal of this many rows into {@link Parameters#gradient}. */
    abstract void gradient(int rows);

    /** Writes its gradient from the signal of one task's block; 0 without rows. @param into [size] from intoOff on. */
    abstract void taskGradient(Layout layout, int task, float[] into, int intoOff);
}
