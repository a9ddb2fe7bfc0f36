package org.mtl4j.fitted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mtl4j.data.Box;
import org.mtl4j.task.Grid;
import org.mtl4j.task.Objective;
import org.mtl4j.task.Task;

class FoundBoxesTest {

    private static final ScoredBox BEST = new ScoredBox(new Box("disc", 0, 0, 10, 10), 0.9);

    @Test
    void of_boxes_that_overlap_the_better_one_of_a_class_stays() {
        // IoU with the best: 7.5/10 = 0.75; 6/10 = 0.6, not above it; 0.75 of another class; 0
        ScoredBox much = new ScoredBox(new Box("disc", 0, 0, 10, 7.5), 0.8);
        ScoredBox just = new ScoredBox(new Box("disc", 0, 0, 10, 6), 0.4);
        ScoredBox other = new ScoredBox(new Box("square", 0, 0, 10, 7.5), 0.7);
        ScoredBox apart = new ScoredBox(new Box("disc", 20, 20, 30, 30), 0.1);
        // 6/7.5 = 0.8 with 'much', which is dropped and so drops nothing
        assertThat(FoundBoxes.suppress(List.of(apart, much, just, BEST, other)))
                .containsExactly(BEST, other, just, apart);
    }

    @Test
    void of_equal_scores_the_earlier_stays_and_no_more_than_100_do() {
        ScoredBox twin = new ScoredBox(new Box("disc", 0, 0, 10, 9), 0.9);
        assertThat(FoundBoxes.suppress(List.of(BEST, twin))).containsExactly(BEST);
        assertThat(FoundBoxes.suppress(List.of(twin, BEST))).containsExactly(twin);
        List<ScoredBox> many = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            many.add(new ScoredBox(new Box("disc", 20 * i, 0, 20 * i + 10, 10), 0.1 + i / 1000.0));
        }
        assertThat(FoundBoxes.suppress(many))
                .hasSize(100)
                .startsWith(many.get(149))
                .endsWith(many.get(50));
    }

    @Test
    void cells_become_probabilities_and_pixels_within_the_image() {
        Objective objective = new Objective(Task.named("objects").boxes(), 7, List.of("disc", "square"), 1);
        Grid grid = new Grid(4, 8, 1, 2);
        float zero = 0;
        float quarter = (float) Math.log(0.25); // of a stride of 4: a pixel
        float[] outputs = {
            2,
            -9,
            quarter,
            quarter,
            quarter,
            quarter,
            zero, // around (2, 2)
            -9,
            3,
            zero,
            quarter,
            quarter,
            zero,
            1 // around (6, 2); 4 pixels down is below the image
        };
        Matrix cells = FoundBoxes.cells(objective, grid, 1, outputs);
        FoundBoxes found = FoundBoxes.of(objective, cells);
        double s2 = 1 / (1 + Math.exp(-2));
        double s3 = 1 / (1 + Math.exp(-3));
        double s1 = 1 / (1 + Math.exp(-1));
        assertThat(found.row(0)).hasSize(2);
        assertThat(found.row(0).get(0).score()).isCloseTo(s3 * s1, within(1e-6));
        near(found.row(0).get(0).box(), new Box("square", 2, 1, 7, 4));
        assertThat(found.row(0).get(1).score()).isCloseTo(s2 * 0.5, within(1e-6));
        near(found.row(0).get(1).box(), new Box("disc", 1, 1, 3, 3));
        assertThat(found.words(0)).isEqualTo("square 0.70, disc 0.44");
        assertThat(found.toString())
                .contains("Boxes of objects", "row", "class", "score", "left", "bottom")
                .contains("2 of 2 boxes in 1 rows; sides in pixels");
    }

    private static void near(Box found, Box wanted) {
        assertThat(found.label()).isEqualTo(wanted.label());
        assertThat(found.left()).isCloseTo(wanted.left(), within(1e-5));
        assertThat(found.top()).isCloseTo(wanted.top(), within(1e-5));
        assertThat(found.right()).isCloseTo(wanted.right(), within(1e-5));
        assertThat(found.bottom()).isCloseTo(wanted.bottom(), within(1e-5));
    }
}
