package org.mtl4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.mtl4j.task.Task;
import org.tribuo.classification.Label;

class BoxTargetsTest {

    private static final Task<Label> OBJECTS = Task.named("objects").boxes();
    private static final Input IMAGES = Inputs.images(1, 4, 6, new float[3][24]);
    private static final Box CAT = new Box("cat", 1, 0, 6, 4);
    private static final Box DOG = Box.ofSize("dog", 0, 0, 2, 1.5);

    private static Boxes column() {
        List<@Nullable List<Box>> boxes = Arrays.asList(List.of(DOG, CAT), null, List.of());
        return (Boxes) BoxTargets.of(OBJECTS, IMAGES, boxes);
    }

    @Test
    void a_row_without_a_box_is_labelled_and_a_row_of_null_is_not() {
        Boxes column = column();
        assertThat(column.classes()).containsExactly("cat", "dog");
        assertThat(column.boxes(0)).containsExactly(DOG, CAT);
        assertThat(column.isLabelled(1)).isFalse();
        assertThat(column.isLabelled(2)).isTrue();
        assertThat(column.boxes(1)).isEmpty();
        assertThat(column.boxes(2)).isEmpty();
        assertThat(column.labelled()).isEqualTo(2);
    }

    @Test
    void rows_are_selected_kept_and_stacked_with_their_labels() {
        Boxes selected = column().select(new int[] {2, 1, 0});
        assertThat(selected.isLabelled(0)).isTrue();
        assertThat(selected.isLabelled(1)).isFalse();
        assertThat(selected.boxes(2)).containsExactly(DOG, CAT);
        BitSet two = new BitSet();
        two.set(1, 3);
        assertThat(column().keep(two).labelled()).isEqualTo(1);
        Boxes birds = (Boxes)
                BoxTargets.of(OBJECTS, IMAGES, List.of(List.of(new Box("bird", 0, 0, 1, 1)), List.of(), List.of()));
        MultiTaskData above = MultiTaskData.of("image", IMAGES).with(column());
        MultiTaskData below = MultiTaskData.of("image", IMAGES).with(birds);
        Boxes stacked = (Boxes) MultiTaskData.stack(above, below).target("objects");
        assertThat(stacked.classes()).containsExactly("bird", "cat", "dog");
        assertThat(stacked.boxes(0)).containsExactly(DOG, CAT);
        assertThat(stacked.boxes(3)).containsExactly(new Box("bird", 0, 0, 1, 1));
        assertThat(stacked.labelled()).isEqualTo(5);
        MultiTaskData without = MultiTaskData.of("image", IMAGES);
        assertThat(MultiTaskData.stack(above, without).target("objects").labelled())
                .isEqualTo(2);
        assertThat(above.toString()).contains("boxes of 2 classes", "2 boxes: cat 50.0 %, dog 50.0 %");
    }

    @Test
    void parts_of_a_split_have_the_classes_of_all_and_the_same_room() {
        MultiTaskData data = MultiTaskData.of("image", IMAGES).with(column());
        Boxes birds = (Boxes)
                BoxTargets.of(OBJECTS, IMAGES, List.of(List.of(new Box("bird", 0, 0, 1, 1)), List.of(), List.of()));
        Split split = Split.of(MultiTaskData.of("image", IMAGES).with(birds), data, data);
        Boxes train = (Boxes) split.train().target("objects");
        Boxes test = (Boxes) split.test().target("objects");
        assertThat(train.classes()).containsExactly("bird", "cat", "dog").isEqualTo(test.classes());
        assertThat(train.width()).isEqualTo(test.width());
        assertThat(test.boxes(0)).containsExactly(DOG, CAT);
    }

    @Test
    void a_class_that_no_training_box_has_is_an_error() {
        MultiTaskData data = MultiTaskData.of("image", IMAGES).with(column());
        MultiTaskData cats = MultiTaskData.of("image", IMAGES)
                .with(BoxTargets.of(OBJECTS, IMAGES, List.of(List.of(CAT), List.of(), List.of())));
        assertThat(Split.of(data, cats, data).requireTargets(List.of(OBJECTS))).isNotNull();
        assertThatThrownBy(() -> Split.of(cats, cats, data).requireTargets(List.of(OBJECTS)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Task 'objects': the box dog (0, 0, 2, 1.5) of row 0 in the test part has a class that no box of"
                                + " the training part has.\nLeave out boxes of this class, or take another seed, or give the training"
                                + " part a larger share.");
    }

    @Test
    void a_box_prints_its_corners_and_knows_its_overlap() {
        assertThat(DOG).hasToString("dog (0, 0, 2, 1.5)");
        assertThat(CAT.area()).isEqualTo(20);
        assertThat(CAT.iou(DOG)).isEqualTo(1.5 / (20 + 3 - 1.5));
        assertThat(DOG.iou(new Box("dog", 2, 0, 3, 1))).isZero();
    }

    @Test
    void what_is_no_box_of_an_image_is_an_error() {
        assertThatThrownBy(() -> new Box("cat", 3, 1, 3, 2))
                .hasMessage("The box 'cat' (3, 1, 3, 2) has no area: left lies before right, and top above bottom.\n"
                        + "Give the corners, or Box.ofSize(\"cat\", x, y, width, height).");
        assertThatThrownBy(() -> new Box("cat", 3, Double.NaN, 4, 2))
                .hasMessage("The box 'cat' (3, NaN, 4, 2) has a side that is not a finite number.\n"
                        + "Give pixels: new Box(\"cat\", left, top, right, bottom).");
        assertThatThrownBy(() -> new Box(" ", 3, 1, 4, 2))
                .hasMessage("The box (3, 1, 4, 2) has a blank label.\n"
                        + "Name its class: new Box(\"cat\", 3, 4, 10, 12).");
        Box wide = new Box("cat", 3, 1, 6.5, 2);
        assertThatThrownBy(() -> BoxTargets.of(OBJECTS, IMAGES, List.of(List.of(), List.of(wide), List.of())))
                .hasMessage(
                        "Target 'objects': row 1 has the box cat (3, 1, 6.5, 2), which reaches out of its image of 6 x 4 pixels (width x height).\n"
                                + "Cut it at the border, or correct it.");
        List<String> birds = List.of("bird", "dog");
        assertThatThrownBy(() -> BoxTargets.of(OBJECTS, birds, IMAGES, List.of(List.of(CAT), List.of(), List.of())))
                .hasMessage("Target 'objects': row 0 has the box cat (1, 0, 6, 4), but the classes are bird, dog.\n"
                        + "Name its class among them, or leave the box out.");
        assertThatThrownBy(() -> BoxTargets.of(OBJECTS, IMAGES, List.of(List.of(), List.of(), List.of())))
                .hasMessage(
                        "Target 'objects': no row has a box, so its classes are not known.\n"
                                + "Give a row with one, or name them: BoxTargets.of(task, List.of(\"cat\", \"dog\"), images, boxes).");
        assertThatThrownBy(() -> BoxTargets.of(OBJECTS, IMAGES, List.of(List.of(CAT))))
                .hasMessage("Target 'objects': there are boxes of 1 rows, but images of 3.\n"
                        + "Give a list for each image: empty for no object, null for no label.");
        Input features = Inputs.features(new double[1][2]);
        assertThatThrownBy(() -> BoxTargets.of(OBJECTS, features, List.of(List.of(CAT))))
                .hasMessageStartingWith("Target 'objects': boxes lie in images, but the input is ")
                .hasMessageEndingWith("\nGive an input of Inputs.images(..).");
    }
}
