package org.mtl4j.sharing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.mtl4j.data.Batch;
import org.mtl4j.data.InputForm;
import org.mtl4j.layer.Encoder;
import org.mtl4j.layer.Sources;
import org.mtl4j.show.Table;
import org.mtl4j.task.Grid;
import org.mtl4j.task.Labelled;
import org.mtl4j.task.Objective;
import org.mtl4j.task.Task;
import org.mtl4j.tensor.Draws;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.Parameters;
import org.mtl4j.tensor.Shape;
import org.mtl4j.tensor.Tape;

/**
 * Engine API. A net that a {@link Sharing} made for given tasks and input: the tape with its parameters. Mutable, as the
 * parameters are.
 */
public final class Graph {

    private final Sharing sharing;
    private final List<InputForm> inputs;
    private final List<Objective> objectives;
    private final Tape tape;
    private final List<Counterparts> counterparts;
    private final Coupling coupling;
    private final List<TrueWords> words;

    private Graph(Sharing sharing, List<InputForm> inputs, List<Objective> objectives, Tape tape) {
        this.sharing = sharing;
        this.inputs = inputs;
        this.objectives = objectives;
        this.tape = tape;
        this.counterparts = sharing.counterparts(tape.parameters(), tasks());
        this.coupling = sharing.coupling(tape.parameters(), counterparts);
        this.words = IntStream.range(0, objectives.size())
                .filter(t -> objectives.get(t).isSequence())
                .mapToObj(t -> new TrueWords(t, objectives.get(t)))
                .toList();
        for (Objective objective : objectives) {
            float[] own = objective.ownParameters();
            if (own.length > 0) {
                tape.parameters().addVector(objective.ownName(), own);
            }
        }
    }

    /** Engine API. Tells a task's labels where its loss's own parameters lie, and its cells, once the tape is complete. */
    public void bindOwn(int task, Labelled labelled) {
        if (objectives.get(task).isOfBoxes()) {
            labelled.grid(Grid.of(inputs, tape.output(task).reads()));
        }
        float[] own = objectives.get(task).ownParameters();
        if (own.length > 0) {
            Parameters parameters = tape.parameters();
            int offset = parameters.get(objectives.get(task).ownName()).offset();
            labelled.own(parameters.values(), parameters.gradient(), offset, own.length);
        }
    }

    /**
     * Builds a net with fresh parameters.
     *
     * @param inputs the inputs of the data
     * @param seed what the parameters are drawn from
     * @throws IllegalArgumentException if the encoder takes other inputs, or the sharing names a layer that it has not
     */
    public static Graph build(Sharing sharing, List<InputForm> inputs, List<Objective> objectives, long seed) {
        Tape tape = new Tape(objectives.size());
        Map<String, Node> nodes = new LinkedHashMap<>();
        for (InputForm input : inputs) {
            if (input.shape() instanceof Shape.Vector features) {
                sharing.encoder().requireFeatures(input.name(), features.width());
            }
            nodes.put(input.name(), tape.input(input.name(), input.shape()));
        }
        sharing.record(tape, Sources.of(nodes), objectives, Draws.generator(seed));
        return new Graph(sharing, List.copyOf(inputs), List.copyOf(objectives), tape);
    }

    /** The same for one input of this many features. */
    public static Graph build(Sharing sharing, String input, int features, List<Objective> objectives, long seed) {
        List<String> names = IntStream.range(0, features).mapToObj(f -> "x" + f).toList();
        InputForm form = new InputForm(input, new Shape.Vector(features), names);
        return build(sharing, List.of(form), objectives, seed);
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

    /** The inputs, in order. */
    public List<InputForm> inputs() {
        return inputs;
    }

    /** Engine API. Binds the arrays of a batch for the passes that follow, and to decoders the true words of its targets. */
    public void bind(Batch batch) {
        for (int i = 0; i < inputs.size(); i++) {
            tape.bind(inputs.get(i).name(), batch.input(inputs.get(i).name()));
        }
        for (int t = 0; t < objectives.size(); t++) {
            tape.labels(t, batch.labelledRows(t), batch.labelled(t));
        }
        for (int i = 0; i < words.size(); i++) {
            tape.bind(words.get(i).name(), words.get(i).of(batch));
        }
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
