package org.mtl4j.tensor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which nodes of a tape hang on an input. Mutable: sought once an input, until the tape grows. */
final class Downstream {

    private final Map<String, List<Node>> found = new HashMap<>();

    /** Forgets what was found, for a tape that has grown. */
    void clear() {
        found.clear();
    }

    /**
     * The inputs of this name and all that reads them, directly or not.
     *
     * @param tape each node after the ones that it reads; so are those of the answer
     */
    List<Node> of(String input, List<Node> tape) {
        return found.computeIfAbsent(input, name -> seek(name, tape));
    }

    private static List<Node> seek(String name, List<Node> tape) {
        Set<Node> reached = new HashSet<>();
        List<Node> inOrder = new ArrayList<>();
        for (Node node : tape) {
            boolean begins = node instanceof InputNode && node.name.equals(name);
            if (begins || node.inputs.stream().anyMatch(reached::contains)) {
                reached.add(node);
                inOrder.add(node);
            }
        }
        if (inOrder.isEmpty()) {
            List<String> inputs = tape.stream()
                    .filter(InputNode.class::isInstance)
                    .map(Node::name)
                    .distinct()
                    .toList();
            throw new IllegalArgumentException("No input '%s' in the net; there are %s.%nName one of them."
                    .formatted(name, String.join(", ", inputs)));
        }
        return List.copyOf(inOrder);
    }
}
