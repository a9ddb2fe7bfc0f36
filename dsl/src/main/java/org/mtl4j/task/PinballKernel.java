package org.mtl4j.task;

/** Computes {@link Pinball} and its signal: an output per quantile against one number a row. */
final class PinballKernel implements Kernel {

    private final float[] quantiles;

    PinballKernel(Pinball loss) {
        quantiles = LossKernel.floats(loss.quantiles());
    }

    @Override
    public double evaluate(Labelled at, double scale) {
        double n = (double) at.count * at.width;
        float unit = (float) (scale / n);
        double sum = 0;
        for (int r = 0; r < at.count; r++) {
            float y = at.targets[at.target(r)];
            for (int c = 0, o = at.output(r); c < at.width; c++, o++) {
                float e = y - at.outputs[o];
                float slope = e >= 0 ? quantiles[c] : quantiles[c] - 1f;
                sum += slope * e;
                at.signal[o] = e == 0 ? 0f : -unit * slope;
            }
        }
        return sum / n;
    }
}
