package org.mtl4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mtl4j.balance.Balancer;
import org.mtl4j.balance.ConFig;
import org.mtl4j.balance.DbMtl;
import org.mtl4j.balance.Equal;
import org.mtl4j.balance.ExcessMtl;
import org.mtl4j.balance.Famo;
import org.mtl4j.balance.GradDrop;
import org.mtl4j.balance.Mgda;
import org.mtl4j.balance.MoCo;
import org.mtl4j.balance.Own;
import org.mtl4j.balance.PcGrad;
import org.mtl4j.balance.SdmGrad;
import org.mtl4j.balance.Uncertainty;
import org.mtl4j.balance.WeighingStep;
import org.mtl4j.balance.Weighting;
import org.mtl4j.optimise.Adam;
import org.mtl4j.optimise.Optimiser;
import org.mtl4j.optimise.Sam;
import org.mtl4j.optimise.Sgd;

class WalkTest {

    /** (x - 2)^2 / 2 + 1 and y^2 + 1: slopes (x - 2, 0) and (0, 2 y). */
    private static final List<Surface> APART = List.of(
            new Surface("across", (x, slope) -> {
                slope[0] = x[0] - 2;
                slope[1] = 0;
                return (x[0] - 2) * (x[0] - 2) / 2 + 1;
            }),
            new Surface("up", (x, slope) -> {
                slope[0] = 0;
                slope[1] = 2 * x[1];
                return x[1] * x[1] + 1;
            }));

    private static final Optimiser PLAIN = Sgd.of(0.5);

    private static Trajectory.Stop after(int steps, Balancer balancer, Optimiser optimiser) {
        return new Walk(APART, List.of(3.0, 1.0), balancer, optimiser, steps, 1)
                .go(steps)
                .end();
    }

    @Test
    void a_step_goes_down_the_weighted_sum_of_the_slopes() {
        // slopes at (3, 1): (1, 0) and (0, 2)
        assertThat(after(1, new Equal(), PLAIN).at()).containsExactly(2.5, 0.0);
        assertThat(after(1, new Equal(), PLAIN).losses()).containsExactly(1.125, 1.0);
        assertThat(after(1, new Equal(), PLAIN).step()).isEqualTo(1);
    }

    @Test
    void a_gradient_method_sees_the_gram_of_the_slopes() {
        // the shortest vector between (1, 0) and (0, 2) has weights 4/5 and 1/5
        List<Double> at = after(1, Mgda.asPublished(), PLAIN).at();

        assertThat(at.get(0)).isCloseTo(3 - 0.5 * 0.8, within(1e-6));
        assertThat(at.get(1)).isCloseTo(1 - 0.5 * 0.4, within(1e-6));
        // slopes at right angles are not projected
        assertThat(after(1, new PcGrad(Balancer.Heads.UNIT), PLAIN).at()).containsExactly(2.5, 0.0);
    }

    @Test
    void an_own_balancer_sees_losses_gram_and_epochs() {
        List<List<Double>> seen = new ArrayList<>();
        Own own = Own.of("look", step -> {
                    seen.add(List.of(
                            (double) step.number(),
                            (double) step.epoch(),
                            step.loss(0),
                            step.loss(1),
                            step.gram(0, 0),
                            step.gram(1, 1)));
                    return new double[] {1, 1};
                })
                .readsGram();

        after(2, own, PLAIN);

        assertThat(seen)
                .containsExactly(List.of(0.0, 0.0, 1.5, 2.0, 1.0, 4.0), List.of(1.0, 1.0, 1.125, 1.0, 0.25, 0.0));
    }

    @Test
    void a_balancer_that_listens_hears_the_losses_after_each_step() {
        List<Double> heard = new ArrayList<>();
        Balancer listens = new Balancer() {
            @Override
            public Needs needs() {
                return Needs.LOSSES;
            }

            @Override
            public boolean hearsUpdate() {
                return true;
            }

            @Override
            public Weighting start(List<String> tasks) {
                return new Weighting() {
                    @Override
                    public void weigh(WeighingStep step, double[] weights) {
                        heard.add(step.loss(0));
                        weights[0] = 1;
                        weights[1] = 1;
                    }

                    @Override
                    public void hear(WeighingStep after) {
                        heard.add(after.loss(0));
                    }
                };
            }
        };

        after(2, listens, PLAIN);

        assertThat(heard).containsExactly(1.5, 1.125, 1.125, 1.03125);
    }

    @Test
    void what_waits_or_keeps_its_weights_takes_steps_of_those() {
        Balancer waiting = DbMtl.asPublished().afterWarmUpSteps(1);
        assertThat(after(1, waiting, PLAIN)).isEqualTo(after(1, new Equal(), PLAIN));
        Balancer kept = Mgda.asPublished().every(2);
        // the weights 4/5 and 1/5 once more, of the slopes (0.6, 0) and (0, 1.6)
        assertThat(after(2, kept, PLAIN).at().get(0)).isCloseTo(2.36, within(1e-6));
        assertThat(after(2, kept, PLAIN).at().get(1)).isCloseTo(0.64, within(1e-6));
    }

    @Test
    void a_landscape_has_no_representation_to_drop_gradients_by() {
        assertThatThrownBy(() -> after(1, new GradDrop(0).atRepresentation(), PLAIN))
                .hasMessage(
                        "graddrop().atRepresentation(): it drops gradients by the representation of a net, which a landscape does not have.%nLeave out .atRepresentation()."
                                .formatted());
    }

    @Test
    void without_noise_two_further_batches_are_the_same() {
        assertThat(after(5, SdmGrad.asPublished(), PLAIN).losses()).allMatch(loss -> loss < 1.4);
        Own cross = Own.of("cross", step -> new double[] {step.crossGram(0, 0), step.crossGram(1, 1)})
                .readsGram();
        assertThat(after(1, cross, PLAIN).at()).containsExactly(2.5, -3.0); // 3 - 1 / 2 and 1 - 4 * 2 / 2
    }

    @Test
    void a_balancer_s_own_numbers_are_trained_by_the_same_optimiser() {
        // at s = 0 the weight is exp(-s) = 1; its slope, 1 - L or a part of it, moves s, and with it the second step
        List<Double> weighed = after(2, new Uncertainty(0), PLAIN).at();
        List<Double> plain = after(2, new Equal(), PLAIN).at();

        assertThat(weighed.get(0)).isNotEqualTo(plain.get(0));
    }

    static Stream<Balancer> thoseThatComeDown() {
        return Stream.of(
                new Equal(),
                Mgda.asPublished(),
                ConFig.asPublished(),
                Famo.asPublished(),
                new GradDrop(GradDrop.DEFAULT_LEAK),
                DbMtl.asPublished(),
                MoCo.asPublished(),
                ExcessMtl.asPublished());
    }

    @ParameterizedTest
    @MethodSource("thoseThatComeDown")
    void every_kind_of_balancer_comes_down_both_losses(Balancer balancer) {
        Trajectory way = new Walk(APART, List.of(3.0, 1.0), balancer, Adam.of(0.01), 2000, 1).go(2000);

        assertThat(way.end().losses().get(0)).isLessThan(1.1);
        assertThat(way.end().losses().get(1)).isLessThan(1.1);
        assertThat(way.balancer()).isEqualTo(balancer);
    }

    @Test
    void a_way_keeps_its_start_its_end_and_places_between_them() {
        Trajectory way = new Walk(APART, List.of(3.0, 1.0), new Equal(), Sgd.of(0.001), 1001, 1).go(1001);

        assertThat(way.start().at()).containsExactly(3.0, 1.0);
        assertThat(way.stops())
                .extracting(Trajectory.Stop::step)
                .startsWith(0L, 3L, 6L)
                .endsWith(996L, 999L, 1001L);
    }

    @Test
    void a_way_ends_where_a_loss_is_not_finite() {
        Surface cliff = new Surface("cliff", (x, slope) -> {
            slope[0] = 1;
            return x[0] < -2 ? Double.NaN : x[0];
        });
        Trajectory way = new Walk(List.of(cliff), List.of(0.0), new Equal(), Sgd.of(1), 10, 1).go(10);

        assertThat(way.end().step()).isEqualTo(3);
        assertThat(way.end().isFinite()).isFalse();
        assertThat(way.stops()).hasSize(4);
    }

    @Test
    void an_interrupt_ends_it_and_is_left_for_others_to_see() {
        Walk walk = new Walk(APART, List.of(3.0, 1.0), new Equal(), PLAIN, 1_000_000, 1);
        Thread.currentThread().interrupt();
        Trajectory way = walk.go(1_000_000);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(way.end().step()).isLessThan(10_000);
    }

    @Test
    void an_optimiser_of_two_gradients_is_refused() {
        Optimiser sam = new Sam(Sgd.of(0.1), 0.05);

        assertThatThrownBy(() -> after(1, new Equal(), sam))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("optimise(" + sam + "): it takes a second gradient in each step, which a landscape does"
                        + " not offer.\nGive an optimiser without sam(..).");
    }

    @Test
    void a_surface_needs_a_name() {
        assertThatThrownBy(() -> new Surface(" ", (x, slope) -> 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("surface(\" \", ..): it has no name.\n"
                        + "Name it as its task shall stand in tables: surface(\"near\", (x, slope) -> ..).");
    }
}
