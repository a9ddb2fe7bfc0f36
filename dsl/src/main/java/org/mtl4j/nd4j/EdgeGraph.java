package org.mtl4j.nd4j;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.mtl4j.tensor.EdgeFeatures;
import org.mtl4j.tensor.GraphAttention;
import org.mtl4j.tensor.GraphConvolution;
import org.mtl4j.tensor.GruStep;
import org.mtl4j.tensor.LayerSpec;
import org.mtl4j.tensor.MessagePassing;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.Shape;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Layers of graphs as SameDiff expressions: of values [rows, nodes, features], with the edges as dense matrices [rows, edges,
 * nodes] that hold a 1 at the node that an edge begins or ends at. Products with them stand for the gathers that ND4J
 * 1.0.0-M2.1 differentiates wrongly.
 */
final class EdgeGraph {

    /** What is added to the scores of nodes that are no neighbours. */
    private static final double LEFT_OUT = -1e9;

    private final SameDiff sd;
    private final DataType type;
    private final Function<String, SDVariable> parameters;
    private final Shape.Graph shape;
    private final SDVariable input;
    /** Per number of a row that ends begin at, what {@link #ends} made of them. */
    private final Map<Integer, SDVariable> ends = new HashMap<>();

    private @Nullable SDVariable neighbours;

    /**
     * @param parameters makes the variable of a parameter's name
     * @param input the graphs, [rows, {@link Shape#inputSize}]
     */
    EdgeGraph(Shape.Graph shape, SDVariable input, DataType type, Function<String, SDVariable> parameters) {
        this.sd = input.getSameDiff();
        this.type = type;
        this.parameters = parameters;
        this.shape = shape;
        this.input = input;
    }

    /** The value of a layer; null where it is none of graphs. */
    @Nullable
    SDVariable of(Node node, LayerSpec spec, List<SDVariable> inputs) {
        if (spec instanceof GraphConvolution convolution) {
            return convolution(node.name(), convolution, inputs.get(0));
        } else if (spec instanceof GraphAttention attention) {
            return attention(node.name(), attention, inputs.get(0));
        } else if (spec instanceof MessagePassing passing) {
            return messages(node.name(), passing, inputs);
        } else if (spec instanceof GruStep) {
            return step(node.name(), inputs.get(0), inputs.get(1), node.features());
        }
        return spec instanceof EdgeFeatures ? edgeFeatures() : null;
    }

    private SDVariable numbers(int from, int n) {
        return sd.gather(input, IntStream.range(from, from + n).toArray(), 1);
    }

    private SDVariable constant(double[] numbers, long... dimensions) {
        return sd.constant(Nd4j.createFromArray(numbers).reshape(dimensions).castTo(type));
    }

    private static double[] counted(int n) {
        return IntStream.range(0, n).asDoubleStream().toArray();
    }

    /** The features of the nodes, [rows, nodes, features], as the input has them. */
    SDVariable nodeFeatures() {
        return numbers(shape.nodesAt(), shape.size()).reshape(-1, shape.nodes(), shape.features());
    }

    private SDVariable edgeFeatures() {
        return numbers(shape.edgeFeaturesAt(), shape.edges() * shape.edgeFeatures())
                .reshape(-1, shape.edges(), shape.edgeFeatures());
    }

    /** 1 where an edge has its end at a node, [rows, edges, nodes]; of data without edges, one edge that is nowhere. */
    private SDVariable ends(int at) {
        return ends.computeIfAbsent(at, this::madeEnds);
    }

    private SDVariable madeEnds(int at) {
        int n = shape.nodes();
        if (shape.edges() == 0) {
            return numbers(0, 1).mul(0).reshape(-1, 1, 1).mul(constant(new double[n], 1, 1, n));
        }
        int e = shape.edges();
        SDVariable away = sd.math().abs(numbers(at, e).reshape(-1, e, 1).sub(constant(counted(n), 1, 1, n)));
        SDVariable is = sd.math().clipByValue(away, 0, 1).rsub(1);
        return is.mul(there(1, e).reshape(-1, e, 1));
    }

    /** 1 below the count that a row says at this number, [rows, n]: of its nodes at 0, of its edges at 1. */
    private SDVariable there(int at, int n) {
        return sd.math().clipByValue(numbers(at, 1).sub(constant(counted(n), 1, n)), 0, 1);
    }

    /** How many edges other than loops lead from node j to node i, and 1 where a node that a row has is itself, [rows, i, j]. */
    private SDVariable neighbours() {
        if (neighbours == null) {
            neighbours = adjacency().add(itself());
        }
        return neighbours;
    }

    private SDVariable adjacency() {
        SDVariable from = ends(shape.sourcesAt());
        SDVariable to = ends(shape.targetsAt());
        SDVariable loop = sd.sum(from.mul(to), true, 2);
        return sd.mmul(to.mul(loop.rsub(1)), from, true, false, false);
    }

    private SDVariable itself() {
        int n = shape.nodes();
        SDVariable equal = sd.constant(Nd4j.eye(n).reshape(1, n, n).castTo(type));
        return there(0, n).reshape(-1, n, 1).mul(equal);
    }

    private SDVariable convolution(String name, GraphConvolution spec, SDVariable x) {
        int n = shape.nodes();
        SDVariable degree = sd.math().clipByValue(sd.sum(neighbours(), false, 2), 1, shape.edges() + 2.0);
        SDVariable root = sd.math().sqrt(degree).rdiv(1); // of nodes that a row has not, which hear nobody, 1
        SDVariable shares = neighbours().mul(root.reshape(-1, n, 1)).mul(root.reshape(-1, 1, n));
        SDVariable weight = parameters.apply(name + ".weight");
        SDVariable mixed = sd.mmul(shares, x).reshape(-1, weight.getShape()[0]);
        SDVariable y = mixed.mmul(weight).add(parameters.apply(name + ".bias"));
        return Activations.apply(spec.activation(), y).reshape(-1, n, spec.width());
    }

    private SDVariable attention(String name, GraphAttention spec, SDVariable x) {
        int n = shape.nodes();
        int h = spec.heads();
        int w = spec.width();
        SDVariable weight = parameters.apply(name + ".weight");
        SDVariable z = x.reshape(-1, weight.getShape()[0]).mmul(weight).reshape(-1, n, h, w);
        SDVariable sent = sd.sum(z.mul(parameters.apply(name + ".att_src").reshape(1, 1, h, w)), false, 3);
        SDVariable heard = sd.sum(z.mul(parameters.apply(name + ".att_dst").reshape(1, 1, h, w)), false, 3);
        SDVariable scores = sd.nn()
                .leakyRelu(
                        heard.permute(0, 2, 1)
                                .reshape(-1, h, n, 1)
                                .add(sent.permute(0, 2, 1).reshape(-1, h, 1, n)),
                        spec.slope());
        SDVariable heads = neighbours().reshape(-1, 1, n, n);
        // an edge that is listed twice counts twice: as often as the count says, in numerator and sum
        SDVariable shown = scores.add(sd.math().clipByValue(heads, 0, 1).sub(1).mul(-LEFT_OUT));
        SDVariable raised = sd.math().exp(shown.sub(sd.max(shown, true, 3))).mul(heads);
        SDVariable none = sd.math().clipByValue(sd.sum(heads, true, 3), 0, 1).rsub(1);
        SDVariable shares = raised.div(sd.sum(raised, true, 3).add(none)).reshape(-1, n, n);
        SDVariable y = sd.mmul(shares, z.permute(0, 2, 1, 3).reshape(-1, n, w))
                .reshape(-1, h, n, w)
                .permute(0, 2, 1, 3);
        SDVariable merged = spec.merge() == GraphAttention.Merge.CONCATENATE
                ? y.reshape(-1, spec.outputs())
                : sd.mean(y, false, 2).reshape(-1, w);
        return Activations.apply(spec.activation(), merged.add(parameters.apply(name + ".bias")))
                .reshape(-1, n, spec.outputs());
    }

    /** @param inputs the nodes, and where edges have features those */
    private SDVariable messages(String name, MessagePassing spec, List<SDVariable> inputs) {
        SDVariable x = inputs.get(0);
        SDVariable to = ends(shape.targetsAt());
        SDVariable heard = sd.mmul(to, x);
        SDVariable sent = sd.mmul(ends(shape.sourcesAt()), x);
        SDVariable read = inputs.size() > 1 ? sd.concat(2, heard, sent, inputs.get(1)) : sd.concat(2, heard, sent);
        SDVariable weight = parameters.apply(name + ".weight");
        SDVariable y = read.reshape(-1, weight.getShape()[0]).mmul(weight).add(parameters.apply(name + ".bias"));
        SDVariable sounds =
                Activations.apply(spec.activation(), y).reshape(-1, Math.max(1, shape.edges()), spec.width());
        return sd.mmul(to, sounds, true, false, false);
    }

    private SDVariable step(String name, SDVariable x, SDVariable state, int width) {
        SDVariable h = state.reshape(-1, width);
        SDVariable weight = parameters.apply(name + ".weight_ih");
        SDVariable below = x.reshape(-1, weight.getShape()[0]).mmul(weight).add(parameters.apply(name + ".bias_ih"));
        SDVariable before = h.mmul(parameters.apply(name + ".weight_hh")).add(parameters.apply(name + ".bias_hh"));
        return SequenceGraph.gru(below, before, h).reshape(-1, shape.nodes(), width);
    }
}
