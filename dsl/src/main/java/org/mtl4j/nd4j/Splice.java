package org.mtl4j.nd4j;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.mtl4j.fitted.Matrix;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.autodiff.samediff.serde.FlatBuffersMapper;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Adds the operations of one SameDiff graph to another, under names that begin with a prefix. */
final class Splice {

    private final SameDiff from;
    private final SameDiff into;
    private final String prefix;
    private final Map<String, SDVariable> made = new HashMap<>();

    Splice(SameDiff from, SameDiff into, String prefix) {
        this.from = from;
        this.into = into;
        this.prefix = prefix;
    }

    SDVariable add(FrozenGraph graph, SDVariable input, Function<String, Matrix> parameters) {
        String output = graph.names().output();
        for (String leaf : Reverse.leaves(from, output)) {
            INDArray array = from.getVariable(leaf).getArr();
            if (leaf.equals(graph.names().input())) {
                made.put(leaf, input);
            } else if (from.getVariable(leaf).getVariableType() == VariableType.CONSTANT) {
                made.put(leaf, into.constant(prefix + leaf, array));
            } else {
                INDArray trained = Nd4jArrays.of(parameters.apply(prefix + leaf));
                made.put(leaf, into.var(prefix + leaf, trained.reshape(array.shape())));
            }
        }
        Reverse.operations(from, output).forEach(this::copy);
        return variable(output);
    }

    private SDVariable variable(String name) {
        return Objects.requireNonNull(made.get(name));
    }

    private void copy(SameDiffOp op) {
        String name = prefix + op.getName();
        DifferentialFunction clone = FlatBuffersMapper.cloneViaSerialize(from, op.getOp());
        clone.setSameDiff(into);
        clone.setOwnName(name);
        into.putOpForId(name, clone);
        List<String> inputs = op.getInputsToOp() == null ? List.of() : op.getInputsToOp();
        into.addArgsFor(inputs.stream().map(this::variable).toArray(SDVariable[]::new), clone);
        into.addOutgoingFor(op.getOutputsOfOp().stream().map(this::output).toArray(SDVariable[]::new), clone);
    }

    @SuppressWarnings("NullAway") // a computed variable's shape is unknown to ND4J until it runs
    private SDVariable output(String name) {
        SDVariable output = new SDVariable(
                prefix + name,
                VariableType.ARRAY,
                into,
                null,
                from.getVariable(name).dataType());
        into.addVariable(output);
        made.put(name, output);
        return output;
    }
}
