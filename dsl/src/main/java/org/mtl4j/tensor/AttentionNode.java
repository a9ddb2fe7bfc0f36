package org.mtl4j.tensor;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@link Attention}: per row and head, one product for the scores and one for the values. */
final class AttentionNode extends BlockNode {

    private static final int QUERY = 0;
    private static final int KEY = 1;
    private static final int VALUE = 2;

    private final Attention spec;
    /** Features of a head. */
    private final int d;

    private final int queries;
    private final int keys;
    private final float scale;
    private final @Nullable InputNode keyLengths;
    /** Where queries, keys and values begin among the features of a place. */
    private final int[] offset;

    /** What each query takes of each key, [batch, heads, queries, keys]. */
    private float[] shares = new float[0];

    private float[] shifted = new float[0];
    private float[] exponentials = new float[0];
    private float[] scratch = new float[0];

    /** @param inputs queries, keys and values; one node three times where they lie side by side */
    AttentionNode(String name, Attention spec, List<Node> inputs, Parameters parameters, int tasks) {
        super(
                name,
                spec,
                new Shape.Series(inputs.get(QUERY).shape.positions(), spec.width()),
                inputs,
                parameters,
                0,
                tasks);
        this.spec = spec;
        this.d = spec.width() / spec.heads();
        this.queries = inputs.get(QUERY).shape.positions();
        this.keys = inputs.get(KEY).shape.positions();
        this.scale = (float) (1 / Math.sqrt(d));
        this.keyLengths = inputs.get(KEY).lengths();
        int apart = inputs.get(QUERY) == inputs.get(KEY) ? spec.width() : 0;
        this.offset = new int[] {0, apart, 2 * apart};
    }

    @Override
    @Nullable
    InputNode seekLengths() {
        return inputs.get(QUERY).lengths();
    }

    @Override
    void reserve(int batch, int blocks) {
        super.reserve(batch, blocks);
        shares = new float[batch * spec.heads() * queries * keys];
        shifted = new float[queries * keys];
        exponentials = new float[queries * keys];
        scratch = new float[queries * keys];
    }

    private int count(int row) {
        return keyLengths == null ? keys : keyLengths.length(row);
    }

    /** How many keys a query sees. */
    private int seen(int query, int count) {
        return spec.mask() == Attention.Mask.CAUSAL ? Math.min(query + 1, count) : count;
    }

    private int sharesAt(int row, int head) {
        return (row * spec.heads() + head) * queries * keys;
    }

    /** Where the features of a head begin in a row of an input. */
    private int at(int input, int row, int head) {
        return row * inputs.get(input).width + offset[input] + head * d;
    }

    @Override
    void forward(int rows, Pass pass) {
        for (int r = 0; r < rows; r++) {
            int n = count(r);
            if (n == 0) {
                Arrays.fill(value, r * width, (r + 1) * width, 0f);
                continue;
            }
            for (int h = 0; h < spec.heads(); h++) {
                forward(r, h, n);
            }
        }
    }

    private void forward(int r, int h, int n) {
        Node q = inputs.get(QUERY);
        Node k = inputs.get(KEY);
        Node v = inputs.get(VALUE);
        int qAt = at(QUERY, r, h);
        int kAt = at(KEY, r, h);
        int vAt = at(VALUE, r, h);
        int qs = q.features();
        int ks = k.features();
        int to = sharesAt(r, h);
        Blas.nt(queries, n, d, q.value, qAt, qs, k.value, kAt, ks, 0f, shares, to, keys);
        softmax(n, to);
        int out = r * width + h * d;
        Blas.nn(queries, d, n, shares, to, keys, v.value, vAt, v.features(), 0f, value, out, spec.width());
    }

    private void softmax(int n, int to) {
        for (int i = 0; i < queries; i++) {
            int from = to + i * keys;
            int seen = seen(i, n);
            float max = shares[from]; // shifted by it: no overflow
            for (int c = 1; c < seen; c++) {
                max = Math.max(max, shares[from + c]);
            }
            for (int c = 0; c < n; c++) {
                shifted[i * n + c] = c < seen ? scale * (shares[from + c] - max) : 0f;
            }
        }
        FloatMath.expOfNonPositive(shifted, exponentials, scratch, queries * n);
        for (int i = 0; i < queries; i++) {
            int from = to + i * keys;
            int seen = seen(i, n);
            float sum = 0f;
            for (int c = 0; c < seen; c++) {
                sum += exponentials[i * n + c];
            }
            Rows.scaled(1f / sum, exponentials, i * n, shares, from, seen);
            Arrays.fill(shares, from + seen, from + n, 0f);
        }
    }

    @Override
    void propagate(Block block) {
        for (int r = 0; r < block.rows(); r++) {
            int row = block.batchRow(r);
            int n = count(row);
            for (int h = 0; h < spec.heads() && n > 0; h++) {
                propagate(block, r, row, h, n);
            }
        }
    }

    // with P the shares and S the scores: dV = P^T dO, dP = dO V^T, dS = P * (dP - rowsum(P * dP)), dQ = dS K, dK =
    // dS^T Q
    private void propagate(Block block, int r, int row, int h, int n) {
        int from = sharesAt(row, h);
        int out = block.signalAt(r) + h * d;
        int e = spec.width();
        Node v = inputs.get(VALUE);
        if (block.needs(VALUE)) {
            int to = below(block, VALUE, r, h);
            Blas.tn(n, d, queries, shares, from, keys, signal, out, e, 1f, block.below(VALUE), to, v.features());
        }
        float[] ds = shifted;
        Blas.nt(queries, n, d, signal, out, e, v.value, at(VALUE, row, h), v.features(), 0f, ds, 0, n);
        scores(n, from, ds);
        Node q = inputs.get(QUERY);
        Node k = inputs.get(KEY);
        int qs = q.features();
        int ks = k.features();
        if (block.needs(QUERY)) {
            int to = below(block, QUERY, r, h);
            Blas.nn(queries, d, n, ds, 0, n, k.value, at(KEY, row, h), ks, 1f, block.below(QUERY), to, qs);
        }
        if (block.needs(KEY)) {
            int to = below(block, KEY, r, h);
            Blas.tn(n, d, queries, ds, 0, n, q.value, at(QUERY, row, h), qs, 1f, block.below(KEY), to, ks);
        }
    }

    private int below(Block block, int input, int r, int h) {
        return block.belowAt(input, r) + offset[input] + h * d;
    }

    /** Turns signals at the shares into those at q k^T. @param ds [queries, n], modified */
    private void scores(int n, int from, float[] ds) {
        for (int i = 0; i < queries; i++) {
            int share = from + i * keys;
            int at = i * n;
            float dot = 0f;
            for (int c = 0; c < n; c++) {
                dot += shares[share + c] * ds[at + c];
            }
            for (int c = 0; c < n; c++) {
                ds[at + c] = scale * shares[share + c] * (ds[at + c] - dot);
            }
        }
    }

    @Override
    void gradient(Block at, float[] into, int intoOff) {
        // it has no parameters
    }
}
