package org.mtl4j.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PackingTest {

    private static InputNode lengths(int places, int... lengths) {
        InputNode input = new InputNode("x", new Shape.Tokens(places, 9), new Tape(1));
        input.bind(new float[lengths.length * (1 + places)]);
        for (int r = 0; r < lengths.length; r++) {
            input.value[r * (1 + places)] = lengths[r];
        }
        return input;
    }

    private static int[] order(Packing packing) {
        return IntStream.range(0, packing.rows()).map(packing::row).toArray();
    }

    @Test
    void the_longest_row_comes_first_and_equal_ones_keep_their_order() {
        Packing packing = new Packing(4);
        packing.reserve(5);
        packing.of(5, null, lengths(4, 2, 4, 0, 2, 1));
        assertThat(order(packing)).containsExactly(1, 0, 3, 4, 2);
        assertThat(IntStream.range(0, 4).map(packing::active)).containsExactly(4, 3, 1, 1);
        assertThat(IntStream.range(0, 5).map(packing::start)).containsExactly(0, 4, 7, 8, 9);
        assertThat(packing.steps()).isEqualTo(4);
        assertThat(packing.total()).isEqualTo(9);
        assertThat(packing.rank(3)).isEqualTo(2);
    }

    @Test
    void it_packs_chosen_rows_and_forgets_those_before() {
        Packing packing = new Packing(4);
        packing.reserve(5);
        InputNode lengths = lengths(4, 2, 4, 0, 3, 1);
        packing.of(5, null, lengths);
        packing.of(2, new int[] {0, 3}, lengths);
        assertThat(order(packing)).containsExactly(1, 0);
        assertThat(packing.steps()).isEqualTo(3);
        assertThat(packing.total()).isEqualTo(5);
    }

    @Test
    void rows_without_lengths_are_full() {
        Packing packing = new Packing(3);
        packing.reserve(2);
        packing.of(2, null, null);
        assertThat(order(packing)).containsExactly(0, 1);
        assertThat(packing.total()).isEqualTo(6);
    }
}
