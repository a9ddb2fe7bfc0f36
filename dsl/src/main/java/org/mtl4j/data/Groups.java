package org.mtl4j.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A column that says which rows belong together, such as the day of each hour or the patient of each visit. A split
 * {@linkplain Split#by by} it never divides a group. It is not an input.
 */
public final class Groups {

    private final String name;
    private final List<String> keys;
    private final int[] indices;

    private Groups(String name, List<String> keys, int[] indices) {
        this.name = name;
        this.keys = keys;
        this.indices = indices;
    }

    /**
     * Groups from the key of each row, numbered in order of appearance.
     *
     * @param keys [rows]
     */
    public static Groups of(String name, List<String> keys) {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        int[] indices = new int[keys.size()];
        for (int r = 0; r < indices.length; r++) {
            Integer seen = numbers.putIfAbsent(keys.get(r), numbers.size());
            indices[r] = seen == null ? numbers.size() - 1 : seen;
        }
        return new Groups(name, List.copyOf(numbers.keySet()), indices);
    }

    /** The column's name. */
    public String name() {
        return name;
    }

    /** The key of each group. */
    public List<String> keys() {
        return keys;
    }

    /** The number of rows. */
    public int rows() {
        return indices.length;
    }

    /** The position among {@link #keys()} of a row's group. */
    public int index(int row) {
        return indices[row];
    }

    /** The key of a row's group. */
    public String key(int row) {
        return keys.get(indices[row]);
    }

    Groups select(int[] rows) {
        List<String> selected = new ArrayList<>(rows.length);
        for (int row : rows) {
            selected.add(key(row));
        }
        return of(name, selected);
    }

    Groups followedBy(Groups other) {
        List<String> all = new ArrayList<>(rows() + other.rows());
        for (int r = 0; r < rows(); r++) {
            all.add(key(r));
        }
        for (int r = 0; r < other.rows(); r++) {
            all.add(other.key(r));
        }
        return of(name, all);
    }
}
