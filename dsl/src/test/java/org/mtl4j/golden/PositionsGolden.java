package org.mtl4j.golden;

import java.util.Map;
import org.mtl4j.tensor.Draws;
import org.mtl4j.tensor.LayerBench;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.Positions;
import org.mtl4j.tensor.SequenceLayers;
import tools.jackson.databind.JsonNode;

/** The sinusoidal positional encoding of the transformer. */
final class PositionsGolden extends SequenceGolden {

    PositionsGolden() {
        super("SinusoidalPositionalEncoding");
    }

    @Override
    Map<String, Node> record(LayerBench bench, JsonNode each) {
        Node x = series(bench, each, "x", null);
        return Map.of(
                "output", SequenceLayers.positions(bench.tape(), "layer", x, Positions.SINUSOIDAL, Draws.generator(1)));
    }

    @Override
    String our(String name) {
        return name;
    }
}
