package org.mtl4j.golden;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.mtl4j.tensor.Draws;
import org.mtl4j.tensor.FinalState;
import org.mtl4j.tensor.LayerRig;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.Recurrent;
import org.mtl4j.tensor.SequenceLayers;
import org.mtl4j.tensor.Shape;
import tools.jackson.databind.JsonNode;

/** PyTorch's LSTM and GRU, with its states [directions, rows, width] where ours are [rows, directions x width]. */
final class RecurrentGolden extends SequenceGolden {

    private static final Set<String> STATES = Set.of("h0", "c0", "h_n", "c_n");

    private final Recurrent.Cell cell;

    RecurrentGolden(Recurrent.Cell cell) {
        super(cell.name().toUpperCase(Locale.ROOT), "x");
        this.cell = cell;
    }

    @Override
    void record(JsonNode each, LayerRig rig) {
        JsonNode config = each.path("config");
        List<Node> inputs = new ArrayList<>(List.of(series("x", each, rig)));
        for (String state : List.of("h0", "c0")) {
            JsonNode given = each.path("inputs").path(state);
            if (!given.isMissingNode()) {
                inputs.add(rig.input(state, new Shape.Vector(Tensors.shape(given)[0] * Tensors.width(given))));
            }
        }
        Recurrent spec = new Recurrent(
                cell,
                config.path("bidirectional").asBoolean() ? Recurrent.Direction.BOTH : Recurrent.Direction.FORWARD,
                config.path("input").asInt(),
                config.path("hidden").asInt());
        Node layer = SequenceLayers.recurrent(rig.tape(), LAYER, inputs, spec, Draws.generator(1));
        rig.output("output", layer);
        rig.output("h_n", SequenceLayers.finalState(rig.tape(), "hidden", layer, FinalState.HIDDEN));
        if (cell == Recurrent.Cell.LSTM) {
            rig.output("c_n", SequenceLayers.finalState(rig.tape(), "cell", layer, FinalState.CELL));
        }
    }

    @Override
    String parameter(String theirs) {
        return super.parameter(theirs.replace("_l0", ""));
    }

    @Override
    float[] ours(String tensor, JsonNode values, JsonNode each) {
        float[] theirs = super.ours(tensor, values, each);
        if (!STATES.contains(tensor)) {
            return theirs;
        }
        int[] shape = Tensors.shape(values);
        int rows = shape[1];
        int width = shape[2];
        float[] turned = new float[theirs.length];
        for (int i = 0; i < theirs.length; i++) {
            int direction = i / width / rows;
            int row = i / width % rows;
            turned[(row * shape[0] + direction) * width + i % width] = theirs[i];
        }
        return turned;
    }
}
