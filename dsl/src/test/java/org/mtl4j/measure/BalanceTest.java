package org.mtl4j.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mtl4j.balance.Balancer;
import org.mtl4j.balance.Equal;
import org.mtl4j.balance.Famo;
import org.mtl4j.balance.Mgda;
import org.mtl4j.balance.MoCo;
import org.mtl4j.train.Balancing;

class BalanceTest {

    private static final List<String> TASKS = List.of("income", "<script>");

    /** Three batches in two points, the first of two. */
    private static Balancing record(Balancing.Update update, Balancing.Time time) {
        return new Balancing(
                List.of(0.5, 1.5),
                List.of(2.0, 0.0),
                List.of(
                        new Balancing.Point(
                                0,
                                2,
                                List.of(
                                        new Balancing.Weighed(1, 0.5, 1.5, 0, 2),
                                        new Balancing.Weighed(1, 0.5, 1.5, 0, 1)),
                                7,
                                5),
                        new Balancing.Point(
                                2,
                                1,
                                List.of(new Balancing.Weighed(2, 2, 2, 0, 2), new Balancing.Weighed(0, 0, 0, 1, 0)),
                                1,
                                1)),
                update,
                time);
    }

    private static Balance balance(Balancer balancer, Balancing.Update update, Balancing.Time time) {
        return Balance.of(balancer, Histories.balanced(TASKS, record(update, time)));
    }

    @Test
    void prints_weights_shares_iterations_and_the_cost() {
        Balance balance =
                balance(Mgda.asPublished(), Balancing.Update.COMBINATION, Histories.time(2320, 1200, 400, 80, 0, 0));

        assertThat(balance).hasToString("""
                Balance by mgda()
                task      first weight    last    mean  lowest  highest  share of loss  weight 0
                income          0.5000  2.0000  1.3333  0.5000   2.0000           75 %       0 %
                <script>        1.5000  0.0000  0.6667  0.0000   1.5000           25 %      33 %
                Over 3 batches. Share of loss: w L of all of them over the sum of |w L|, with the task's own weight in L.
                Its solver took 2.7 iterations a batch, at most 5.
                Balancing took 12.0 % of the steps' 4.00 s: 10.0 % for the Gram of the gradients, 2.0 % for its weights. \
                Backward signals, one per task where equal() needs one in all, took another 30.0 %.""");
        assertThat(balance.toHtml()).contains("&lt;script&gt;").doesNotContain("<script");
        assertThat(balance.timeShare()).isCloseTo(0.12, within(1e-15));
    }

    @Test
    void says_what_balancers_of_losses_cost_in_one_number() {
        assertThat(balance(new Equal(), Balancing.Update.COMBINATION, Histories.time(3999, 0, 0, 1, 0, 0))
                        .cost())
                .isEqualTo("Balancing took less than 0.1 % of the steps' 4.00 s.");
        assertThat(balance(new Equal(), Balancing.Update.COMBINATION, Histories.time(3960, 0, 0, 40, 0, 0))
                        .cost())
                .isEqualTo("Balancing took 1.0 % of the steps' 4.00 s.");
    }

    @Test
    void says_what_further_batches_cost() {
        assertThat(balance(Mgda.asPublished(), Balancing.Update.COMBINATION, Histories.time(1000, 0, 100, 100, 0, 800))
                        .cost())
                .isEqualTo(
                        "Balancing took 50.0 % of the steps' 2.00 s: 40.0 % for two further batches, 5.0 % for the Gram of the gradients, 5.0 % for its weights.");
    }

    @Test
    void of_one_batch_the_time_is_not_told() {
        Balance balance = balance(new Equal(), Balancing.Update.COMBINATION, Histories.time(0, 0, 0, 0, 0, 0));

        assertThat(balance.timeShare()).isNaN();
        assertThat(balance.cost())
                .isEqualTo("Balancing was not timed: the first batch, in which classes are loaded, was the only one.");
    }

    @Test
    void says_what_the_losses_after_the_update_cost() {
        assertThat(balance(Famo.asPublished(), Balancing.Update.COMBINATION, Histories.time(3160, 0, 0, 40, 800, 0))
                        .cost())
                .isEqualTo(
                        "Balancing took 21.0 % of the steps' 4.00 s: 20.0 % for the losses after the update, 1.0 % for its weights.");
    }

    @Test
    void says_that_an_update_of_its_own_is_not_in_the_weights() {
        Balance balance = balance(MoCo.asPublished(), Balancing.Update.OWN, Histories.time(2320, 1200, 400, 80, 0, 0));

        assertThat(balance.toString())
                .contains(
                        "\nThe update of the shared parameters is moco()'s own, made of the gradients: these weights alone do not say it.\n")
                .contains(": 10.0 % for the Gram of the gradients, 2.0 % for its update. Backward signals, ");
    }

    @Test
    void without_a_step_it_says_so() {
        Balance none = Balance.of(new Equal(), Histories.balanced(TASKS, Balancing.NONE));

        assertThat(none).hasToString("No step was taken, so the balancer did nothing.");
        assertThat(none.toHtml()).isEqualTo("<div>No step was taken, so the balancer did nothing.</div>");
        assertThat(none.cost()).isEqualTo("No step was taken, so the balancer did nothing.");
    }
}
