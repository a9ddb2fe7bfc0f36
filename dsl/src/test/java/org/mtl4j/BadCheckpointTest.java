package org.mtl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mtl4j.Mtl.ablate;
import static org.mtl4j.Mtl.adam;
import static org.mtl4j.Mtl.balancer;
import static org.mtl4j.Mtl.hard;
import static org.mtl4j.Mtl.mlp;
import static org.mtl4j.Mtl.plateau;
import static org.mtl4j.Toys.CASUAL;
import static org.mtl4j.Toys.RAIN;
import static org.mtl4j.Toys.REGISTERED;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.data.Split;

/** Checkpoints that cannot be gone on from, and files that cannot be written. */
class BadCheckpointTest {

    private static final Recipe RECIPE =
            hard(mlp(5)).tasks(CASUAL, RAIN).epochs(3).batch(32).seed(3);

    @TempDir
    Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void file() {
        file = folder.resolve("run.checkpoint");
    }

    private Recipe kept(Recipe recipe) {
        return recipe.checkpoint(file.toString());
    }

    private static void assertFails(ThrowingCallable fit, String message) {
        assertThatThrownBy(fit).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }

    private void assertDamaged(byte[] bytes, String why) throws Exception {
        Files.write(file, bytes);
        assertFails(
                () -> kept(RECIPE).fit(Toys.split()),
                "Checkpoint '%s' cannot be read: %s.\nGive a checkpoint that is whole, or delete this file to train from the start."
                        .formatted(file, why));
        assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
    }

    @Test
    void a_truncated_corrupt_or_foreign_file_is_named() throws Exception {
        Run run = kept(RECIPE).fit(Toys.split());
        byte[] whole = Files.readAllBytes(file);
        for (int length : new int[] {0, 7, 100, whole.length / 2, whole.length - 1}) {
            assertDamaged(Arrays.copyOf(whole, length), "its checksum does not fit its " + length + " bytes");
        }
        for (int at : new int[] {0, 50, whole.length / 3, whole.length - 1}) {
            byte[] flipped = whole.clone();
            flipped[at] ^= 4;
            assertDamaged(flipped, "its checksum does not fit its " + whole.length + " bytes");
        }
        Path net = folder.resolve("net");
        run.save(net.toString());
        assertDamaged(Files.readAllBytes(net), "it is 'mtl4j net' version 2, not 'mtl4j checkpoint' version 2");
    }

    @Test
    void that_of_another_recipe_or_of_other_data_is_an_error() throws Exception {
        kept(RECIPE).fit(Toys.split());
        byte[] bytes = Files.readAllBytes(file);
        assertFails(
                () -> kept(RECIPE.optimise(adam(0.5))).fit(Toys.split()),
                ("Checkpoint '%s' is of another recipe: it says '.optimise(adam(0.001))' where this one says '.optimise(adam(0.5))'.\n"
                                + "Fit the recipe that wrote it, or name another file.")
                        .formatted(file));
        Split other = Toys.rows(200, 1, 4).split(0.7, 0.15, 0.15).seed(7);
        assertFails(
                () -> kept(RECIPE).fit(other),
                ("Checkpoint '%s' is of other data: rows, inputs or labels of its training or validation part are not those given.\n"
                                + "Fit the split that it was written with, or name another file.")
                        .formatted(file));
        assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
    }

    @Test
    void to_resume_what_is_not_there_is_an_error() {
        assertFails(
                () -> RECIPE.resume(file.toString()).fit(Toys.split()),
                ("resume(\"%s\"): there is no such file.\n"
                                + "Give the file of a checkpoint, or begin one with checkpoint(\"%s\").")
                        .formatted(file, file));
    }

    @Test
    void a_file_that_cannot_be_written_is_an_error_before_the_first_step() {
        Path nowhere = folder.resolve("none").resolve("run.checkpoint");
        assertFails(
                () -> RECIPE.checkpoint(nowhere.toString()).fit(Toys.split()),
                ("Checkpoint '%s' cannot be written: its folder is not there.\n"
                                + "Give a file in a folder that is there and may be written to.")
                        .formatted(nowhere));
    }

    @Test
    void a_write_that_fails_later_costs_neither_the_training_nor_the_last_good_file() throws Exception {
        Path inner = Files.createDirectory(folder.resolve("inner"));
        Path moved = folder.resolve("moved");
        Path kept = inner.resolve("run.checkpoint");
        // the folder is away from batch 6 on: one epoch of 5 batches is in the file
        Recipe failing = RECIPE.balance(balancer("mine", step -> {
            if (step.number() == 6) {
                move(inner, moved);
            }
            return new double[] {1, 1};
        }));
        Run run = failing.checkpoint(kept.toString()).fit(Toys.split());
        Run plain = RECIPE.fit(Toys.split());
        assertThat(run.net().parameters()).isEqualTo(plain.net().parameters());
        String note =
                "Checkpoint '%s' could not be written 2 times, last at step 15: its folder is not there; it holds step 5. The training went on."
                        .formatted(kept);
        assertThat(run.history().notes()).containsExactly(note);
        assertThat(run.toString()).contains(note);
        Files.move(moved, inner);
        Run rest = RECIPE.balance(balancer("mine", step -> new double[] {1, 1}))
                .resume(kept.toString())
                .fit(Toys.split());
        assertThat(rest.net().parameters()).isEqualTo(plain.net().parameters());
    }

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void places_and_distances_that_make_no_sense_are_errors() {
        assertFails(
                () -> RECIPE.checkpoint(" "),
                "checkpoint(\" \"): it names no file.\nGive one: checkpoint(\"run.checkpoint\").");
        for (int steps : new int[] {0, -1}) {
            assertFails(
                    () -> RECIPE.checkpoint("a", steps),
                    ("checkpoint(\"a\", %d): the second is a number of steps, at least 1.\n"
                                    + "Give the steps between two writes, or leave it out for the end of each epoch.")
                            .formatted(steps));
        }
    }

    @Test
    void a_study_and_a_tribuo_trainer_take_no_checkpoint() {
        assertFails(
                () -> ablate(RECIPE.checkpoint("a")),
                "checkpoint(\"a\"): one file holds one training, and a study takes many.\n"
                        + "Leave checkpoint(..) out of its recipe.");
        assertFails(
                () -> RECIPE.checkpoint("a").trainer(CASUAL),
                "checkpoint(\"a\"): one file holds one training, and a Tribuo trainer takes many.\n"
                        + "Leave checkpoint(..) out of its recipe.");
    }

    @Test
    void a_group_that_no_parameter_is_in_is_an_error_before_the_first_step() {
        assertFails(
                () -> RECIPE.optimise(adam(0.1).group("heads", 0.5)).fit(Toys.split()),
                "group(\"heads\", ..): no parameter of this net is called so or begins with it and a point.\n"
                        + "Groups to name are encoder, encoder.0, head, head.casual, head.rain.");
    }

    @Test
    void a_plateau_without_validation_labels_is_an_error() {
        double[] none = new double[30];
        Arrays.fill(none, Double.NaN);
        MultiTaskData blind = MultiTaskData.dense(new double[30][4])
                .target(CASUAL, none)
                .target(REGISTERED, none)
                .target(RAIN, new String[30]);
        Split split = Split.of(Toys.rows(50, 1, 1), blind, Toys.rows(50, 1, 2));
        assertFails(
                () -> RECIPE.optimise(adam(0.1).schedule(plateau())).fit(split),
                "plateau(): no validation row carries a label, so no epoch can be better than another.\n"
                        + "Take a schedule by steps such as cosine(), or split so that labelled rows reach the validation part.");
    }
}
