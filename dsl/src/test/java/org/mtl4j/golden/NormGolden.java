package org.mtl4j.golden;

import org.mtl4j.tensor.BatchNorm;
import org.mtl4j.tensor.Draws;
import org.mtl4j.tensor.GroupNorm;
import org.mtl4j.tensor.Layer;
import org.mtl4j.tensor.LayerRig;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.Parameters;
import org.mtl4j.tensor.Shape;
import tools.jackson.databind.JsonNode;

/** PyTorch's BatchNorm1d, BatchNorm2d and GroupNorm against ours. */
final class NormGolden extends LayerGolden {

    private final String name;

    NormGolden(String name) {
        super(name);
        this.name = name;
    }

    @Override
    void record(JsonNode each, LayerRig rig) {
        JsonNode config = each.path("config");
        double epsilon = config.path("eps").asDouble();
        Layer layer = switch (name) {
            case "BatchNorm" -> new BatchNorm(config.path("momentum").asDouble(), epsilon);
            case "GroupNorm" -> new GroupNorm(config.path("groups").asInt(), epsilon);
            default -> throw new IllegalArgumentException("A normalisation named " + name);
        };
        int[] x = Tensors.shape(each.path("inputs").path("x"));
        rig.output("output", layer.record(rig.tape(), LAYER, rig.input("x", shape(x)), Draws.generator(1)));
    }

    private Shape shape(int[] x) {
        int all = 1;
        for (int d = 1; d < x.length; d++) {
            all *= x[d];
        }
        if (x.length == 2) {
            return new Shape.Vector(all);
        } else if (x.length == 4) {
            return new Shape.Image(x[1], x[2], x[3]);
        } else if (isSeries()) {
            return new Shape.Series(x[2], x[1]);
        }
        return new Shape.Image(x[1], 1, x[2]);
    }

    /** Whether [N, C, L] is a series of ours, [N, L, C]. */
    private boolean isSeries() {
        return name.equals("BatchNorm");
    }

    @Override
    float[] ours(String tensor, JsonNode values, JsonNode each) {
        boolean turned = isSeries() && Tensors.shape(values).length == 3;
        return turned ? ConvGolden.featuresLast(values) : Tensors.floats(values);
    }

    @Override
    Node.Pass pass(JsonNode each) {
        return each.path("config").path("mode").asString("train").equals("eval") ? Node.Pass.EVALUATE : Node.Pass.TRAIN;
    }

    @Override
    void prepare(JsonNode each, LayerRig rig) {
        Parameters buffers = rig.tape().buffers();
        buffers.list().forEach(buffer -> {
            String theirs = buffer.name().substring(LAYER.length() + 1);
            buffers.set(buffer, Tensors.floats(each.path("inputs").path(theirs)));
        });
    }

    @Override
    void checkAside(JsonNode each, LayerRig rig) {
        Parameters buffers = rig.tape().buffers();
        buffers.list().forEach(buffer -> {
            String theirs = buffer.name().substring(LAYER.length() + 1);
            double[] expected = Tensors.values(each.path("aux_outputs").path(theirs));
            Tensors.assertClose(theirs, buffers.copyOf(buffer), expected, Tensors.OUTPUT);
        });
    }
}
