package org.mtl4j.tensor;

/** Checks of the numbers that layers are made of. */
final class Widths {

    private Widths() {}

    /** @throws IllegalArgumentException unless there is at least one */
    static void positive(String layer, int width) {
        atLeastOne(layer, width, "features");
    }

    /** @throws IllegalArgumentException unless there is at least one */
    static void atLeastOne(String layer, int number, String what) {
        if (number < 1) {
            throw new IllegalArgumentException(
                    "%s: %d %s.%nGive a positive number of them.".formatted(layer, number, what));
        }
    }
}
