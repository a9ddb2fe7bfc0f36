package org.mtl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mtl4j.Mtl.csv;
import static org.mtl4j.Mtl.hard;
import static org.mtl4j.Mtl.mlp;
import static org.mtl4j.Mtl.task;
import static org.mtl4j.Mtl.transfer;
import static org.mtl4j.Toys.CASUAL;
import static org.mtl4j.Toys.RAIN;
import static org.mtl4j.Toys.REGISTERED;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.data.Split;
import org.mtl4j.task.Task;

/** Data that do not fit a recipe are an error before the first step, in the user's own words. */
class BadDataTest {

    private static final Recipe RECIPE = hard(mlp(8)).tasks(CASUAL, REGISTERED).epochs(1);

    @TempDir
    Path folder;

    private static void fails(ThrowingCallable line, String message) {
        assertThatThrownBy(line).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }

    private static double[][] x(int rows) {
        double[][] x = new double[rows][1];
        for (int r = 0; r < rows; r++) {
            x[r][0] = r;
        }
        return x;
    }

    /** Three parts of one target with these classes; null for no label. */
    private static Split classes(Task<?> kind, List<String[]> parts) {
        List<MultiTaskData> data = parts.stream()
                .map(part -> MultiTaskData.dense(x(part.length)).target(RAIN, part))
                .toList();
        assertThat(kind.name()).isEqualTo("rain");
        return Split.of(data.get(0), data.get(1), data.get(2));
    }

    private static MultiTaskData reals(double... casual) {
        return MultiTaskData.dense(x(casual.length)).target(CASUAL, casual);
    }

    @Test
    void a_task_that_the_data_do_not_have_is_named_with_its_nearest() {
        Recipe recipe = hard(mlp(8)).tasks(CASUAL, task("registred").regression());
        String message = "Task 'registred': the data have no target of this name.\nDid you mean 'registered'? Their"
                + " targets are casual, registered, rain.";
        fails(() -> recipe.fit(Toys.split()), message);
        fails(() -> recipe.layers(Toys.split()), message);
        fails(() -> transfer(recipe).seeds(2).run(Toys.split()), message);
    }

    @Test
    void a_task_of_another_kind_than_its_column_is_an_error() {
        fails(
                () -> hard(mlp(8)).tasks(task("rain").regression()).fit(Toys.split()),
                "Task 'rain': the task predicts real numbers but column 'rain' holds classes (dry 52.1 %, wet 47.9 %).\n"
                        + "Declare it as a class task, or give the column as numbers.");
        fails(
                () -> hard(mlp(8)).tasks(task("casual").binary()).fit(Toys.split()),
                "Task 'casual': the task predicts classes but column 'casual' holds real numbers (103.40 \u00b1 21.83).\n"
                        + "Declare it as a regression task, or give the column as classes.");
    }

    @Test
    void a_class_that_no_training_row_shows_is_an_error() {
        Task<?> rain = task("rain").classes();
        Split split = classes(
                rain, List.of(new String[] {"dry", "wet", "dry", "wet"}, new String[] {"dry", "wet"}, new String[] {
                    "dry", "snow"
                }));
        fails(
                () -> hard(mlp(8)).tasks(rain).batch(4).fit(split),
                "Task 'rain': class 'snow' is in the test part (row 1) but in no training row.\n"
                        + "Drop these rows, or split with .stratified(rain), or take another seed.");
    }

    @Test
    void more_classes_than_two_are_not_binary_and_one_is_none() {
        String[] three = {"dry", "wet", "snow"};
        fails(
                () -> hard(mlp(8)).tasks(RAIN).batch(3).fit(classes(RAIN, List.of(three, three, three))),
                "Task 'rain': it is binary, but column 'rain' holds 3 classes: [dry, snow, wet].\n"
                        + "Declare task(\"rain\").classes().");
        fails(
                () -> hard(mlp(8))
                        .tasks(task("rain").classes(2))
                        .batch(3)
                        .fit(classes(RAIN, List.of(three, three, three))),
                "Task 'rain': the head has 2 outputs but column 'rain' holds class wet.\n"
                        + "Declare task(\"rain\").classes(3), or drop the rows with it.");
        String[] one = {"dry", "dry"};
        fails(
                () -> hard(mlp(8)).tasks(RAIN).batch(2).fit(classes(RAIN, List.of(one, one, one))),
                "Task 'rain': column 'rain' holds one class only: [dry].\n"
                        + "A task needs at least 2 classes; drop the task, or add rows of another class.");
        fails(
                () -> hard(mlp(8)).tasks(task("rain").classes()).batch(2).fit(classes(RAIN, List.of(one, one, one))),
                "Task 'rain': column 'rain' holds one class only: [dry].\n"
                        + "A task needs at least 2 classes; drop the task, or add rows of another class.");
    }

    @Test
    void a_positive_class_that_the_column_lacks_is_an_error() {
        fails(
                () -> hard(mlp(8)).tasks(task("rain").positive("snow")).fit(Toys.split()),
                "Task 'rain': the positive class 'snow' is not in column 'rain'.\nName one of [dry, wet].");
    }

    @Test
    void a_task_without_labels_in_the_training_part_is_an_error() {
        double[] none = new double[80];
        Arrays.fill(none, Double.NaN);
        MultiTaskData train = reals(new double[80]).target(REGISTERED, none);
        MultiTaskData other = reals(1, 2).target(REGISTERED, new double[] {1, 2});
        String message = "Task 'registered': none of the 80 training rows carries a label, so there is nothing to learn"
                + " from.\nLeave the task out, or split so that labelled rows reach the training part.";
        fails(() -> RECIPE.fit(Split.of(train, other, other)), message);
        fails(() -> transfer(RECIPE).seeds(1).workers(2).run(Split.of(train, other, other)), message);
    }

    @Test
    void features_and_labels_that_are_not_finite_never_become_data() {
        for (double value : new double[] {Double.NaN, Double.NEGATIVE_INFINITY}) {
            fails(
                    () -> MultiTaskData.dense(new double[][] {{1, 2}, {3, value}}),
                    "Input 'features': row 1, column 'x1' holds " + value + ", which is not a finite number.\n"
                            + "Drop the row, or fill the cell in (with the column's mean, say) before making the data.");
        }
        fails(
                () -> reals(1, Double.POSITIVE_INFINITY),
                "Target 'casual': row 1, dimension 'DIM-0' holds Infinity, which is not a finite number.\n"
                        + "Correct it, or give NaN for 'no label'.");
        assertThat(reals(1, Double.NaN).target("casual").labelled()).isEqualTo(1);
    }

    @Test
    void a_csv_file_says_its_file_line_and_column() throws IOException {
        Path file = Files.writeString(folder.resolve("bikes.csv"), "temp,casual\n1,2\n3\n");
        fails(
                () -> csv(file.toString()).target(CASUAL).split(0.7, 0.15, 0.15),
                "bikes.csv, line 3: 1 cells but 2 columns.\n"
                        + "Give every row a cell per column, and quote cells that hold a comma.");
        Path other = Files.writeString(folder.resolve("other.csv"), "temp,casual\n1,2\n3,NaN\n");
        fails(
                () -> csv(other.toString()).target(CASUAL).target(REGISTERED).read(),
                "other.csv has no column 'registered'.\nIts columns are temp, casual.");
        fails(
                () -> csv(other.toString()).target(CASUAL).read(),
                "other.csv, line 3: column 'casual' holds 'NaN', which is not a finite number, but task 'casual' predicts"
                        + " one.\nCorrect it, or say .missing(\"\", \"NaN\") if it stands for no label.");
        String none = folder.resolve("none.csv").toString();
        fails(
                () -> csv(none).target(CASUAL).read(),
                "No file '" + none + "'.\nRelative paths start at '"
                        + Path.of("").toAbsolutePath() + "'.");
    }

    @Test
    void a_batch_larger_than_the_training_part_is_an_error() {
        String message = "batch(141): the training part has 140 rows.\nGive at most that: batch(140).";
        fails(() -> RECIPE.batch(141).fit(Toys.split()), message);
        fails(() -> transfer(RECIPE.batch(141)).seeds(1).run(Toys.split()), message);
        assertThat(RECIPE.batch(140).fit(Toys.split()).history().epochs().get(0).step())
                .isEqualTo(1);
    }

    @Test
    void an_encoder_for_another_width_is_an_error() {
        fails(
                () -> hard(mlp(8).inputs(5)).tasks(CASUAL).fit(Toys.split()),
                "Encoder mlp(8).inputs(5): it takes 5 inputs, but input 'features' of the data has 4 features.\n"
                        + "Declare .inputs(4), or leave .inputs(..) out to take what the data has.");
    }

    @Test
    void one_row_can_be_learned_but_not_split() {
        fails(
                () -> reals(3).split(0.7, 0.15, 0.15).train(),
                "The validation part would be empty: there are 1 rows.\nGive it a larger share, or more data.");
        Split split = Split.of(reals(3), reals(3), reals(4));
        Run run = hard(mlp(8)).tasks(CASUAL).epochs(3).batch(1).fit(split);
        assertThat(run.predict(split.test()).numbers(CASUAL)[0][0]).isFinite();
        fails(
                () -> hard(mlp(8)).tasks(CASUAL).fit(split),
                "batch(64): the training part has 1 row.\nGive at most that: batch(1).");
    }

    @Test
    void what_chooses_an_epoch_needs_validation_labels() {
        MultiTaskData train = reals(new double[80]).target(REGISTERED, new double[80]);
        MultiTaskData none = reals(Double.NaN, Double.NaN).target(REGISTERED, new double[] {Double.NaN, Double.NaN});
        MultiTaskData half = reals(1, 2).target(REGISTERED, new double[] {Double.NaN, Double.NaN});
        fails(
                () -> RECIPE.earlyStop(3).fit(Split.of(train, none, none)),
                "earlyStop(3): no validation row carries a label, so no epoch can be better than another.\n"
                        + "Leave earlyStop(..) out, or split so that labelled rows reach the validation part.");
        fails(
                () -> RECIPE.watch(REGISTERED).fit(Split.of(train, half, half)),
                "watch(): no validation row carries a label of 'registered', so there is nothing to watch.\n"
                        + "Watch another task, or split so that labelled rows reach the validation part.");
        fails(
                () -> transfer(RECIPE).seeds(1).run(Split.of(train, half, half)),
                "transfer(): no validation row carries a label of 'registered', so neither its rate nor its epoch can"
                        + " be chosen.\n"
                        + "Split so that labelled rows reach the validation part, or leave the task out.");
        assertThat(RECIPE.fit(Split.of(train, none, none)).history().bestEpoch())
                .isEqualTo(1);
    }
}
