package org.mtl4j.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mtl4j.data.Box;
import org.mtl4j.data.BoxTargets;
import org.mtl4j.data.Input;
import org.mtl4j.data.Inputs;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.layer.Sequential;
import org.mtl4j.sharing.Hard;
import org.mtl4j.task.Fcos;
import org.mtl4j.task.Task;
import org.mtl4j.tensor.Activation;
import org.mtl4j.tensor.Conv2d;
import org.tribuo.classification.Label;

/** The loss of boxes as a whole: all three parts, on a map with cells of 2 x 2 pixels, beside a task that has a label a row. */
class BoxGradientTest {

    private static final int ROWS = 6;
    private static final Task<Label> OBJECTS = Task.named("objects").boxes();
    private static final Task<Label> MOOD = Task.named("mood").binary();
    private static final Hard SHARING = new Hard(Sequential.of(
            Conv2d.of(4, 3, 3).padding(1).stride(2),
            new Activation.Tanh(),
            Conv2d.of(5, 3, 3).padding(1)));

    /** Nested boxes, a row without a box, a row without a label, and a box that is the whole image. */
    private static List<@Nullable List<Box>> boxes() {
        List<@Nullable List<Box>> boxes = new ArrayList<>();
        boxes.add(List.of(new Box("disc", 0, 0, 8, 6), new Box("square", 2.5, 0.5, 5.5, 4)));
        boxes.add(List.of());
        boxes.add(null);
        boxes.add(List.of(new Box("square", 0, 2, 4.2, 5.8)));
        boxes.add(List.of(new Box("disc", 0, 0, 12, 8), new Box("disc", 6, 3.1, 11, 7.5)));
        boxes.add(List.of(new Box("disc", 8, 0, 12, 8)));
        return boxes;
    }

    private static MultiTaskData data(long seed, List<? extends @Nullable List<Box>> boxes) {
        Random random = new Random(seed);
        float[][] pixels = new float[ROWS][8 * 12];
        for (float[] row : pixels) {
            for (int c = 0; c < row.length; c++) {
                row[c] = (float) random.nextGaussian();
            }
        }
        Input images = Inputs.images(1, 8, 12, pixels);
        @Nullable String[] mood = {"glad", "sad", null, "glad", null, "sad"};
        return MultiTaskData.of("image", images)
                .with(BoxTargets.of(OBJECTS, List.of("disc", "square"), images, boxes))
                .target(MOOD, mood);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1.5})
    void the_gradient_is_that_of_central_differences(double radius) {
        Fcos loss =
                Fcos.DEFAULT.classification(1.5).regression(2).centerness(0.7).radius(radius);
        LossRig rig = new LossRig(SHARING, data(3, boxes()), List.of(OBJECTS.loss(loss), MOOD), 5);
        assertThat(rig.losses()[0]).isPositive();
        rig.checkSlopes(2, 0.03, 2e-3);
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5})
    void one_stacked_pass_gives_what_a_pass_per_task_gives(long seed) {
        new LossRig(SHARING, data(seed, boxes()), List.of(OBJECTS, MOOD), seed).checkGram();
    }

    @Test
    void without_a_positive_cell_only_the_classes_have_a_loss() {
        List<List<Box>> none = List.of(List.of(), List.of(), List.of(), List.of(), List.of(), List.of());
        double loss = loss(none, Fcos.DEFAULT);
        assertThat(loss).isPositive();
        assertThat(loss(none, Fcos.DEFAULT.regression(9).centerness(9))).isEqualTo(loss);
        assertThat(loss(none, Fcos.DEFAULT.classification(0))).isZero();
        // a box between the centres of cells, which lie at 1, 3, 5, ... pixels, is found by none
        List<List<Box>> thin =
                List.of(List.of(new Box("disc", 1, 1, 3, 3)), List.of(), List.of(), List.of(), List.of(), List.of());
        assertThat(loss(thin, Fcos.DEFAULT)).isEqualTo(loss);
    }

    private static double loss(List<? extends @Nullable List<Box>> boxes, Fcos loss) {
        return new LossRig(SHARING, data(3, boxes), List.of(OBJECTS.loss(loss), MOOD), 5).losses()[0];
    }

    @Test
    void a_row_without_a_label_counts_nowhere_and_a_row_without_a_box_does() {
        List<@Nullable List<Box>> boxes = boxes();
        double unlabelled = loss(boxes, Fcos.DEFAULT);
        boxes.set(2, List.of());
        assertThat(loss(boxes, Fcos.DEFAULT)).isGreaterThan(unlabelled);
        assertThat(loss(boxes, Fcos.DEFAULT.classification(0)))
                .isEqualTo(loss(boxes(), Fcos.DEFAULT.classification(0)));
    }
}
