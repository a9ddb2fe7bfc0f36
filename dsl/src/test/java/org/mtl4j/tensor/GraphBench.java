package org.mtl4j.tensor;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Takes layers of graphs through a real tape with given numbers: a row for each of several disjoint graphs, the nodes and the
 * edge features behind an identity each, so that the signals at them can be seen, and an identity head at the output.
 */
public final class GraphBench {

    private static final Initialiser ZEROS = new Initialiser.Zeros();

    private final Tape tape = new Tape(1);
    private final int[] graphOf;
    private final int[] source;
    private final int[] target;
    private final int rows;
    private final Shape.Graph shape;
    private Node nodes;
    private Node edges;

    /**
     * @param graphOf the graph of each node, [nodes]
     * @param source the node that each edge comes from, among all nodes, [edges]
     * @param target the node that each edge leads to, [edges]
     */
    public GraphBench(int[] graphOf, int[] source, int[] target, int features, int edgeFeatures) {
        this.graphOf = graphOf;
        this.source = source;
        this.target = target;
        this.rows = IntStream.of(graphOf).max().orElse(0) + 1;
        this.shape = new Shape.Graph(most(graphOf), features, most(graphsOfEdges()), edgeFeatures);
        nodes = tape.input("x", shape);
        edges = nodes;
    }

    private int most(int[] graphs) {
        return IntStream.range(0, rows)
                .map(g -> (int) IntStream.of(graphs).filter(each -> each == g).count())
                .max()
                .orElse(0);
    }

    private int[] graphsOfEdges() {
        return IntStream.of(source).map(node -> graphOf[node]).toArray();
    }

    /** The place of each item among those of its graph. */
    private static int[] placeOf(int[] graphs) {
        return IntStream.range(0, graphs.length)
                .map(i -> (int) IntStream.range(0, i)
                        .filter(j -> graphs[j] == graphs[i])
                        .count())
                .toArray();
    }

    /** Binds the features. @param x [nodes, features]. @param edgeFeatures [edges, edgeFeatures] */
    public void bind(float[] x, float[] edgeFeatures) {
        float[] values = new float[rows * shape.inputSize()];
        for (int node : graphOf) {
            values[node * shape.inputSize()]++;
        }
        int[] place = placeOf(graphOf);
        int[] ofEdges = graphsOfEdges();
        int[] order = placeOf(ofEdges);
        for (int e = 0; e < source.length; e++) {
            int at = ofEdges[e] * shape.inputSize();
            values[at + 1]++;
            values[at + shape.sourcesAt() + order[e]] = place[source[e]];
            values[at + shape.targetsAt() + order[e]] = place[target[e]];
        }
        move(x, values, graphOf, shape.inputSize(), shape.nodesAt(), shape.features(), Way.INTO_ROWS);
        move(
                edgeFeatures,
                values,
                ofEdges,
                shape.inputSize(),
                shape.edgeFeaturesAt(),
                shape.edgeFeatures(),
                Way.INTO_ROWS);
        tape.bind("x", values);
    }

    private enum Way {
        INTO_ROWS,
        OUT_OF_ROWS
    }

    private static void move(float[] flat, float[] padded, int[] graphs, int size, int from, int width, Way way) {
        int[] place = placeOf(graphs);
        for (int i = 0; i < graphs.length; i++) {
            int at = graphs[i] * size + from + place[i] * width;
            if (way == Way.INTO_ROWS) {
                System.arraycopy(flat, i * width, padded, at, width);
            } else {
                System.arraycopy(padded, at, flat, i * width, width);
            }
        }
    }

    /** The tape to record on. */
    public Tape tape() {
        return tape;
    }

    /** The nodes. */
    public Node nodes() {
        nodes = identity("below.nodes", nodes);
        return nodes;
    }

    /** The features of the edges. */
    public Node edges() {
        edges = identity("below.edges", GraphLayers.edgeFeatures(tape, "edges", nodes));
        return edges;
    }

    private Node identity(String name, Node input) {
        Node node = tape.dense(name, input, input.features(), new Activation.Identity(), ZEROS, Draws.generator(1));
        set(name + ".weight", identity(input.features()));
        return node;
    }

    private static float[] identity(int n) {
        float[] matrix = new float[n * n];
        for (int i = 0; i < n; i++) {
            matrix[i * n + i] = 1f;
        }
        return matrix;
    }

    /** Sets a parameter, in the tape's own layout. */
    public void set(String name, float[] values) {
        tape.parameters().set(tape.parameters().get(name), values);
    }

    /** Computes a node of the tape, that is then the output: [nodes, width], or [graphs, width] of a readout. */
    public float[] forward(Node output) {
        TaskHead head = new TaskHead(0, "head", output.features());
        if (output.shape() instanceof Shape.Vector) {
            tape.heads("heads", output, List.of(head), ZEROS, Draws.generator(1));
        } else {
            tape.placeHead(output, head, ZEROS, Draws.generator(1));
        }
        set("head.weight", identity(output.features()));
        tape.reserve(rows);
        tape.forward(rows, Node.Pass.TRAIN);
        return flat(output, output.value);
    }

    private float[] flat(Node node, float[] values) {
        if (node.shape() instanceof Shape.Vector) {
            return java.util.Arrays.copyOf(values, rows * node.width);
        }
        int[] graphs = node == edges ? graphsOfEdges() : graphOf;
        float[] flat = new float[graphs.length * node.features()];
        move(flat, values, graphs, node.width, 0, node.features(), Way.OUT_OF_ROWS);
        return flat;
    }

    /** Takes the signal at the output down, after {@link #forward}. @param signal as the output */
    public void backward(float[] signal) {
        TaskOutput output = tape.output(0);
        int width = output.values().length / rows;
        if (signal.length == rows * width) {
            System.arraycopy(signal, 0, output.signal(), 0, signal.length);
        } else {
            move(signal, output.signal(), graphOf, width, 0, signal.length / graphOf.length, Way.INTO_ROWS);
        }
        tape.backward(new double[] {1});
    }

    /** The signal at the nodes, [nodes, features], after {@link #backward}. */
    public float[] nodeSignal() {
        return flat(nodes, nodes.signal);
    }

    /** The signal at the edge features, [edges, edgeFeatures], after {@link #backward}. */
    public float[] edgeSignal() {
        return flat(edges, edges.signal);
    }

    /** The gradient of a parameter, after {@link #backward}. */
    public float[] gradient(String name) {
        return tape.parameters().copyOfGradient(tape.parameters().get(name));
    }

    /** Attention weights of a layer, [heads, nodes, nodes], row by the node that hears. */
    public float[] attention(Node node) {
        AttentionEdges attention = ((GraphAttentionNode) node).attention();
        int n = graphOf.length;
        int heads = ((GraphAttention) ((GraphAttentionNode) node).spec()).heads();
        float[] dense = new float[heads * n * n];
        int[] place = placeOf(graphOf);
        int[] order = placeOf(graphsOfEdges());
        for (int h = 0; h < heads; h++) {
            for (int i = 0; i < n; i++) {
                dense[(h * n + i) * n + i] = attention.own(graphOf[i], place[i], h);
            }
            for (int e = 0; e < source.length; e++) {
                dense[(h * n + target[e]) * n + source[e]] = attention.weight(graphOf[source[e]], order[e], h);
            }
        }
        return dense;
    }
}
