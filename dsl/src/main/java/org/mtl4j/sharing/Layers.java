package org.mtl4j.sharing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mtl4j.layer.Encoder;
import org.mtl4j.show.Table;
import org.mtl4j.task.Objective;
import org.mtl4j.task.Task;
import org.mtl4j.tensor.Parameter;
import org.mtl4j.tensor.Tape;

/**
 * The layers of a net beside its tasks: a dot where a task's loss reaches a layer's parameters. What only data can tell
 * stands as a word: {@code in} for the number of features, {@code classes} for that of classes.
 */
public final class Layers {

    private static final String WEIGHT = ".weight";
    private static final String REACHED = "\u25cf";

    /** What of a net is known. */
    enum Known {
        /** All widths: data are at hand. */
        ALL,
        /** Those that the recipe names. */
        DECLARED
    }

    private final Tape tape;
    private final List<Objective> objectives;
    private final Known known;
    private final Sharing sharing;

    Layers(Sharing sharing, Tape tape, List<Objective> objectives, Known known) {
        this.sharing = sharing;
        this.tape = tape;
        this.objectives = objectives;
        this.known = known;
    }

    /** The layers of a net that no data have met. */
    public static Table sketch(Sharing sharing, List<Task<?>> tasks) {
        Graph sketch = Graph.sketch(sharing, tasks);
        Known known = sharing.encoder().inputWidth() == Encoder.ANY_WIDTH ? Known.DECLARED : Known.ALL;
        return new Layers(sharing, sketch.tape(), sketch.objectives(), known).table();
    }

    Table table() {
        List<String> columns = new ArrayList<>(List.of("layer", "shape", "parameters"));
        objectives.forEach(objective -> columns.add(objective.task().name()));
        Table table = Table.titled("").columns(columns.toArray(String[]::new));
        long total = 0;
        for (Tape.Own layer : tape.ownLayers()) {
            total += layer.numbers();
            table = table.row(row(layer));
        }
        for (Parameter parameter : tape.parameters().list()) {
            if (parameter.name().endsWith(WEIGHT) && !isOwn(parameter)) {
                total += (parameter.rows() + 1L) * parameter.columns();
                table = table.row(row(parameter));
            }
        }
        List<String> shared = tape.sharedLayers();
        String words = "shared: " + (shared.isEmpty() ? "none" : String.join(", ", shared));
        return table.note(allKnown() ? String.format(Locale.ROOT, "%,d parameters; %s", total, words) : words)
                .note(sharing.formula());
    }

    private boolean allKnown() {
        return known == Known.ALL
                && objectives.stream().allMatch(objective -> unknown(objective).isEmpty());
    }

    /** What the data will say how many outputs there are of; empty where that is known. */
    private static String unknown(Objective objective) {
        if (!objective.labels().isEmpty()) {
            return "";
        } else if (objective.isMultiLabel()) {
            return "labels";
        }
        return objective.task().kind() instanceof Task.Kind.Classes classes && classes.classes() == 0 ? "classes" : "";
    }

    private boolean isOwn(Parameter parameter) {
        return tape.ownLayers().stream().anyMatch(layer -> parameter.name().startsWith(layer.name() + "."));
    }

    private Object[] row(Tape.Own layer) {
        List<Object> cells = new ArrayList<>();
        cells.addAll(List.of(
                layer.name(), layer.in() + " -> " + layer.width(), String.format(Locale.ROOT, "%,d", layer.numbers())));
        for (int t = 0; t < objectives.size(); t++) {
            cells.add(tape.reach(layer.name()).contains(t) ? REACHED : "");
        }
        return cells.toArray();
    }

    private Object[] row(Parameter weight) {
        String layer = weight.name().substring(0, weight.name().length() - WEIGHT.length());
        String in = known == Known.DECLARED && tape.readsInput(layer) ? "in" : String.valueOf(weight.rows());
        String out = String.valueOf(weight.columns());
        List<Object> cells = new ArrayList<>();
        for (int t = 0; t < objectives.size(); t++) {
            boolean ownHead = layer.equals("head." + objectives.get(t).task().name());
            cells.add(ownHead || tape.reach(layer).contains(t) ? REACHED : "");
            String unknown = unknown(objectives.get(t));
            out = ownHead && !unknown.isEmpty() ? unknown : out;
        }
        boolean counted = in.matches("[0-9]+") && out.matches("[0-9]+");
        String count = counted
                ? String.format(Locale.ROOT, "%,d", (weight.rows() + 1L) * weight.columns())
                : "(%s + 1) x %s".formatted(in, out);
        cells.addAll(0, List.of(layer, in + " -> " + out, count));
        return cells.toArray();
    }
}
