package org.mtl4j.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mtl4j.train.Ending;
import org.mtl4j.train.History;

class ConflictTest {

    private static final List<String> TWO = List.of("income", "<script>");

    /** Cosines 0.5, -0.25 and none; norms (2, 1), (2, 4), (1, 0). */
    private static final Conflict CONFLICT = Conflict.of(Histories.of(
            TWO,
            List.of("dense 1"),
            1,
            List.of(
                    Histories.probe(0, 4, 1, 1, 1),
                    Histories.probe(10, 4, -2, -2, 16),
                    Histories.probe(20, 1, 0, 0, 0))));

    @Test
    void means_leave_out_steps_without_labels() {
        PairConflict pair = CONFLICT.pair("<script>", "income");

        assertThat(pair.steps()).containsExactly(0, 10);
        assertThat(pair.cosines()).containsExactly(0.5, -0.25);
        assertThat(pair.meanCosine()).isEqualTo(0.125);
        assertThat(pair.negativeShare()).isEqualTo(0.5);
        assertThat(pair.magnitudeSimilarity()).isCloseTo(0.8, within(1e-15));
        assertThat(pair.normRatio()).isCloseTo(1.0, within(1e-15)); // sqrt(2 * 1/2)
        assertThat(pair.leftOut()).isEqualTo(1);
        assertThat(CONFLICT.negativeShare()).isEqualTo(0.5);
    }

    @Test
    void layers_have_their_own_pairs() {
        assertThat(CONFLICT.pairs("dense 1")).isEqualTo(CONFLICT.pairs());
        assertThatThrownBy(() -> CONFLICT.pairs("dense 9"))
                .hasMessage("There is no compared layer 'dense 9'.\nThe layers are [dense 1].");
        assertThatThrownBy(() -> CONFLICT.pair("income", "age"))
                .hasMessage("There is no probed pair 'income' / 'age'.\nThe tasks are [income, <script>].");
    }

    @Test
    void prints_a_table_with_cost_and_caveat() {
        assertThat(CONFLICT.toString()).isEqualTo("""
                Gradient conflict
                parameters  tasks               cosine  negative  magnitude similarity  norm ratio  probes
                all shared  income / <script>  +0.1250      50 %                0.8000      1.0000  2 of 3
                dense 1     income / <script>  +0.1250      50 %                0.8000      1.0000  2 of 3
                Left out: up to 1 probes a pair in which a task had no labels, so no gradient.
                Cosine and magnitude similarity: means. Norm ratio: geometric mean of ||first|| / ||second||.
                Probed at 3 of 100 steps (every 10); the probes took 1.0 % of 0.5 s.
                A low cosine is no proof of harm (Jiang et al., ForkMerge, arXiv 2301.12618): transfer(recipe) measures harm.""");
        assertThat(CONFLICT.toHtml()).contains("income / &lt;script&gt;").doesNotContain("<script");
    }

    @Test
    void says_why_there_is_nothing_to_show() {
        assertThat(Conflict.of(Histories.of(TWO, List.of(), 3, List.of())))
                .hasToString(
                        "No shared parameters: the tasks cannot conflict. Use hard(..), crossStitch(..) or mmoe(..) to share.");
        assertThat(Conflict.of(Histories.of(TWO, List.of("dense 1"), 3, List.of())))
                .hasToString("Conflict was not watched. Add .watchConflict(50) to the recipe and fit again.");
        assertThat(Conflict.of(Histories.drifting(List.of("income"), 1))).hasToString("One task: conflict needs two.");
        assertThat(Conflict.of(new History(
                        TWO,
                        List.of("dense 1"),
                        History.Compared.SHARED,
                        List.of(),
                        List.of(),
                        50,
                        0,
                        "",
                        new Ending.Interrupted(),
                        Duration.ZERO,
                        Duration.ZERO)))
                .hasToString("Conflict was not watched: the training ended after 0 steps, before its first probe. "
                        + "Add .watchConflict(1) to the recipe and fit again.");
    }

    @Test
    void a_pair_that_never_had_labels_prints_no_numbers() {
        Conflict never = Conflict.of(Histories.of(TWO, List.of("dense 1"), 1, List.of(Histories.probe(0, 1, 0, 0, 0))));

        assertThat(never.negativeShare()).isNaN();
        assertThat(never.toString())
                .contains("all shared  income / <script>       -         -                     -           -  0 of 1");
    }

    @Test
    void many_tasks_print_the_pairs_with_the_lowest_cosines() {
        Conflict forty = Conflict.of(Histories.drifting(Histories.names(40), 1));

        assertThat(forty.pairs()).hasSize(780);
        assertThat(forty.toString().lines().filter(line -> line.startsWith("all shared")))
                .hasSize(Conflict.ROWS);
        assertThat(forty.toString()).contains("Of 780 pairs, the 20 with the lowest mean cosine: .pairs() has all.");
    }
}
