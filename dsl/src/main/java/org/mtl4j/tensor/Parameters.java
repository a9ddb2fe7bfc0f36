package org.mtl4j.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Mutable: all parameters of a net and their gradient, each as one flat array, so that an optimiser is one loop.
 *
 * <p>Names are unique. Arrays grow while a tape is recorded and are fixed once it is reserved.
 */
public final class Parameters {

    private final List<Parameter> list = new ArrayList<>();
    private float[] values = new float[0];
    private float[] gradient = new float[0];

    /** Engine API. Adds room for n numbers and answers where it begins. */
    int grow(int n) {
        int offset = values.length;
        values = Arrays.copyOf(values, offset + n);
        gradient = Arrays.copyOf(gradient, offset + n);
        return offset;
    }

    /** Engine API. Names a part of the room. */
    Parameter name(String name, int rows, int columns, int offset, int stride) {
        Parameter parameter = new Parameter(name, rows, columns, offset, stride);
        list.add(parameter);
        return parameter;
    }

    /** Engine API. Adds one vector of parameters that no layer owns, such as a balancer's, with these values. */
    public Parameter addVector(String name, float[] initial) {
        int offset = grow(initial.length);
        System.arraycopy(initial, 0, values, offset, initial.length);
        return name(name, 1, initial.length, offset, initial.length);
    }

    /** All parameters, in the order of the tape. */
    public List<Parameter> list() {
        return Collections.unmodifiableList(list);
    }

    /**
     * The parameter of this name.
     *
     * @throws IllegalArgumentException if there is none; the message lists the names
     */
    public Parameter get(String name) {
        return list.stream()
                .filter(parameter -> parameter.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No parameter '%s'.%nThere are %s."
                        .formatted(name, list.stream().map(Parameter::name).toList())));
    }

    /** Engine API. The values themselves, not a copy. */
    public float[] values() {
        return values;
    }

    /** Engine API. The gradient itself, not a copy. */
    public float[] gradient() {
        return gradient;
    }

    /** A copy of one parameter's values, [rows, columns], row-major. */
    public float[] copyOf(Parameter parameter) {
        return copy(parameter, values);
    }

    /** A copy of one parameter's gradient, [rows, columns], row-major. */
    public float[] copyOfGradient(Parameter parameter) {
        return copy(parameter, gradient);
    }

    private static float[] copy(Parameter p, float[] from) {
        float[] copy = new float[p.size()];
        for (int r = 0; r < p.rows(); r++) {
            System.arraycopy(from, p.offset() + r * p.stride(), copy, r * p.columns(), p.columns());
        }
        return copy;
    }

    /**
     * Sets one parameter's values.
     *
     * @param numbers [rows, columns], row-major
     * @throws IllegalArgumentException if their number does not fit
     */
    public void set(Parameter p, float[] numbers) {
        if (numbers.length != p.size()) {
            throw new IllegalArgumentException("Parameter '%s' has shape [%d, %d]: %d numbers do not fit."
                    .formatted(p.name(), p.rows(), p.columns(), numbers.length));
        }
        for (int r = 0; r < p.rows(); r++) {
            System.arraycopy(numbers, r * p.columns(), values, p.offset() + r * p.stride(), p.columns());
        }
    }
}
