package org.mtl4j.fitted;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.mtl4j.tensor.Parameter;
import org.mtl4j.tensor.Parameters;

/**
 * Parameters of a whole net by name, from outside: weights [in, out], biases [1, out]. Immutable.
 *
 * @param source where they come from, in words: a file's name
 * @param matrices by the parameter's name
 */
public record Weights(String source, Map<String, Matrix> matrices) {

    public Weights {
        matrices = Collections.unmodifiableMap(new LinkedHashMap<>(matrices));
    }

    /**
     * Engine API. Sets all parameters, or none.
     *
     * @throws IllegalArgumentException if one is missing, extra or of another shape; the message names all of them
     */
    public void setAll(Parameters into) {
        List<Shape> wanted = into.list().stream()
                .map(p -> new Shape(p.name(), p.rows(), p.columns()))
                .toList();
        require(wanted);
        for (Parameter parameter : into.list()) {
            into.set(parameter, get(parameter.name()).toArray());
        }
    }

    /** These parameters in the order of those that they are to replace. */
    List<Matrix> inPlaceOf(List<Matrix> others) {
        require(others.stream()
                .map(m -> new Shape(m.name(), m.rows(), m.columns()))
                .toList());
        return others.stream().map(other -> get(other.name())).toList();
    }

    private Matrix get(String name) {
        Matrix matrix = matrices.get(name);
        if (matrix == null) {
            throw new IllegalStateException("No parameter '%s'.".formatted(name));
        }
        return matrix;
    }

    private record Shape(String name, int rows, int columns) {
        @Override
        public String toString() {
            return name + " [" + rows + ", " + columns + "]";
        }
    }

    private void require(List<Shape> wanted) {
        List<String> faults = new ArrayList<>();
        boolean transposed = false;
        for (Shape shape : wanted) {
            Matrix found = matrices.get(shape.name());
            if (found == null) {
                faults.add("there is no " + shape);
            } else if (found.rows() != shape.rows() || found.columns() != shape.columns()) {
                faults.add("%s should be [%d, %d]".formatted(found, shape.rows(), shape.columns()));
                transposed |= found.rows() == shape.columns() && found.columns() == shape.rows();
            }
        }
        List<String> names = wanted.stream().map(Shape::name).toList();
        matrices.values().stream()
                .filter(matrix -> !names.contains(matrix.name()))
                .forEach(matrix -> faults.add("the net has no " + matrix));
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException("Parameters of '%s': %s.%n%s"
                    .formatted(
                            source,
                            String.join("; ", faults),
                            transposed
                                    ? "Weights are [in, out]: transpose those of a PyTorch Linear, which are [out, in]."
                                    : "Give one array for each of " + listed(wanted) + "."));
        }
    }

    private static String listed(List<Shape> shapes) {
        return shapes.stream().map(Shape::toString).collect(Collectors.joining(", "));
    }

    /** The parameters, one a line. */
    @Override
    public String toString() {
        return source + ": " + matrices.values().stream().map(Matrix::toString).collect(Collectors.joining(", "));
    }
}
