package org.mtl4j.golden;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.tensor.LayerRig;
import org.mtl4j.tensor.Node;
import tools.jackson.databind.JsonNode;

/**
 * Checks one kind of layer against files of schema {@code mtl-golden/layers/1}: outputs, then the gradients of inputs and
 * parameters from the file's upstream gradients.
 *
 * <p>A kind says how the layer is recorded, and how the numbers of a tensor of the file lie in ours.
 */
abstract class LayerGolden implements Runner {

    /** What the layer under test is named: its parameters are {@code layer.weight} and so on. */
    static final String LAYER = "layer";

    private final String name;

    /** @param name the file's name for this kind of layer */
    LayerGolden(String name) {
        this.name = name;
    }

    @Override
    public boolean knows(GoldenFile file) {
        return file.schema().equals("mtl-golden/layers/1") && file.name().equals(name);
    }

    /**
     * Records the layer, named {@link #LAYER}: its inputs with {@link LayerRig#input} or {@link LayerRig#bound}, named as
     * the file's, and its outputs with {@link LayerRig#output}.
     */
    abstract void record(JsonNode each, LayerRig rig);

    /**
     * The numbers of an input, output or parameter, or of the gradient by it, in our order.
     *
     * @param tensor its name in the file
     */
    float[] ours(String tensor, JsonNode values, JsonNode each) {
        return Tensors.floats(values);
    }

    /** Our parameter for one of the file. */
    String parameter(String theirs) {
        return LAYER + "." + theirs;
    }

    /** Our parameters for one of the file, whose numbers are theirs one after another. */
    List<String> parameters(String theirs, JsonNode each) {
        return List.of(parameter(theirs));
    }

    /** The number of rows of the batch. */
    int rows(JsonNode each) {
        return Tensors.shape(each.path("inputs").path("x"))[0];
    }

    /** In which mode the layer runs. */
    Node.Pass pass(JsonNode each) {
        return Node.Pass.TRAIN;
    }

    /** Sets what is neither an input nor a parameter, before the forward pass. */
    void prepare(JsonNode each, LayerRig rig) {
        // most layers have no such thing
    }

    /** Checks what is neither output nor gradient, after the forward pass. */
    void checkAside(JsonNode each, LayerRig rig) {
        // most layers have no such thing
    }

    @Override
    public void check(JsonNode each) {
        LayerRig rig = new LayerRig();
        record(each, rig);
        for (String input : rig.inputs()) {
            rig.give(input, ours(input, each.path("inputs").path(input), each));
        }
        each.path("params")
                .properties()
                .forEach(p -> set(rig, parameters(p.getKey(), each), ours(p.getKey(), p.getValue(), each)));
        prepare(each, rig);
        rig.forward(rows(each), pass(each));
        for (String output : rig.outputs()) {
            double[] expected = doubles(ours(output, each.path("outputs").path(output), each));
            Tensors.assertClose(output, rig.value(output), expected, Tensors.OUTPUT);
        }
        checkAside(each, rig);
        checkGradients(each, rig);
    }

    private void checkGradients(JsonNode each, LayerRig rig) {
        Map<String, float[]> signals = new LinkedHashMap<>();
        each.path("grad_outputs")
                .properties()
                .forEach(g -> signals.put(g.getKey(), ours(g.getKey(), g.getValue(), each)));
        rig.backward(signals);
        each.path("grad_inputs").properties().forEach(g -> {
            double[] expected = doubles(ours(g.getKey(), g.getValue(), each));
            Tensors.assertGradient(g.getKey(), rig.signal(g.getKey()), expected);
        });
        each.path("grad_params").properties().forEach(g -> {
            double[] expected = doubles(ours(g.getKey(), g.getValue(), each));
            Tensors.assertGradient(g.getKey(), gradient(rig, parameters(g.getKey(), each)), expected);
        });
    }

    private static void set(LayerRig rig, List<String> parameters, float[] values) {
        int each = values.length / parameters.size();
        for (int p = 0; p < parameters.size(); p++) {
            rig.set(parameters.get(p), Arrays.copyOfRange(values, p * each, (p + 1) * each));
        }
    }

    private static float[] gradient(LayerRig rig, List<String> parameters) {
        float[] first = rig.gradient(parameters.get(0));
        float[] all = Arrays.copyOf(first, first.length * parameters.size());
        for (int p = 1; p < parameters.size(); p++) {
            System.arraycopy(rig.gradient(parameters.get(p)), 0, all, p * first.length, first.length);
        }
        return all;
    }

    /** Floats as doubles: their rounding, 6e-8 of each number, is far below the tolerances. */
    private static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < doubles.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }
}
