package org.mtl4j.task;

import java.util.Arrays;
import org.mtl4j.tensor.FloatMath;

/** Computes {@link Crf}, its signal and the gradient of its parameters by the forward-backward algorithm, in logarithms. */
final class CrfKernel implements Kernel {

    private final Loss.Reduction reduction;
    private double[] forward = new double[0];
    private double[] backward = new double[0];
    private double[] terms = new double[0];
    private double[] gradient = new double[0];

    CrfKernel(Crf loss) {
        reduction = loss.reduction();
    }

    @Override
    public double evaluate(Labelled at, double scale) {
        int k = at.width;
        int sequences = 0;
        int longest = 0;
        for (int r = 0; r < at.count; ) {
            int end = at.endOfRow(r);
            longest = Math.max(longest, end - r);
            sequences++;
            r = end;
        }
        reserve(longest, k);
        Arrays.fill(gradient, 0, k * (k + 2), 0);
        double divisor = reduction == Loss.Reduction.MEAN ? sequences : 1;
        double sum = 0;
        for (int r = 0; r < at.count; ) {
            int end = at.endOfRow(r);
            sum += sequence(at, r, end, scale / divisor);
            r = end;
        }
        for (int i = 0; i < k * (k + 2); i++) {
            at.ownGradient[at.ownOffset + i] = (float) gradient[i];
        }
        return sum / divisor;
    }

    private void reserve(int length, int k) {
        if (forward.length < length * k) {
            forward = new double[length * k];
            backward = new double[length * k];
        }
        if (terms.length < k) {
            terms = new double[k];
            gradient = new double[k * (k + 2)];
        }
    }

    /** The negative log-likelihood of the labels [from, to), which are of one row. */
    private double sequence(Labelled at, int from, int to, double unit) {
        double logZ = forwardBackward(at, from, to);
        write(at, from, to, logZ, unit);
        return logZ - score(at, from, to);
    }

    /** Writes the marginals of the one row that is here. @param into as the outputs lie, modified. */
    void marginals(Labelled at, float[] into) {
        int k = at.width;
        reserve(at.count, k);
        double logZ = forwardBackward(at, 0, at.count);
        for (int t = 0; t < at.count; t++) {
            for (int j = 0; j < k; j++) {
                into[at.output(t) + j] = (float) probability(forward[t * k + j] + backward[t * k + j] - logZ);
            }
        }
    }

    /** Fills forward and backward [labels, tags] for the labels [from, to), which are of one row. @return log Z. */
    private double forwardBackward(Labelled at, int from, int to) {
        int k = at.width;
        int n = to - from;
        int a = at.ownOffset + k; // A[i, j] lies at a + i k + j
        int ends = a + k * k;
        for (int j = 0; j < k; j++) {
            forward[j] = (double) at.own[at.ownOffset + j] + at.outputs[at.output(from) + j];
            backward[(n - 1) * k + j] = at.own[ends + j];
        }
        for (int t = 1; t < n; t++) {
            for (int j = 0; j < k; j++) {
                for (int i = 0; i < k; i++) {
                    terms[i] = forward[(t - 1) * k + i] + at.own[a + i * k + j];
                }
                forward[t * k + j] = logSum(terms, k) + at.outputs[at.output(from + t) + j];
            }
        }
        for (int t = n - 2; t >= 0; t--) {
            for (int i = 0; i < k; i++) {
                for (int j = 0; j < k; j++) {
                    terms[j] = (double) at.own[a + i * k + j]
                            + at.outputs[at.output(from + t + 1) + j]
                            + backward[(t + 1) * k + j];
                }
                backward[t * k + i] = logSum(terms, k);
            }
        }
        for (int j = 0; j < k; j++) {
            terms[j] = forward[(n - 1) * k + j] + at.own[ends + j];
        }
        return logSum(terms, k);
    }

    private static double score(Labelled at, int from, int to) {
        int k = at.width;
        int before = tag(at, from);
        double score = at.own[at.ownOffset + before];
        for (int r = from; r < to; r++) {
            int y = tag(at, r);
            score += at.outputs[at.output(r) + y];
            score += r > from ? at.own[at.ownOffset + k + before * k + y] : 0;
            before = y;
        }
        return score + at.own[at.ownOffset + k + k * k + before];
    }

    /** Marginals less what is there: the signal of the outputs, and the gradient of start, A and end. */
    private void write(Labelled at, int from, int to, double logZ, double unit) {
        int k = at.width;
        for (int r = from; r < to; r++) {
            int t = r - from;
            for (int j = 0; j < k; j++) {
                double p = probability(forward[t * k + j] + backward[t * k + j] - logZ);
                double d = unit * (p - (tag(at, r) == j ? 1 : 0));
                at.signal[at.output(r) + j] = (float) d;
                gradient[j] += r == from ? d : 0;
                gradient[k + k * k + j] += r == to - 1 ? d : 0;
            }
            if (r > from) {
                transitions(at, r, t, logZ, unit);
            }
        }
    }

    private void transitions(Labelled at, int r, int t, double logZ, double unit) {
        int k = at.width;
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < k; j++) {
                double path = forward[(t - 1) * k + i]
                        + at.own[at.ownOffset + k + i * k + j]
                        + at.outputs[at.output(r) + j]
                        + backward[t * k + j];
                gradient[k + i * k + j] += unit * probability(path - logZ);
            }
        }
        gradient[k + tag(at, r - 1) * k + tag(at, r)] -= unit;
    }

    private static int tag(Labelled at, int r) {
        return (int) at.targets[at.target(r)];
    }

    private static double probability(double logarithm) {
        return FloatMath.exp((float) logarithm);
    }

    /** log sum e^x, shifted by the max: no overflow. */
    private static double logSum(double[] x, int n) {
        double max = x[0];
        for (int i = 1; i < n; i++) {
            max = Math.max(max, x[i]);
        }
        float sum = 0f;
        for (int i = 0; i < n; i++) {
            sum += FloatMath.exp((float) (x[i] - max));
        }
        return max + FloatMath.log(sum);
    }
}
