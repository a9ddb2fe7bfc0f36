package org.mtl4j.tensor;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A node that may have parameters of its own, which lie next to each other in {@link Parameters} from {@link #first} on.
 */
abstract class LayerNode extends Node {

    final Parameters parameters;
    /** The index of its first parameter. */
    final int first;
    /** The number of its parameters. */
    final int size;

    LayerNode(String name, Shape shape, List<Node> inputs, Parameters parameters, int size, int tasks) {
        super(
                name,
                shape,
                shape.size(),
                inputs,
                size > 0 || inputs.stream().anyMatch(input -> input.differentiable),
                tasks);
        this.parameters = parameters;
        this.first = parameters.grow(size);
        this.size = size;
    }

    /** A node that a signal always reaches, since others hold parameters of its kernel. */
    LayerNode(String name, Shape shape, List<Node> inputs, Tape tape, int size) {
        super(name, shape, shape.size(), inputs, true, tape.tasks());
        this.parameters = tape.parameters();
        this.first = parameters.grow(size);
        this.size = size;
    }

    @Override
    List<LayerEntry> entries() {
        Set<Integer> tasks = reach.stream().boxed().collect(Collectors.toSet());
        return size == 0 ? List.of() : List.of(entry(name, shape, size, tasks));
    }

    /** Writes its gradient from the one combined signal into {@link Parameters#gradient}. */
    abstract void gradient(Layout combined);

    /** Writes its gradient from the signal of one task's block; 0 without rows. @param into [size] from intoOff on. */
    abstract void taskGradient(Layout layout, int task, float[] into, int intoOff);
}
