package org.mtl4j.nd4j;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.mtl4j.tensor.Activation;
import org.mtl4j.tensor.BatchNorm;
import org.mtl4j.tensor.Conv1d;
import org.mtl4j.tensor.Join;
import org.mtl4j.tensor.LayerSpec;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.Reshape;
import org.mtl4j.tensor.Shape;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * Layers that images and vectors have too, on series: as SameDiff expressions of values [rows, places, features].
 */
final class SeriesGraph {

    private final Node node;
    private final List<SDVariable> inputs;
    private final Function<String, SDVariable> variable;
    private final SameDiff sd;

    private SeriesGraph(Node node, List<SDVariable> inputs, Function<String, SDVariable> variable) {
        this.node = node;
        this.inputs = inputs;
        this.variable = variable;
        this.sd = inputs.get(0).getSameDiff();
    }

    /**
     * The value of a node that reads or makes a series; empty where SameDiff has none.
     *
     * @param mask 1 where a row of its input has a place, [rows, places]; null where all have all
     * @param variable makes the variable of a parameter or running statistic by its name
     */
    static Optional<SDVariable> of(
            Node node,
            LayerSpec spec,
            List<SDVariable> inputs,
            @Nullable SDVariable mask,
            Function<String, SDVariable> variable) {
        boolean series =
                node.shape() instanceof Shape.Series || node.inputs().get(0).shape() instanceof Shape.Series;
        return series
                ? Optional.ofNullable(new SeriesGraph(node, inputs, variable).value(spec, mask))
                : Optional.empty();
    }

    private @Nullable SDVariable value(LayerSpec spec, @Nullable SDVariable mask) {
        SDVariable x = inputs.get(0);
        if (spec instanceof Activation activation) {
            return shaped(Activations.apply(activation, x.reshape(-1, node.features())));
        } else if (spec instanceof BatchNorm norm) {
            return batchNorm(x, norm);
        } else if (spec instanceof Conv1d conv && node.inputs().get(0).shape() instanceof Shape.Series below) {
            SDVariable shown = mask == null ? x : x.mul(mask.reshape(-1, below.length(), 1));
            return new WindowGraph(sd, this::part).conv(shown, below, conv);
        } else if (spec instanceof Reshape) {
            return shaped(x);
        } else if (spec == Join.CONCATENATE) {
            return sd.concat(2, inputs.toArray(new SDVariable[0]));
        }
        return spec == Join.MULTIPLY ? inputs.stream().reduce(SDVariable::mul).orElse(x) : null;
    }

    private SDVariable shaped(SDVariable x) {
        return node.shape() instanceof Shape.Series series
                ? x.reshape(-1, series.length(), series.width())
                : ImageGraph.shaped(x, node.shape());
    }

    private SDVariable part(String name) {
        return variable.apply(node.name() + "." + name);
    }

    private SDVariable kept(String name) {
        SDVariable numbers = part(name);
        numbers.convertToConstant();
        return numbers.reshape(1, 1, node.features());
    }

    private SDVariable batchNorm(SDVariable x, BatchNorm norm) {
        SDVariable deviation = sd.math().sqrt(kept("running_var").add(norm.epsilon()));
        SDVariable normal = x.sub(kept("running_mean")).div(deviation);
        return normal.mul(part("weight").reshape(1, 1, node.features()))
                .add(part("bias").reshape(1, 1, node.features()));
    }
}
