package org.mtl4j.task;

/** Computes {@link NormalCosine} and its signal, three outputs a pixel. */
final class NormalKernel implements Kernel {

    @Override
    public double evaluate(Labelled at, double scale) {
        int valid = 0;
        for (int r = 0; r < at.count; r++) {
            valid += isNormal(at, at.target(r)) ? 1 : 0;
        }
        double sum = 0;
        for (int r = 0; r < at.count; r++) {
            if (isNormal(at, at.target(r))) {
                sum += pixel(at, at.output(r), at.target(r), scale / valid);
            } else {
                for (int c = 0; c < at.width; c++) {
                    at.signal[at.output(r) + c] = 0f;
                }
            }
        }
        return valid == 0 ? 0 : 1 - sum / valid;
    }

    /** The cosine; d/dp of -&lt;p, y&gt; / |p| is -(y - u &lt;u, y&gt;) / |p|, u = p / |p|. */
    private static double pixel(Labelled at, int o, int t, double unit) {
        double square = 0;
        double dot = 0;
        for (int c = 0; c < at.width; c++) {
            square += (double) at.outputs[o + c] * at.outputs[o + c];
            dot += (double) at.outputs[o + c] * at.targets[t + c];
        }
        double length = Math.sqrt(square);
        boolean clamped = length < NormalCosine.LEAST;
        double divisor = clamped ? NormalCosine.LEAST : length;
        double cosine = dot / divisor;
        for (int c = 0; c < at.width; c++) {
            double along = clamped ? 0 : at.outputs[o + c] / divisor * cosine;
            at.signal[o + c] = (float) (-unit * (at.targets[t + c] - along) / divisor);
        }
        return cosine;
    }

    private static boolean isNormal(Labelled at, int t) {
        boolean any = false;
        for (int c = 0; c < at.width; c++) {
            any |= at.targets[t + c] != 0;
        }
        return any;
    }
}
