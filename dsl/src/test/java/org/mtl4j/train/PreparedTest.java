package org.mtl4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mtl4j.data.Input;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.data.Split;
import org.mtl4j.data.TargetColumn;
import org.mtl4j.layer.Mlp;
import org.mtl4j.sharing.Graph;
import org.mtl4j.sharing.Hard;
import org.mtl4j.task.Task;
import org.tribuo.classification.Label;
import org.tribuo.regression.Regressor;

/** Data as the losses take them. */
class PreparedTest {

    private static final Task<Regressor> SIZE = Task.named("size").regression();
    private static final Task<Regressor> OTHER = Task.named("other").regression();
    private static final Task<Label> KIND = Task.named("kind").binary();
    private static final Task<Label> COLD = Task.named("kind").positive("cold");

    private static MultiTaskData rows(double shift) {
        return MultiTaskData.dense(new double[][] {{shift}, {shift + 2}, {shift + 4}})
                .target(SIZE, new double[] {shift, Double.NaN, shift + 2})
                .target(OTHER, new double[] {1, 2, 3})
                .target(KIND, new String[] {"warm", null, "cold"});
    }

    private static Prepared prepared(Task<?>... tasks) {
        return Prepared.of(Split.of(rows(10), rows(20), rows(30)), List.of(tasks));
    }

    private static float[] values(TargetColumn column) {
        float[] values = new float[column.rows()];
        for (int r = 0; r < values.length; r++) {
            values[r] = column.get(r, 0);
        }
        return values;
    }

    @Test
    void inputs_and_real_targets_of_all_parts_are_standardised_by_the_training_part() {
        Prepared prepared = prepared(SIZE);
        assertThat(values(prepared.train().target("size"))).containsExactly(-1, Float.NaN, 1);
        assertThat(values(prepared.validation().target("size"))).containsExactly(9, Float.NaN, 11);
        Input.Dense train = (Input.Dense) prepared.train().input("features");
        assertThat(train.get(1, 0)).isZero();
        assertThat(train.get(2, 0)).isEqualTo(-train.get(0, 0)).isPositive();
    }

    @Test
    void a_binary_target_is_1_for_the_positive_class_and_other_targets_are_left_out() {
        assertThat(values(prepared(KIND).train().target("kind"))).containsExactly(1, Float.NaN, 0);
        assertThat(values(prepared(COLD).train().target("kind"))).containsExactly(0, Float.NaN, 1);
        assertThat(prepared(KIND, SIZE).train().targets()).containsExactly("kind", "size");
        assertThat(prepared(KIND).inputs().get(0).features()).containsExactly("x0");
    }

    @Test
    void an_encoder_of_one_input_says_so_of_data_with_two() {
        Input x = Input.Dense.of(List.of("x"), new float[] {1, 2});
        MultiTaskData two = MultiTaskData.of("features", x)
                .with("more", x)
                .with(TargetColumn.Reals.of("size", List.of("DIM-0"), new float[] {1, 2}));
        Prepared prepared = Prepared.of(Split.of(two, two, two), List.of(SIZE));
        assertThatThrownBy(() -> Graph.build(new Hard(Mlp.of(4)), prepared.inputs(), prepared.objectives(), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Encoder mlp(4): it reads one input, but the data have 2: features, more.\n"
                        + "Give data with one input, or join encoders with fusion().");
    }
}
