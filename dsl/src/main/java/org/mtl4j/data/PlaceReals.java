package org.mtl4j.data;

import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/** One or more numbers at each place of a row (node, pixel), or none. {@link PlaceTargets} makes them. Immutable. */
public final class PlaceReals implements TargetColumn {

    private final String name;
    private final List<String> dimensions;
    private final int places;
    private final float[] values;

    private PlaceReals(String name, List<String> dimensions, int places, float[] values) {
        this.name = name;
        this.dimensions = dimensions;
        this.places = places;
        this.values = values;
    }

    /**
     * Engine API. A column of numbers at places.
     *
     * @param dimensions one name per number of a place
     * @param values [rows, places, dimensions], NaN for no label; kept, not copied
     */
    static PlaceReals of(String name, List<String> dimensions, int places, float[] values) {
        return new PlaceReals(name, List.copyOf(dimensions), places, values);
    }

    /** One name per number of a place. */
    public List<String> dimensions() {
        return dimensions;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int width() {
        return places * dimensions.size();
    }

    @Override
    public int rows() {
        return values.length / width();
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
        return !Float.isNaN(get(row, place * dimensions.size()));
    }

    @Override
    public float get(int row, int column) {
        return values[row * width() + column];
    }

    @Override
    public int labelled() {
        return (int) IntStream.range(0, rows()).filter(this::isLabelled).count();
    }

    @Override
    public PlaceReals select(int[] rows) {
        return new PlaceReals(name, dimensions, places, Rows.select(values, width(), rows));
    }

    @Override
    public PlaceReals keep(BitSet rows) {
        return new PlaceReals(name, dimensions, places, Rows.keep(values, width(), rows));
    }

    PlaceReals with(float[] other) {
        return new PlaceReals(name, dimensions, places, other);
    }
}
