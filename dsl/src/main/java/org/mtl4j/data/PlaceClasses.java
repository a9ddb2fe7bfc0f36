package org.mtl4j.data;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A class at each place of a row (token, node, pixel), or none; or a sequence of words of a length of its own. {@link
 * PlaceTargets} and {@link SequenceTargets} make them. Immutable.
 */
public final class PlaceClasses implements TargetColumn {

    /** What its places are those of. */
    public enum Along {
        /** Those of an input: a class for each. */
        AN_INPUT,
        /** Its own: words one after another, the last of which is {@link SequenceTargets#END}. */
        ITSELF
    }

    private final Along along;
    private final String name;
    private final List<String> classes;
    private final int places;
    private final float[] indices;

    private PlaceClasses(Along along, String name, List<String> classes, int places, float[] indices) {
        this.along = along;
        this.name = name;
        this.classes = classes;
        this.places = places;
        this.indices = indices;
    }

    /**
     * Engine API. A column of classes at places.
     *
     * @param classes the class names, in index order
     * @param indices [rows, places], the class's index, NaN for no label; kept, not copied
     */
    static PlaceClasses of(String name, List<String> classes, int places, float[] indices) {
        return new PlaceClasses(Along.AN_INPUT, name, List.copyOf(classes), places, indices);
    }

    /** Engine API. The same of sequences, each with {@link SequenceTargets#END} behind its words. */
    static PlaceClasses sequences(String name, List<String> classes, int places, float[] indices) {
        return new PlaceClasses(Along.ITSELF, name, List.copyOf(classes), places, indices);
    }

    /** What its places are those of. */
    public Along along() {
        return along;
    }

    /** How many places of a row carry a class. */
    public int count(int row) {
        return (int) IntStream.range(0, places)
                .filter(place -> isLabelled(row, place))
                .count();
    }

    /**
     * Engine API. The same sequences with as many places a row, the end of a sequence included.
     *
     * @throws IllegalArgumentException if one is longer
     */
    public PlaceClasses fit(int wanted) {
        if (wanted == places) {
            return this;
        }
        float[] fitted = new float[rows() * wanted];
        Arrays.fill(fitted, Float.NaN);
        for (int r = 0; r < rows(); r++) {
            int count = count(r);
            if (count > wanted) {
                throw new IllegalArgumentException(
                        "Task '%s': row %d holds a sequence of %d words, but the decoder writes up to %d.%nDeclare decoder(..).longest(%d), or cut the sequence."
                                .formatted(name, r, count - 1, wanted - 1, count - 1));
            }
            System.arraycopy(indices, r * places, fitted, r * wanted, count);
        }
        return new PlaceClasses(along, name, classes, wanted, fitted);
    }

    /** The class names, in index order. */
    public List<String> classes() {
        return classes;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int width() {
        return places;
    }

    @Override
    public int rows() {
        return indices.length / places;
    }

    @Override
    public int places() {
        return places;
    }

    @Override
    public boolean isLabelled(int row) {
        return IntStream.range(0, places).anyMatch(place -> isLabelled(row, place));
    }

    @Override
    public boolean isLabelled(int row, int place) {
        return !Float.isNaN(indices[row * places + place]);
    }

    @Override
    public float get(int row, int column) {
        return indices[row * places + column];
    }

    @Override
    public int labelled() {
        return (int) IntStream.range(0, rows()).filter(this::isLabelled).count();
    }

    @Override
    public PlaceClasses select(int[] rows) {
        return new PlaceClasses(along, name, classes, places, Rows.select(indices, places, rows));
    }

    @Override
    public PlaceClasses keep(BitSet rows) {
        return new PlaceClasses(along, name, classes, places, Rows.keep(indices, places, rows));
    }

    PlaceClasses with(float[] other) {
        return new PlaceClasses(along, name, classes, places, other);
    }
}
