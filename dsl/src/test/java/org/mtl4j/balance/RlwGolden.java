package org.mtl4j.balance;

import org.mtl4j.golden.GoldenFile;
import org.mtl4j.golden.Runner;
import org.mtl4j.golden.Tensors;
import tools.jackson.databind.JsonNode;

/** LibMTL's random weights against ours, from the normals that it drew. */
public final class RlwGolden implements Runner {

    @Override
    public boolean knows(GoldenFile file) {
        return file.schema().equals("mtl-golden-1") && file.name().equals("rlw");
    }

    @Override
    public boolean knowsCase(JsonNode each) {
        return each.path("random").path("normals").isArray();
    }

    @Override
    public void check(JsonNode each) {
        double[] weights = Tensors.values(each.path("random").path("normals"));
        Rlw.Distribution.NORMAL.weigh(weights);
        Tensors.assertClose("weights", weights, Tensors.values(each.path("weights")), Tensors.DOUBLE);
        Steps.assertDirection(weights, each.path("gradients"), each.path("direction"), Tensors.DOUBLE);
    }
}
