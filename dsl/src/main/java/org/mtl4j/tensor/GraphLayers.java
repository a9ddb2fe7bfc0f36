package org.mtl4j.tensor;

import java.util.List;
import java.util.random.RandomGenerator;

/** Engine API. Records the layers that walk the edges of graphs. */
public final class GraphLayers {

    private GraphLayers() {}

    /**
     * Records a graph convolution and fills it; its biases begin at 0 unless the initialiser draws biases too.
     *
     * @param nodes the nodes of a graph input, or what other layers made of them, [nodes, in]
     * @return [nodes, width]
     * @throws IllegalArgumentException if they are not the nodes of a graph
     */
    public static Node convolution(
            Tape tape,
            String name,
            Node nodes,
            GraphConvolution layer,
            Initialiser initialiser,
            RandomGenerator random) {
        GraphConvolutionNode node = new GraphConvolutionNode(name, layer, nodes, tape.parameters(), tape.tasks());
        float[] values = tape.parameters().values();
        initialiser.fill(values, node.first, node.in(), layer.width(), random);
        initialiser.fillBias(values, node.first + node.in() * layer.width(), node.in(), layer.width(), random);
        return tape.add(node);
    }

    /**
     * Records graph attention and fills it.
     *
     * @return [nodes, outputs]
     * @throws IllegalArgumentException if they are not the nodes of a graph
     */
    public static Node attention(
            Tape tape, String name, Node nodes, GraphAttention layer, Initialiser initialiser, RandomGenerator random) {
        GraphAttentionNode node = new GraphAttentionNode(name, layer, nodes, tape.parameters(), tape.tasks());
        float[] values = tape.parameters().values();
        initialiser.fill(values, node.first, node.in, layer.heads() * layer.width(), random);
        for (int a = 0; a < 2 * layer.heads(); a++) { // a_src and a_dst of each head
            initialiser.fill(values, node.source() + a * layer.width(), layer.width(), 1, random);
        }
        initialiser.fillBias(values, node.bias(), node.in, layer.outputs(), random);
        return tape.add(node);
    }

    /**
     * Records the edge features of the graph input that these nodes belong to.
     *
     * @return [edges, features]
     * @throws IllegalArgumentException if they are not the nodes of a graph, or its edges have no features
     */
    public static Node edgeFeatures(Tape tape, String name, Node nodes) {
        Edges edges = Edges.between(name, nodes);
        if (edges.features() == 0 || edges.most() == 0) {
            throw new IllegalArgumentException(
                    "Layer '%s': input '%s' is a %s, and its edges have no features.%nGive the data edge features, or take a layer without them."
                            .formatted(name, edges.input().name, edges.input().shape));
        }
        return tape.add(new EdgeFeaturesNode(
                name, edges.input(), (Shape.Graph) edges.input().shape, tape.parameters(), tape.tasks()));
    }

    /** Whether the edges of the graph that these nodes belong to have features. */
    public static boolean hasEdgeFeatures(Node nodes) {
        Edges edges = Edges.between(nodes.name, nodes);
        return edges.features() > 0 && edges.most() > 0;
    }

    /**
     * Records what each node hears along its edges, and fills it.
     *
     * @param inputs the nodes, [nodes, in], and, if wanted, features at their edges, [edges, features]
     * @return [nodes, width]
     * @throws IllegalArgumentException if they are not the nodes of a graph
     */
    public static Node messages(
            Tape tape,
            String name,
            List<Node> inputs,
            MessagePassing layer,
            Initialiser initialiser,
            RandomGenerator random) {
        MessageNode node = new MessageNode(name, layer, inputs, tape.parameters(), tape.tasks());
        float[] values = tape.parameters().values();
        initialiser.fill(values, node.first, node.rows(), layer.width(), random);
        initialiser.fillBias(values, node.bias(), node.rows(), layer.width(), random);
        return tape.add(node);
    }

    /**
     * Records one step of a gated recurrent unit at each place, and fills it.
     *
     * @param input x, [places, in]
     * @param state h, [places, width]
     * @return h', [places, width]
     */
    public static Node gruStep(
            Tape tape, String name, Node input, Node state, Initialiser initialiser, RandomGenerator random) {
        GruStepNode node = new GruStepNode(name, input, state, tape.parameters(), tape.tasks());
        float[] values = tape.parameters().values();
        int gates = 3 * state.features();
        int at = node.first;
        for (int in : new int[] {node.in, state.features()}) {
            initialiser.fill(values, at, in, gates, random);
            initialiser.fillBias(values, at + in * gates, state.features(), gates, random);
            at += (in + 1) * gates;
        }
        return tape.add(node);
    }
}
