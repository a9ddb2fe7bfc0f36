package org.mtl4j.train;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The record of one training.
 *
 * @param tasks task names, in the recipe's order
 * @param layers names of the layers whose task gradients are compared, from the input on; empty where there are none
 * @param compared what these layers are
 * @param epochs one entry per finished epoch
 * @param probes Grams of the task gradients: of every step under a gradient method, else every {@code watchEvery} steps
 * @param watchEvery steps between two probes; 0 if conflict was not watched
 * @param bestEpoch the epoch whose parameters the run holds, from 1; 0 if none was finished
 * @param criterion the words for the quantity that chose the best epoch
 * @param ending why it ended
 * @param elapsed wall time
 * @param probing the part of it that went into probes of conflict
 * @param balancing what the balancer did
 * @param notes what the user shall hear beside it, such as a checkpoint that could not be written
 */
public record History(
        List<String> tasks,
        List<String> layers,
        Compared compared,
        List<Epoch> epochs,
        List<Probe> probes,
        int watchEvery,
        int bestEpoch,
        String criterion,
        Ending ending,
        Duration elapsed,
        Duration probing,
        Balancing balancing,
        List<String> notes) {

    /** Which parameters the Grams of the probes are of. */
    public enum Compared {
        /** Those that more than one task's loss reaches. */
        SHARED,
        /** Each task's own copy of corresponding layers: nothing is shared. */
        CORRESPONDING
    }

    public History {
        tasks = List.copyOf(tasks);
        layers = List.copyOf(layers);
        epochs = List.copyOf(epochs);
        probes = List.copyOf(probes);
        notes = List.copyOf(notes);
    }

    /** A history without notes, and without a record of what the balancer did. */
    public History(
            List<String> tasks,
            List<String> layers,
            Compared compared,
            List<Epoch> epochs,
            List<Probe> probes,
            int watchEvery,
            int bestEpoch,
            String criterion,
            Ending ending,
            Duration elapsed,
            Duration probing) {
        this(
                tasks,
                layers,
                compared,
                epochs,
                probes,
                watchEvery,
                bestEpoch,
                criterion,
                ending,
                elapsed,
                probing,
                Balancing.NONE,
                List.of());
    }

    /** This history with one more note. */
    public History note(String line) {
        List<String> more = new ArrayList<>(notes);
        more.add(line);
        return new History(
                tasks,
                layers,
                compared,
                epochs,
                probes,
                watchEvery,
                bestEpoch,
                criterion,
                ending,
                elapsed,
                probing,
                balancing,
                more);
    }
}
