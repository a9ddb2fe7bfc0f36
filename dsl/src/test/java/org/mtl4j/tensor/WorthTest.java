package org.mtl4j.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WorthTest {

    private final Worth worth = new Worth();

    /** A stretch of loops of two pieces, one of them the training's own. Answers the loops not shared after it. */
    private int rest(long worked, long waited) {
        for (int loop = 0; loop < Worth.STRETCH; loop++) {
            assertThat(worth.shares()).isTrue();
            worth.hear(2, 1, worked, waited);
        }
        int rest = 0;
        while (!worth.shares()) {
            rest++;
        }
        return rest;
    }

    @Test
    void loops_are_shared_as_long_as_the_hands_save_more_than_waiting_for_them_costs() {
        assertThat(rest(100, 99)).isZero();
        assertThat(rest(100, 101)).isEqualTo(Worth.SHORTEST_REST);
    }

    @Test
    void each_time_that_waiting_costs_more_again_the_rest_doubles_up_to_the_longest() {
        for (int rest = Worth.SHORTEST_REST; rest < Worth.LONGEST_REST; rest *= 2) {
            assertThat(rest(100, 1000)).isEqualTo(rest);
        }
        assertThat(rest(100, 1000)).isEqualTo(Worth.LONGEST_REST);
        assertThat(rest(100, 1000)).isEqualTo(Worth.LONGEST_REST);
        assertThat(rest(100, 0)).isZero();
        assertThat(rest(100, 1000)).isEqualTo(Worth.SHORTEST_REST);
    }

    @Test
    void one_hand_that_was_stopped_outweighs_what_many_loops_saved() {
        for (int loop = 0; loop < Worth.STRETCH; loop++) {
            worth.hear(2, 1, 50_000, loop == 5 ? 20_000_000 : 0);
        }
        assertThat(worth.shares()).isFalse();
    }

    @Test
    void a_training_that_was_stopped_itself_does_not_count_as_saving() {
        for (int loop = 0; loop < Worth.STRETCH; loop++) {
            worth.hear(2, 1, loop == 5 ? 90_000_000 : 1000, loop == 6 ? 20_000_000 : 0);
        }
        assertThat(worth.shares()).isFalse();
    }
}
