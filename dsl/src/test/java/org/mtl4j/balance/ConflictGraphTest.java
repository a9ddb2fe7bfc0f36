package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mtl4j.bytes.ByteReader;
import org.mtl4j.bytes.ByteWriter;
import org.mtl4j.bytes.State;

class ConflictGraphTest extends BalancerContract {

    private static final ConflictGraph GRAPH = ConflictGraph.asPublished();

    /** Tasks 0 and 1 agree, and so do 2 and 3, which conflict with them; 4 stands across. */
    private static final double[][] GRADIENTS = {{1, 0, 0}, {2, 0.1, 0}, {-1, 0.1, 0}, {-3, 0, 0}, {0, 0, 1}};

    @Override
    Balancer balancer(List<String> tasks) {
        return GRAPH;
    }

    @Override
    Scale scale() {
        return Scale.INVARIANT;
    }

    @Override
    String printed() {
        return "conflictGraph()";
    }

    private static double[] weigh(Weighting weighting, double[][] gradients) {
        return weigh(weighting, Steps.ofGradients(gradients, 1));
    }

    private static double[] weigh(Weighting weighting, WeighingStep step) {
        double[] weights = new double[step.tasks()];
        weighting.weigh(step, weights);
        return weights;
    }

    @Test
    void tasks_in_conflict_take_turns_after_the_first_steps() {
        Weighting weighting = GRAPH.refresh(3).start(tasks(5));
        for (int t = 0; t < 3; t++) {
            assertThat(weigh(weighting, GRADIENTS)).containsExactly(1, 1, 1, 1, 1);
        }
        for (int t = 0; t < 4; t++) { // three steps, and one more for the last colour
            double[] expected = t % 2 == 0 ? new double[] {1, 1, 0, 0, 1} : new double[] {0, 0, 1, 1, 0};
            assertThat(weigh(weighting, GRADIENTS)).containsExactly(expected);
        }
        double[][] friends = {{1, 0, 0}, {1, 0, 0}, {1, 0, 0}, {1, 0, 0}, {1, 0, 0}};
        weighting = GRAPH.refresh(1).smoothing(0).start(tasks(5));
        weigh(weighting, GRADIENTS);
        assertThat(weigh(weighting, GRADIENTS)).containsExactly(1, 1, 0, 0, 1);
        assertThat(weigh(weighting, friends)).containsExactly(0, 0, 1, 1, 0);
        assertThat(weigh(weighting, friends)).containsExactly(1, 1, 1, 1, 1);
    }

    @Test
    void the_threshold_says_how_far_below_zero_a_cosine_must_lie() {
        double[][] gradients = {{1, 0}, {-0.3, Math.sqrt(1 - 0.09)}}; // a cosine of -0.3
        Weighting strict = GRAPH.refresh(1).threshold(0.31).start(tasks(2));
        Weighting lax = GRAPH.refresh(1).threshold(0.29).start(tasks(2));
        weigh(strict, gradients);
        weigh(lax, gradients);
        assertThat(weigh(strict, gradients)).containsExactly(1, 1);
        assertThat(weigh(lax, gradients)).containsExactly(1, 0);
    }

    @Test
    void cosines_are_those_of_running_means_over_steps_with_labels_of_both() {
        ConflictGraph.Turns turns = (ConflictGraph.Turns)
                GRAPH.refresh(3).smoothing(0.5).threshold(0).start(tasks(2));
        double[][] apart = {{1, 0}, {-1, 0}};
        double[][] together = {{1, 0}, {3, 0}};
        weigh(turns, apart); // the mean is -3 / 4; with the next step it would be above 0
        weigh(turns, apart);
        WeighingStep unlabelled = Steps.ofGradients(together, 1);
        unlabelled.labelled()[1] = 0;
        weigh(turns, unlabelled);
        assertThat(turns.colour(0)).isNotEqualTo(turns.colour(1));
        weigh(turns, together);
        weigh(turns, together);
        weigh(turns, together);
        weigh(turns, together);
        assertThat(turns.colour(0)).isEqualTo(turns.colour(1));
    }

    @Test
    void zero_gradients_conflict_with_nobody() {
        Weighting weighting = GRAPH.refresh(1).threshold(0).start(tasks(2));
        weigh(weighting, new double[2][3]);
        assertThat(weigh(weighting, new double[2][3])).containsExactly(1, 1);
    }

    @Test
    void a_checkpoint_holds_means_colours_and_the_turn() {
        Weighting weighting = GRAPH.refresh(2).start(tasks(5));
        for (int t = 0; t < 3; t++) {
            weigh(weighting, GRADIENTS);
        }
        ByteWriter out = new ByteWriter("state", 1);
        weighting.state(State.to(out));
        Weighting resumed = GRAPH.refresh(2).start(tasks(5));
        resumed.state(State.from(new ByteReader("state", 1, out.finish(), IllegalArgumentException::new)));
        for (long seed = 1; seed < 9; seed++) {
            double[][] gradients = normal(5, 2, 1, seed);
            assertThat(weigh(resumed, gradients)).containsExactly(weigh(weighting, gradients));
        }
    }

    @Test
    void settings_out_of_bounds_are_errors() {
        for (double bad : new double[] {-0.1, 1.1, Double.NaN}) {
            assertThatThrownBy(() -> GRAPH.threshold(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("conflictGraph().threshold(" + bad + "): it is a number from 0 to 1.\n"
                            + "Give 0.25 for conflict below a cosine of -0.25, or 0 for any below 0.");
        }
        assertThatThrownBy(() -> GRAPH.refresh(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("conflictGraph().refresh(0): it is a number of steps, at least 1.\n"
                        + "Give 32, or more for colours that stay longer.");
        for (double bad : new double[] {-0.1, 1, Double.NaN}) {
            assertThatThrownBy(() -> GRAPH.smoothing(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("conflictGraph().smoothing(" + bad + "): it is a number from 0 to below 1.\n"
                            + "Give 0 to look at the last step alone, or 0.9.");
        }
    }

    @Test
    void it_prints_its_withers() {
        assertThat(GRAPH.threshold(0.1).refresh(4).smoothing(0.5))
                .hasToString("conflictGraph().threshold(0.1).refresh(4).smoothing(0.5)");
    }
}
