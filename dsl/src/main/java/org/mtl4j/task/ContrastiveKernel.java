package org.mtl4j.task;

import java.util.Arrays;
import org.mtl4j.tensor.FloatMath;

/**
 * Computes the {@link Contrastive} losses and their signals. The vectors of a batch of n couples are rows of one matrix: the
 * a first, then the b.
 */
final class ContrastiveKernel implements Kernel {

    private final Contrastive loss;
    private double[] unit = new double[0];
    private double[] signal = new double[0];
    private double[] lengths = new double[0];
    private double[] cosines = new double[0];
    private int couples;
    private int d;
    private double scale;
    private double scaleGradient;

    ContrastiveKernel(Contrastive loss) {
        this.loss = loss;
    }

    @Override
    public double evaluate(Labelled at, double factor) {
        int n = at.count;
        couples = n;
        d = at.width / 2;
        reserve();
        normalise(at);
        scale = scale(at);
        scaleGradient = 0;
        double value = 0;
        if (loss instanceof Contrastive.InfoNce) {
            value = anchors(0, n, n, 2 * n, factor / n);
        } else if (loss instanceof Contrastive.Clip) {
            value = anchors(0, n, n, 2 * n, 0.5 * factor / n) + anchors(n, 2 * n, 0, n, 0.5 * factor / n);
            value /= 2;
            at.ownGradient[at.ownOffset] = (float) (scaleGradient * scale);
        } else {
            value = anchors(0, 2 * n, 0, 2 * n, factor / (2 * n)) / 2;
        }
        write(at);
        return value / n;
    }

    private double scale(Labelled at) {
        if (loss instanceof Contrastive.InfoNce infoNce) {
            return 1 / infoNce.temperature();
        } else if (loss instanceof Contrastive.NtXent ntXent) {
            return 1 / ntXent.temperature();
        }
        return StrictMath.exp(at.own[at.ownOffset]);
    }

    private void reserve() {
        int n = couples;
        if (unit.length < 2 * n * d) {
            unit = new double[2 * n * d];
            signal = new double[2 * n * d];
        }
        if (cosines.length < 2 * n) {
            cosines = new double[2 * n];
            lengths = new double[2 * n];
        }
        Arrays.fill(signal, 0, 2 * n * d, 0);
    }

    private void normalise(Labelled at) {
        for (int v = 0; v < 2 * couples; v++) {
            int o = at.output(v % couples) + v / couples * d;
            double square = 0;
            for (int c = 0; c < d; c++) {
                square += (double) at.outputs[o + c] * at.outputs[o + c];
            }
            lengths[v] = Math.sqrt(square);
            for (int c = 0; c < d; c++) {
                unit[v * d + c] = at.outputs[o + c] / Math.max(lengths[v], Contrastive.LEAST_LENGTH);
            }
        }
    }

    /** Sum over the anchors of the cross-entropy of finding their other half among the candidates. */
    private double anchors(int from, int to, int first, int last, double weight) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += anchor(i, (i + couples) % (2 * couples), first, last, weight);
        }
        return sum;
    }

    private double anchor(int i, int other, int first, int last, double weight) {
        double max = Double.NEGATIVE_INFINITY;
        for (int j = first; j < last; j++) {
            double dot = 0;
            for (int c = 0; c < d; c++) {
                dot += unit[i * d + c] * unit[j * d + c];
            }
            cosines[j] = dot;
            max = j == i ? max : Math.max(max, dot);
        }
        double total = 0;
        for (int j = first; j < last; j++) {
            total +=
                    j == i ? 0 : FloatMath.exp((float) (scale * (cosines[j] - max))); // shifted by the max: no overflow
        }
        for (int j = first; j < last; j++) {
            if (j != i) {
                double p = FloatMath.exp((float) (scale * (cosines[j] - max))) / total;
                pull(i, j, weight * (p - (j == other ? 1 : 0)));
            }
        }
        return scale * (max - cosines[other]) + FloatMath.log((float) total);
    }

    /** Adds the signal of one similarity, slope = dL/d(scale x cosine). */
    private void pull(int i, int j, double slope) {
        scaleGradient += slope * cosines[j];
        for (int c = 0; c < d; c++) {
            signal[i * d + c] += slope * scale * unit[j * d + c];
            signal[j * d + c] += slope * scale * unit[i * d + c];
        }
    }

    /** From the unit vectors u to the outputs: (g - u &lt;u, g&gt;) / length. */
    private void write(Labelled at) {
        for (int v = 0; v < 2 * couples; v++) {
            int o = at.output(v % couples) + v / couples * d;
            boolean clamped = lengths[v] < Contrastive.LEAST_LENGTH;
            double along = 0;
            for (int c = 0; c < d; c++) {
                along += clamped ? 0 : unit[v * d + c] * signal[v * d + c];
            }
            for (int c = 0; c < d; c++) {
                at.signal[o + c] = (float) ((signal[v * d + c] - unit[v * d + c] * along)
                        / Math.max(lengths[v], Contrastive.LEAST_LENGTH));
            }
        }
    }
}
