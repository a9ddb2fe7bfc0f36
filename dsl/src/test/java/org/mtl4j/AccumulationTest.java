package org.mtl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mtl4j.Mtl.adam;
import static org.mtl4j.Mtl.equal;
import static org.mtl4j.Mtl.hard;
import static org.mtl4j.Mtl.mlp;
import static org.mtl4j.Mtl.pcgrad;
import static org.mtl4j.Mtl.plateau;
import static org.mtl4j.Mtl.sgd;
import static org.mtl4j.Toys.CASUAL;
import static org.mtl4j.Toys.RAIN;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.mtl4j.fitted.Matrix;
import org.mtl4j.train.Epoch;
import org.mtl4j.train.Probe;

/** Several batches a step, averages of the parameters, and schedules that listen, in whole trainings. */
class AccumulationTest {

    private static final Recipe RECIPE = hard(mlp(8))
            .tasks(CASUAL, RAIN)
            .balance(equal())
            .epochs(4)
            .keepLast()
            .seed(3);

    private static void assertClose(Run one, Run other, double tolerance) {
        List<Matrix> expected = other.net().parameters();
        for (int p = 0; p < expected.size(); p++) {
            float[] values = expected.get(p).toArray();
            assertThat(one.net().parameters().get(p).toArray())
                    .containsExactly(values, Offset.offset((float) tolerance));
        }
    }

    @Test
    void batches_of_a_step_are_one_batch_of_all_their_rows_where_every_row_has_every_label() {
        // 140 rows: 4 batches of 10 are one of 40, and the 2 that are left one of 20
        Run many = RECIPE.optimise(sgd(0.1).accumulate(4)).batch(10).fit(Toys.split());
        Run one = RECIPE.optimise(sgd(0.1)).batch(40).fit(Toys.split());
        assertClose(many, one, 1e-5);
        assertThat(many.history().epochs()).extracting(Epoch::step).containsExactly(4, 8, 12, 16);
    }

    @Test
    void a_length_in_steps_counts_steps_and_conflict_is_probed_once_a_step() {
        Run run = RECIPE.optimise(adam(0.01).accumulate(3))
                .balance(pcgrad())
                .batch(10)
                .steps(7)
                .fit(Toys.split());
        assertThat(run.history().epochs()).extracting(Epoch::step).containsExactly(5, 7);
        assertThat(run.history().probes()).extracting(Probe::step).containsExactly(0, 1, 2, 3, 4, 5, 6);
    }

    @Test
    void an_average_of_decay_0_is_the_parameters_and_one_of_a_high_decay_stays_near_the_start() {
        Run plain = RECIPE.optimise(adam(0.05)).batch(20).fit(Toys.split());
        Run none = RECIPE.optimise(adam(0.05).ema(0)).batch(20).fit(Toys.split());
        assertThat(none.net().parameters()).isEqualTo(plain.net().parameters());
        Run slow = RECIPE.optimise(adam(0.05).ema(0.999999)).batch(20).fit(Toys.split());
        List<Matrix> start = RECIPE.batch(20).initial(Toys.split()).parameters();
        for (int p = 0; p < start.size(); p++) {
            assertThat(slow.net().parameters().get(p).toArray())
                    .containsExactly(start.get(p).toArray(), Offset.offset(1e-3f));
        }
        // gradients are taken at the parameters themselves, so training losses are those without an average
        assertThat(slow.history().epochs().get(3).trainLosses())
                .isEqualTo(plain.history().epochs().get(3).trainLosses());
        assertThat(slow.history().epochs().get(3).criterion())
                .isGreaterThan(plain.history().epochs().get(3).criterion());
    }

    @Test
    void a_plateau_hears_the_validation_criterion_at_each_epoch() {
        Run run = RECIPE.optimise(
                        sgd(0.5).schedule(plateau().patience(0).factor(0.5).threshold(0.9)))
                .batch(20)
                .fit(Toys.split());
        // no epoch is 90 % better than the first: each but the first ends with half the rate
        assertThat(run.history().epochs()).extracting(Epoch::rate).containsExactly(0.5, 0.5, 0.25, 0.125);
    }
}
