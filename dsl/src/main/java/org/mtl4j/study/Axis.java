package org.mtl4j.study;

import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The values of one axis of a study: at least one, and none twice. */
public final class Axis {

    private Axis() {}

    /**
     * The values, checked.
     *
     * @param name the method that takes them
     * @param example a call that works
     * @throws IllegalArgumentException if there is none, or two print the same
     */
    public static <T> List<T> of(String name, List<T> values, String example) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException(
                    "%s(): the axis has no value.%nGive at least one: %s.".formatted(name, example));
        }
        Set<String> seen = new LinkedHashSet<>();
        for (T value : values) {
            if (!seen.add(value.toString())) {
                throw new IllegalArgumentException(
                        "%s(): %s stands there twice.%nName each value once.".formatted(name, value));
            }
        }
        return List.copyOf(values);
    }

    /** {@code 0.0003} rather than {@code 3.0E-4}. */
    public static String number(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
