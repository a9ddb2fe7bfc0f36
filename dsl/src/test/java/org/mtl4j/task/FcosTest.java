package org.mtl4j.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FcosTest {

    /** Cells of 2 x 2 pixels, their centres at 1, 3, 5 and 7. */
    private static final Grid GRID = new Grid(8, 8, 4, 4);

    private static final float NONE = Float.NaN;

    private static int[] assigned(double radius, float... boxes) {
        int[] into = new int[16];
        Assignment.of(boxes, 0, boxes.length / 5, GRID, radius, into);
        return into;
    }

    @Test
    void a_cell_is_to_find_the_smallest_box_that_holds_its_centre() {
        float[] nested = {0, 0, 0, 8, 6, 1, 2, 2, 6, 6, NONE, NONE, NONE, NONE, NONE};
        assertThat(assigned(0, nested)).containsExactly(0, 0, 0, 0, 0, 1, 1, 0, 0, 1, 1, 0, -1, -1, -1, -1);
        float[] alike = {0, 0, 0, 4, 4, 1, 2, 0, 6, 4};
        assertThat(Arrays.copyOf(assigned(0, alike), 4))
                .as("of equals the first")
                .containsExactly(0, 0, 1, -1);
    }

    @Test
    void a_centre_on_the_border_of_a_box_is_not_inside() {
        float[] border = {0, 1, 1, 5, 5};
        int[] assigned = assigned(0, border);
        assertThat(assigned[5]).isZero();
        assertThat(Arrays.stream(assigned).filter(box -> box >= 0)).hasSize(1);
    }

    @Test
    void with_center_sampling_only_cells_near_the_middle_of_a_box_are_positive() {
        float[] whole = {0, 0, 0, 8, 8};
        // the middle is (4, 4); within 1.5 cells of 2 pixels lie the centres 3 and 5, but not 1 and 7, which are 3 away
        assertThat(assigned(1.5, whole)).containsExactly(-1, -1, -1, -1, -1, 0, 0, -1, -1, 0, 0, -1, -1, -1, -1, -1);
        assertThat(assigned(1.6, whole)).containsOnly(0);
    }

    @Test
    void center_ness_is_1_in_the_middle_and_falls_to_the_sides() {
        assertThat(Assignment.centerness(2, 3, 2, 3)).isEqualTo(1);
        assertThat(Assignment.centerness(1, 2, 4, 2)).isEqualTo(0.5);
        assertThat(Assignment.centerness(1, 1, 4, 9)).isCloseTo(1.0 / 6, within(1e-12));
    }

    /**
     * One image of 2 x 1 cells of 4 x 4 pixels, two classes. The box (0, 0, 5, 4) of class 1 holds the centre (2, 2) of the first
     * cell: l* = 2, t* = 2, r* = 3, b* = 2, so c* = sqrt(2 / 3). The centre (6, 2) of the second one lies outside.
     */
    @Test
    void the_loss_is_the_sum_of_its_parts_as_worked_by_hand() {
        float[] outputs = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        float[] box = {1, 0, 0, 5, 4};
        double c = Math.sqrt(2.0 / 3);
        // -a (1 - p)^2 log p with p = 1/2: a = 0.25 for one number, 0.75 for three
        double classes = (0.25 + 3 * 0.75) * 0.25 * Math.log(2);
        // e^0 strides to each side: the box (-2, -2, 6, 6), of area 64 around the true one of 20; GIoU = IoU
        double boxes = c * (1 - 20.0 / 64) / c;
        double centers = Math.log(2); // at a logit of 0 whatever c* is
        Fcos none = new Fcos(0, 0, 0, 0);
        assertThat(loss(none.classification(1), outputs, box)).isCloseTo(classes, within(1e-6));
        assertThat(loss(none.regression(1), outputs, box)).isCloseTo(boxes, within(1e-6));
        assertThat(loss(none.centerness(1), outputs, box)).isCloseTo(centers, within(1e-6));
        assertThat(loss(Fcos.DEFAULT.regression(3), outputs, box))
                .isCloseTo(classes + 3 * boxes + centers, within(1e-6));
        outputs[6] = 2; // of the center-ness
        double bce = Math.log(1 + Math.exp(2)) - 2 * c;
        assertThat(loss(none.centerness(1), outputs, box)).isCloseTo(bce, within(1e-6));
    }

    /**
     * Two boxes in one image of two cells, at center-nesses 1 and sqrt(1 / 3).
     */
    @Test
    void boxes_weigh_by_their_center_ness_and_all_else_by_the_number_of_positive_cells() {
        float[] outputs = new float[14];
        float log = (float) Math.log(0.5); // half a stride to each side: the cell itself
        for (int cell = 0; cell < 2; cell++) {
            Arrays.fill(outputs, cell * 7 + 2, cell * 7 + 6, log);
        }
        // (1, 1, 3, 3) is a quarter of the first cell (0, 0, 4, 4); the other leaves l* = 1, r* = 1/3 ... of (4, 0, 8,
        // 4)
        float[] boxes = {0, 1, 1, 3, 3, 1, 5, 0, 9, 4};
        double c = Math.sqrt(1.0 / 3);
        double one = 1 - 4.0 / 16;
        double inter = 3 * 4;
        double union = 16 + 16 - inter;
        double other = 1 - inter / union; // the smallest box around both, (4, 0, 9, 4), is their union
        Fcos regression = new Fcos(0, 1, 0, 0);
        assertThat(loss(regression, outputs, boxes)).isCloseTo((one + c * other) / (1 + c), within(1e-6));
        double classes = (2 * 0.25 + 2 * 0.75) * 0.25 * Math.log(2) / 2;
        assertThat(loss(new Fcos(1, 0, 0, 0), outputs, boxes)).isCloseTo(classes, within(1e-6));
        assertThat(loss(new Fcos(0, 0, 1, 0), outputs, boxes)).isCloseTo(Math.log(2), within(1e-6));
    }

    /**
     * Against PyTorch 2 in double precision: torchvision's sigmoid_focal_loss over the number of positive cells, the GIoU branch of
     * IOULoss of the authors' code with its weights, and binary_cross_entropy_with_logits; gradients by autograd. Two images of
     * 9 x 6 pixels under 3 x 3 cells, so that strides are unequal.
     */
    @Test
    void loss_and_signal_are_those_of_pytorch() {
        int cells = 18;
        float[] outputs = new float[cells * 7];
        for (int i = 0; i < outputs.length; i++) {
            outputs[i] = (float) (0.8 * Math.sin(1.7 * i + 0.3));
        }
        float[] boxes = {
            0, 0, 0, 9, 5.5f, 1, 1, 0.5f, 5, 3.5f, //
            1, 3.5f, 1.2f, 9, 6, NONE, NONE, NONE, NONE, NONE
        };
        float[] signal = new float[outputs.length];
        Labelled at = new Labelled().outputs(outputs, signal, 0, 7, 7).places(9);
        at.targets(boxes, 10, new int[] {0, 1}, 2).grid(new Grid(6, 9, 3, 3));
        Fcos none = new Fcos(0, 0, 0, 0);
        assertThat(new LossKernel(none.classification(1)).evaluate(at, 1)).isCloseTo(0.3413291659307797, within(1e-6));
        assertThat(new LossKernel(none.regression(1)).evaluate(at, 1)).isCloseTo(0.6867906223976111, within(1e-6));
        assertThat(new LossKernel(none.centerness(1)).evaluate(at, 1)).isCloseTo(0.7311575023590116, within(1e-6));
        new LossKernel(Fcos.DEFAULT).evaluate(at, 1);
        double sum = 0;
        for (float each : signal) {
            sum += Math.abs(each);
        }
        assertThat(sum).isCloseTo(1.6594213814082943, within(1e-5));
        near(signal, 4, 0.007152409, -0.010060969, 0.015031978, 0.011252072, 0.003501438, 0.007281345, 0.040070093);
        near(signal, 17, 0.038882049, -0.006343850, -0.011108406, -0.032787820, 0.018117575, 0.008029244, 0.003278922);
        near(signal, 9, 0.028721201, 0.033327176, 0, 0, 0, 0, 0);
    }

    private static void near(float[] signal, int cell, double... wanted) {
        for (int o = 0; o < wanted.length; o++) {
            assertThat((double) signal[cell * 7 + o]).as("[%d]", o).isCloseTo(wanted[o], within(1e-6));
        }
    }

    private static double loss(Fcos loss, float[] outputs, float[] boxes) {
        Labelled at = new Labelled()
                .outputs(outputs, new float[outputs.length], 0, 7, 7)
                .places(2);
        at.targets(boxes, boxes.length, new int[] {0}, 1).grid(new Grid(4, 8, 1, 2));
        return new LossKernel(loss).evaluate(at, 1);
    }

    @Test
    void it_prints_as_the_line_that_makes_it() {
        assertThat(Fcos.DEFAULT).hasToString("fcos()");
        assertThat(Fcos.DEFAULT.regression(2).radius(1.5)).hasToString("fcos().regression(2.0).radius(1.5)");
        assertThat(Task.named("objects").boxes()).hasToString("task(\"objects\").boxes()");
        assertThat(Task.named("objects").boxes("disc", "square").loss(Fcos.DEFAULT.centerness(0)))
                .hasToString("task(\"objects\").boxes(\"disc\", \"square\").loss(fcos().centerness(0.0))");
    }

    @Test
    void what_is_no_loss_is_an_error() {
        assertThatThrownBy(() -> Fcos.DEFAULT.regression(-1))
                .hasMessage("regression(-1.0): it is a finite number of at least 0.\n"
                        + "Give the weight of this part: fcos().regression(1.5).");
        assertThatThrownBy(() -> Fcos.DEFAULT.radius(Double.NaN))
                .hasMessage("radius(NaN): it is a finite number of at least 0.\n"
                        + "Give cells around a box's middle, 0 for any: fcos().radius(1.5).");
        assertThatThrownBy(() -> Task.named("objects").boxes().loss(new Focal(2, List.of())))
                .hasMessage("Task 'objects': focal(2.0) does not fit boxes().\nIt takes fcos() only.");
        assertThatThrownBy(() -> Task.named("objects").boxes("disc", "disc"))
                .hasMessage("Task 'objects': boxes(\"disc\", \"disc\") names a class twice, or one that is blank.\n"
                        + "Name each class once, or take boxes() for the classes of the data.");
    }
}
