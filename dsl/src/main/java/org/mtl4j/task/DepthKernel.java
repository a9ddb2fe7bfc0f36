package org.mtl4j.task;

/** Computes {@link DepthL1} and its signal. */
final class DepthKernel implements Kernel {

    @Override
    public double evaluate(Labelled at, double scale) {
        int valid = 0;
        for (int r = 0; r < at.count; r++) {
            valid += at.targets[at.target(r)] > 0 ? 1 : 0;
        }
        float unit = (float) (scale / Math.max(1, valid));
        double sum = 0;
        for (int r = 0; r < at.count; r++) {
            int o = at.output(r);
            float y = at.targets[at.target(r)];
            float d = at.outputs[o] - y;
            sum += y > 0 ? Math.abs(d) : 0;
            at.signal[o] = y > 0 ? unit * Math.signum(d) : 0f;
        }
        return sum / Math.max(1, valid);
    }
}
