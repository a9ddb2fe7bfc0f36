package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mtl4j.bytes.ByteReader;
import org.mtl4j.bytes.ByteWriter;
import org.mtl4j.bytes.State;

class GradVacTest extends BalancerContract {

    private static final GradVac GRADVAC = GradVac.asPublished();

    @Override
    Balancer balancer(List<String> tasks) {
        return GRADVAC;
    }

    @Override
    Scale scale() {
        return Scale.PARTICULAR; // eps is added to products of lengths
    }

    @Override
    boolean hasOneAnswer(double[][] gradients) {
        return gradients.length <= 2; // the order of visits is drawn: with two tasks there is but one
    }

    @Override
    String printed() {
        return "gradvac()";
    }

    private static double length(double[] vector) {
        return Math.sqrt(Steps.dot(vector, vector));
    }

    private static double cosine(double[] a, double[] b) {
        return Steps.dot(a, b) / length(a) / length(b);
    }

    @Test
    void the_first_step_is_that_of_pcgrad_and_a_factor_on_gradients_matters_by_eps_alone() {
        for (long seed = 1; seed <= 20; seed++) {
            double[][] gradients = normal(2, 6, 1, seed);
            double[] pcgrad = weights(PcGrad.asPublished(), tasks(2), gradients, 1, 1);
            assertThat(weights(GRADVAC, tasks(2), gradients, 1, 1)).containsExactly(pcgrad, within(1e-7));
            assertThat(weights(GRADVAC, tasks(2), gradients, 1024, 1)).containsExactly(pcgrad, within(1e-10));
        }
    }

    @Test
    void a_vaccinated_gradient_has_the_target_for_its_cosine() {
        double[][] near = {{1, 0}, {1, 0.1}};
        double[][] far = {{1, 0, 0}, {0.2, 1, 0.3}};
        Weighting weighting = GRADVAC.eps(1e-15).start(tasks(2));
        double[] weights = new double[2];
        weighting.weigh(Steps.ofGradients(near, 1), weights);
        assertThat(weights).containsExactly(1, 1);
        double target = cosine(near[0], near[1]) / 2;
        WeighingStep step = Steps.ofGradients(far, 1);
        GradVac.Vaccine vaccine = (GradVac.Vaccine) weighting;
        assertThat(vaccine.target(0, 1)).isCloseTo(target, within(1e-12));
        double[] ofFirst = new double[2];
        vaccine.vaccinate(0, new int[] {1}, 1, step, ofFirst);
        double[] vaccinated = Steps.combination(ofFirst, far);
        assertThat(cosine(vaccinated, far[1])).isCloseTo(target, within(1e-12));
        assertThat(vaccine.target(0, 1)).isCloseTo((target + cosine(far[0], far[1])) / 2, within(1e-12));
        assertThat(vaccine.target(1, 0)).isCloseTo(target, within(1e-12));
    }

    @Test
    void a_task_without_labels_keeps_its_targets_and_one_at_rest_moves_them_to_0() {
        double[][] gradients = {{1, 0}, {1, 0.1}, {1, 0.2}};
        Weighting weighting = GRADVAC.start(tasks(3));
        GradVac.Vaccine vaccine = (GradVac.Vaccine) weighting;
        double[] weights = new double[3];
        weighting.weigh(Steps.ofGradients(gradients, 1), weights);
        double target = vaccine.target(0, 2);
        WeighingStep step = Steps.ofGradients(new double[][] {{1, 0}, {1, 0.1}, {0, 0}}, 1);
        step.labelled()[2] = 0;
        weighting.weigh(step, weights);
        assertThat(weights).containsExactly(1, 1, 0);
        assertThat(vaccine.target(0, 2)).isEqualTo(target).isGreaterThan(0.4);
        assertThat(vaccine.target(2, 0)).isEqualTo(target);
        step.labelled()[2] = 1;
        weighting.weigh(step, weights);
        assertThat(weights).containsExactly(1, 1, 1);
        assertThat(vaccine.target(0, 2)).isEqualTo(target / 2);
    }

    @Test
    void beta_of_0_is_pcgrad_for_good() {
        Weighting weighting = GRADVAC.beta(0).eps(1e-15).start(tasks(2));
        double[] weights = new double[2];
        for (long seed = 1; seed <= 5; seed++) {
            double[][] gradients = normal(2, 6, 1, seed);
            weighting.weigh(Steps.ofGradients(gradients, 1), weights);
            assertThat(weights)
                    .containsExactly(weights(PcGrad.asPublished(), tasks(2), gradients, 1, 1), within(1e-12));
        }
    }

    @Test
    void a_checkpoint_holds_the_targets() {
        Weighting trained = GRADVAC.start(tasks(3));
        double[] weights = new double[3];
        trained.weigh(Steps.ofGradients(normal(3, 6, 1, 1), 1), weights);
        ByteWriter out = new ByteWriter("state", 1);
        trained.state(State.to(out));
        Weighting resumed = GRADVAC.start(tasks(3));
        resumed.state(State.from(new ByteReader("state", 1, out.finish(), IllegalArgumentException::new)));
        double[] again = new double[3];
        trained.weigh(Steps.ofGradients(normal(3, 6, 1, 2), 1), weights);
        resumed.weigh(Steps.ofGradients(normal(3, 6, 1, 2), 1), again);
        assertThat(again).containsExactly(weights);
    }

    @Test
    void it_prints_its_withers_and_numbers_that_make_no_sense_are_errors() {
        assertThat(GRADVAC.beta(0.01).eps(1e-12).headsWeighted())
                .hasToString("gradvac().beta(0.01).eps(1.0E-12).headsWeighted()");
        for (double bad : new double[] {-0.1, 1.1, Double.NaN}) {
            assertThatThrownBy(() -> GRADVAC.beta(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("gradvac().beta(" + bad + "): it is a number from 0 to 1.\n"
                            + "Give 0.5, or less for targets that move slower; 0 is pcgrad().");
        }
        for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> GRADVAC.eps(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("gradvac().eps(" + bad + "): it is a finite number above 0.\n"
                            + "Give 1e-8, or less where gradients are shorter than 1e-4.");
        }
    }
}
