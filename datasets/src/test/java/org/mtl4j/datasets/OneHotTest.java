package org.mtl4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.mtl4j.data.Input;

class OneHotTest {

    private static final List<List<String>> ROWS = List.of(
            List.of("7", "x", "red", "a"),
            List.of("8", "x", "blue", "a"),
            List.of("9", "x", "red", "b"),
            List.of("10", "x", "green", "b"));

    private static final OneHot CODING =
            OneHot.fit(ROWS, new TreeMap<>(Map.of(0, "age", 2, "colour", 3, "kind")), List.of("age"), 2);

    private static float[] row(Input.Dense rows, int row) {
        float[] values = new float[rows.width()];
        rows.copyRow(row, values, 0);
        return values;
    }

    @Test
    void a_number_is_one_feature_and_a_category_one_per_value_with_the_rare_ones_together() {
        Input.Dense rows = CODING.encode(ROWS);
        assertThat(rows.features()).containsExactly("age", "colour@red", "colour@(rare)", "kind@a", "kind@b");
        assertThat(row(rows, 0)).containsExactly(7, 1, 0, 1, 0);
        assertThat(row(rows, 1)).containsExactly(8, 0, 1, 1, 0);
        assertThat(row(rows, 3)).containsExactly(10, 0, 1, 0, 1);
    }

    @Test
    void a_value_never_seen_is_rare_and_where_nothing_is_rare_it_is_zero_in_all() {
        Input.Dense rows = CODING.encode(List.of(List.of("1", "x", "pink", "c")));
        assertThat(row(rows, 0)).containsExactly(1, 0, 1, 0, 0);
    }
}
