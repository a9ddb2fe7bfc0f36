package org.mtl4j.tensor;

import java.util.List;

/**
 * y = x m / (1 - p) with m Bernoulli(1 - p) per number (inverted dropout, Srivastava et al. 2014); y = x in evaluation.
 *
 * <p>One mask a forward pass serves the signals of all tasks.
 */
final class DropoutNode extends Node {

    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    private final double p;
    private final Tape tape;
    private float[] mask = new float[0];
    private boolean active;

    DropoutNode(String name, Node input, double p, Tape tape, int tasks) {
        super(name, input.shape, input.shape.size(), List.of(input), input.differentiable, tasks);
        this.p = p;
        this.tape = tape;
    }

    @Override
    void reserve(int batch, int blocks) {
        super.reserve(batch, blocks);
        mask = new float[batch * width];
    }

    @Override
    void tell(TapeReader reader) {
        reader.dropout(this, below());
    }

    @Override
    void forward(int rows, Pass pass) {
        active = pass == Pass.TRAIN && p > 0;
        int n = rows * width;
        float[] x = below().value;
        if (!active) {
            System.arraycopy(x, 0, value, 0, n);
            return;
        }
        float keep = (float) (1 / (1 - p));
        long state = tape.nextDropoutSeed();
        for (int i = 0; i < n; i++) {
            state += GOLDEN_GAMMA;
            mask[i] = (mix(state) >>> 11) * 0x1p-53 < p ? 0f : keep;
        }
        for (int i = 0; i < n; i++) {
            value[i] = x[i] * mask[i];
        }
    }

    /** SplitMix64's mixing function (Steele, Lea and Flood 2014). */
    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    @Override
    void propagate(Layout layout) {
        Node below = below();
        if (!below.differentiable) {
            return;
        }
        for (int block = 0; block < layout.blocks(); block++) {
            if (carries(layout, block)) {
                propagate(layout, block, below);
            }
        }
    }

    private void propagate(Layout layout, int block, Node below) {
        int[] index = layout.index(block);
        float beta = below.claim(block);
        int to = below.row(layout, block) * width;
        int from = row(layout, block) * width;
        for (int r = 0; r < layout.rows(block); r++) {
            int at = (index == null ? r : index[r]) * width;
            for (int c = 0; c < width; c++) {
                float kept = active ? mask[at + c] : 1f;
                float old = beta == 0f ? 0f : below.signal[to + c];
                below.signal[to + c] = old + signal[from + c] * kept;
            }
            to += width;
            from += width;
        }
    }
}
