package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Against TorchJD 0.18.0 with {@code pref_vector=[1.5, 0.2, 0.1]} on these gradients. */
class PreferredTest {

    private static final double[][] GRADIENTS = {
        {0.9, -0.4, 0.3, 1.1, -0.2}, {-0.7, 0.8, 0.5, -0.9, 0.6}, {0.2, 1.3, -0.6, 0.4, 0.7}
    };

    private static final List<String> TASKS = List.of("a", "b", "c");

    private static double[] weights(Balancer balancer, WeighingStep step) {
        double[] weights = new double[TASKS.size()];
        balancer.start(TASKS).weigh(step, weights);
        return weights;
    }

    private static double[] direction(Balancer balancer) {
        return Steps.combination(weights(balancer, Steps.ofGradients(GRADIENTS, 1)), GRADIENTS);
    }

    @Test
    void upgrad_sums_the_projections_of_what_is_preferred() {
        UpGrad upgrad = UpGrad.asPublished().with("a", 1.5).with("b", 0.2).with("c", 0.1);
        assertThat(direction(upgrad))
                .containsExactly(
                        new double[] {
                            0.6011145693015962,
                            0.5186220231021796,
                            1.1040476039548655,
                            0.6914424888925974,
                            0.5289499426931807
                        },
                        within(1e-9));
        assertThat(upgrad).hasToString("upgrad().with(\"a\", 1.5).with(\"b\", 0.2).with(\"c\", 0.1)");
    }

    @Test
    void dualproj_projects_the_preferred_sum() {
        DualProj dualproj = DualProj.asPublished().with("a", 1.5).with("b", 0.2).with("c", 0.1);
        assertThat(direction(dualproj))
                .containsExactly(
                        new double[] {
                            0.6018759899010493,
                            0.4078560115416582,
                            0.9386600072135363,
                            0.7024119870156347,
                            0.42839200865624355
                        },
                        within(1e-9));
        assertThat(dualproj.headsWeighted())
                .hasToString("dualproj().with(\"a\", 1.5).with(\"b\", 0.2).with(\"c\", 0.1).headsWeighted()");
    }

    @Test
    void config_has_cosines_as_preferred() {
        ConFig config = ConFig.asPublished().with("a", 1.5).with("b", 0.2).with("c", 0.1);
        assertThat(direction(config))
                .containsExactly(
                        new double[] {
                            0.33888361840611436,
                            0.14058241292199336,
                            0.8384509561940682,
                            0.35813346100587456,
                            0.24381588269410698
                        },
                        within(1e-9));
        assertThat(config).hasToString("config().with(\"a\", 1.5).with(\"b\", 0.2).with(\"c\", 0.1)");
    }

    @Test
    void aligned_mtl_sums_the_turned_gradients_as_preferred() {
        AlignedMtl aligned =
                AlignedMtl.asPublished().with("a", 1.5).with("b", 0.2).with("c", 0.1);
        assertThat(direction(aligned))
                .containsExactly(
                        new double[] {
                            0.5317290820851143,
                            0.036514741952580296,
                            0.6397638069956321,
                            0.6196292577530623,
                            0.13990949565155292
                        },
                        within(1e-9));
        assertThat(direction(aligned.median().averaged()))
                .containsExactly(
                        new double[] {
                            1.2315018950953112,
                            0.08456933319724058,
                            1.481713841264745,
                            1.4350815685820457,
                            0.3240349547199236
                        },
                        within(1e-9));
        assertThat(aligned).hasToString("alignedMtl().with(\"a\", 1.5).with(\"b\", 0.2).with(\"c\", 0.1)");
    }

    @Test
    void equal_preferences_are_those_of_none() {
        for (Balancer[] pair : new Balancer[][] {
            {
                UpGrad.asPublished(),
                UpGrad.asPublished().with("a", 1 / 3.0).with("b", 1 / 3.0).with("c", 1 / 3.0)
            },
            {
                DualProj.asPublished(),
                DualProj.asPublished().with("a", 1 / 3.0).with("b", 1 / 3.0).with("c", 1 / 3.0)
            },
            {
                ConFig.asPublished(),
                ConFig.asPublished().with("a", 1).with("b", 1).with("c", 1)
            },
            {
                AlignedMtl.asPublished(),
                AlignedMtl.asPublished().with("a", 1).with("b", 1).with("c", 1)
            }
        }) {
            assertThat(direction(pair[1])).containsExactly(direction(pair[0]), within(1e-12));
        }
    }

    @Test
    void a_task_without_labels_takes_no_part_and_the_others_keep_their_preference() {
        double[][] two = {GRADIENTS[0], GRADIENTS[2]};
        double[] alone = new double[2];
        UpGrad upgrad = UpGrad.asPublished().with("a", 1.5).with("b", 0.2).with("c", 0.1);
        upgrad.restrictTo(List.of("a", "c")).start(List.of("a", "c")).weigh(Steps.ofGradients(two, 1), alone);
        WeighingStep step = Steps.ofGradients(GRADIENTS, 1);
        step.labelled()[1] = 0;
        assertThat(weights(upgrad, step)).containsExactly(alone[0], 0, alone[1]);
    }

    @Test
    void preferences_that_make_no_sense_are_errors() {
        assertThatThrownBy(() -> UpGrad.asPublished().with("a", -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("upgrad(): the preference -1.0 of task 'a' is not a finite number of at least 0.\n"
                        + "Give what it counts beside the others: upgrad().with(\"a\", 0.5).");
        assertThatThrownBy(() -> ConFig.asPublished().with("a", 1).start(TASKS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("config(): no preference for task 'b'; there are preferences for [a].\n"
                        + "Give every task of the recipe a preference.");
        assertThatThrownBy(() -> DualProj.asPublished().with("a", 0).start(List.of("a")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("dualproj(): the preferences of [a] are all 0, so no task would be trained.\n"
                        + "Give at least one of them a preference above 0.");
    }
}
