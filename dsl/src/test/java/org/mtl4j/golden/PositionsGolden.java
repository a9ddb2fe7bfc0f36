package org.mtl4j.golden;

import org.mtl4j.tensor.Draws;
import org.mtl4j.tensor.LayerRig;
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
    void record(JsonNode each, LayerRig rig) {
        Node x = series("x", each, rig);
        rig.output("output", SequenceLayers.positions(rig.tape(), LAYER, x, Positions.SINUSOIDAL, Draws.generator(1)));
    }
}
