package org.mtl4j.nd4j;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.mtl4j.data.Scale;
import org.mtl4j.fitted.Matrix;
import org.mtl4j.fitted.Net;
import org.mtl4j.sharing.Graph;
import org.mtl4j.task.Crf;
import org.mtl4j.task.Objective;
import org.mtl4j.task.Task;
import org.mtl4j.tensor.Activation;
import org.mtl4j.tensor.AsSeries;
import org.mtl4j.tensor.Attention;
import org.mtl4j.tensor.EdgeFeatures;
import org.mtl4j.tensor.Embedding;
import org.mtl4j.tensor.FinalState;
import org.mtl4j.tensor.JoinedDense;
import org.mtl4j.tensor.LayerNorm;
import org.mtl4j.tensor.LayerSpec;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.OwnLayer;
import org.mtl4j.tensor.Positions;
import org.mtl4j.tensor.Readout;
import org.mtl4j.tensor.Recurrent;
import org.mtl4j.tensor.Shape;
import org.mtl4j.tensor.Sum;
import org.mtl4j.tensor.TapeReader;
import org.mtl4j.tensor.TaskHead;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A trained net as one SameDiff graph: from a placeholder of the features as a user has them, FLOAT [-1, features] or [-1,
 * channels, height, width], named as the net's input, to a variable per task, named as the task, with what the net predicts. Dropout is off.
 *
 * <p>For classes and labels [rows, classes] of probabilities, in the order of the net's; for numbers [rows, dimensions] in the
 * target's unit; for answers at places [rows, places, classes or numbers]; for pairs [rows, 2 x width], both vectors of length 1
 * side by side. Standardisation, which the net does in double precision, lies in the graph so. Parameters are its
 * variables, named as the net's.
 *
 * <p>What has no form here is named in an error: {@code batchNorm().perTask()}, what searches for its
 * answer (the best path of a CRF, the words of a decoder, boxes), recurrent layers that begin with a given state.
 *
 * <p>The placeholder of texts is [-1, 1 + length], that of series [-1, 1 + length x features]: each row's own length, then its
 * words' numbers or its features, filled up with anything finite; that of graphs [-1, numbers of a row] as {@link Shape.Graph}
 * says. ND4J 1.0.0-M2.1 differentiates the gather of an embedding
 * wrongly: do not train such a graph on by SameDiff.
 */
public final class TrainedGraph implements TapeReader {

    private final Net net;
    private final SameDiff sd = SameDiff.create();
    private final Map<Node, SDVariable> values = new HashMap<>();
    private final Map<Node, EdgeGraph> edges = new HashMap<>();

    private final SequenceGraph sequences;
    private final OutputGraph outputs;

    private TrainedGraph(Net net) {
        this.net = net;
        this.sequences = new SequenceGraph(sd, DataType.FLOAT, this::variable);
        this.outputs = new OutputGraph(sd, net);
    }

    /**
     * The graph of a net.
     *
     * @throws IllegalArgumentException if a task is named as the input is
     */
    public static SameDiff of(Net net) {
        for (Objective objective : net.objectives()) {
            String name = objective.task().name();
            if (net.inputs().stream().anyMatch(input -> input.name().equals(name))) {
                throw new IllegalArgumentException(
                        "sameDiff(): task '%s' is named as the input, but a SameDiff graph has one variable of a name.%nName the column otherwise."
                                .formatted(name));
            }
        }
        TrainedGraph reader = new TrainedGraph(net);
        Graph.build(net.sharing(), net.inputs(), net.objectives(), 0).tape().read(reader);
        return reader.sd;
    }

    @Override
    public void input(Node node) {
        if (node.shape() instanceof Shape.Tokens
                || node.shape() instanceof Shape.Series
                || node.shape() instanceof Shape.Graph) {
            values.put(node, sd.placeHolder(node.name(), DataType.FLOAT, -1, node.width()));
            return;
        }
        Scale scale = net.standardisation().input(node.name());
        SDVariable x = node.shape() instanceof Shape.Image image
                ? sd.placeHolder(node.name(), DataType.FLOAT, -1, image.channels(), image.height(), image.width())
                : sd.placeHolder(node.name(), DataType.FLOAT, -1, node.width());
        SDVariable centred = x.castTo(DataType.DOUBLE).sub(perFeature(node, scale.means()));
        values.put(
                node,
                centred.div(perFeature(node, scale.scales()))
                        .castTo(
                                net.inputs().size() == 1 ? "standardised" : node.name() + ".standardised",
                                DataType.FLOAT));
    }

    /** One number a feature, or a channel. */
    private SDVariable perFeature(Node node, double[] numbers) {
        return node.shape() instanceof Shape.Image
                ? sd.constant(Nd4j.createFromArray(numbers).reshape(1, numbers.length, 1, 1))
                : constant(numbers);
    }

    private SDVariable constant(double[] numbers) {
        return sd.constant(Nd4j.createFromArray(numbers).reshape(1, numbers.length));
    }

    @Override
    public void dense(Node node, Node below, Activation activation) {
        if (node.shape() instanceof Shape.Series) {
            values.put(node, sequences.dense(node.name(), activation, value(below), below.features(), node.shape()));
            return;
        }
        SDVariable x = below.shape() instanceof Shape.Image ? value(below).reshape(-1, below.width()) : value(below);
        values.put(node, Activations.apply(activation, affine(node.name(), x)));
    }

    @Override
    public void dropout(Node node, Node below) {
        values.put(node, value(below));
    }

    @Override
    public void own(Node node, Node below, OwnLayer layer) {
        if (!(layer instanceof SameDiffLayer own)) {
            throw new IllegalArgumentException(
                    "sameDiff(): layer '%s' is no SameDiff graph.%nUse an encoder of this library, or one of sameDiff(..)."
                            .formatted(node.name()));
        }
        values.put(node, own.frozen().splice(sd, node.name(), value(below), net::parameter));
    }

    @Override
    public void places(Node node, Node input) {
        SDVariable x = input.shape() instanceof Shape.Graph graph
                ? edges(graph, input).nodeFeatures()
                : sequences.columns(value(input), 1, 1 + input.shape().size());
        Scale scale = net.standardisation().input(input.name());
        int places = node.shape().positions();
        int width = node.features();
        SDVariable centred = x.castTo(DataType.DOUBLE)
                .reshape(-1, places, width)
                .sub(constant(scale.means()).reshape(1, 1, width));
        values.put(
                node, centred.div(constant(scale.scales()).reshape(1, 1, width)).castTo(DataType.FLOAT));
    }

    private EdgeGraph edges(Shape.Graph graph, Node input) {
        return edges.computeIfAbsent(input, each -> new EdgeGraph(graph, value(each), DataType.FLOAT, this::variable));
    }

    @Override
    public void layer(Node node, LayerSpec spec) {
        SDVariable value = ofGraph(node, spec);
        value = value == null ? sequence(node, spec) : value;
        values.put(node, value == null ? ofAnyShape(node, spec) : value);
    }

    /** A layer of graphs; null where it is another. */
    private @Nullable SDVariable ofGraph(Node node, LayerSpec spec) {
        Node first = node.inputs().get(0);
        Node input = spec instanceof EdgeFeatures ? first : first.placesInput();
        return input != null && input.shape() instanceof Shape.Graph graph
                ? edges(graph, input)
                        .of(node, spec, node.inputs().stream().map(this::value).toList())
                : null;
    }

    /** A layer of images, or one that takes several shapes. */
    private SDVariable ofAnyShape(Node node, LayerSpec spec) {
        List<SDVariable> inputs = node.inputs().stream().map(this::value).toList();
        if (spec instanceof Recurrent) {
            throw unlike(node.name(), spec + " from a given state");
        }
        return SeriesGraph.of(node, spec, inputs, mask(node.inputs().get(0)), this::variable)
                .or(() -> ImageGraph.of(node, spec, inputs, this::variable))
                .orElseThrow(() -> unlike(node.name(), spec));
    }

    /** A layer of sequences; null where it is another, or has no form. */
    private @Nullable SDVariable sequence(Node node, LayerSpec spec) {
        Node below = node.inputs().get(0);
        SDVariable x = value(below);
        int places = below.shape().positions();
        if (spec instanceof AsSeries) {
            return SequenceGraph.atPlaces(x, below);
        } else if (spec instanceof JoinedDense joined) {
            return joined(node, joined);
        } else if (spec instanceof FinalState end) {
            return sequences.end(below.name(), end);
        } else if (spec instanceof Embedding embedding) {
            return sequences.embedding(node.name(), embedding, x, sequences.mask(x, places), places);
        } else if (spec instanceof Positions positions) {
            return sequences.positions(node.name(), positions, x, node.shape());
        } else if (spec instanceof Recurrent recurrent && node.inputs().size() == 1) {
            return sequences.recurrent(node.name(), recurrent, x, mask(below), places);
        } else if (spec instanceof Attention attention) {
            return attention(node, attention);
        } else if (spec instanceof LayerNorm norm && !(node.shape() instanceof Shape.Image)) {
            return sequences.layerNorm(node.name(), norm, x, node.shape());
        } else if (spec instanceof Sum) {
            return SequenceGraph.sum(node.inputs().stream().map(this::value).toList());
        }
        if (!(spec instanceof Readout kind)) {
            return null;
        } else if (kind == Readout.ATTENTION) {
            return sequences.attention(node.name(), SequenceGraph.atPlaces(x, below), mask(below), below);
        }
        return below.shape() instanceof Shape.Series ? sequences.readout(kind, x, mask(below), places) : null;
    }

    private SDVariable joined(Node node, JoinedDense spec) {
        SDVariable[] inputs = node.inputs().stream().map(this::value).toArray(SDVariable[]::new);
        boolean series = node.shape() instanceof Shape.Series;
        SDVariable all = sd.concat(series ? 2 : 1, inputs);
        int in = node.inputs().stream().mapToInt(Node::features).sum();
        return series
                ? sequences.dense(node.name(), spec.activation(), all, in, node.shape())
                : Activations.apply(spec.activation(), affine(node.name(), all));
    }

    private SDVariable attention(Node node, Attention spec) {
        Node keys = node.inputs().get(1);
        int[] lengths = {node.shape().positions(), keys.shape().positions()};
        List<SDVariable> inputs = node.inputs().get(0) == keys
                ? sequences.parts(value(keys), node.inputs().size())
                : node.inputs().stream().map(this::value).toList();
        return sequences.attention(spec, inputs, mask(keys), lengths);
    }

    /** 1 where a row has a place; null where all rows are full. */
    private @Nullable SDVariable mask(Node node) {
        Node input = node.placesInput();
        return input == null ? null : sequences.mask(value(input), node.shape().positions());
    }

    @Override
    public void placeHead(Node below, TaskHead head) {
        Objective objective = net.objectives().get(head.task());
        if (objective.isSequence()) {
            throw unlike(head.name(), "the end of a decoder, which reads its own words");
        } else if (objective.isOfBoxes()) {
            throw unlike(head.name(), "a head of boxes, of which cells are only the candidates");
        } else if (objective.task().loss() instanceof Crf) {
            throw unlike(head.name(), "the end of crf(), which seeks the best path");
        }
        SDVariable x = SequenceGraph.atPlaces(value(below), below).reshape(-1, below.features());
        int places = below.shape().positions();
        outputs.ofPlaces(objective, affine(head.name(), x).reshape(-1, places, head.outputs()));
    }

    @Override
    public void pairHead(List<Node> pair, TaskHead head) {
        Objective objective = net.objectives().get(head.task());
        Task.Kind.Pairs kind = (Task.Kind.Pairs) objective.task().kind();
        outputs.ofPairs(
                objective,
                value(pair.get(0)).mmul(variable(head.name() + "." + kind.first() + ".weight")),
                value(pair.get(1)).mmul(variable(head.name() + "." + kind.second() + ".weight")));
    }

    static IllegalArgumentException unlike(String layer, Object spec) {
        return new IllegalArgumentException(
                "sameDiff(): '%s' is %s, which has no SameDiff form here.%nKeep its parameters with run.saveNpz(file), or the net with run.save(file)."
                        .formatted(layer, spec));
    }

    @Override
    public void heads(Node below, List<TaskHead> heads) {
        for (TaskHead head : heads) {
            outputs.ofRows(net.objectives().get(head.task()), affine(head.name(), value(below)));
        }
    }

    private SDVariable value(Node node) {
        return Objects.requireNonNull(values.get(node));
    }

    private SDVariable affine(String layer, SDVariable x) {
        return x.mmul(variable(layer + ".weight")).add(variable(layer + ".bias"));
    }

    private SDVariable variable(String name) {
        Matrix matrix = net.parameter(name);
        return sd.var(name, Nd4jArrays.of(matrix));
    }
}
