package org.mtl4j.tensor;

import java.util.Arrays;
import java.util.List;

/**
 * {@link GroupNorm}: each row falls into groups of numbers that lie next to each other and are normalised together. With x^ the normalised input and g = gamma s, dx = (g - mean(g) - x^ mean(g x^)) / sqrt(variance + epsilon).
 */
final class GroupNormNode extends BlockNode {

    private final int number;
    /** Channels of a group. */
    private final int parts;
    /** Pixels of a channel. */
    private final int length;
    /** Numbers of a group. */
    private final int together;

    private final double epsilon;
    private final int channels;
    /** Per row and group. */
    private float[] mean = new float[0];
    /** Per row and group, 1 / sqrt(variance + epsilon). */
    private float[] scale = new float[0];

    GroupNormNode(String name, GroupNorm spec, Node input, Parameters parameters, int tasks) {
        super(name, spec, input.shape, List.of(input), parameters, 2 * input.features(), tasks);
        this.epsilon = spec.epsilon();
        this.channels = input.features();
        this.number = spec.groups();
        this.parts = channels / number;
        this.length = shape.positions();
        this.together = parts * length;
        parameters.name(name + ".weight", 1, channels, first, channels);
        parameters.name(name + ".bias", 1, channels, first + channels, channels);
        Arrays.fill(parameters.values(), first, first + channels, 1f);
    }

    @Override
    void reserve(int batch, int blocks) {
        super.reserve(batch, blocks);
        mean = new float[batch * number];
        scale = new float[batch * number];
    }

    @Override
    void forward(int rows, Pass pass) {
        float[] x = below().value;
        int n = together;
        for (int g = 0; g < rows * number; g++) {
            int at = g * n;
            double sum = 0;
            for (int i = at; i < at + n; i++) {
                sum += x[i];
            }
            double centre = sum / n;
            double squares = 0;
            for (int i = at; i < at + n; i++) {
                squares += (x[i] - centre) * (x[i] - centre);
            }
            mean[g] = (float) centre;
            scale[g] = (float) (1 / Math.sqrt(squares / n + epsilon));
            normalise(x, at, g);
        }
    }

    private void normalise(float[] x, int at, int g) {
        float[] p = parameters.values();
        for (int a = 0; a < parts; a++) {
            int factor = factor(g) + a;
            float gamma = p[factor] * scale[g];
            float beta = p[factor + channels];
            for (int i = at + a * length; i < at + (a + 1) * length; i++) {
                value[i] = gamma * (x[i] - mean[g]) + beta;
            }
        }
    }

    /** Where the first gamma of a group lies. */
    private int factor(int g) {
        return first + g % number * parts;
    }

    @Override
    void propagate(Block block) {
        if (!block.needs(0)) {
            return;
        }
        int n = together;
        for (int r = 0; r < block.rows(); r++) {
            for (int q = 0; q < number; q++) {
                int g = block.batchRow(r) * number + q;
                int from = block.signalAt(r) + q * n;
                weigh(from, g);
                toInput(g, from, block.below(0), block.belowAt(0, r) + q * n);
            }
        }
    }

    private double meanOfSignal;
    private double meanOfProduct;

    /** Takes the means of gamma s and of gamma s x^. */
    private void weigh(int from, int g) {
        float[] x = below().value;
        int to = g * together - from;
        double sum = 0;
        double product = 0;
        for (int a = 0; a < parts; a++) {
            double gamma = parameters.values()[factor(g) + a];
            for (int i = from + a * length; i < from + (a + 1) * length; i++) {
                double each = gamma * signal[i];
                sum += each;
                product += each * (x[to + i] - mean[g]);
            }
        }
        meanOfSignal = sum / together;
        meanOfProduct = product * scale[g] / together;
    }

    private void toInput(int g, int from, float[] below, int belowAt) {
        float[] x = below().value;
        float shift = (float) meanOfSignal;
        float slope = (float) meanOfProduct;
        int at = g * together;
        for (int a = 0; a < parts; a++) {
            float gamma = parameters.values()[factor(g) + a];
            for (int i = a * length; i < (a + 1) * length; i++) {
                float normal = (x[at + i] - mean[g]) * scale[g];
                below[belowAt + i] += scale[g] * (gamma * signal[from + i] - shift - normal * slope);
            }
        }
    }

    @Override
    void gradient(Block block, float[] into, int intoOff) {
        float[] x = below().value;
        for (int r = 0; r < block.rows(); r++) {
            for (int q = 0; q < number; q++) {
                int g = block.batchRow(r) * number + q;
                int from = block.signalAt(r) + q * together;
                int to = g * together - from;
                for (int a = 0; a < parts; a++) {
                    int factor = intoOff + q * parts + a;
                    float sum = 0;
                    float product = 0;
                    for (int i = from + a * length; i < from + (a + 1) * length; i++) {
                        sum += signal[i];
                        product += signal[i] * (x[to + i] - mean[g]);
                    }
                    into[factor] += product * scale[g];
                    into[factor + channels] += sum;
                }
            }
        }
    }
}
