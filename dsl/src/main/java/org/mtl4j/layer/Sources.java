package org.mtl4j.layer;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.Shape;

/** Engine API. The named inputs of a net that is being recorded: what an {@link Encoder} reads. Immutable. */
public final class Sources {

    private final Map<String, Node> nodes;

    private Sources(Map<String, Node> nodes) {
        this.nodes = Collections.unmodifiableMap(new LinkedHashMap<>(nodes));
    }

    /** These inputs, in order. */
    public static Sources of(Map<String, Node> nodes) {
        return new Sources(nodes);
    }

    /** This node alone. */
    public static Sources of(Node node) {
        return new Sources(Map.of(node.name(), node));
    }

    /** All of them, by name, in order. */
    public Map<String, Node> all() {
        return nodes;
    }

    /**
     * The one input of an encoder that reads one.
     *
     * @throws IllegalArgumentException if the data have several
     */
    public Node only(Object encoder) {
        if (nodes.size() != 1) {
            throw new IllegalArgumentException(
                    "Encoder %s: it reads one input, but the data have %d: %s.%nGive data with one input, or join encoders with fusion()."
                            .formatted(encoder, nodes.size(), String.join(", ", nodes.keySet())));
        }
        return nodes.values().iterator().next();
    }

    /**
     * The one input of an encoder that reads one of this shape.
     *
     * @param wanted what it takes in words, {@code an image}
     * @throws IllegalArgumentException if the data have several, or one of another shape
     */
    public Node only(Object encoder, Class<? extends Shape> shape, String wanted) {
        Node input = only(encoder);
        boolean fits = input.given() instanceof Shape.Graph
                ? shape.equals(Shape.Graph.class)
                : shape.isInstance(input.shape());
        if (!fits) {
            throw new IllegalArgumentException(
                    "Encoder %s: it takes %s, but input '%s' of the data is %s.%nGive the data such an input, or take an encoder for what they have."
                            .formatted(encoder, wanted, input.name(), words(input.given())));
        }
        return input;
    }

    /** These inputs but with this one alone. */
    public Sources only(String name) {
        Node node = nodes.get(name);
        if (node == null) {
            throw new IllegalArgumentException("No input '%s' in the data; there are %s.%nName one of them."
                    .formatted(name, String.join(", ", nodes.keySet())));
        }
        return new Sources(Map.of(name, node));
    }

    /** A shape with what it is: {@code features, 12}. */
    public static String words(Shape shape) {
        if (shape instanceof Shape.Vector) {
            return "features, " + shape;
        } else if (shape instanceof Shape.Image) {
            return "an image, " + shape;
        } else if (shape instanceof Shape.Series) {
            return "a series, " + shape;
        } else if (shape instanceof Shape.Graph) {
            return "a " + shape;
        }
        return shape.toString();
    }
}
