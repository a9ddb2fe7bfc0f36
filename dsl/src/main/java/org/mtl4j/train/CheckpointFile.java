package org.mtl4j.train;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mtl4j.bytes.ByteReader;
import org.mtl4j.bytes.ByteWriter;
import org.mtl4j.bytes.Saving;

/**
 * Engine API, mutable: the checkpoint of one training. It begins with the mtl4j that wrote it, the lines of the recipe and
 * the fingerprint of the data, which are compared before anything else is read.
 *
 * <p>A write that fails once the training is on its way ends nothing: the file keeps the last good state, the next write is
 * tried in its time, and a note tells of the failure.
 */
public final class CheckpointFile {

    private static final String FORM = "mtl4j checkpoint";
    private static final int VERSION = 2;

    private final Checkpoint checkpoint;
    private final String version;
    private final List<String> recipe;
    private final List<String> notes = new ArrayList<>();
    private long held;
    private int failures;

    /**
     * For one training.
     *
     * @param version of this mtl4j
     * @param recipe its lines, without where it is kept
     */
    public CheckpointFile(Checkpoint checkpoint, String version, List<String> recipe) {
        this.checkpoint = checkpoint;
        this.version = version;
        this.recipe = List.copyOf(recipe);
    }

    /** The steps between two writes, or {@link Checkpoint#EPOCHS}. */
    int every() {
        return checkpoint.every();
    }

    /** What the user shall hear of writes that failed. */
    List<String> notes() {
        return List.copyOf(notes);
    }

    private IllegalArgumentException damaged(String why) {
        return new IllegalArgumentException(
                "Checkpoint '%s' cannot be read: %s.%nGive a checkpoint that is whole, or delete this file to train from the start."
                        .formatted(checkpoint.file(), why));
    }

    /**
     * The state in the file, after all that must fit was seen to fit; null where there is no file.
     *
     * @param data the fingerprint of the data
     * @throws IllegalArgumentException if it is damaged, or of another recipe, other data or another mtl4j
     */
    @Nullable
    ByteReader open(String data) {
        Path file = checkpoint.path();
        if (!Files.exists(file)) {
            if (checkpoint.start() == Checkpoint.Start.RESUMED) {
                throw new IllegalArgumentException(
                        "resume(\"%s\"): there is no such file.%nGive the file of a checkpoint, or begin one with checkpoint(\"%s\")."
                                .formatted(file, file));
            }
            return null;
        }
        ByteReader in = new ByteReader(FORM, VERSION, read(file), this::damaged);
        requireVersion(in.text());
        requireRecipe(in.list(ByteReader::text));
        if (!in.text().equals(data)) {
            throw new IllegalArgumentException(
                    "Checkpoint '%s' is of other data: rows, inputs or labels of its training or validation part are not those given.%nFit the split that it was written with, or name another file."
                            .formatted(file));
        }
        held = in.longer();
        return in;
    }

    private byte[] read(Path file) {
        try {
            Saving.sweep(file);
            return Files.readAllBytes(file);
        } catch (IOException e) {
            IllegalArgumentException damaged = damaged(reason(e));
            damaged.initCause(e);
            throw damaged;
        }
    }

    private void requireVersion(String found) {
        if (!found.equals(version)) {
            throw new IllegalArgumentException(
                    "Checkpoint '%s' was written by mtl4j %s and this is %s, which may not go on with the same bits.%nGo on with that mtl4j, or delete the file to train from the start."
                            .formatted(checkpoint.file(), found, version));
        }
    }

    private void requireRecipe(List<String> found) {
        for (int line = 0; line < Math.max(found.size(), recipe.size()); line++) {
            String theirs = line < found.size() ? found.get(line).strip() : "";
            String ours = line < recipe.size() ? recipe.get(line).strip() : "";
            if (!theirs.equals(ours)) {
                throw new IllegalArgumentException(
                        "Checkpoint '%s' is of another recipe: it says '%s' where this one says '%s'.%nFit the recipe that wrote it, or name another file."
                                .formatted(checkpoint.file(), theirs, ours));
            }
        }
    }

    /**
     * Writes the first state, before any step.
     *
     * @throws IllegalArgumentException if that fails
     */
    void begin(String data, Consumer<ByteWriter> state) {
        try {
            write(data, 0, state);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "Checkpoint '%s' cannot be written: %s.%nGive a file in a folder that is there and may be written to."
                            .formatted(checkpoint.file(), reason(e)),
                    e);
        }
    }

    /** Writes the state after so many steps; a failure is told by {@link #notes}. */
    void keep(String data, long step, Consumer<ByteWriter> state) {
        try {
            write(data, step, state);
        } catch (IOException e) {
            failures++;
            notes.clear();
            notes.add(
                    "Checkpoint '%s' could not be written%s, last at step %d: %s; it holds step %d. The training went on."
                            .formatted(
                                    checkpoint.file(),
                                    failures == 1 ? "" : " " + failures + " times",
                                    step,
                                    reason(e),
                                    held));
        }
    }

    private void write(String data, long step, Consumer<ByteWriter> state) throws IOException {
        ByteWriter out = new ByteWriter(FORM, VERSION);
        out.text(version);
        out.list(recipe, ByteWriter::text);
        out.text(data);
        out.longer(step);
        state.accept(out);
        Saving.write(checkpoint.path(), out.finish());
        held = step;
    }

    private static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "its folder is not there";
        } else if (e instanceof AccessDeniedException) {
            return "this user may not";
        }
        return String.valueOf(e.getMessage());
    }
}
