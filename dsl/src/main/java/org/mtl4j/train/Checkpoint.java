package org.mtl4j.train;

import java.nio.file.Path;

/**
 * Where and how often the state of a training is written, so that it can go on after an end that nobody wished for.
 *
 * @param file the file; replaced as a whole in one move each time, so that a kill at any moment leaves the last good one
 * @param every steps between two writes; {@link #EPOCHS} for the end of each epoch
 * @param start whether the file may be missing
 */
public record Checkpoint(String file, int every, Start start) {

    /** In place of a number of steps: the end of each epoch. */
    public static final int EPOCHS = 0;

    /** What there must be before a training. */
    public enum Start {
        /** Nothing: without the file it begins, with it it goes on. */
        ANY,
        /** The file. */
        RESUMED
    }

    public Checkpoint {
        if (file.isBlank()) {
            throw new IllegalArgumentException(
                    "checkpoint(\"%s\"): it names no file.%nGive one: checkpoint(\"run.checkpoint\").".formatted(file));
        }
        if (every < 0) {
            throw new IllegalArgumentException(
                    "checkpoint(\"%s\", %d): the second is a number of steps, at least 1.%nGive the steps between two writes, or leave it out for the end of each epoch."
                            .formatted(file, every));
        }
    }

    Path path() {
        return Path.of(file);
    }

    /** {@code .checkpoint("run.checkpoint")}. */
    @Override
    public String toString() {
        return (start == Start.ANY ? ".checkpoint(\"" : ".resume(\"") + file + "\""
                + (every == EPOCHS ? "" : ", " + every) + ")";
    }
}
