package org.mtl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.mtl4j.Mtl.*;
import static org.mtl4j.Toys.CASUAL;
import static org.mtl4j.Toys.RAIN;
import static org.mtl4j.Toys.REGISTERED;

import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.fitted.Matrix;
import org.mtl4j.fitted.Net;
import org.mtl4j.measure.Conflict;

class SoftSharingTest {

    private static Recipe recipe(Architecture architecture) {
        return architecture.tasks(CASUAL, REGISTERED, RAIN).epochs(3).watchConflict(2);
    }

    private static double distance(Net net, String layer) {
        Matrix one = net.parameter("encoder.casual." + layer);
        Matrix two = net.parameter("encoder.registered." + layer);
        float[] a = one.toArray();
        float[] b = two.toArray();
        return IntStream.range(0, a.length)
                .mapToDouble(i -> (a[i] - b[i]) * (double) (a[i] - b[i]))
                .sum();
    }

    @Test
    void without_a_strength_it_is_single_task_training_to_the_bit() {
        Net single = recipe(single(mlp(8, 8))).fit(Toys.split()).net();
        Net loose = recipe(soft(mlp(8, 8)).l2(0)).fit(Toys.split()).net();
        assertThat(loose.parameters()).isEqualTo(single.parameters());
    }

    @Test
    void a_stronger_tie_brings_the_nets_closer_and_only_where_it_holds() {
        Recipe loose =
                recipe(soft(mlp(8, 8)).l2(1e-6)).optimise(sgd(0.05)).epochs(20).keepLast();
        Recipe tight = recipe(soft(mlp(8, 8)).l2(1).layers("encoder.1"))
                .optimise(sgd(0.05))
                .epochs(20)
                .keepLast();
        Net far = loose.fit(Toys.split()).net();
        Net near = tight.fit(Toys.split()).net();
        assertThat(distance(near, "1.weight")).isLessThan(0.05 * distance(far, "1.weight"));
        assertThat(distance(near, "0.weight")).isGreaterThan(0.5 * distance(far, "0.weight"));
    }

    @Test
    void the_cosines_of_corresponding_layers_are_shown_and_called_so() {
        Conflict conflict = recipe(soft(mlp(8, 8))).fit(Toys.split()).conflict().conflict();
        assertThat(conflict.layers()).containsExactly("encoder.0", "encoder.1");
        assertThat(conflict.pair("casual", "rain").meanCosine()).isBetween(-1.0, 1.0);
        assertThat(conflict.toString())
                .contains("all corresponding")
                .contains("no parameter is shared; each task's gradient is by its own copy of a layer.")
                .doesNotContain("all shared");
        var view = recipe(soft(mlp(8, 8))).fit(Toys.split()).conflict();
        assertThat(view.overTime().altText()).startsWith("Gradient cosine per pair of tasks (corresponding layers)");
        assertThat(view.perLayer().toSvg()).contains("corresponding parameters");
    }

    @Test
    void an_epoch_holds_the_mean_of_what_is_added_to_the_loss() {
        Recipe oneStep =
                soft(mlp(8, 8)).l2(0.25).tasks(CASUAL, REGISTERED).batch(140).epochs(1);
        Net initial = oneStep.initial(Toys.split());
        double penalty = Stream.of("0.weight", "0.bias", "1.weight", "1.bias")
                .mapToDouble(layer -> distance(initial, layer))
                .sum();
        double coupling = oneStep.fit(Toys.split()).history().epochs().get(0).coupling();
        assertThat(coupling).isCloseTo(0.25 * penalty, within(1e-5 * penalty));
        assertThat(hard(mlp(8))
                        .tasks(CASUAL)
                        .fit(Toys.split())
                        .history()
                        .epochs()
                        .get(0)
                        .coupling())
                .isZero();
    }

    @Test
    void a_gradient_method_is_refused_since_nothing_is_shared() {
        assertThatThrownBy(() -> recipe(soft(mlp(8, 8))).balance(pcgrad()).fit(Toys.split()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "pcgrad(): it balances the gradients of shared parameters, but soft(mlp(8, 8)).l2(0.001) of [casual, registered, rain] shares none.");
    }

    @Test
    void a_saved_net_reads_back_equal(@TempDir Path folder) {
        Path file = folder.resolve("soft.mtl");
        Net net = recipe(soft(mlp(8, 8)).sumOfNorms(0.5).layers("encoder.0"))
                .fit(Toys.split())
                .net();
        net.save(file);
        assertThat(Net.load(file)).isEqualTo(net);
    }

    @Test
    void layers_needs_a_name() {
        assertThatThrownBy(() -> soft(mlp(8)).layers())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "layers(): no layer is named.\nName at least one: layers(\"encoder.0\"), or leave it out to tie all.");
    }

    @Test
    void it_says_its_formula_before_and_after_it_has_tasks() {
        assertThat(soft(mlp(8)).l2(0.01)).hasToString("""
                soft(mlp(8)).l2(0.01) needs tasks: .tasks(..)
                L = sum_i w_i L_i + 0.01 sum_{i<j} ||theta_i - theta_j||^2""");
        assertThat(recipe(soft(mlp(8)).sumOfNorms(0.01)).toString())
                .startsWith("soft(mlp(8)).sumOfNorms(0.01).tasks(")
                .contains("L = sum_i w_i L_i + 0.01 sum_i ||theta_i||^2");
        assertThat(hard(mlp(8))).hasToString("hard(mlp(8)) needs tasks: .tasks(..)\nL = sum_i w_i L_i");
    }
}
