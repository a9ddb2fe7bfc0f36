package org.mtl4j.sharing;

import java.util.List;
import org.mtl4j.show.Table;
import org.mtl4j.task.Objective;
import org.mtl4j.tensor.Draws;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.Tape;

/**
 * Engine API. A net that a {@link Sharing} made for given tasks and input: the tape with its parameters. Mutable, as the
 * parameters are.
 */
public final class Graph {

    private final Sharing sharing;
    private final String input;
    private final int inputWidth;
    private final List<Objective> objectives;
    private final Tape tape;

    private Graph(Sharing sharing, String input, int inputWidth, List<Objective> objectives, Tape tape) {
        this.sharing = sharing;
        this.input = input;
        this.inputWidth = inputWidth;
        this.objectives = objectives;
        this.tape = tape;
    }

    /**
     * Builds a net with fresh parameters.
     *
     * @param input the name of the input that the encoder reads
     * @param inputWidth its number of features
     * @param seed what the parameters are drawn from
     * @throws IllegalArgumentException if the encoder was declared for another width
     */
    public static Graph build(Sharing sharing, String input, int inputWidth, List<Objective> objectives, long seed) {
        sharing.encoder().requireFeatures(input, inputWidth);
        Tape tape = new Tape(objectives.size());
        Node node = tape.input(input, inputWidth);
        sharing.record(tape, node, objectives, Draws.generator(seed));
        return new Graph(sharing, input, inputWidth, List.copyOf(objectives), tape);
    }

    /** The strategy that made it. */
    public Sharing sharing() {
        return sharing;
    }

    /** The name of the input. */
    public String input() {
        return input;
    }

    /** The number of features of the input. */
    public int inputWidth() {
        return inputWidth;
    }

    /** The tasks, in order. */
    public List<Objective> objectives() {
        return objectives;
    }

    /** The names of the tasks, in order. */
    public List<String> tasks() {
        return objectives.stream().map(objective -> objective.task().name()).toList();
    }

    /** The tape. */
    public Tape tape() {
        return tape;
    }

    /** Whether any parameter is reached by more than one task. */
    public boolean isShared() {
        return !tape.sharedLayers().isEmpty();
    }

    /** Layers x tasks with parameter counts. */
    public Table layers() {
        return new Layers(tape, objectives, Layers.Known.ALL).table();
    }

    @Override
    public String toString() {
        return sharing + " for " + String.join(", ", tasks());
    }
}
