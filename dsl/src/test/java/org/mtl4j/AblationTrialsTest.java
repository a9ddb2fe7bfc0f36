package org.mtl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mtl4j.Mtl.ablate;
import static org.mtl4j.Mtl.adam;
import static org.mtl4j.Mtl.equal;
import static org.mtl4j.Mtl.hard;
import static org.mtl4j.Mtl.mlp;
import static org.mtl4j.Mtl.pcgrad;
import static org.mtl4j.Mtl.sgd;
import static org.mtl4j.Toys.CASUAL;
import static org.mtl4j.Toys.RAIN;
import static org.mtl4j.Toys.REGISTERED;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.dflib.DataFrame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mtl4j.balance.Balancer;
import org.mtl4j.balance.Weighting;
import org.mtl4j.train.Listening;
import org.mtl4j.train.TrialListener;

/** Trainings that fail, diverge or never run are rows, and the others count. */
class AblationTrialsTest {

    private static final Recipe RECIPE = hard(mlp(8))
            .tasks(CASUAL, REGISTERED, RAIN)
            .optimise(adam(1e-2))
            .epochs(2)
            .seed(7);

    @AfterEach
    void silence() {
        Listening.install(Listening.SILENT);
        assertThat(Thread.interrupted()).isFalse();
    }

    /** Equal weights, but the first step throws for about every fourth seed. */
    private record Moody() implements Balancer {
        @Override
        public Needs needs() {
            return Needs.LOSSES;
        }

        @Override
        public Weighting start(List<String> tasks) {
            return (step, weights) -> {
                if (step.number() == 0 && (step.random().nextLong() & 3) == 0) {
                    throw new IllegalStateException("not in the mood");
                }
                Arrays.fill(weights, 1);
            };
        }

        @Override
        public String toString() {
            return "moody()";
        }
    }

    private static DataFrame with(DataFrame frame, String column, Object value) {
        return frame.rows(row -> row.get(column).equals(value)).select();
    }

    @Test
    void a_training_that_fails_is_a_row_with_its_error_and_the_interval_leaves_it_out() {
        AblationResult result =
                ablate(RECIPE).balance(equal(), new Moody()).seeds(6).run(Toys.split());
        DataFrame moody = with(result.trials(), "balance", "moody()");
        DataFrame failed = with(moody, "status", "failed");
        int done = with(moody, "status", "done").height();
        assertThat(moody.height()).isEqualTo(6);
        assertThat(failed.height()).isBetween(1, 4).isEqualTo(6 - done);
        assertThat(failed.<String>getColumn("message").toList()).containsOnly("not in the mood");
        assertThat(failed.<Double>getColumn("casual R2").toList()).containsOnly(Double.NaN);
        DataFrame cell = with(result.table(), "balance", "moody()");
        assertThat(cell.<Integer>getColumn("seeds").toList()).containsOnly(done);
        assertThat(cell.<String>getColumn("status").toList())
                .containsOnly(failed.height() + " of 6 without scores: failed, not in the mood");
        DataFrame well = with(result.table(), "balance", "equal()");
        assertThat(well.<Integer>getColumn("seeds").toList()).containsOnly(6);
        assertThat(result.toString())
                .contains("(n = " + done + ")")
                .contains("Without scores, left out of the intervals: "
                        + (failed.height() == 1 ? "1 training" : failed.height() + " trainings")
                        + ". The first (casual + registered + rain:" + " hard(mlp(8)), moody(), seed ")
                .contains(") failed: not in the mood");
    }

    @Test
    void a_training_that_diverges_is_a_row_with_its_error() {
        AblationResult result = ablate(RECIPE.optimise(sgd(1e30))).seeds(2).run(Toys.split());
        assertThat(result.trials().<String>getColumn("status").toList()).contains("diverged");
        assertThat(with(result.trials(), "kind", "joint")
                        .<String>getColumn("message")
                        .get(0))
                .startsWith("Task '")
                .contains("loss became");
        assertThat(result.table().<Integer>getColumn("seeds").toList()).containsOnly(0);
        assertThat(result.table().<Double>getColumn("difference").toList()).containsOnly(Double.NaN);
        assertThat(result.toString()).contains("no value (n = 0)");
    }

    @Test
    void a_rate_that_diverges_is_not_chosen() {
        AblationResult both =
                ablate(RECIPE.optimise(sgd(1e-2))).seeds(2).rates(1e30, 1e-2).run(Toys.split());
        assertThat(both.table().<Double>getColumn("rate").toList()).containsOnly(1e-2);
        assertThat(both.table().<Integer>getColumn("seeds").toList()).containsOnly(2);
    }

    /** Interrupts the caller of a study when so many of its trainings are done, and notes what it hears. */
    private static final class Interrupting extends TrialListener {
        private final int after;
        private final List<Duration> first = new ArrayList<>();

        Interrupting(int after) {
            this.after = after;
        }

        @Override
        public void trial(String job, int done, int total, Duration remaining) {
            if (done == 0) {
                first.add(remaining);
            }
            if (done == after) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Test
    void an_interrupt_keeps_the_trainings_that_ended() {
        Ablation study = ablate(RECIPE.epochs(20))
                .pairs()
                .balance(equal(), pcgrad())
                .withoutTunedFixed()
                .seeds(40)
                .workers(1);
        Interrupting listener = new Interrupting(20);
        Listening.install(listener);
        AblationResult cut = study.run(Toys.split());
        DataFrame ended =
                cut.trials().rows(row -> !row.get("status").equals("not run")).select();
        assertThat(cut.trials().height()).isEqualTo(360);
        assertThat(ended.height()).isBetween(20, 300);
        assertThat(ended.<String>getColumn("status").toList()).containsOnly("done");
        assertThat(cut.toString()).contains("Interrupted: " + ended.height() + " of 360 trainings ended, ");
        assertThat(listener.first.get(0)).isPositive(); // the estimate
        Listening.install(Listening.SILENT);
        DataFrame whole = study.seeds(2).run(Toys.split()).trials();
        assertThat(cut.trials().<Double>getColumn("casual R2").toList().subList(0, 18))
                .isEqualTo(whole.<Double>getColumn("casual R2").toList());
        DataFrame firstRow = with(cut.table(), "task", "casual").head(1);
        assertThat(firstRow.<Integer>getColumn("seeds").get(0)).isBetween(2, 39);
    }

    @Test
    void a_study_that_is_interrupted_at_once_has_rows_that_say_so() {
        Listening.install(new Interrupting(0));
        AblationResult cut = ablate(RECIPE.epochs(1_000_000)).seeds(1).run(Toys.split());
        assertThat(cut.trials().<String>getColumn("status").toList()).containsOnly("not run");
        assertThat(cut.toString()).contains("Interrupted: 0 of 4 trainings ended, ", "no value (n = 0)");
    }

    @Test
    void an_interrupt_before_the_first_training_is_not_lost_to_the_estimate() {
        Thread.currentThread().interrupt();
        AblationResult cut = ablate(RECIPE.epochs(1_000_000)).seeds(1).run(Toys.split());
        assertThat(cut.trials().<String>getColumn("status").toList()).containsOnly("not run");
    }
}
