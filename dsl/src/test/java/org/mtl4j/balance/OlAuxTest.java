package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mtl4j.bytes.ByteReader;
import org.mtl4j.bytes.ByteWriter;
import org.mtl4j.bytes.State;

class OlAuxTest extends BalancerContract {

    private static final OlAux OL_AUX = OlAux.of("task 0");

    @Override
    Balancer balancer(List<String> tasks) {
        return OL_AUX;
    }

    @Override
    Scale scale() {
        return Scale.INVARIANT; // the first weights are 1
    }

    @Override
    String printed() {
        return "olAux(\"task 0\")";
    }

    private static double[] weigh(Weighting weighting, WeighingStep step) {
        double[] weights = new double[step.tasks()];
        weighting.weigh(step, weights);
        return weights;
    }

    /** Gradients of the authors' example: x^2 + y^2, (x - 1/2)^2 + (y - 1/2)^2 and -x^2 - y^2. */
    private static double[][] gradients(double x, double y) {
        return new double[][] {{2 * x, 2 * y}, {2 * x - 1, 2 * y - 1}, {-2 * x, -2 * y}};
    }

    @Test
    void on_the_authors_example_it_goes_the_way_of_their_formula_to_the_main_optimum() {
        double alpha = 0.01;
        double beta = 0.01;
        int every = 4;
        Weighting weighting = OL_AUX.rate(beta).every(every).start(tasks(3));
        double[] theta = {-0.8, -1.6};
        double helping = 1; // the weights by the formula
        double hindering = 1;
        double helped = 0;
        double hindered = 0;
        for (int t = 1; t <= 2000; t++) {
            double[][] g = gradients(theta[0], theta[1]);
            double[] weights = weigh(weighting, Steps.ofGradients(g, 1));
            assertThat(weights).containsExactly(new double[] {1, helping, hindering}, within(1e-12));
            helped += g[1][0] * g[0][0] + g[1][1] * g[0][1];
            hindered += g[2][0] * g[0][0] + g[2][1] * g[0][1];
            if (t % every == 0) {
                helping = Math.max(0, helping + beta * helped);
                hindering = Math.max(0, hindering + beta * hindered);
                helped = 0;
                hindered = 0;
            }
            double[] update = Steps.combination(weights, g);
            theta[0] -= alpha * update[0];
            theta[1] -= alpha * update[1];
        }
        assertThat(hindering).isZero();
        assertThat(theta).containsExactly(new double[] {0, 0}, within(0.05)); // (1/4, 1/4) with equal weights
    }

    @Test
    void on_log_losses_the_gradients_are_those_of_the_logarithms() {
        double[][] gradients = {{1, 2}, {3, 1}};
        Weighting weighting = OL_AUX.rate(0.1).every(2).logLosses().start(tasks(2));
        double product = 0;
        for (double loss : new double[] {0.5, 0.25}) {
            WeighingStep step = Steps.ofGradients(gradients, 1);
            step.losses()[0] = loss;
            step.losses()[1] = 3;
            double main = 1 / (loss + 1e-8);
            double[] expected = {main, 1 / 3.02};
            assertThat(weigh(weighting, step)).containsExactly(expected, within(1e-12));
            product += 5 * main / 3.02;
        }
        WeighingStep step = Steps.ofGradients(gradients, 1);
        step.losses()[1] = 3;
        assertThat(weigh(weighting, step)[1]).isCloseTo((1 + 0.1 * product) / 3.02, within(1e-12));
    }

    @Test
    void weights_wait_for_labels_and_stay_finite() {
        Weighting weighting = OL_AUX.every(1).start(tasks(2));
        WeighingStep without = Steps.ofGradients(new double[][] {{0, 0}, {1, 1}}, 1);
        without.labelled()[0] = 0;
        weigh(weighting, without);
        assertThat(weigh(weighting, without)).containsExactly(1, 1);
        for (double sign : new double[] {1, -1, 1}) {
            weigh(weighting, Steps.ofGradients(new double[][] {{1e150, 0}, {sign * 1e150, 0}}, 1));
            double weight = weigh(weighting, without)[1];
            assertThat(weight).isEqualTo(sign > 0 ? 1e30 : 0);
        }
        Weighting log = OL_AUX.every(1).logLosses().start(tasks(2));
        WeighingStep huge = Steps.ofGradients(new double[][] {{1e150, 0}, {1e150, 0}}, 1);
        huge.losses()[0] = 0;
        huge.losses()[1] = -1;
        weigh(log, huge);
        assertThat(weigh(log, huge)[1]).isFinite();
    }

    @Test
    void a_checkpoint_holds_weights_and_products() {
        double[][] gradients = {{1, 2}, {3, 1}, {-1, 0}};
        Weighting weighting = OL_AUX.every(2).start(tasks(3));
        for (int t = 0; t < 3; t++) {
            weigh(weighting, Steps.ofGradients(gradients, 1));
        }
        ByteWriter out = new ByteWriter("state", 1);
        weighting.state(State.to(out));
        Weighting resumed = OL_AUX.every(2).start(tasks(3));
        resumed.state(State.from(new ByteReader("state", 1, out.finish(), IllegalArgumentException::new)));
        for (int t = 0; t < 3; t++) {
            assertThat(weigh(resumed, Steps.ofGradients(gradients, 1)))
                    .containsExactly(weigh(weighting, Steps.ofGradients(gradients, 1)));
        }
    }

    @Test
    void settings_out_of_bounds_and_a_main_task_that_is_not_trained_are_errors() {
        for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> OL_AUX.rate(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("olAux(\"task 0\").rate(" + bad + "): it is a finite number above 0.\n"
                            + "Give 0.005, or less where gradients are long.");
        }
        assertThatThrownBy(() -> OL_AUX.every(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("olAux(\"task 0\").every(0): it is a number of steps, at least 1.\n"
                        + "Give 5, or more for weights that follow less of the noise.");
        assertThatThrownBy(() -> OlAux.of("rain").start(List.of("income", "age")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("olAux(\"rain\"): the main task 'rain' is no task of the recipe.\n"
                        + "The tasks are [income, age].");
    }

    @Test
    void it_prints_its_withers() {
        assertThat(OL_AUX.rate(0.1).every(2).logLosses())
                .hasToString("olAux(\"task 0\").rate(0.1).every(2).logLosses()");
    }
}
