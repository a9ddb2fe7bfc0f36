package org.mtl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mtl4j.Mtl.adam;
import static org.mtl4j.Mtl.baseline;
import static org.mtl4j.Mtl.fcos;
import static org.mtl4j.Mtl.hard;
import static org.mtl4j.Mtl.mlp;
import static org.mtl4j.Mtl.pcgrad;
import static org.mtl4j.Mtl.resnet;
import static org.mtl4j.Mtl.task;
import static org.mtl4j.Mtl.unet;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.data.Box;
import org.mtl4j.data.BoxTargets;
import org.mtl4j.data.Input;
import org.mtl4j.data.Inputs;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.data.Split;
import org.mtl4j.fitted.FoundBoxes;
import org.mtl4j.fitted.Metric;
import org.mtl4j.fitted.Net;
import org.mtl4j.fitted.Predictions;
import org.mtl4j.fitted.ScoredBox;
import org.mtl4j.layer.Encoder;
import org.mtl4j.task.Task;
import org.mtl4j.train.Ending;
import org.mtl4j.train.Training;
import org.tribuo.classification.Label;
import org.tribuo.classification.baseline.DummyClassifierTrainer;

/** Squares and discs are found in noisy images of 24 x 24 pixels, while one encoder tells too whether there is any disc. */
class BoxTasksTest {

    private static final int SIZE = 24;
    private static final Task<Label> OBJECTS = task("objects").boxes();
    private static final Task<Label> DISC = task("disc").binary();

    /** None, one or two objects that do not overlap; of one row in ten their boxes are not known. */
    private static MultiTaskData drawings(int rows, long seed) {
        Random random = new Random(seed);
        float[][] pixels = new float[rows][SIZE * SIZE];
        List<@Nullable List<Box>> boxes = new ArrayList<>();
        String[] disc = new String[rows];
        for (int r = 0; r < rows; r++) {
            for (int p = 0; p < pixels[r].length; p++) {
                pixels[r][p] = (float) (0.1 * random.nextGaussian());
            }
            List<Box> drawn = new ArrayList<>();
            int wanted = random.nextInt(3);
            while (drawn.size() < wanted) {
                Box box = place(random);
                if (drawn.stream().noneMatch(other -> other.iou(box) > 0)) {
                    draw(box, pixels[r]);
                    drawn.add(box);
                }
            }
            boxes.add(random.nextInt(10) == 0 ? null : drawn);
            disc[r] = drawn.stream().anyMatch(box -> box.label().equals("disc")) ? "yes" : "no";
        }
        Input images = Inputs.images(1, SIZE, SIZE, pixels);
        return MultiTaskData.of("image", images)
                .with(BoxTargets.of(OBJECTS, images, boxes))
                .target(DISC, disc);
    }

    private static Box place(Random random) {
        int size = 6 + random.nextInt(6);
        int x = random.nextInt(SIZE - size);
        int y = random.nextInt(SIZE - size);
        return Box.ofSize(random.nextBoolean() ? "disc" : "square", x, y, size, size);
    }

    private static void draw(Box box, float[] image) {
        double radius = box.width() / 2;
        for (int y = (int) box.top(); y < box.bottom(); y++) {
            for (int x = (int) box.left(); x < box.right(); x++) {
                double dx = x + 0.5 - box.left() - radius;
                double dy = y + 0.5 - box.top() - radius;
                if (box.label().equals("square") || dx * dx + dy * dy < radius * radius) {
                    image[y * SIZE + x] += 1;
                }
            }
        }
    }

    private static final Split DRAWINGS =
            drawings(300, 1).split(0.7, 0.15, 0.15).seed(3);
    private static final Recipe RECIPE = hard(unet(8, 16))
            .tasks(OBJECTS, DISC)
            .balance(pcgrad())
            .optimise(adam(5e-3))
            .epochs(30)
            .batch(16)
            .seed(7);
    private static final Run RUN = RECIPE.fit(DRAWINGS);

    @Test
    void objects_are_found_beside_a_class_and_far_better_than_by_an_untrained_net() {
        assertThat(RUN.test().value(OBJECTS, Metric.BOX_AP_50)).isGreaterThan(0.6);
        assertThat(RUN.test().value(OBJECTS, Metric.BOX_AP)).isGreaterThan(0.3);
        assertThat(RUN.test().value(DISC, Metric.AUC)).isGreaterThan(0.7);
        assertThat(RUN.test().main(OBJECTS).metric()).isEqualTo(Metric.BOX_AP);
        assertThat(RUN.toString()).contains("AP@.5:.95", "AP@.5");
        Run untrained = RECIPE.optimise(adam(1e-9)).epochs(1).fit(DRAWINGS);
        assertThat(untrained.test().value(OBJECTS, Metric.BOX_AP_50)).isLessThan(0.05);
    }

    @Test
    void predictions_hold_the_boxes_of_each_row() {
        MultiTaskData test = DRAWINGS.test();
        Predictions predictions = RUN.predict(test);
        FoundBoxes found = predictions.boxes(OBJECTS);
        assertThat(found.rows()).hasSize(test.rows());
        assertThat(predictions.boxes("objects")).isEqualTo(found);
        double last = 1;
        for (ScoredBox each : found.row(0)) {
            assertThat(each.score()).isBetween(FoundBoxes.THRESHOLD, last);
            assertThat(each.box().left()).isBetween(0.0, 24.0);
            assertThat(each.box().bottom()).isBetween(0.0, 24.0);
            last = each.score();
        }
        assertThat(found.toString()).contains("Boxes of objects", "boxes in " + test.rows() + " rows");
        assertThat(predictions.toString()).contains("objects", "disc");
        assertThat(predictions.matrix(OBJECTS).columns()).isEqualTo(SIZE * SIZE * 7);
        assertThatThrownBy(() -> predictions.boxes(DISC))
                .hasMessage("Task 'disc' finds no boxes.\nAsk for labels(\"disc\") or probabilities(\"disc\").");
        assertThatThrownBy(() -> predictions.labels(OBJECTS))
                .hasMessage("Task 'objects' predicts boxes, not classes.\nAsk for boxes(\"objects\").");
        assertThatThrownBy(() -> predictions.numbers(OBJECTS))
                .hasMessage("Task 'objects' predicts boxes, not numbers.\nAsk for boxes(\"objects\").");
    }

    @Test
    void a_row_without_a_label_is_not_scored_and_a_row_without_an_object_is() {
        MultiTaskData test = DRAWINGS.test();
        int labelled = test.target("objects").labelled();
        assertThat(labelled).isLessThan(test.rows());
        assertThat(RUN.test().task(OBJECTS).labelled()).isEqualTo(labelled);
    }

    @Test
    void the_same_recipe_gives_the_same_bits_and_a_file_gives_the_net_back(@TempDir Path folder) {
        Recipe few = RECIPE.epochs(2);
        Run once = few.fit(DRAWINGS);
        assertThat(few.fit(DRAWINGS).net().parameters()).isEqualTo(once.net().parameters());
        Path file = folder.resolve("net.mtl4j");
        RUN.save(file.toString());
        Net loaded = Net.load(file);
        assertThat(loaded).isEqualTo(RUN.net());
        assertThat(loaded.predict(DRAWINGS.test())).isEqualTo(RUN.predict(DRAWINGS.test()));
        assertThat(loaded.predict(DRAWINGS.test()).boxes(OBJECTS))
                .isEqualTo(RUN.predict(DRAWINGS.test()).boxes(OBJECTS));
    }

    @Test
    void a_training_that_stops_and_goes_on_ends_with_the_bits_of_one_that_never_stopped(@TempDir Path folder) {
        Recipe few = RECIPE.epochs(2);
        String file = folder.resolve("run.checkpoint").toString();
        Recipe stopped = few.balance(new Interrupting(pcgrad(), 20)).checkpoint(file);
        Run part = stopped.fit(DRAWINGS, Training.Audience.NOBODY);
        assertThat(part.history().ending()).isInstanceOf(Ending.Interrupted.class);
        Run rest = few.checkpoint(file).fit(DRAWINGS, Training.Audience.NOBODY);
        assertThat(rest.history().ending()).isNotInstanceOf(Ending.Interrupted.class);
        assertThat(rest.net().parameters()).isEqualTo(few.fit(DRAWINGS).net().parameters());
    }

    @Test
    void a_recipe_of_boxes_prints_its_lines() {
        assertThat(RECIPE.toString())
                .startsWith("hard(unet(8, 16)).tasks(task(\"objects\").boxes(), task(\"disc\").binary())");
    }

    @Test
    void what_does_not_fit_is_an_error_before_anything_is_trained() {
        refuses(mlp(8), "one vector");
        refuses(resnet(4), "one vector");
        Task<Label> cats = task("objects").boxes("cat", "disc");
        assertThatThrownBy(() -> hard(unet(4, 8)).tasks(cats).epochs(1).fit(DRAWINGS))
                .hasMessage(
                        "Task 'objects': column 'objects' has boxes of class 'square', but the task names cat, disc.\n"
                                + "Name it too, or declare task(\"objects\").boxes() for the classes of the data.");
        assertThatThrownBy(() -> hard(unet(4, 8))
                        .tasks(task("objects").classes())
                        .epochs(1)
                        .fit(DRAWINGS))
                .hasMessageStartingWith("Task 'objects': the task predicts classes but column 'objects' holds boxes (")
                .hasMessageEndingWith("Declare it as a boxes() task, or give the column as classes.");
        assertThatThrownBy(() ->
                        hard(unet(4, 8)).tasks(task("disc").boxes()).epochs(1).fit(DRAWINGS))
                .hasMessageStartingWith("Task 'disc': the task predicts boxes but column 'disc' holds classes (")
                .hasMessageEndingWith("Declare it as a class task, or give the column as BoxTargets.of(..).");
        Input small = Inputs.images(1, 8, 8, new float[300][64]);
        MultiTaskData two = drawings(300, 1).with("small", small);
        Split split = two.split(0.7, 0.15, 0.15).seed(3);
        assertThatThrownBy(() -> hard(unet(4, 8)).tasks(OBJECTS).epochs(1).fit(split))
                .hasMessageStartingWith(
                        "Task 'objects': its boxes lie in images of 24 x 24 pixels (height x width), but the data have 'image' of ")
                .hasMessageEndingWith("\nGive the input that the boxes were made for, and images of one size only.");
        assertThatThrownBy(() -> RUN.model(OBJECTS))
                .hasMessage("Task 'objects': it finds boxes in images, for which Tribuo's Model has no type.\n"
                        + "Ask run.predict(data) for boxes(\"objects\").");
        assertThatThrownBy(() -> baseline(OBJECTS, DummyClassifierTrainer.createMostFrequentTrainer()))
                .hasMessage("baseline(): no trainer of Tribuo's gives the answers of task(\"objects\").boxes().\n"
                        + "Take single(..) for a control.");
        assertThatThrownBy(RUN::sameDiff)
                .hasMessage(
                        "sameDiff(): 'head.objects' is a head of boxes, of which cells are only the candidates, which has no SameDiff form here.\n"
                                + "Keep its parameters with run.saveNpz(file), or the net with run.save(file).");
    }

    private static void refuses(Encoder encoder, String end) {
        assertThatThrownBy(() -> hard(encoder).tasks(OBJECTS).epochs(1).fit(DRAWINGS))
                .hasMessageStartingWith("Task 'objects': it finds boxes in a map of its image, but encoder " + encoder
                        + " ends in " + end + ", ")
                .hasMessageEndingWith("\nTake an encoder that keeps the map, such as unet(16, 32) or"
                        + " sequential(conv2d(16, 3, 3), relu()).");
    }

    @Test
    void classes_may_be_named_and_a_class_that_the_data_lack_has_no_part_in_the_score() {
        Task<Label> three = task("objects").boxes("square", "cat", "disc").loss(fcos().radius(1.5));
        Run run = hard(unet(4, 8))
                .tasks(three)
                .optimise(adam(1e-2))
                .epochs(1)
                .batch(16)
                .seed(7)
                .fit(DRAWINGS);
        assertThat(run.predict(DRAWINGS.test()).columns("objects")).containsExactly("square", "cat", "disc");
        assertThat(run.test().value(three, Metric.BOX_AP)).isBetween(0.0, 1.0);
    }
}
