package org.mtl4j.data;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.mtl4j.tensor.Shape;
import org.tribuo.classification.Label;
import org.tribuo.regression.Regressor;

/**
 * Makes targets at each place of a row: tags of words, next words, classes, depths and normals of pixels.
 *
 * <pre>{@code
 * data.with(PlaceTargets.tags(task("ner").spans(), tags))
 * }</pre>
 */
public final class PlaceTargets {

    private PlaceTargets() {}

    /**
     * A tag at each word or node; short rows are filled up without a label. Tags are numbered in sorted order.
     *
     * @param tags [rows][places], null at a place without a label
     */
    public static TargetColumn tags(Target<Label> target, List<? extends List<? extends @Nullable String>> tags) {
        int places = Math.max(1, tags.stream().mapToInt(List::size).max().orElse(1));
        TreeSet<String> names = new TreeSet<>();
        tags.forEach(row -> row.forEach(tag -> {
            if (tag != null) {
                names.add(tag);
            }
        }));
        List<String> classes = List.copyOf(names);
        float[] indices = none(tags.size() * places);
        for (int r = 0; r < tags.size(); r++) {
            for (int p = 0; p < tags.get(r).size(); p++) {
                String tag = tags.get(r).get(p);
                indices[r * places + p] = tag == null ? Float.NaN : classes.indexOf(tag);
            }
        }
        return PlaceClasses.of(target.name(), classes, places, indices);
    }

    /** The word that follows each word of a text; the last word of a row has none. @param texts {@link Inputs#tokens} */
    public static TargetColumn nextTokens(Target<Label> target, Input texts) {
        if (!(texts.shape() instanceof Shape.Tokens words)) {
            throw new IllegalArgumentException(
                    "nextTokens(\"%s\", ..): the input is %s, not words.%nGive an input of Inputs.tokens(..)."
                            .formatted(target.name(), texts.shape()));
        }
        int places = words.length();
        float[] indices = none(texts.rows() * places);
        for (int r = 0; r < texts.rows(); r++) {
            for (int p = 0; p + 1 < (int) texts.get(r, 0); p++) {
                indices[r * places + p] = texts.get(r, 1 + p + 1);
            }
        }
        return PlaceClasses.of(target.name(), texts.features(), places, indices);
    }

    /**
     * A class at each pixel.
     *
     * @param classes the class names, in index order
     * @param indices [rows][height * width], row by row of pixels, -1 for no label
     * @throws IllegalArgumentException if a row has another number of pixels, or an index is beyond the classes
     */
    public static TargetColumn pixels(Target<Label> target, List<String> classes, int[][] indices) {
        int places = places(target, indices.length == 0 ? 0 : indices[0].length);
        float[] values = none(indices.length * places);
        for (int r = 0; r < indices.length; r++) {
            sameLength(target, r, indices[r].length, places);
            for (int p = 0; p < places; p++) {
                int index = indices[r][p];
                if (index < -1 || index >= classes.size()) {
                    throw new IllegalArgumentException(
                            "Target '%s': row %d, pixel %d holds class index %d, but there are %d classes (0 to %d; -1 for no label).%nName every class, or correct the index."
                                    .formatted(target.name(), r, p, index, classes.size(), classes.size() - 1));
                }
                values[r * places + p] = index < 0 ? Float.NaN : index;
            }
        }
        return PlaceClasses.of(target.name(), classes, places, values);
    }

    /**
     * A depth at each pixel, in the user's unit.
     *
     * @param depths [rows][height * width]; 0, less or NaN where none was measured
     */
    public static TargetColumn depths(Target<Regressor> target, float[][] depths) {
        int places = places(target, depths.length == 0 ? 0 : depths[0].length);
        float[] values = new float[depths.length * places];
        for (int r = 0; r < depths.length; r++) {
            sameLength(target, r, depths[r].length, places);
            for (int p = 0; p < places; p++) {
                values[r * places + p] = depths[r][p] > 0 ? depths[r][p] : Float.NaN;
            }
        }
        return PlaceReals.of(target.name(), List.of("depth"), places, values);
    }

    /**
     * A surface normal at each pixel.
     *
     * @param normals [rows][3 * height * width], component by component as the channels of an image; three zeros where none
     *     was measured
     */
    public static TargetColumn normals(Target<Regressor> target, float[][] normals) {
        int places = places(target, normals.length == 0 ? 0 : normals[0].length / 3);
        float[] values = new float[normals.length * places * 3];
        for (int r = 0; r < normals.length; r++) {
            sameLength(target, r, normals[r].length, 3 * places);
            float[] row = normals[r];
            for (int p = 0; p < places; p++) {
                boolean measured = row[p] != 0 || row[places + p] != 0 || row[2 * places + p] != 0;
                for (int c = 0; c < 3; c++) {
                    values[(r * places + p) * 3 + c] = measured ? row[c * places + p] : Float.NaN;
                }
            }
        }
        return PlaceReals.of(target.name(), List.of("x", "y", "z"), places, values);
    }

    private static int places(Target<?> target, int places) {
        if (places < 1) {
            throw new IllegalArgumentException(
                    "Target '%s' has no place.%nGive at least one row with at least one.".formatted(target.name()));
        }
        return places;
    }

    private static void sameLength(Target<?> target, int row, int found, int wanted) {
        if (found != wanted) {
            throw new IllegalArgumentException(
                    "Target '%s': row %d has %d numbers, but row 0 has %d.%nGive every row as many."
                            .formatted(target.name(), row, found, wanted));
        }
    }

    private static float[] none(int n) {
        float[] none = new float[n];
        Arrays.fill(none, Float.NaN);
        return none;
    }

    /** No place beyond a row's own length has a label, and some input has as many places. */
    static void check(MultiTaskData data, TargetColumn column) {
        for (String name : data.inputs()) {
            Input input = data.input(name);
            Places places = new Places(input.shape());
            if (input.shape().positions() == column.places()) {
                for (int r = 0; r < data.rows(); r++) {
                    int row = r;
                    int own = places.count(input, r);
                    int beyond = IntStream.range(own, column.places())
                            .filter(p -> column.isLabelled(row, p))
                            .findFirst()
                            .orElse(-1);
                    if (beyond >= 0) {
                        throw new IllegalArgumentException(
                                "Target '%s': row %d has a label at place %d, but input '%s' has only %d places there.%nGive a label for each place that the row has."
                                        .formatted(column.name(), r, beyond, name, own));
                    }
                }
                return;
            }
        }
    }
}
