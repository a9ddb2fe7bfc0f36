package org.mtl4j.train;

/**
 * The loss of one task as a function of a few parameters, with its gradient: a task without data and without a net. Two or
 * more of them make a landscape on which balancers can be watched.
 *
 * <pre>{@code
 * surface("near", (x, slope) -> {
 *     slope[0] = 2 * (x[0] - 1);
 *     slope[1] = 2 * x[1];
 *     return (x[0] - 1) * (x[0] - 1) + x[1] * x[1];
 * })
 * }</pre>
 *
 * @param name the task's name
 * @param formula the loss and its gradient
 */
public record Surface(String name, Formula formula) {

    /** Answers a loss and writes its gradient. It is called by several threads at once, so it keeps nothing. */
    @FunctionalInterface
    public interface Formula {
        /**
         * The loss at a place.
         *
         * @param x [parameters], not modified
         * @param slope [parameters], overwritten: the derivatives by x
         */
        double at(double[] x, double[] slope);
    }

    public Surface {
        if (name.isBlank()) {
            throw new IllegalArgumentException(
                    "surface(\"%s\", ..): it has no name.%nName it as its task shall stand in tables: surface(\"near\", (x, slope) -> ..)."
                            .formatted(name));
        }
    }

    @Override
    public String toString() {
        return "surface(\"" + name + "\")";
    }
}
