package org.mtl4j.golden;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mtl4j.tensor.Draws;
import org.mtl4j.tensor.FinalState;
import org.mtl4j.tensor.LayerBench;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.Recurrent;
import org.mtl4j.tensor.SequenceLayers;
import tools.jackson.databind.JsonNode;

/** PyTorch's LSTM and GRU, with its states [directions, rows, width] where ours are [rows, directions x width]. */
final class RecurrentGolden extends SequenceGolden {

    private static final Set<String> STATES = Set.of("h0", "c0", "h_n", "c_n");

    RecurrentGolden() {
        super("LSTM", "GRU");
    }

    @Override
    Map<String, Node> record(LayerBench bench, JsonNode each) {
        JsonNode config = each.path("config");
        List<Node> inputs = new ArrayList<>(List.of(series(bench, each, "x", lengths(each))));
        for (String state : List.of("h0", "c0")) {
            JsonNode given = each.path("inputs").path(state);
            if (!given.isMissingNode()) {
                int width = Tensors.shape(given)[0] * Tensors.width(given);
                inputs.add(bench.vector(state, Tensors.floats(rowsFirst(state, given)), width));
            }
        }
        boolean lstm = each.path("outputs").has("c_n");
        Recurrent spec = new Recurrent(
                lstm ? Recurrent.Cell.LSTM : Recurrent.Cell.GRU,
                config.path("bidirectional").asBoolean() ? Recurrent.Direction.BOTH : Recurrent.Direction.FORWARD,
                config.path("input").asInt(),
                config.path("hidden").asInt());
        Node layer = SequenceLayers.recurrent(bench.tape(), "layer", inputs, spec, Draws.generator(1));
        Node hidden = SequenceLayers.finalState(bench.tape(), "hidden", layer, FinalState.HIDDEN);
        return lstm
                ? Map.of(
                        "output",
                        layer,
                        "h_n",
                        hidden,
                        "c_n",
                        SequenceLayers.finalState(bench.tape(), "cell", layer, FinalState.CELL))
                : Map.of("output", layer, "h_n", hidden);
    }

    @Override
    String our(String name) {
        return "layer." + name.replace("_l0", "");
    }

    @Override
    double[] rowsFirst(String name, JsonNode tensor) {
        double[] values = Tensors.values(tensor);
        if (!STATES.contains(name)) {
            return values;
        }
        int[] shape = Tensors.shape(tensor);
        int rows = shape[1];
        int width = shape[2];
        double[] turned = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            int direction = i / width / rows;
            int row = i / width % rows;
            turned[(row * shape[0] + direction) * width + i % width] = values[i];
        }
        return turned;
    }
}
