package org.mtl4j.study;

import org.mtl4j.data.Split;
import org.mtl4j.fitted.Score;
import org.mtl4j.task.Task;

/**
 * Engine API. Another trainer of one task, that stands in the same tables as the nets.
 *
 * @param task what is predicted
 * @param words how it prints
 * @param trainer trains and scores it
 */
public record Control(Task<?> task, String words, Trainer trainer) {

    /** Trains on a split and answers the task's main score on its test part; equal arguments give equal scores. */
    @FunctionalInterface
    public interface Trainer {

        /** The score. @param split all rows of a seed. @param repeat the seed's number, from 0, to draw from. */
        Score score(Split split, int repeat);
    }

    @Override
    public String toString() {
        return words;
    }
}
