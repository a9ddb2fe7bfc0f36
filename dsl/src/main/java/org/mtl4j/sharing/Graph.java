package org.mtl4j.sharing;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.mtl4j.layer.Encoder;
import org.mtl4j.show.Table;
import org.mtl4j.task.Objective;
import org.mtl4j.tensor.Draws;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.Parameter;
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
        int declared = sharing.encoder().inputWidth();
        if (declared != Encoder.ANY_WIDTH && declared != inputWidth) {
            throw new IllegalArgumentException(
                    "Encoder %s: it takes %d inputs, but input '%s' of the data has %d features.%nDeclare .inputs(%d), or leave .inputs(..) out to take what the data has."
                            .formatted(sharing.encoder(), declared, input, inputWidth, inputWidth));
        }
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

    /** The tape. */
    public Tape tape() {
        return tape;
    }

    /** Whether any parameter is reached by more than one task. */
    public boolean isShared() {
        return !tape.sharedLayers().isEmpty();
    }

    /** Layers x tasks with parameter counts: a cell says how many of a layer's parameters a task's loss reaches. */
    public Table table() {
        List<String> names = objectives.stream().map(o -> o.task().name()).toList();
        List<String> columns = new ArrayList<>(List.of("layer", "shape", "parameters"));
        columns.addAll(names);
        Table table = Table.titled("").columns(columns.toArray(String[]::new));
        long total = 0;
        for (Parameter weight : tape.parameters().list()) {
            if (weight.name().endsWith(".weight")) {
                long count = weight.size() + (long) weight.columns();
                total += count;
                table = table.row(row(weight, count, names));
            }
        }
        String shared = String.join(", ", tape.sharedLayers());
        return table.note("%d parameters; shared: %s".formatted(total, shared.isEmpty() ? "none" : shared));
    }

    private Object[] row(Parameter weight, long count, List<String> names) {
        String layer = weight.name().substring(0, weight.name().length() - ".weight".length());
        List<Object> cells = new ArrayList<>(List.of(layer, weight.rows() + " -> " + weight.columns(), count));
        for (int t = 0; t < names.size(); t++) {
            boolean reached = tape.reach(layer).isEmpty()
                    ? layer.equals("head." + names.get(t))
                    : tape.reach(layer).contains(t);
            cells.add(reached ? String.valueOf(count) : "");
        }
        return cells.toArray();
    }

    @Override
    public String toString() {
        return sharing + " for " + names();
    }

    private String names() {
        return objectives.stream().map(o -> o.task().name()).collect(Collectors.joining(", "));
    }
}
