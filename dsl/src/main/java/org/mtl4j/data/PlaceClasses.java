package org.mtl4j.data;

import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/** A class at each place of a row (token, node, pixel), or none. {@link PlaceTargets} makes them. Immutable. */
public final class PlaceClasses implements TargetColumn {

    private final String name;
    private final List<String> classes;
    private final int places;
    private final float[] indices;

    private PlaceClasses(String name, List<String> classes, int places, float[] indices) {
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
        return new PlaceClasses(name, List.copyOf(classes), places, indices);
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
        return new PlaceClasses(name, classes, places, Rows.select(indices, places, rows));
    }

    @Override
    public PlaceClasses keep(BitSet rows) {
        return new PlaceClasses(name, classes, places, Rows.keep(indices, places, rows));
    }

    PlaceClasses with(float[] other) {
        return new PlaceClasses(name, classes, places, other);
    }
}
