package org.mtl4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mtl4j.data.TargetColumn.Classes;

class HoldoutTest {

    private static MultiTaskData rows(String... classes) {
        double[][] x = new double[classes.length][1];
        for (int r = 0; r < x.length; r++) {
            x[r][0] = r;
        }
        return MultiTaskData.dense(x).target(Targets.classes("kind"), classes);
    }

    private static String rowsOf(MultiTaskData data) {
        StringBuilder rows = new StringBuilder();
        for (int r = 0; r < data.rows(); r++) {
            rows.append((int) ((Input.Dense) data.input("features")).get(r, 0)).append(' ');
        }
        return rows.toString();
    }

    @Test
    void equal_seeds_hold_out_equal_rows_and_every_row_is_in_one_part() {
        MultiTaskData data = rows("a", "b", "a", "b", "a", "b", "a", "b", "a", "b");
        Holdout one = Holdout.of(data, 0.3, 5);
        assertThat(one.kept().rows()).isEqualTo(7);
        assertThat(one.heldOut().rows()).isEqualTo(3);
        assertThat(rowsOf(Holdout.of(data, 0.3, 5).heldOut())).isEqualTo(rowsOf(one.heldOut()));
        assertThat(rowsOf(Holdout.of(data, 0.3, 6).heldOut())).isNotEqualTo(rowsOf(one.heldOut()));
        assertThat((rowsOf(one.kept()) + rowsOf(one.heldOut())).split(" ", -1))
                .contains("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void the_last_row_of_a_class_is_kept(long seed) {
        Holdout parts = Holdout.of(rows("a", "a", "a", "b", "c", "c"), 0.6, seed);
        Classes kept = (Classes) parts.kept().target("kind");
        boolean[] seen = new boolean[3];
        for (int r = 0; r < kept.rows(); r++) {
            seen[kept.index(r)] = true;
        }
        assertThat(seen).containsOnly(true);
        assertThat(parts.heldOut().rows()).isEqualTo(3);
    }

    @Test
    void rows_of_which_none_can_leave_are_an_error() {
        assertThatThrownBy(() -> Holdout.of(rows("a", "b"), 0.5, 1))
                .hasMessage(
                        "None of the 2 rows can be held out: each is the last of a class or the last label.\nGive more rows.");
    }
}
