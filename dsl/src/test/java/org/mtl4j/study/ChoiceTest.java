package org.mtl4j.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mtl4j.balance.Equal;
import org.mtl4j.layer.Mlp;
import org.mtl4j.sharing.Single;
import org.mtl4j.task.Task;

/** Which learning rate a cell takes. */
class ChoiceTest {

    private static final Cell CELL = new Cell(
            Cell.Kind.ALONE,
            List.of(Task.named("casual").regression()),
            new Single(Mlp.of(4)),
            new Equal(),
            LabelCount.ALL,
            Optional.empty());

    private static final double NOT_RUN = Double.POSITIVE_INFINITY;

    /** Trials of three seeds at the rates 0.1 and 0.2: a criterion, NaN for diverged, infinite for not run. */
    private static double chosen(double[] first, double[] second) {
        List<Trial> trials = new ArrayList<>();
        for (int seed = 0; seed < first.length; seed++) {
            trials.add(trial(seed, 0.1, first[seed]));
            trials.add(trial(seed, 0.2, second[seed]));
        }
        List<Trial> chosen = Choice.of(trials, List.of(0.1, 0.2));
        assertThat(chosen).extracting(trial -> trial.spec().seed()).containsExactly(0L, 1L, 2L);
        return chosen.get(0).spec().rate();
    }

    private static Trial trial(long seed, double rate, double criterion) {
        Trial.State state = Double.isNaN(criterion)
                ? Trial.State.DIVERGED
                : criterion == NOT_RUN ? Trial.State.NOT_RUN : Trial.State.DONE;
        TrialSpec spec = new TrialSpec(CELL, seed, rate);
        return new Trial(spec, state, "", List.of(), criterion, List.of(), List.of(), 1);
    }

    @Test
    void the_lowest_mean_criterion_over_seeds_wins() {
        assertThat(chosen(new double[] {1, 1, 5}, new double[] {2, 2, 2})).isEqualTo(0.2);
        assertThat(chosen(new double[] {1, 1, 3}, new double[] {2, 2, 2})).isEqualTo(0.1);
    }

    @Test
    void a_rate_that_diverges_less_often_goes_first() {
        assertThat(chosen(new double[] {1, 1, Double.NaN}, new double[] {9, 9, 9}))
                .isEqualTo(0.2);
    }

    @Test
    void seeds_that_were_cut_off_at_a_rate_do_not_count_at_the_other() {
        assertThat(chosen(new double[] {1, 9, NOT_RUN}, new double[] {2, NOT_RUN, NOT_RUN}))
                .isEqualTo(0.1);
    }

    @Test
    void without_a_seed_to_compare_it_is_the_first() {
        assertThat(chosen(new double[] {NOT_RUN, NOT_RUN, NOT_RUN}, new double[] {NOT_RUN, NOT_RUN, NOT_RUN}))
                .isEqualTo(0.1);
    }
}
