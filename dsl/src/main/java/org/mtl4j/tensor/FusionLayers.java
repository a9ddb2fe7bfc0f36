package org.mtl4j.tensor;

import java.util.List;
import java.util.random.RandomGenerator;

/** Engine API. Records the layers that bring several representations together. */
public final class FusionLayers {

    private FusionLayers() {}

    /**
     * Records a dense layer on several inputs side by side, and fills it.
     *
     * @return [width], at each place where the inputs are series
     * @throws IllegalArgumentException if they have not the same places
     */
    public static Node joinedDense(
            Tape tape,
            String name,
            List<Node> inputs,
            JoinedDense layer,
            Initialiser initialiser,
            RandomGenerator random) {
        JoinedDenseNode node = new JoinedDenseNode(name, layer, inputs, tape.parameters(), tape.tasks());
        float[] values = tape.parameters().values();
        initialiser.fill(values, node.first, node.in, layer.width(), random);
        initialiser.fillBias(values, node.first + node.in * layer.width(), node.in, layer.width(), random);
        return tape.add(node);
    }

    /** Records a representation as features at each of several places; a series is itself. */
    public static Node asSeries(Tape tape, String name, Node input) {
        return input.shape instanceof Shape.Series
                ? input
                : tape.add(new AsSeriesNode(name, input, tape.parameters(), tape.tasks()));
    }
}
