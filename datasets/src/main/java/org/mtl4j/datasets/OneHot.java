package org.mtl4j.datasets;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.mtl4j.data.Input;

/**
 * Columns of text as features: one per numeric column, {@code age}; one per value of any other, {@code race@White}, 1 or
 * 0. The rare values of a column share one feature, {@code race@(rare)}. A value that the rows it was fitted on never show
 * is 0 in all.
 */
final class OneHot {

    private static final String RARE = "(rare)";
    private static final int NONE = -1;

    /**
     * Where a column goes.
     *
     * @param column its position among the cells of a row
     * @param number the feature of its number, or {@link #NONE}
     * @param values the feature of each value that is not rare
     * @param rare the feature of all other values, or {@link #NONE}
     */
    private record Place(int column, int number, Map<String, Integer> values, int rare) {}

    private final List<Place> places = new ArrayList<>();
    private final List<String> features = new ArrayList<>();

    private OneHot() {}

    /**
     * The features of these rows.
     *
     * @param columns positions and names of the input columns
     * @param numeric which of them are numbers, by name
     * @param common a value of fewer rows than this is rare
     */
    static OneHot fit(List<List<String>> rows, Map<Integer, String> columns, List<String> numeric, int common) {
        OneHot coding = new OneHot();
        columns.forEach((column, name) -> {
            if (numeric.contains(name)) {
                coding.places.add(new Place(column, coding.add(name), Map.of(), NONE));
            } else {
                coding.places.add(coding.values(rows, column, name, common));
            }
        });
        return coding;
    }

    private int add(String feature) {
        features.add(feature);
        return features.size() - 1;
    }

    private Place values(List<List<String>> rows, int column, String name, int common) {
        Map<String, Integer> counts = new TreeMap<>();
        rows.forEach(row -> counts.merge(row.get(column), 1, Integer::sum));
        Map<String, Integer> values = new HashMap<>();
        counts.forEach((value, count) -> {
            if (count >= common) {
                values.put(value, add(name + "@" + value));
            }
        });
        int rare = values.size() < counts.size() ? add(name + "@" + RARE) : NONE;
        return new Place(column, NONE, values, rare);
    }

    /** The rows as features. */
    Input.Dense encode(List<List<String>> rows) {
        float[] encoded = new float[rows.size() * features.size()];
        int start = 0;
        for (List<String> row : rows) {
            for (Place place : places) {
                String cell = row.get(place.column());
                if (place.number() != NONE) {
                    encoded[start + place.number()] = Float.parseFloat(cell);
                    continue;
                }
                int feature = place.values().getOrDefault(cell, place.rare());
                if (feature != NONE) {
                    encoded[start + feature] = 1;
                }
            }
            start += features.size();
        }
        return Input.Dense.of(features, encoded);
    }
}
