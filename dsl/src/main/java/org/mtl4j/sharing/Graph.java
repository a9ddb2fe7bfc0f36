package org.mtl4j.sharing;

import java.util.ArrayList;
import java.util.List;
import org.mtl4j.layer.Encoder;
import org.mtl4j.show.Table;
import org.mtl4j.task.Objective;
import org.mtl4j.task.Task;
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
    private final List<Counterparts> counterparts;
    private final Coupling coupling;

    private Graph(Sharing sharing, String input, int inputWidth, List<Objective> objectives, Tape tape) {
        this.sharing = sharing;
        this.input = input;
        this.inputWidth = inputWidth;
        this.objectives = objectives;
        this.tape = tape;
        this.counterparts = sharing.counterparts(tape.parameters(), tasks());
        this.coupling = sharing.coupling(tape.parameters(), counterparts);
    }

    /**
     * Builds a net with fresh parameters.
     *
     * @param input the name of the input that the encoder reads
     * @param inputWidth its number of features
     * @param seed what the parameters are drawn from
     * @throws IllegalArgumentException if the encoder was declared for another width, or the sharing names a layer that
     *     it has not
     */
    public static Graph build(Sharing sharing, String input, int inputWidth, List<Objective> objectives, long seed) {
        sharing.encoder().requireFeatures(input, inputWidth);
        Tape tape = new Tape(objectives.size());
        Node node = tape.input(input, inputWidth);
        sharing.record(tape, node, objectives, Draws.generator(seed));
        return new Graph(sharing, input, inputWidth, List.copyOf(objectives), tape);
    }

    /** A net that no data have met: an input of the declared width or 1, heads as wide as the tasks declare. */
    public static Graph sketch(Sharing sharing, List<Task<?>> tasks) {
        List<Objective> objectives = new ArrayList<>();
        for (Task<?> task : tasks) {
            int outputs = task.kind() instanceof Task.Kind.Classes classes ? classes.classes() : 1;
            objectives.add(new Objective(task, Math.max(1, outputs), List.of()));
        }
        int declared = sharing.encoder().inputWidth();
        return build(sharing, "features", declared == Encoder.ANY_WIDTH ? 1 : declared, objectives, 0);
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

    /** The layers that each task has a copy of its own of and that can be compared; empty where there are none. */
    public List<Counterparts> counterparts() {
        return counterparts;
    }

    /** What ties the tasks' own parameters. */
    public Coupling coupling() {
        return coupling;
    }

    /** Layers x tasks with parameter counts. */
    public Table layers() {
        return new Layers(sharing, tape, objectives, Layers.Known.ALL).table();
    }

    @Override
    public String toString() {
        return sharing + " for " + String.join(", ", tasks());
    }
}
