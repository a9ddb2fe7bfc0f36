package org.mtl4j.tensor;

import java.util.Arrays;
import java.util.List;

/**
 * {@link MessagePassing} with W in three parts: W_i of the hearing node, W_j of the sending one, W_e of the edge. The products
 * with nodes are one call each for all nodes of the batch, that with edge features one for its edges.
 *
 * <p>With d_e = s_i * f' at edge e: j -> i: dh_i += d_e W_i^T, dh_j += d_e W_j^T, de = d_e W_e^T, db = sum of d_e. The d_e
 * are summed by node first, so that the products of the backward pass are over nodes too.
 */
final class MessageNode extends BlockNode {

    final int in;
    private final Activation activation;
    private final Edges edges;
    private final int nodes;
    private final int out;
    private final Affine ofNodes;
    private final int sender;
    private final int bias;
    private final EdgeProducts ofEdges;

    private float[] heard = new float[0];
    private float[] sent = new float[0];
    /** Where the edges of a row begin among all of the batch. */
    private int[] start = new int[0];
    /** Of each edge of the batch, [edges, out]: what f is applied to, and the message. */
    private float[] preActivation = new float[0];

    private float[] messages = new float[0];
    private float[] scratch = new float[0];
    /** By slot, [slots, nodes, out]: sums of d_e over the edges to a node, and from it. */
    private float[] heardSignal = new float[0];

    private float[] sentSignal = new float[0];

    MessageNode(String name, MessagePassing layer, List<Node> inputs, Parameters parameters, int tasks) {
        super(
                name,
                layer,
                new Shape.Series(inputs.get(0).shape.positions(), layer.width()),
                inputs,
                parameters,
                (rows(inputs) + 1) * layer.width(),
                tasks);
        this.activation = layer.activation();
        this.edges = Edges.between(name, inputs.get(0));
        this.nodes = edges.mostNodes();
        this.in = inputs.get(0).features();
        this.out = layer.width();
        this.ofNodes = new Affine(in, out);
        this.sender = first + in * out;
        this.bias = first + rows(inputs) * out;
        this.ofEdges = new EdgeProducts(edges, inputs.size() > 1 ? inputs.get(1).features() : 0, out);
        parameters.name(name + ".weight", rows(inputs), out, first, out);
        parameters.name(name + ".bias", 1, out, bias, out);
    }

    private static int rows(List<Node> inputs) {
        return 2 * inputs.get(0).features() + (inputs.size() > 1 ? inputs.get(1).features() : 0);
    }

    int rows() {
        return rows(inputs);
    }

    int bias() {
        return bias;
    }

    private boolean hasFeatures() {
        return inputs.size() > 1;
    }

    @Override
    void reserve(int batch, int blocks) {
        super.reserve(batch, blocks);
        int slots = signalRows(batch, blocks);
        heard = new float[batch * width];
        sent = new float[batch * width];
        start = new int[batch + 1];
        preActivation = new float[activation.needsInput() ? batch * edges.most() * out : 0];
        messages = new float[batch * edges.most() * out];
        scratch = new float[slots * edges.most() * out];
        heardSignal = new float[slots * width];
        sentSignal = new float[slots * width];
        ofNodes.reserve(batch * nodes);
        ofEdges.reserve(batch, slots);
    }

    @Override
    void forward(int rows, Pass pass) {
        float[] p = parameters.values();
        int n = rows * nodes;
        for (int row = 0; row < rows; row++) {
            start[row + 1] = start[row] + edges.count(row);
        }
        Rows.fill(heard, n, out, p, bias);
        ofNodes.product(n, inputs.get(0).value, p, first, 1f, heard);
        ofNodes.product(n, inputs.get(0).value, p, sender, 0f, sent);
        if (hasFeatures()) {
            ofEdges.forward(rows, inputs.get(1).value, p, sender + in * out, messages);
        } else {
            Arrays.fill(messages, 0, start[rows] * out, 0f);
        }
        for (int row = 0; row < rows; row++) {
            addEnds(row);
        }
        if (activation.needsInput()) {
            System.arraycopy(messages, 0, preActivation, 0, start[rows] * out);
        }
        activation.forward(messages, messages, start[rows], out);
        Arrays.fill(value, 0, rows * width, 0f);
        for (int row = 0; row < rows; row++) {
            for (int e = 0; e < edges.count(row); e++) {
                int to = (row * nodes + edges.target(row, e)) * out;
                Rows.addScaled(1f, messages, (start[row] + e) * out, value, to, out);
            }
        }
    }

    private void addEnds(int row) {
        for (int e = 0; e < edges.count(row); e++) {
            int at = (start[row] + e) * out;
            Rows.addScaled(1f, heard, (row * nodes + edges.target(row, e)) * out, messages, at, out);
            Rows.addScaled(1f, sent, (row * nodes + edges.source(row, e)) * out, messages, at, out);
        }
    }

    @Override
    void propagate(Block block) {
        int from = block.slot(0) * width;
        Arrays.fill(heardSignal, from, from + block.rows() * width, 0f);
        Arrays.fill(sentSignal, from, from + block.rows() * width, 0f);
        float[] edgeSignal = ofEdges.signal();
        int at = ofEdges.signalAt(block.slot(0));
        int count = edgeSignals(block, edgeSignal, at);
        scatter(block, edgeSignal, at);
        float[] p = parameters.values();
        int n = block.rows() * nodes;
        if (block.needs(0)) {
            ofNodes.toInput(n, heardSignal, from, p, first, 1f, block.below(0), block.belowAt(0, 0));
            ofNodes.toInput(n, sentSignal, from, p, sender, 1f, block.below(0), block.belowAt(0, 0));
        }
        if (hasFeatures() && block.needs(1)) {
            ofEdges.propagate(block, count, p, sender + in * out);
        }
    }

    /** Fills d_e of a block's edges, one after the other, and answers how many there are. */
    private int edgeSignals(Block block, float[] into, int at) {
        float[] point = activation.needsInput() ? preActivation : messages;
        int count = 0;
        for (int r = 0; r < block.rows(); r++) {
            int row = block.batchRow(r);
            for (int e = 0; e < edges.count(row); e++) {
                int from = block.signalAt(r) + edges.target(row, e) * out;
                System.arraycopy(signal, from, into, at + count * out, out);
                count++;
            }
        }
        if (block.index() == null) {
            System.arraycopy(point, 0, scratch, at, count * out);
        } else {
            packPoints(block, point, at);
        }
        ActivationKernels.backward(activation, scratch, into, at, count, out);
        return count;
    }

    private void packPoints(Block block, float[] point, int at) {
        int to = at;
        for (int r = 0; r < block.rows(); r++) {
            int row = block.batchRow(r);
            int numbers = edges.count(row) * out;
            System.arraycopy(point, start[row] * out, scratch, to, numbers);
            to += numbers;
        }
    }

    private void scatter(Block block, float[] edgeSignal, int at) {
        int from = at;
        for (int r = 0; r < block.rows(); r++) {
            int row = block.batchRow(r);
            int to = block.slot(r) * width;
            for (int e = 0; e < edges.count(row); e++) {
                Rows.addScaled(1f, edgeSignal, from, heardSignal, to + edges.target(row, e) * out, out);
                Rows.addScaled(1f, edgeSignal, from, sentSignal, to + edges.source(row, e) * out, out);
                from += out;
            }
        }
    }

    @Override
    void gradient(Block block, float[] into, int intoOff) {
        int n = block.rows() * nodes;
        int from = block.slot(0) * width;
        float[] x = ofNodes.rowsOf(block, inputs.get(0).value, nodes);
        ofNodes.gradient(n, x, heardSignal, from, into, intoOff);
        ofNodes.gradient(n, x, sentSignal, from, into, intoOff + sender - first);
        ofNodes.biasGradient(n, heardSignal, from, into, intoOff + bias - first);
        if (hasFeatures()) {
            ofEdges.gradient(block, inputs.get(1).value, into, intoOff + sender - first + in * out);
        }
    }
}
