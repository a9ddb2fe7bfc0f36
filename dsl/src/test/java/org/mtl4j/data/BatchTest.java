package org.mtl4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchTest {

    private static MultiTaskData rows() {
        return MultiTaskData.dense(new double[][] {{0, 1}, {10, 11}, {20, 21}, {30, 31}})
                .target(Targets.real("pose"), new double[][] {{1, 2}, {Double.NaN, Double.NaN}, {5, 6}, {7, 8}})
                .target(Targets.classes("kind"), new int[] {-1, 2, 1, -1});
    }

    @Test
    void it_holds_the_rows_of_the_order_with_their_masks() {
        Batch batch = new Batch(rows(), List.of("kind", "pose"), 3);
        batch.fill(new int[] {3, 1, 2, 0}, 0, 3);
        assertThat(batch.rows()).isEqualTo(3);
        assertThat(batch.input(MultiTaskData.FEATURES)).containsExactly(30, 31, 10, 11, 20, 21);
        assertThat(batch.target(0)).containsExactly(0, 2, 1);
        assertThat(batch.labelled(0)).isEqualTo(2);
        assertThat(Arrays.copyOf(batch.labelledRows(0), 2)).containsExactly(1, 2);
        assertThat(batch.target(1)).containsExactly(7, 8, 0, 0, 5, 6);
        assertThat(batch.labelled(1)).isEqualTo(2);
        assertThat(Arrays.copyOf(batch.labelledRows(1), 2)).containsExactly(0, 2);
    }

    @Test
    void it_is_refilled_in_the_same_arrays_and_may_be_short_or_unlabelled() {
        Batch batch = new Batch(rows(), List.of("kind"), 3);
        batch.fill(new int[] {1, 2, 3}, 0, 3);
        float[] before = batch.input(MultiTaskData.FEATURES);
        batch.fill(new int[] {1, 2, 3, 0}, 3, 4);
        assertThat(batch.input(MultiTaskData.FEATURES)).isSameAs(before);
        assertThat(batch.rows()).isEqualTo(1);
        assertThat(batch.labelled(0)).isZero();
        assertThat(Arrays.copyOf(before, 2)).containsExactly(0, 1);
    }

    @Test
    void what_does_not_fit_is_an_error() {
        Batch batch = new Batch(rows(), List.of("kind"), 2);
        assertThatThrownBy(() -> batch.fill(new int[4], 0, 3))
                .hasMessage("Rows 0 to 3 of 4 do not fit a batch of 2 rows.\n"
                        + "Give a range of the order that is no longer than the batch.");
        assertThatThrownBy(() -> new Batch(rows(), List.of(), 0))
                .hasMessage("A batch of 0 rows: it needs at least 1.\nGive a positive batch size.");
        assertThatThrownBy(() -> batch.input("images")).hasMessage("No input 'images'; there are features.");
    }
}
