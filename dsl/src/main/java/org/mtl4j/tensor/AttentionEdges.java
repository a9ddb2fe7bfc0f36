package org.mtl4j.tensor;

import java.util.Arrays;

/**
 * Mutable: the attention of a {@link GraphAttention} along the edges of each graph, and its signals.
 *
 * <p>With s_i the signal at node i's output of a head (over the heads, where they are averaged): d alpha_ij = s_i . z_j; d e_ij
 * = alpha_ij (d alpha_ij - sum_k alpha_ik d alpha_ik) times LeakyReLU's slope; u_i the sum of d e_ij over j, v_j that over i;
 * d z_j = sum_i alpha_ij s_i + u_j a_dst + v_j a_src; d a_dst = sum_i u_i z_i; d a_src = sum_j v_j z_j.
 */
final class AttentionEdges {

    private final GraphAttention layer;
    private final Edges edges;
    private final int heads;
    private final int width;
    private final int nodes;
    private final float slope;
    /** From one head's output to the next. */
    private final int step;

    private final float share;

    /** a_src . z_j and a_dst . z_i, [batch, nodes, heads]. */
    private float[] sent = new float[0];

    private float[] heard = new float[0];
    /** alpha by edge, [batch, edges, heads], and of each node to itself, [batch, nodes, heads]. */
    private float[] alpha = new float[0];

    private float[] own = new float[0];
    /** v and u by slot, [slots, nodes, heads]. */
    private float[] sentSignal = new float[0];

    private float[] heardSignal = new float[0];
    private final float[] alphaSignal;
    private final float[] ownSignal;
    /** By node and head: the greatest score, the sum of exponentials, then the sum of alpha d alpha. */
    private final float[] perNode;

    AttentionEdges(GraphAttention layer, Edges edges) {
        this.layer = layer;
        this.edges = edges;
        this.heads = layer.heads();
        this.width = layer.width();
        this.nodes = edges.mostNodes();
        this.slope = (float) layer.slope();
        this.step = layer.merge() == GraphAttention.Merge.CONCATENATE ? width : 0;
        this.share = layer.merge() == GraphAttention.Merge.CONCATENATE ? 1f : 1f / heads;
        this.alphaSignal = new float[edges.most() * heads];
        this.ownSignal = new float[nodes * heads];
        this.perNode = new float[nodes * heads];
    }

    void reserve(int batch, int slots) {
        sent = new float[batch * nodes * heads];
        heard = new float[batch * nodes * heads];
        own = new float[batch * nodes * heads];
        alpha = new float[batch * edges.most() * heads];
        sentSignal = new float[slots * nodes * heads];
        heardSignal = new float[slots * nodes * heads];
    }

    /** The attention of a head along an edge of a row. */
    float weight(int row, int e, int head) {
        return alpha[edge(row, e, head)];
    }

    /** The attention of a head at a node of a row to the node itself. */
    float own(int row, int node, int head) {
        return own[(row * nodes + node) * heads + head];
    }

    private boolean isLoop(int row, int e) {
        return edges.source(row, e) == edges.target(row, e);
    }

    private float leaky(float x) {
        return x > 0 ? x : slope * x;
    }

    /** Adds what each node hears to y. @param z [batch, nodes, heads * width]. @param y [batch, nodes, outputs], modified. */
    void forward(int row, float[] z, float[] p, int source, int target, float[] y) {
        int n = edges.nodes(row);
        int at = row * nodes * heads;
        for (int k = 0; k < n * heads; k++) {
            int a = k % heads * width;
            sent[at + k] = dot(p, source + a, z, (at + k) * width);
            heard[at + k] = dot(p, target + a, z, (at + k) * width);
        }
        weigh(row, n);
        for (int k = 0; k < n * heads; k++) {
            add(own[at + k], z, at + k, y, output(row, k / heads, k % heads));
        }
        for (int e = 0; e < edges.count(row); e++) {
            for (int h = 0; h < heads && !isLoop(row, e); h++) {
                int from = at + edges.source(row, e) * heads + h;
                add(alpha[edge(row, e, h)], z, from, y, output(row, edges.target(row, e), h));
            }
        }
    }

    private float dot(float[] a, int aOff, float[] b, int bOff) {
        float sum = 0;
        for (int c = 0; c < width; c++) {
            sum += a[aOff + c] * b[bOff + c];
        }
        return sum;
    }

    private void add(float weight, float[] z, int from, float[] y, int yOff) {
        Rows.addScaled(share * weight, z, from * width, y, yOff, width);
    }

    private int edge(int row, int e, int head) {
        return (row * edges.most() + e) * heads + head;
    }

    /** Where the output of a head begins at a node of a row, or of a slot. */
    private int output(int row, int node, int head) {
        return (row * nodes + node) * layer.outputs() + head * step;
    }

    /** Fills alpha and own: the softmax over what each node hears, shifted by the greatest: no overflow. */
    private void weigh(int row, int n) {
        int at = row * nodes * heads;
        for (int k = 0; k < n * heads; k++) {
            own[at + k] = leaky(heard[at + k] + sent[at + k]);
            perNode[k] = own[at + k];
        }
        for (int e = 0; e < edges.count(row); e++) {
            for (int h = 0; h < heads && !isLoop(row, e); h++) {
                int k = edges.target(row, e) * heads + h;
                float score = leaky(heard[at + k] + sent[at + edges.source(row, e) * heads + h]);
                alpha[edge(row, e, h)] = score;
                perNode[k] = Math.max(perNode[k], score);
            }
        }
        exponentials(row, n);
        for (int k = 0; k < n * heads; k++) {
            own[at + k] /= perNode[k];
        }
        for (int e = 0; e < edges.count(row); e++) {
            for (int h = 0; h < heads && !isLoop(row, e); h++) {
                alpha[edge(row, e, h)] /= perNode[edges.target(row, e) * heads + h];
            }
        }
    }

    /** Turns scores into e^(score - greatest), and perNode into their sums. */
    private void exponentials(int row, int n) {
        int at = row * nodes * heads;
        for (int e = 0; e < edges.count(row); e++) {
            for (int h = 0; h < heads && !isLoop(row, e); h++) {
                int k = edge(row, e, h);
                alpha[k] = FloatMath.exp(alpha[k] - perNode[edges.target(row, e) * heads + h]);
            }
        }
        for (int k = 0; k < n * heads; k++) {
            own[at + k] = FloatMath.exp(own[at + k] - perNode[k]);
            perNode[k] = own[at + k];
        }
        for (int e = 0; e < edges.count(row); e++) {
            for (int h = 0; h < heads && !isLoop(row, e); h++) {
                perNode[edges.target(row, e) * heads + h] += alpha[edge(row, e, h)];
            }
        }
    }

    /** Adds to dz. @param s [slots, nodes, outputs]. @param dz [slots, nodes, heads * width], modified. */
    void backward(int row, int slot, float[] z, float[] p, int source, int target, float[] s, float[] dz) {
        int n = edges.nodes(row);
        int at = row * nodes * heads;
        int to = slot * nodes * heads;
        weightSignals(row, slot, n, z, s);
        scoreSignals(row, slot, n);
        for (int k = 0; k < n * heads; k++) {
            int from = output(slot, k / heads, k % heads);
            Rows.addScaled(share * own[at + k], s, from, dz, (to + k) * width, width);
            Rows.addScaled(heardSignal[to + k], p, target + k % heads * width, dz, (to + k) * width, width);
            Rows.addScaled(sentSignal[to + k], p, source + k % heads * width, dz, (to + k) * width, width);
        }
        for (int e = 0; e < edges.count(row); e++) {
            for (int h = 0; h < heads && !isLoop(row, e); h++) {
                int from = output(slot, edges.target(row, e), h);
                Rows.addScaled(
                        share * alpha[edge(row, e, h)],
                        s,
                        from,
                        dz,
                        (to + edges.source(row, e) * heads + h) * width,
                        width);
            }
        }
    }

    /** Fills d alpha of one graph, and perNode with sum_k alpha_ik d alpha_ik. */
    private void weightSignals(int row, int slot, int n, float[] z, float[] s) {
        int at = row * nodes * heads;
        for (int k = 0; k < n * heads; k++) {
            ownSignal[k] = share * dot(s, output(slot, k / heads, k % heads), z, (at + k) * width);
            perNode[k] = own[at + k] * ownSignal[k];
        }
        for (int e = 0; e < edges.count(row); e++) {
            for (int h = 0; h < heads && !isLoop(row, e); h++) {
                int i = edges.target(row, e);
                int j = at + edges.source(row, e) * heads + h;
                float signal = share * dot(s, output(slot, i, h), z, j * width);
                alphaSignal[e * heads + h] = signal;
                perNode[i * heads + h] += alpha[edge(row, e, h)] * signal;
            }
        }
    }

    /** Fills u and v of one slot. */
    private void scoreSignals(int row, int slot, int n) {
        int at = row * nodes * heads;
        int to = slot * nodes * heads;
        Arrays.fill(sentSignal, to, to + nodes * heads, 0f);
        Arrays.fill(heardSignal, to, to + nodes * heads, 0f);
        for (int k = 0; k < n * heads; k++) {
            score(at + k, at + k, own[at + k] * (ownSignal[k] - perNode[k]), to - at);
        }
        for (int e = 0; e < edges.count(row); e++) {
            for (int h = 0; h < heads && !isLoop(row, e); h++) {
                int k = edges.target(row, e) * heads + h;
                float each = alpha[edge(row, e, h)] * (alphaSignal[e * heads + h] - perNode[k]);
                score(at + k, at + edges.source(row, e) * heads + h, each, to - at);
            }
        }
    }

    private void score(int i, int j, float signal, int shift) {
        float each = heard[i] + sent[j] > 0 ? signal : slope * signal;
        heardSignal[i + shift] += each;
        sentSignal[j + shift] += each;
    }

    /** Adds one slot's gradient by a_src and a_dst. */
    void gradient(int row, int slot, float[] z, float[] into, int source, int target) {
        int at = row * nodes * heads;
        int from = slot * nodes * heads;
        for (int k = 0; k < edges.nodes(row) * heads; k++) {
            int a = k % heads * width;
            Rows.addScaled(sentSignal[from + k], z, (at + k) * width, into, source + a, width);
            Rows.addScaled(heardSignal[from + k], z, (at + k) * width, into, target + a, width);
        }
    }
}
