package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mtl4j.task.Task;

class OwnTest extends BalancerContract {

    private static final Own.Formula EQUAL =
            step -> IntStream.range(0, step.tasks()).mapToDouble(t -> 1).toArray();

    @Override
    Balancer balancer(List<String> tasks) {
        return Own.of("loss over the sum of losses", step -> {
            double[] weights = step.losses().clone();
            double sum =
                    IntStream.range(0, step.tasks()).mapToDouble(step::loss).sum();
            for (int t = 0; t < weights.length; t++) {
                weights[t] *= weights.length / sum;
            }
            return weights;
        });
    }

    @Override
    Scale scale() {
        return Scale.INVARIANT;
    }

    @Override
    String printed() {
        return "balancer(\"loss over the sum of losses\")";
    }

    private static double[] weights(Own own, WeighingStep step) {
        double[] weights = new double[step.tasks()];
        own.start(step.names()).weigh(step, weights);
        return weights;
    }

    private static void assertRefused(Own own, WeighingStep step, String message) {
        assertThatThrownBy(() -> weights(own, step)).hasMessage(message);
    }

    @Test
    void a_formula_that_reads_the_gram_weighs_gradients() {
        Own own = Own.of(
                        "inverse length",
                        step -> IntStream.range(0, step.tasks())
                                .mapToDouble(t -> 1 / Math.sqrt(step.gram(t, t)))
                                .toArray())
                .readsGram();
        assertThat(own.needs()).isEqualTo(Balancer.Needs.GRAM);
        WeighingStep step = Steps.ofGradients(new double[][] {{3, 4}, {0, 2}}, 1);
        assertThat(weights(own, step)).containsExactly(0.2, 0.5);
    }

    @Test
    void a_formula_that_reads_the_gradients_weighs_by_them() {
        Own own = Own.of(
                        "first number",
                        step -> IntStream.range(0, step.tasks())
                                .mapToDouble(t -> step.gradients()[t * step.parameters()] / step.gram(t, t))
                                .toArray())
                .readsGradients();
        assertThat(own.needs()).isEqualTo(Balancer.Needs.GRADIENTS);
        assertThat(own).isNotEqualTo(own.readsGram()).hasToString("balancer(\"first number\").readsGradients()");
        WeighingStep step = Steps.ofGradients(new double[][] {{3, 4}, {0, 2}}, 1);
        assertThat(weights(own, step)).containsExactly(0.12, 0);
        assertRefused(
                own.readsGram(),
                step,
                "step.gradients(): the gradients are not computed for a balancer that does not say that it reads them.\n"
                        + "Say so: balancer(\"mine\", step -> ..).readsGradients().");
    }

    @Test
    void without_saying_so_the_gram_is_closed() {
        Own own = Own.of("mine", step -> new double[] {step.gram(0, 1)});
        WeighingStep step = Steps.ofLosses(1);
        assertRefused(
                own,
                step,
                "step.gram(0, 1): the Gram is not computed for a balancer that does not say that it reads it.\n"
                        + "Say so: balancer(\"mine\", step -> ..).readsGram().");
    }

    @Test
    void a_formula_finds_a_task_by_its_value() {
        Task<?> second = Task.named("task 1").binary();
        Own own = Own.of("second", step -> {
            double[] weights = new double[step.tasks()];
            weights[step.index(second)] = 1;
            return weights;
        });
        assertThat(weights(own, Steps.ofLosses(1, 1, 1))).containsExactly(0, 1, 0);
        assertRefused(
                own, Steps.ofLosses(1), "step.index(): 'task 1' is no task of this training.\nThe tasks are [task 0].");
    }

    @Test
    void an_answer_of_another_length_is_an_error() {
        assertRefused(
                Own.of("mine", step -> new double[] {1, 2}),
                Steps.ofLosses(1, 1, 1),
                "balancer(\"mine\"): it answered 2 weights for 3 tasks.\n"
                        + "Answer one weight for each of [task 0, task 1, task 2], in this order.");
    }

    @Test
    void a_weight_that_is_not_finite_is_an_error_unless_a_loss_is_not() {
        Own own = Own.of("mine", step -> new double[] {1, 1 / step.loss(1)});
        WeighingStep step = Steps.ofLosses(0.5, 0);
        step.begin(3);
        step.losses()[0] = 0.5;
        assertRefused(
                own,
                step,
                "balancer(\"mine\"): the weight Infinity of task 'task 1' in step 3 is not a finite number.\n"
                        + "The losses are [0.5, 0.0]: let the formula answer a number for them.");
        assertThat(weights(own, Steps.ofLosses(0.5, Double.NaN))).containsExactly(1, Double.NaN);
    }

    @Test
    void a_negative_weight_is_for_gradients_alone() {
        Own own = Own.of("mine", step -> new double[] {1, -0.5});
        assertRefused(
                own,
                Steps.ofLosses(1, 1),
                "balancer(\"mine\"): the weight -0.5 of task 'task 1' in step 0 is below 0, which drives its loss up"
                        + " without end.\n"
                        + "Answer weights of at least 0; negative ones are for a formula that reads gradients:"
                        + " .readsGram().");
        assertThat(weights(own.readsGram(), Steps.ofLosses(1, 1))).containsExactly(1, -0.5);
    }

    @Test
    void the_weights_are_a_copy_of_the_answer() {
        double[] kept = {1, 2};
        double[] weights = weights(Own.of("mine", step -> kept), Steps.ofLosses(1, 1));
        kept[0] = 7;
        assertThat(weights).containsExactly(1, 2);
    }

    @Test
    void name_and_version_stand_for_the_formula() {
        Own own = Own.of("mine", EQUAL);
        assertThat(own).isEqualTo(Own.of("mine", step -> new double[0])).hasToString("balancer(\"mine\")");
        assertThat(own.version("2")).isNotEqualTo(own).hasToString("balancer(\"mine\").version(\"2\")");
        assertThat(own.readsGram().headsWeighted())
                .isNotEqualTo(own)
                .hasToString("balancer(\"mine\").readsGram().headsWeighted()");
        assertThat(own).isNotEqualTo(Own.of("another", EQUAL));
        assertThatThrownBy(() -> Own.of(" ", EQUAL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("balancer(\" \", ..): it has no name.\n"
                        + "Name it as it shall stand in tables: balancer(\"inverse loss\", step -> ..).");
    }
}
