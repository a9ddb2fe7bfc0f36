package org.mtl4j.task;

/** Computes {@link GIoU} and its signal, four outputs a box. */
final class GIoUKernel implements Kernel {

    /** Keeps an area of 0 from a division. */
    private static final double TINY = 1e-12;

    @Override
    public double evaluate(Labelled at, double scale) {
        double sum = 0;
        for (int r = 0; r < at.count; r++) {
            sum += 1 - giou(at.outputs, at.output(r), at.targets, at.target(r), at.signal, -scale / at.count);
        }
        return sum / at.count;
    }

    /** The GIoU of a predicted box p and a true one y. @param signal [.., 4], overwritten by unit x dGIoU/dp from o on. */
    static double giou(float[] p, int o, float[] y, int t, float[] signal, double unit) {
        double width = (double) p[o + 2] - p[o];
        double height = (double) p[o + 3] - p[o + 1];
        double over = Math.min(p[o + 2], y[t + 2]) - (double) Math.max(p[o], y[t]);
        double down = Math.min(p[o + 3], y[t + 3]) - (double) Math.max(p[o + 1], y[t + 1]);
        double outer = Math.max(p[o + 2], y[t + 2]) - (double) Math.min(p[o], y[t]);
        double tall = Math.max(p[o + 3], y[t + 3]) - (double) Math.min(p[o + 1], y[t + 1]);
        boolean meet = over > 0 && down > 0;
        double inter = meet ? over * down : 0;
        double union = width * height + ((double) y[t + 2] - y[t]) * ((double) y[t + 3] - y[t + 1]) - inter;
        double u = Math.max(union, TINY);
        double c = Math.max(outer * tall, TINY);
        // GIoU = I / U - 1 + U / C, and U = |p| + |y| - I
        double byInter = 1 / u + inter / (u * u) - 1 / c;
        double byArea = 1 / c - inter / (u * u);
        double byOuter = -u / (c * c);
        for (int side = 0; side < 4; side++) {
            boolean horizontal = side % 2 == 0;
            double sign = side < 2 ? -1 : 1;
            boolean within = side < 2 ? p[o + side] > y[t + side] : p[o + side] < y[t + side];
            double slope = byArea * (horizontal ? height : width);
            if (within) {
                slope += meet ? byInter * (horizontal ? down : over) : 0;
            } else {
                slope += byOuter * (horizontal ? tall : outer);
            }
            signal[o + side] = (float) (unit * sign * slope);
        }
        return inter / u - 1 + u / c;
    }
}
