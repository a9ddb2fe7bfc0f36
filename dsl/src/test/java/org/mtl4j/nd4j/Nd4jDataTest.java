package org.mtl4j.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mtl4j.data.Input;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.data.Target;
import org.mtl4j.data.TargetColumn.Classes;
import org.mtl4j.data.TargetColumn.Marks;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.tribuo.Output;
import org.tribuo.classification.Label;
import org.tribuo.multilabel.MultiLabel;
import org.tribuo.regression.Regressor;

class Nd4jDataTest {

    private record Named<T extends Output<T>>(String name, Class<T> outputType) implements Target<T> {}

    private static final Target<Label> KIND = new Named<>("kind", Label.class);
    private static final Target<MultiLabel> GENRES = new Named<>("genres", MultiLabel.class);
    private static final Target<Regressor> SIZE = new Named<>("size", Regressor.class);

    private static MultiTaskData rows() {
        return Nd4jData.dense(Nd4j.create(new double[][] {{1, 2}, {3, 4}, {5, 6}}));
    }

    @Test
    void arrays_of_any_order_and_type_become_rows() {
        MultiTaskData data =
                Nd4jData.dense(Nd4j.create(new double[][] {{1, 3}, {2, 4}}).transpose());
        Input.Dense x = (Input.Dense) data.input(MultiTaskData.FEATURES);
        assertThat(x.features()).containsExactly("x0", "x1");
        assertThat(x.get(0, 1)).isEqualTo(2);
        assertThat(x.get(1, 0)).isEqualTo(3);
    }

    @Test
    void class_targets_come_as_numbers_or_one_hot() {
        MultiTaskData numbers = Nd4jData.target(rows(), KIND, Nd4j.createFromArray(2, -1, 0));
        MultiTaskData oneHot =
                Nd4jData.target(rows(), KIND, Nd4j.createFromArray(new float[][] {{0, 0, 1}, {0, 0, 0}, {1, 0, 0}}));
        for (MultiTaskData data : List.of(numbers, oneHot)) {
            Classes kind = (Classes) data.target("kind");
            assertThat(kind.classes()).containsExactly("0", "1", "2");
            assertThat(List.of(kind.index(0), kind.index(1), kind.index(2))).containsExactly(2, -1, 0);
        }
    }

    @Test
    void a_multi_data_set_keeps_values_and_masks_there_and_back() {
        MultiTaskData data = Nd4jData.target(
                Nd4jData.target(rows(), KIND, Nd4j.createFromArray(1, -1, 0)),
                SIZE,
                Nd4j.createFromArray(0.5f, 1.5f, Float.NaN));
        MultiDataSet set = Nd4jData.multiDataSet(data);
        assertThat(set.getLabelsMaskArray(0).toFloatVector()).containsExactly(1, 0, 1);
        assertThat(set.getLabelsMaskArray(1).toFloatVector()).containsExactly(1, 1, 0);
        assertThat(set.getLabels(0).toFloatMatrix()).isDeepEqualTo(new float[][] {{0, 1}, {0, 0}, {1, 0}});
        MultiTaskData back = Nd4jData.of(set, List.of(KIND, SIZE));
        assertThat(back.toString()).isEqualTo(data.toString());
        assertThat(back.target("kind").isLabelled(1)).isFalse();
        assertThat(back.target("size").isLabelled(2)).isFalse();
        assertThat(back.target("size").get(1, 0)).isEqualTo(1.5f);
    }

    @Test
    void labels_have_a_mask_of_their_own() {
        MultiTaskData data = Nd4jData.target(rows(), GENRES, Nd4j.createFromArray(new float[][] {
            {1, 0}, {Float.NaN, 1}, {Float.NaN, Float.NaN}
        }));
        MultiDataSet set = Nd4jData.multiDataSet(data);
        assertThat(set.getLabels(0).toFloatMatrix()).isDeepEqualTo(new float[][] {{1, 0}, {0, 1}, {0, 0}});
        assertThat(set.getLabelsMaskArray(0).toFloatMatrix()).isDeepEqualTo(new float[][] {{1, 1}, {0, 1}, {0, 0}});
        Marks back = (Marks) Nd4jData.of(set, List.of(GENRES)).target("genres");
        assertThat(back.labels()).containsExactly("0", "1");
        assertThat(back.holds(0, 0)).isTrue();
        assertThat(back.isKnown(1, 0)).isFalse();
        assertThat(back.holds(1, 1)).isTrue();
        assertThat(back.isLabelled(2)).isFalse();
        set.setLabelsMaskArray(0, Nd4j.createFromArray(new float[][] {{1}, {0}, {1}}));
        Marks byRow = (Marks) Nd4jData.of(set, List.of(GENRES)).target("genres");
        assertThat(byRow.isLabelled(1)).isFalse();
        assertThat(byRow.isComplete(2)).isTrue();
    }

    @Test
    void arrays_of_another_shape_are_errors() {
        assertThatThrownBy(() -> Nd4jData.dense(Nd4j.zeros(2, 3, 4)))
                .hasMessage("The array of features has shape [2, 3, 4], but rows and columns are two.\n"
                        + "Reshape it to [rows, columns].");
        assertThatThrownBy(() -> Nd4jData.target(rows(), KIND, Nd4j.createFromArray(0.5f, 1f, 2f)))
                .hasMessage("Target 'kind': row 0 holds [0.5], but a class number is -1 (no label), 0, 1, ....\n"
                        + "Correct the array, or declare a regression task.");
        assertThatThrownBy(() -> Nd4jData.target(rows(), KIND, Nd4j.ones(3, 2)))
                .hasMessage("Target 'kind': row 0 holds [1.0, 1.0], but one class of a row is 1, all others are 0.\n"
                        + "Correct the array, or declare a regression task.");
        assertThatThrownBy(() -> Nd4jData.of(Nd4jData.multiDataSet(rows()), List.of(KIND)))
                .hasMessage("The data set has 1 feature arrays and 0 label arrays, but there are 1 targets.\n"
                        + "Give one feature array, and a target per label array.");
    }
}
