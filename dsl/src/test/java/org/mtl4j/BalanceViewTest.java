package org.mtl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.mtl4j.Mtl.adam;
import static org.mtl4j.Mtl.alternating;
import static org.mtl4j.Mtl.equal;
import static org.mtl4j.Mtl.famo;
import static org.mtl4j.Mtl.graddrop;
import static org.mtl4j.Mtl.hard;
import static org.mtl4j.Mtl.mgda;
import static org.mtl4j.Mtl.mlp;
import static org.mtl4j.Mtl.nashMtl;
import static org.mtl4j.Mtl.pcgrad;
import static org.mtl4j.Mtl.sdmgrad;
import static org.mtl4j.Mtl.sgd;
import static org.mtl4j.Mtl.uncertainty;
import static org.mtl4j.Toys.CASUAL;
import static org.mtl4j.Toys.RAIN;
import static org.mtl4j.Toys.REGISTERED;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mtl4j.balance.Balancer;
import org.mtl4j.train.Balancing;
import org.mtl4j.train.Ending;
import org.mtl4j.train.Epoch;
import org.mtl4j.train.Training;

/** What a run tells of its balancer. */
class BalanceViewTest {

    /** 140 training rows: 4 batches of 35 an epoch. */
    private static final Recipe RECIPE = hard(mlp(8))
            .tasks(CASUAL, REGISTERED.weight(0.5), RAIN)
            .optimise(adam(0.01))
            .epochs(6)
            .batch(35)
            .seed(7);

    private static Balancing fit(Recipe recipe) {
        return recipe.fit(Toys.split(), Training.Audience.NOBODY).history().balancing();
    }

    static Stream<Balancer> balancers() {
        return Stream.of(equal(), uncertainty(), alternating(), pcgrad(), mgda(), nashMtl(), graddrop());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("balancers")
    void the_record_agrees_with_that_of_the_epochs(Balancer balancer) {
        Run run = RECIPE.balance(balancer).fit(Toys.split(), Training.Audience.NOBODY);
        Balancing balancing = run.history().balancing();
        assertThat(balancing.points())
                .extracting(Balancing.Point::batches)
                .hasSize(24)
                .containsOnly(1);
        List<Balancing.Point> epochs = Balancing.Point.grouped(balancing.points(), 4);
        assertThat(epochs).hasSize(6);
        for (int e = 0; e < 6; e++) {
            Epoch epoch = run.history().epochs().get(e);
            for (int t = 0; t < 3; t++) {
                assertThat(epochs.get(e).tasks().get(t).mean())
                        .isCloseTo(epoch.weights().get(t), within(1e-12));
            }
        }
    }

    @Test
    void weighted_losses_have_the_tasks_own_weights_in_them() {
        Run run = RECIPE.balance(equal()).fit(Toys.split(), Training.Audience.NOBODY);
        Balancing.Point first =
                Balancing.Point.grouped(run.history().balancing().points(), 4).get(0);
        List<Double> losses = run.history().epochs().get(0).trainLosses();
        for (int t = 0; t < 3; t++) {
            double own = t == 1 ? 0.5 : 1;
            assertThat(first.tasks().get(t).loss()).isCloseTo(own * losses.get(t), within(1e-9));
        }
    }

    @Test
    void solvers_of_three_tasks_count_and_formulas_do_not() {
        assertThat(fit(RECIPE.balance(nashMtl())).points())
                .allSatisfy(point -> assertThat(point.iterations()).isPositive().isEqualTo(point.mostIterations()));
        assertThat(fit(RECIPE.balance(pcgrad())).whole().iterations()).isZero();
    }

    @Test
    void moves_in_a_step_count_and_further_batches_take_time() {
        Balancing balancing = fit(RECIPE.balance(sdmgrad().iterations(12)));
        assertThat(balancing.whole().iterations()).isEqualTo(12 * 24);
        assertThat(balancing.whole().mostIterations()).isEqualTo(12);
        assertThat(balancing.time().sampling()).isPositive();
        assertThat(fit(RECIPE.balance(mgda())).time().sampling()).isEqualTo(Duration.ZERO);
    }

    @Test
    void a_wrapped_solver_rests_where_its_weights_are_kept() {
        List<Balancing.Point> points = fit(RECIPE.balance(mgda().every(3))).points();
        for (int b = 0; b < points.size(); b++) {
            assertThat(points.get(b).iterations() > 0).as("batch %d", b).isEqualTo(b % 3 == 0);
        }
    }

    @Test
    void the_time_goes_to_what_the_balancer_needs() {
        Balancing.Time losses = fit(RECIPE.balance(uncertainty())).time();
        Balancing.Time gram = fit(RECIPE.balance(mgda())).time();
        Balancing.Time heard = fit(RECIPE.balance(famo())).time();
        assertThat(List.of(losses, gram, heard)).allSatisfy(time -> {
            assertThat(time.weighing()).isPositive();
            assertThat(time.balancing()).isLessThan(time.steps());
        });
        assertThat(losses.balancing()).isEqualTo(losses.weighing());
        assertThat(losses.steps()).isEqualTo(losses.rest().plus(losses.weighing()));
        assertThat(gram.signals()).isPositive();
        assertThat(gram.gram()).isPositive();
        assertThat(gram.balancing()).isEqualTo(gram.gram().plus(gram.weighing()));
        assertThat(gram.hearing()).isEqualTo(Duration.ZERO);
        assertThat(heard.hearing()).isPositive();
        assertThat(heard.signals()).isEqualTo(Duration.ZERO);
        assertThat(fit(RECIPE.balance(mgda()).steps(1)).time()).isEqualTo(Balancing.NONE.time());
    }

    @Test
    void an_update_of_the_balancers_own_is_told() {
        assertThat(fit(RECIPE.balance(graddrop())).update()).isEqualTo(Balancing.Update.OWN);
        assertThat(fit(RECIPE.balance(mgda())).update()).isEqualTo(Balancing.Update.COMBINATION);
        assertThat(RECIPE.balance(graddrop()).fit(Toys.split()).balance().toString())
                .startsWith("Balance by graddrop()\n")
                .contains("\nThe update of the shared parameters is graddrop()'s own, ");
    }

    @Test
    void batches_that_wait_for_others_are_recorded_one_by_one() {
        Balancing balancing =
                fit(RECIPE.optimise(adam(0.01).accumulate(2)).balance(mgda()).epochs(2));
        assertThat(balancing.points()).extracting(Balancing.Point::step).containsExactly(0, 0, 1, 1, 2, 2, 3, 3);
    }

    @Test
    void what_came_before_a_divergence_stays_and_the_broken_batch_does_not() {
        Run run = RECIPE.optimise(sgd(60)).balance(pcgrad()).epochs(200).fit(Toys.split(), Training.Audience.NOBODY);
        Ending.Diverged ending = (Ending.Diverged) run.history().ending();
        List<Balancing.Point> points = run.history().balancing().points();
        assertThat(points.get(points.size() - 1).step()).isBetween(ending.step() - 1, ending.step());
        assertThat(run.history().balancing().whole().tasks())
                .allSatisfy(task -> assertThat(task.mean()).isFinite());
        assertThat(run.balance().toHtml())
                .contains("<svg", "Balance by pcgrad()")
                .doesNotContain("NaN");
    }

    @Test
    void an_interrupted_training_has_the_record_of_the_batches_that_it_took() {
        Balancing whole = fit(RECIPE.balance(mgda()));
        Balancing part = fit(RECIPE.epochs(1_000_000).balance(new Interrupting(mgda(), 8)));
        assertThat(part.points()).isEqualTo(whole.points().subList(0, 9));
        assertThat(part.last())
                .containsExactlyElementsOf(whole.points().get(8).tasks().stream()
                        .map(Balancing.Weighed::mean)
                        .toList());
    }

    @Test
    void it_shows_the_weights_above_the_table_and_has_charts_of_both() {
        BalanceView view = RECIPE.balance(mgda())
                .fit(Toys.split(), Training.Audience.NOBODY)
                .balance();
        assertThat(view.toHtml())
                .startsWith(view.weights().toHtml())
                .endsWith(view.balance().toHtml());
        assertThat(view).hasToString(view.balance().toString());
        assertThat(view.toString())
                .startsWith("Balance by mgda()\n")
                .contains("\nOver 24 batches. ", "\nIts solver took ", "\nBalancing took ");
        assertThat(view.weights().altText()).startsWith("Weight per task by mgda() over 24 batches. casual: first ");
        assertThat(view.shares().altText())
                .startsWith("Share of weighted loss per task by mgda() over 24 batches. casual: first ");
    }
}
