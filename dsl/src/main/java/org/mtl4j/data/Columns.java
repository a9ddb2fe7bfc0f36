package org.mtl4j.data;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.mtl4j.data.TargetColumn.Classes;
import org.mtl4j.data.TargetColumn.Marks;
import org.mtl4j.data.TargetColumn.Reals;

/** Makes inputs and target columns of Java arrays. */
final class Columns {

    private Columns() {}

    static Input.Dense dense(double[][] x) {
        float[][] rows = new float[x.length][];
        for (int r = 0; r < x.length; r++) {
            rows[r] = narrow(x[r]);
        }
        return dense(rows);
    }

    static Input.Dense dense(float[][] x) {
        int width = width("features", x);
        float[] values = new float[x.length * width];
        for (int r = 0; r < x.length; r++) {
            System.arraycopy(x[r], 0, values, r * width, width);
        }
        List<String> names = IntStream.range(0, width).mapToObj(i -> "x" + i).toList();
        return Input.Dense.of(names, values);
    }

    /** Classes by name, numbered in {@link #sorted} order; null for no label. */
    static Classes classes(String target, @Nullable String[] values) {
        List<String> classes =
                sorted(Stream.of(values).filter(Objects::nonNull).distinct().toList());
        return classes(target, classes, Arrays.asList(values));
    }

    /** Classes by name, numbered in the given order; null for no label. */
    static Classes classes(String target, List<String> classes, List<@Nullable String> values) {
        Map<String, Integer> numbers = new HashMap<>();
        classes.forEach(name -> numbers.put(name, numbers.size()));
        return Classes.of(
                target,
                classes,
                values.stream()
                        .mapToInt(value -> value == null ? -1 : Objects.requireNonNull(numbers.get(value)))
                        .toArray());
    }

    /** Classes by number; the classes are 0 to the greatest number. */
    static Classes classes(String target, int[] values) {
        int greatest = Arrays.stream(values).max().orElse(-1);
        List<String> classes =
                IntStream.rangeClosed(0, greatest).mapToObj(String::valueOf).toList();
        return Classes.of(target, classes, values.clone());
    }

    /** Labels by name, numbered in {@link #sorted} order; null for a row of which nothing is known. */
    static Marks marks(String target, List<? extends @Nullable Collection<String>> rows) {
        List<String> labels = sorted(rows.stream()
                .flatMap(row -> row == null ? Stream.of() : row.stream())
                .distinct()
                .toList());
        float[] values = new float[rows.size() * labels.size()];
        for (int r = 0; r < rows.size(); r++) {
            Collection<String> row = rows.get(r);
            for (int l = 0; l < labels.size(); l++) {
                values[r * labels.size() + l] = row == null ? Float.NaN : row.contains(labels.get(l)) ? 1 : 0;
            }
        }
        return Marks.of(target, labels, values);
    }

    static Marks marks(String target, List<String> labels, double[][] values) {
        Reals flat = reals(target, values);
        if (flat.width() != labels.size()) {
            throw new IllegalArgumentException(
                    "Target '%s': %d labels %s, but rows of %d values.\nGive a value per label."
                            .formatted(target, labels.size(), labels, flat.width()));
        }
        float[] marks = new float[flat.rows() * flat.width()];
        for (int i = 0; i < marks.length; i++) {
            marks[i] = flat.get(i / flat.width(), i % flat.width());
        }
        return Marks.of(target, labels, marks);
    }

    static Reals reals(String target, double[] values) {
        return Reals.of(target, dimensions(1), narrow(values));
    }

    static Reals reals(String target, double[][] values) {
        float[][] rows = new float[values.length][];
        for (int r = 0; r < rows.length; r++) {
            rows[r] = narrow(values[r]);
        }
        int width = width("target '" + target + "'", rows);
        float[] flat = new float[rows.length * width];
        for (int r = 0; r < rows.length; r++) {
            System.arraycopy(rows[r], 0, flat, r * width, width);
        }
        return Reals.of(target, dimensions(width), flat);
    }

    /** The names that Tribuo gives to dimensions without one: DIM-0, DIM-1, ... */
    static List<String> dimensions(int width) {
        return IntStream.range(0, width).mapToObj(i -> "DIM-" + i).toList();
    }

    /** Class names in the order of their numbers: by value if all are numbers, else by character. */
    static List<String> sorted(Collection<String> names) {
        List<String> sorted = new ArrayList<>(names);
        boolean numbers = sorted.stream().allMatch(name -> name.matches("-?[0-9]{1,30}(\\.[0-9]{1,30})?"));
        sorted.sort(
                numbers
                        ? Comparator.<String, BigDecimal>comparing(BigDecimal::new)
                                .thenComparing(Comparator.naturalOrder())
                        : Comparator.naturalOrder());
        return List.copyOf(sorted);
    }

    private static int width(String what, float[][] rows) {
        int width = rows.length == 0 ? 0 : rows[0].length;
        if (width == 0) {
            throw new IllegalArgumentException("The array of %s holds no %s.\nGive at least one row with one number."
                    .formatted(what, rows.length == 0 ? "rows" : "columns"));
        }
        for (int r = 0; r < rows.length; r++) {
            if (rows[r].length != width) {
                throw new IllegalArgumentException(
                        "The array of %s is ragged: row %d holds %d numbers, row 0 holds %d.\nGive every row as many."
                                .formatted(what, r, rows[r].length, width));
            }
        }
        return width;
    }

    private static float[] narrow(double[] values) {
        float[] narrow = new float[values.length];
        for (int i = 0; i < narrow.length; i++) {
            narrow[i] = (float) values[i];
        }
        return narrow;
    }
}
