package org.mtl4j.balance;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Which gradients a gradient method weighs the tasks by. The weights reach all shared parameters all the same.
 *
 * <p>The catalogue is the list of records below.
 */
public sealed interface Scope {

    /** Where nothing else is said. */
    Scope DEFAULT = new SharedParameters();

    /** Those of all shared parameters. */
    record SharedParameters() implements Scope {
        @Override
        public String toString() {
            return "";
        }
    }

    /**
     * Those of the shared representation, dL_i/dZ: one product a task instead of a pass through the encoder. What they
     * minimise bounds that of the parameters from above (Sener and Koltun 2018, section 3.3: MGDA-UB).
     */
    record Representation() implements Scope {
        @Override
        public String toString() {
            return ".atRepresentation()";
        }
    }

    /**
     * Those of some shared layers.
     *
     * @param names layers, {@code encoder.1}, or what the names of several begin with, {@code encoder}
     */
    record Layers(List<String> names) implements Scope {
        public Layers {
            names = List.copyOf(names);
            if (names.isEmpty()) {
                throw new IllegalArgumentException(
                        "atLayers(): no layer is named.\nName one or more: atLayers(\"encoder.1\").");
            }
        }

        /** Whether a layer is among them. */
        public boolean holds(String layer) {
            return names.stream().anyMatch(name -> layer.equals(name) || layer.startsWith(name + "."));
        }

        @Override
        public String toString() {
            return names.stream().map(name -> '"' + name + '"').collect(Collectors.joining(", ", ".atLayers(", ")"));
        }
    }
}
