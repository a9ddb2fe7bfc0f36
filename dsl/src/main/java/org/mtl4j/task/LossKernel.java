package org.mtl4j.task;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mtl4j.tensor.FloatMath;

/**
 * Engine API. Computes a {@link Loss} and its signal in one loop over the labelled rows. Mutable scratch; one per task.
 */
public final class LossKernel {

    private final Loss loss;
    private final float[] classWeights;
    private final @Nullable Kernel special;
    private float[] exponentials = new float[0];
    private float[] shifted = new float[0];
    private float[] scratch = new float[0];
    private float[] maxima = new float[0];

    /** The kernel of a loss. */
    public LossKernel(Loss loss) {
        this.loss = loss;
        this.special = special(loss);
        this.classWeights = loss instanceof Loss.CrossEntropy ce ? floats(ce.classWeights()) : new float[0];
    }

    /** The kernel of a loss that has a file of its own. */
    private static @Nullable Kernel special(Loss loss) {
        if (loss instanceof Loss.Own each) {
            return new OwnKernel(each);
        } else if (loss instanceof Loss.MultiLabelCrossEntropy each) {
            return new MultiLabelKernel(each);
        } else if (loss instanceof Focal each) {
            return new FocalKernel(each);
        } else if (loss instanceof Coral each) {
            return new CoralKernel(each);
        } else if (loss instanceof Pinball each) {
            return new PinballKernel(each);
        } else if (loss instanceof MarginRanking each) {
            return new RankingKernel(each);
        } else if (loss instanceof SequenceCrossEntropy each) {
            return new SequenceKernel(each);
        } else if (loss instanceof Crf each) {
            return new CrfKernel(each);
        } else if (loss instanceof Contrastive each) {
            return new ContrastiveKernel(each);
        } else if (loss instanceof DepthL1) {
            return new DepthKernel();
        } else if (loss instanceof NormalCosine) {
            return new NormalKernel();
        } else if (loss instanceof Fcos each) {
            return new FcosKernel(each);
        }
        return loss instanceof GIoU ? new GIoUKernel() : null;
    }

    /** The same numbers in single precision. */
    static float[] floats(List<Double> given) {
        float[] weights = new float[given.size()];
        for (int c = 0; c < weights.length; c++) {
            weights[c] = given.get(c).floatValue();
        }
        return weights;
    }

    /**
     * The loss, 0 without labelled rows; writes scale x dL/doutputs at the labelled rows and leaves all others; overwrites
     * the gradient of the loss's own parameters by scale x theirs.
     *
     * @param at outputs and targets
     * @param scale a factor on the signal only: the task's weight
     */
    public double evaluate(Labelled at, double scale) {
        if (at.count == 0) {
            Arrays.fill(at.ownGradient, at.ownOffset, at.ownOffset + at.ownCount, 0f);
            return 0;
        }
        if (special != null) {
            return special.evaluate(at, scale);
        }
        if (loss instanceof Loss.CrossEntropy crossEntropy) {
            return crossEntropy(crossEntropy, at, scale);
        }
        double n = (double) at.count * at.width;
        double divisor = loss.reduction() == Loss.Reduction.MEAN ? n : 1;
        return elementwise(at, (float) (scale / divisor)) / divisor;
    }

    private double elementwise(Labelled at, float scale) {
        if (loss instanceof Loss.BinaryCrossEntropy bce) {
            return binary(at, (float) bce.positiveWeight(), scale);
        } else if (loss instanceof Loss.MeanSquaredError) {
            return squared(at, scale);
        } else if (loss instanceof Loss.MeanAbsoluteError) {
            return absolute(at, scale);
        } else if (loss instanceof Loss.Huber huber) {
            return huber(at, (float) huber.delta(), 1f, scale);
        }
        float beta = (float) ((Loss.SmoothL1) loss).beta();
        return huber(at, beta, 1f / beta, scale);
    }

    private double binary(Labelled at, float positive, float scale) {
        double sum = 0;
        for (int r = 0; r < at.count; r++) {
            for (int c = 0, o = at.output(r), t = at.target(r); c < at.width; c++, o++, t++) {
                float x = at.outputs[o];
                float y = at.targets[t];
                // -log s(x) = softplus(-x) = softplus(x) - x; -log(1 - s(x)) = softplus(x)
                float plus = FloatMath.softplus(x);
                sum += positive * y * (plus - x) + (1f - y) * plus;
                float s = FloatMath.sigmoid(x);
                at.signal[o] = scale * ((1f - y) * s - positive * y * (1f - s));
            }
        }
        return sum;
    }

    private static double squared(Labelled at, float scale) {
        double sum = 0;
        for (int r = 0; r < at.count; r++) {
            for (int c = 0, o = at.output(r), t = at.target(r); c < at.width; c++, o++, t++) {
                float d = at.outputs[o] - at.targets[t];
                sum += d * d;
                at.signal[o] = 2f * scale * d;
            }
        }
        return sum;
    }

    private static double absolute(Labelled at, float scale) {
        double sum = 0;
        for (int r = 0; r < at.count; r++) {
            for (int c = 0, o = at.output(r), t = at.target(r); c < at.width; c++, o++, t++) {
                float d = at.outputs[o] - at.targets[t];
                sum += Math.abs(d);
                at.signal[o] = scale * Math.signum(d);
            }
        }
        return sum;
    }

    /** factor x Huber(delta). */
    private static double huber(Labelled at, float delta, float factor, float scale) {
        double sum = 0;
        for (int r = 0; r < at.count; r++) {
            for (int c = 0, o = at.output(r), t = at.target(r); c < at.width; c++, o++, t++) {
                float d = at.outputs[o] - at.targets[t];
                float a = Math.abs(d);
                sum += factor * (a <= delta ? 0.5f * d * d : delta * (a - 0.5f * delta));
                at.signal[o] = scale * factor * Math.max(-delta, Math.min(delta, d));
            }
        }
        return sum;
    }

    private double crossEntropy(Loss.CrossEntropy ce, Labelled at, double scale) {
        double divisor = ce.reduction() == Loss.Reduction.MEAN ? totalWeight(at) : 1;
        if (divisor == 0) { // every labelled row has a class of weight 0
            return 0;
        }
        exponentials(at);
        float unit = (float) (scale / divisor);
        boolean plain = ce.labelSmoothing() == 0 && classWeights.length == 0;
        double sum = 0;
        for (int r = 0; r < at.count; r++) {
            sum += plain ? plainRow(at, r, unit) : weightedRow(ce, at, r, unit);
        }
        return sum / divisor;
    }

    private double totalWeight(Labelled at) {
        if (classWeights.length == 0) {
            return at.count;
        }
        double total = 0;
        for (int r = 0; r < at.count; r++) {
            total += classWeights[(int) at.targets[at.target(r)]];
        }
        return total;
    }

    /** Fills e^(x - max) of all labelled rows, and each row's max: shifted, so that nothing overflows. */
    private void exponentials(Labelled at) {
        int n = at.count * at.width;
        if (exponentials.length < n) {
            exponentials = new float[n];
            shifted = new float[n];
            scratch = new float[n];
            maxima = new float[at.count];
        }
        for (int r = 0, to = 0; r < at.count; r++) {
            int o = at.output(r);
            float max = largest(at.outputs, o, at.width);
            maxima[r] = max;
            for (int c = 0; c < at.width; c++) {
                shifted[to++] = at.outputs[o + c] - max;
            }
        }
        FloatMath.expOfNonPositive(shifted, exponentials, scratch, n);
    }

    private float sumOfExponentials(int from, int width) {
        float sum = 0f;
        for (int c = 0; c < width; c++) {
            sum += exponentials[from + c];
        }
        return sum;
    }

    private static float largest(float[] x, int at, int width) {
        float max = x[at];
        for (int c = 1; c < width; c++) {
            float value = x[at + c];
            if (value > max) {
                max = value;
            }
        }
        return max;
    }

    private double plainRow(Labelled at, int r, float unit) {
        int o = at.output(r);
        int y = o + (int) at.targets[at.target(r)];
        int from = r * at.width;
        float sum = sumOfExponentials(from, at.width);
        float scale = unit / sum;
        for (int c = 0; c < at.width; c++) {
            at.signal[o + c] = scale * exponentials[from + c];
        }
        at.signal[y] -= unit;
        return maxima[r] + FloatMath.log(sum) - at.outputs[y];
    }

    private double weightedRow(Loss.CrossEntropy ce, Labelled at, int r, float unit) {
        int o = at.output(r);
        int y = (int) at.targets[at.target(r)];
        int from = r * at.width;
        float sum = sumOfExponentials(from, at.width);
        float logSum = maxima[r] + FloatMath.log(sum);
        float smoothing = (float) ce.labelSmoothing();
        float total = 0f; // of the row's target distribution, class weights included
        double row = 0;
        for (int c = 0; c < at.width; c++) {
            float q = target(c, y, at.width, smoothing);
            total += q;
            row += q * (logSum - at.outputs[o + c]);
        }
        for (int c = 0; c < at.width; c++) {
            float p = exponentials[from + c] / sum;
            at.signal[o + c] = unit * (total * p - target(c, y, at.width, smoothing));
        }
        return row;
    }

    private float target(int c, int y, int width, float smoothing) {
        float weight = classWeights.length == 0 ? 1f : classWeights[c];
        return weight * (smoothing / width + (c == y ? 1f - smoothing : 0f));
    }
}
