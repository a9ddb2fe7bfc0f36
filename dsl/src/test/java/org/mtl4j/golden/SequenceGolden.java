package org.mtl4j.golden;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.mtl4j.tensor.LayerBench;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.Parameter;
import tools.jackson.databind.JsonNode;

/** PyTorch's values of one layer of sequences against a tape that holds it alone. */
abstract class SequenceGolden implements Runner {

    private final Set<String> names;

    SequenceGolden(String... names) {
        this.names = Set.of(names);
    }

    @Override
    public final boolean knows(GoldenFile file) {
        return file.schema().equals("mtl-golden/layers/1") && names.contains(file.name());
    }

    /** Records the layer of a case, sets its parameters and answers its outputs by their names in the file. */
    abstract Map<String, Node> record(LayerBench bench, JsonNode each);

    /** Our name of a parameter of the file. */
    abstract String our(String name);

    @Override
    public final void check(JsonNode each) {
        LayerBench bench = new LayerBench(each.path("outputs").size());
        Map<String, Node> recorded = record(bench, each);
        each.path("params").properties().forEach(named -> setParameter(bench, named.getKey(), named.getValue()));
        List<float[]> signals = new ArrayList<>();
        Map<String, Node> outputs = new LinkedHashMap<>();
        each.path("outputs").propertyNames().forEach(name -> {
            Node node = Objects.requireNonNull(recorded.get(name), name);
            outputs.put(name, node);
            bench.output(node);
        });
        bench.forward();
        outputs.forEach((name, node) -> {
            double[] expected = rowsFirst(name, each.path("outputs").path(name));
            Tensors.assertClose(name, bench.value(node), expected, Tensors.OUTPUT);
            signals.add(Tensors.floats(rowsFirst(name, each.path("grad_outputs").path(name))));
        });
        bench.backward(signals);
        each.path("grad_inputs").properties().forEach(named -> {
            double[] expected = rowsFirst(named.getKey(), named.getValue());
            Tensors.assertGradient(named.getKey(), bench.signal(named.getKey()), expected);
        });
        each.path("grad_params").properties().forEach(named -> assertGradient(bench, named.getKey(), named.getValue()));
    }

    /** The numbers of an input or output, one row after another. */
    double[] rowsFirst(String name, JsonNode tensor) {
        return Tensors.values(tensor);
    }

    /** Sets one of the file's parameters. */
    void setParameter(LayerBench bench, String name, JsonNode tensor) {
        bench.set(our(name), ours(tensor, Tensors.floats(tensor)));
    }

    void assertGradient(LayerBench bench, String name, JsonNode tensor) {
        Parameter parameter = bench.tape().parameters().get(our(name));
        float[] gradient = bench.gradient(our(name));
        boolean turned = isTurned(tensor);
        Tensors.assertGradient(
                name,
                turned ? Tensors.transposed(gradient, parameter.rows(), parameter.columns()) : gradient,
                Tensors.values(tensor));
    }

    private float[] ours(JsonNode tensor, float[] theirs) {
        int[] shape = Tensors.shape(tensor);
        return isTurned(tensor) ? Tensors.transposed(theirs, shape[0], shape[1]) : theirs;
    }

    /** Whether a parameter is [out, in] there and [in, out] here. */
    boolean isTurned(JsonNode tensor) {
        return Tensors.shape(tensor).length == 2;
    }

    /** Records the series of this name. */
    static Node series(LayerBench bench, JsonNode each, String name, int @Nullable [] lengths) {
        JsonNode x = each.path("inputs").path(name);
        int[] shape = Tensors.shape(x);
        return bench.series(name, Tensors.floats(x), shape[1], shape[2], lengths);
    }

    /** The rows' lengths, if the case has them. */
    static int @Nullable [] lengths(JsonNode each) {
        JsonNode inputs = each.path("inputs");
        if (inputs.has("lengths")) {
            return ints(inputs.path("lengths"));
        }
        if (!inputs.has("key_padding_mask")) {
            return null;
        }
        int[] shape = Tensors.shape(inputs.path("key_padding_mask"));
        int[] mask = ints(inputs.path("key_padding_mask"));
        return IntStream.range(0, shape[0])
                .map(row -> (int) IntStream.range(0, shape[1])
                        .filter(place -> mask[row * shape[1] + place] == 0)
                        .count())
                .toArray();
    }

    private static int[] ints(JsonNode tensor) {
        double[] values = Tensors.values(tensor);
        return IntStream.range(0, values.length).map(i -> (int) values[i]).toArray();
    }
}
