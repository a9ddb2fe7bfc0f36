package org.mtl4j.fitted;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.mtl4j.bytes.ByteReader;
import org.mtl4j.bytes.ByteWriter;

/**
 * Frozen values (sharing strategies, encoders, layers, shapes) as plain data: the name of a record of {@link Catalogue#RECORDS}
 * and its components, which are numbers, texts, choices, lists and such records again.
 *
 * <p>Reading makes records of that list only, by their own constructors, which check what they are given.
 */
final class RecordForm {

    private RecordForm() {}

    /** @throws IllegalArgumentException if it is, or holds, something that has no form in a file */
    static void write(ByteWriter out, Object value) {
        if (value instanceof Integer number) {
            out.text("int");
            out.integer(number);
        } else if (value instanceof Double number) {
            out.text("real");
            out.real(number);
        } else if (value instanceof String text) {
            out.text("text");
            out.text(text);
        } else if (value instanceof List<?> list) {
            out.text("list");
            out.list(list, RecordForm::write);
        } else if (value instanceof Enum<?> choice && Catalogue.CHOICES.contains(choice.getDeclaringClass())) {
            out.text("choice");
            out.text(name(choice.getDeclaringClass()));
            out.text(choice.name());
        } else if (value instanceof Record && Catalogue.RECORDS.contains(value.getClass())) {
            out.text("record");
            out.text(name(value.getClass()));
            out.list(components(value), RecordForm::write);
        } else {
            throw new IllegalArgumentException(
                    "%s has no form in a file.\nKeep the recipe's lines and train again, or keep run.sameDiff() or run.saveNpz(file), which hold its parameters."
                            .formatted(value));
        }
    }

    private static List<Object> components(Object value) {
        return Arrays.stream(value.getClass().getRecordComponents())
                .map(component -> component(component, value))
                .toList();
    }

    private static Object component(RecordComponent component, Object value) {
        try {
            return component.getAccessor().invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "Component '%s' of %s cannot be read.".formatted(component.getName(), value), e);
        }
    }

    /** @throws IllegalArgumentException if the bytes hold something else */
    static <T> T read(ByteReader in, Class<T> wanted) {
        Object value = read(in);
        if (!wanted.isInstance(value)) {
            throw NetForm.damaged("it holds %s where %s is wanted".formatted(value, wanted.getSimpleName()));
        }
        return wanted.cast(value);
    }

    private static Object read(ByteReader in) {
        String kind = in.text();
        return switch (kind) {
            case "int" -> in.integer();
            case "real" -> in.real();
            case "text" -> in.text();
            case "list" -> in.list(RecordForm::read);
            case "choice" -> choice(in.text(), in.text());
            case "record" -> record(in.text(), in.list(RecordForm::read));
            default -> throw Catalogue.unknown("kind of value", kind);
        };
    }

    private static Object choice(String type, String name) {
        Class<? extends Enum<?>> found = named(Catalogue.CHOICES, "choice", type);
        return Arrays.stream(found.getEnumConstants())
                .filter(constant -> constant.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Catalogue.unknown(type, name));
    }

    private static Object record(String type, List<Object> components) {
        Class<? extends Record> found = named(Catalogue.RECORDS, "part", type);
        Class<?>[] types = Arrays.stream(found.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            Constructor<? extends Record> constructor = found.getDeclaredConstructor(types);
            return constructor.newInstance(components.toArray());
        } catch (InvocationTargetException e) {
            IllegalArgumentException damaged =
                    NetForm.damaged("%s cannot be made of %s".formatted(type, words(components)));
            damaged.initCause(e.getCause());
            throw damaged;
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            IllegalArgumentException damaged =
                    NetForm.damaged("%s is not made of %s".formatted(type, words(components)));
            damaged.initCause(e);
            throw damaged;
        }
    }

    private static String words(List<Object> components) {
        return components.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    private static <C extends Class<?>> C named(List<C> types, String kind, String name) {
        return types.stream()
                .filter(type -> name(type).equals(name))
                .findFirst()
                .orElseThrow(() -> Catalogue.unknown(kind, name));
    }

    /** {@code Shape.Image}, {@code Mlp}: the name below its package. */
    private static String name(Class<?> type) {
        return type.getName().substring(type.getPackageName().length() + 1).replace('$', '.');
    }
}
