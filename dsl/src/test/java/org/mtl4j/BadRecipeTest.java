package org.mtl4j;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mtl4j.Mtl.adam;
import static org.mtl4j.Mtl.equal;
import static org.mtl4j.Mtl.fixed;
import static org.mtl4j.Mtl.hard;
import static org.mtl4j.Mtl.mlp;
import static org.mtl4j.Mtl.mse;
import static org.mtl4j.Mtl.pcgrad;
import static org.mtl4j.Mtl.sgd;
import static org.mtl4j.Mtl.single;
import static org.mtl4j.Mtl.task;
import static org.mtl4j.Mtl.transfer;
import static org.mtl4j.Toys.CASUAL;
import static org.mtl4j.Toys.RAIN;
import static org.mtl4j.Toys.REGISTERED;

import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What is wrong in a recipe is said when it is written, or at the latest before the first step. */
class BadRecipeTest {

    private static final Recipe RECIPE = hard(mlp(8)).tasks(CASUAL, REGISTERED);

    private static void fails(ThrowingCallable line, String message) {
        assertThatThrownBy(line).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }

    @Test
    void tasks_have_names_and_each_name_once() {
        fails(() -> task("  "), "A task's name is blank.\nName the column that holds its targets: task(\"income\").");
        fails(
                () -> hard(mlp(8)).tasks(),
                "A recipe without tasks.\nName at least one: hard(mlp(64)).tasks(task(\"income\").binary()).");
        fails(
                () -> hard(mlp(8)).tasks(CASUAL, CASUAL.weight(2)),
                "Task 'casual': two tasks have this name.\n"
                        + "Name each column once, or give one of them another column.");
    }

    @Test
    void a_task_takes_a_weight_from_0_and_a_loss_of_its_kind() {
        for (double weight : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
            fails(
                    () -> CASUAL.weight(weight),
                    "Task 'casual': weight " + weight + " is not a finite number of at least 0.\n"
                            + "Give a factor on its loss: task(\"casual\")....weight(0.5).");
        }
        fails(
                () -> RAIN.loss(mse()),
                "Task 'rain': mse() does not fit binary().\n"
                        + "It takes binaryCrossEntropy(), focal(2) or a loss of your own.");
    }

    @Test
    void only_a_task_of_the_recipe_can_be_watched() {
        fails(
                () -> RECIPE.watch(RAIN),
                "watch(): 'rain' is no task of the recipe.\nThe tasks are [casual, registered].");
    }

    @Test
    void fixed_weights_are_at_least_0_and_one_for_each_task_of_the_recipe() {
        fails(
                () -> fixed(CASUAL, -1),
                "fixed(): the weight -1.0 of task 'casual' is not a finite number of at least 0.\n"
                        + "Give a factor on its loss: fixed().with(\"casual\", 0.5).");
        fails(
                () -> fixed(Map.of("casual", Double.NaN)),
                "fixed(): the weight NaN of task 'casual' is not a finite number of at least 0.\n"
                        + "Give a factor on its loss: fixed().with(\"casual\", 0.5).");
        fails(
                () -> RECIPE.balance(fixed(CASUAL, 1)),
                "fixed(): no weight for task 'registered'; there are weights for [casual].\n"
                        + "Give every task of the recipe a weight.");
        fails(
                () -> RECIPE.balance(fixed(CASUAL, 1).with(REGISTERED, 1).with("rain", 1)),
                "fixed(): there is a weight for 'rain', which is no task of the recipe.\n"
                        + "The tasks are [casual, registered].");
    }

    @Test
    void lengths_and_counts_are_positive() {
        fails(
                () -> RECIPE.epochs(0),
                "epochs(0): a training takes at least 1.\n"
                        + "Give a positive number of passes over the training part: epochs(10).");
        fails(
                () -> RECIPE.steps(0),
                "steps(0): a training takes at least 1.\nGive a positive number of optimiser steps: steps(1000).");
        fails(() -> RECIPE.batch(0), "batch(0): a step needs at least 1 row.\nGive the rows of a step: batch(64).");
        fails(
                () -> RECIPE.earlyStop(0),
                "earlyStop(0): it is a number of epochs, at least 1.\n"
                        + "Give the epochs to wait for an improvement: earlyStop(5).");
        fails(
                () -> RECIPE.watchConflict(-1),
                "watchConflict(-1): it is a number of steps.\nGive the steps between two probes: watchConflict(50).");
    }

    @Test
    void a_rate_is_above_0_and_a_dropout_below_1() {
        fails(() -> adam(0), "Learning rate 0.0: it is a finite number above 0.\nGive one such as adam(1e-3).");
        fails(() -> sgd(Double.NaN), "Learning rate NaN: it is a finite number above 0.\nGive one such as adam(1e-3).");
        fails(
                () -> mlp(8).dropout(1),
                "dropout(1.0): a probability lies in [0, 1).\nGive the share of zeros: dropout(0.1).");
        fails(() -> mlp(), "mlp() has no layers.\nGive one width per layer: mlp(256, 128).");
        fails(
                () -> mlp(8, 0),
                "mlp(8, 0): width 0 is not positive.\nGive one positive width per layer: mlp(256, 128).");
    }

    @Test
    void a_gradient_method_needs_shared_parameters() {
        String remedy = "\nUse hard(..) with at least two tasks, or a loss method such as equal() or uncertainty().";
        fails(
                () -> single(mlp(8)).tasks(CASUAL, REGISTERED).balance(pcgrad()).fit(Toys.split()),
                "pcgrad(): it balances the gradients of shared parameters, but single(mlp(8)) of [casual, registered]"
                        + " shares none." + remedy);
        fails(
                () -> hard(mlp(8)).tasks(CASUAL).balance(pcgrad()).fit(Toys.split()),
                "pcgrad(): it balances the gradients of shared parameters, but hard(mlp(8)) of [casual] shares none."
                        + remedy);
    }

    @Test
    void a_transfer_study_needs_two_tasks_seeds_threads_and_rates() {
        fails(
                () -> transfer(hard(mlp(8)).tasks(CASUAL)),
                "transfer(): the recipe has one task, so there is nothing to learn together.\n"
                        + "Give it at least two tasks.");
        fails(
                () -> transfer(RECIPE).workers(2).seeds(0),
                "transfer(): seeds(0) and workers(2) are at least 1.\nGive a positive number, such as seeds(5).");
        fails(
                () -> transfer(RECIPE).seeds(1).workers(0),
                "transfer(): seeds(1) and workers(0) are at least 1.\nGive a positive number, such as seeds(5).");
        fails(
                () -> transfer(RECIPE).rates(),
                "rates(): no learning rate is given.\nGive at least one: rates(3e-4, 1e-3, 3e-3).");
        fails(
                () -> transfer(RECIPE).rates(1e-3, 0),
                "Learning rate 0.0: it is a finite number above 0.\nGive one such as adam(1e-3).");
    }

    @Test
    void a_transfer_study_of_a_gradient_method_where_nothing_is_shared_does_not_start() {
        fails(
                () -> transfer(single(mlp(8)).tasks(CASUAL, REGISTERED).balance(pcgrad()))
                        .seeds(1)
                        .run(Toys.split()),
                "pcgrad(): it balances the gradients of shared parameters, but single(mlp(8)) of [casual, registered]"
                        + " shares none.\n"
                        + "Use hard(..) with at least two tasks, or a loss method such as equal() or uncertainty().");
    }

    @Test
    void a_run_names_its_tasks_where_it_is_asked_for_another() {
        Run run = RECIPE.balance(equal()).epochs(1).fit(Toys.split());
        fails(() -> run.model("rain"), "No task 'rain' in this net.\nIt has casual, registered.");
        fails(() -> run.model(RAIN), "No task 'rain' in this net.\nIt has casual, registered.");
        fails(
                () -> run.parameter("encoder.9.weight"),
                "No parameter 'encoder.9.weight'.\nThere are encoder.0.weight, encoder.0.bias, head.casual.weight,"
                        + " head.casual.bias, head.registered.weight, head.registered.bias.");
    }
}
