package org.mtl4j.sharing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.mtl4j.layer.Encoder;
import org.mtl4j.show.Table;
import org.mtl4j.task.Objective;
import org.mtl4j.task.Task;
import org.mtl4j.tensor.LayerEntry;
import org.mtl4j.tensor.Shape;
import org.mtl4j.tensor.Tape;

/**
 * The layers of a net beside its tasks: a dot where a task's loss reaches a layer's parameters. What only data can tell
 * stands as a word: {@code in} for the number of features, {@code classes} for that of classes.
 */
public final class Layers {

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

    /** The layers of a net that no data have met; a note in their place where the encoder needs to know its inputs. */
    public static Table sketch(Sharing sharing, List<Task<?>> tasks) {
        if (!sharing.encoder().takesAnyFeatures()) {
            return Table.titled("")
                    .note("layers: known once the data are; recipe.layers(data) lists them")
                    .note(sharing.formula());
        }
        Graph sketch = Graph.sketch(sharing, tasks);
        Known known = sharing.encoder().inputWidth() == Encoder.ANY_WIDTH ? Known.DECLARED : Known.ALL;
        return new Layers(sharing, sketch.tape(), sketch.objectives(), known).table();
    }

    Table table() {
        List<String> columns = new ArrayList<>(List.of("layer", "shape", "parameters"));
        objectives.forEach(objective -> columns.add(objective.task().name()));
        Table table = Table.titled("").columns(columns.toArray(String[]::new));
        long total = 0;
        for (LayerEntry layer : tape.entries()) {
            total += layer.numbers();
            table = table.row(row(layer));
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

    private Object[] row(LayerEntry layer) {
        String in = known == Known.DECLARED && layer.readsInput() ? "in" : words(layer.inputs());
        String out = layer.output().toString();
        List<Object> cells = new ArrayList<>();
        for (int t = 0; t < objectives.size(); t++) {
            cells.add(layer.tasks().contains(t) ? REACHED : "");
            boolean ownHead =
                    layer.name().equals("head." + objectives.get(t).task().name());
            String unknown = ownHead ? unknown(objectives.get(t)) : "";
            out = unknown.isEmpty() ? out : unknown;
        }
        boolean counted = !in.equals("in") && out.equals(layer.output().toString());
        String count =
                counted ? String.format(Locale.ROOT, "%,d", layer.numbers()) : "(%s + 1) x %s".formatted(in, out);
        cells.addAll(0, List.of(layer.name(), in + " -> " + out, count));
        return cells.toArray();
    }

    private static String words(List<Shape> shapes) {
        return shapes.stream().map(Shape::toString).collect(Collectors.joining(", "));
    }
}
