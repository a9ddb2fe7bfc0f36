package org.mtl4j.jupyter;

import java.lang.reflect.Field;
import java.util.Optional;

/**
 * Reads what a kernel's comm manager keeps from its subclasses: the channel that outputs go to and the message that the
 * running cell answers.
 *
 * <p>The one place that reaches past a kernel's public API. Both kernels drop what is shown after a cell has ended, and an
 * interrupt ends the cell before the training can say what it kept; with these two the last line still reaches its cell.
 */
final class CommFields {

    private CommFields() {}

    /** The field's value; empty in a kernel that has no such field or has not set it. */
    static Optional<Object> read(Object commManager, String name) {
        for (Class<?> type = commManager.getClass(); type != null; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (field.getName().equals(name) && field.trySetAccessible()) {
                    return value(field, commManager);
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Object> value(Field field, Object owner) {
        try {
            return Optional.ofNullable(field.get(owner));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("Field '" + field + "' was made accessible but cannot be read.", e);
        }
    }
}
