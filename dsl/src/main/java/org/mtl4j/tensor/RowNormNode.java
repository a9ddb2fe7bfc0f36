package org.mtl4j.tensor;

import java.util.Arrays;
import java.util.List;

/**
 * {@link LayerNorm} and {@link GroupNorm}: each row falls into groups of numbers that lie next to each other and are normalised
 * together. With x^ the normalised input and g = gamma s, dx = (g - mean(g) - x^ mean(g x^)) / sqrt(variance + epsilon).
 */
final class RowNormNode extends BlockNode {

    /**
     * The groups of a row.
     *
     * @param number of groups
     * @param parts of a group that have a gamma and beta each
     * @param length of a part
     * @param step from the first gamma of a group to that of the next
     */
    record Groups(int number, int parts, int length, int step) {
        int size() {
            return parts * length;
        }

        /** Numbers of gamma. */
        int factors() {
            return step == 0 ? parts : number * step;
        }
    }

    private final Groups groups;
    private final double epsilon;
    private final boolean affine;
    private final int factors;
    /** Per row and group. */
    private float[] mean = new float[0];
    /** Per row and group, 1 / sqrt(variance + epsilon). */
    private float[] scale = new float[0];

    RowNormNode(
            String name, LayerSpec spec, Groups groups, Affine affine, double epsilon, Node input, Tape tape) {
        super(name, spec, input.shape, List.of(input), tape.parameters(), size(groups, affine), tape.tasks());
        this.groups = groups;
        this.epsilon = epsilon;
        this.affine = affine == Affine.LEARNED;
        this.factors = groups.factors();
        if (this.affine) {
            parameters.name(name + ".weight", 1, factors, first, factors);
            parameters.name(name + ".bias", 1, factors, first + factors, factors);
            Arrays.fill(parameters.values(), first, first + factors, 1f);
        }
    }

    private static int size(Groups groups, Affine affine) {
        return affine == Affine.LEARNED ? 2 * groups.factors() : 0;
    }

    @Override
    void reserve(int batch, int blocks) {
        super.reserve(batch, blocks);
        mean = new float[batch * groups.number()];
        scale = new float[batch * groups.number()];
    }

    @Override
    void forward(int rows, Pass pass) {
        float[] x = below().value;
        int n = groups.size();
        for (int g = 0; g < rows * groups.number(); g++) {
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
        for (int a = 0; a < groups.parts(); a++) {
            int factor = factor(g) + a;
            float gamma = affine ? p[factor] * scale[g] : scale[g];
            float beta = affine ? p[factor + factors] : 0f;
            for (int i = at + a * groups.length(); i < at + (a + 1) * groups.length(); i++) {
                value[i] = gamma * (x[i] - mean[g]) + beta;
            }
        }
    }

    /** Where the first gamma of a group lies. */
    private int factor(int g) {
        return first + g % groups.number() * groups.step();
    }

    @Override
    void propagate(Block block) {
        if (!block.needs(0)) {
            return;
        }
        int n = groups.size();
        for (int r = 0; r < block.rows(); r++) {
            for (int q = 0; q < groups.number(); q++) {
                int g = block.batchRow(r) * groups.number() + q;
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
        int to = g * groups.size() - from;
        double sum = 0;
        double product = 0;
        for (int a = 0; a < groups.parts(); a++) {
            double gamma = affine ? parameters.values()[factor(g) + a] : 1;
            for (int i = from + a * groups.length(); i < from + (a + 1) * groups.length(); i++) {
                double each = gamma * signal[i];
                sum += each;
                product += each * (x[to + i] - mean[g]);
            }
        }
        meanOfSignal = sum / groups.size();
        meanOfProduct = product * scale[g] / groups.size();
    }

    private void toInput(int g, int from, float[] below, int belowAt) {
        float[] x = below().value;
        float shift = (float) meanOfSignal;
        float slope = (float) meanOfProduct;
        int at = g * groups.size();
        for (int a = 0; a < groups.parts(); a++) {
            float gamma = affine ? parameters.values()[factor(g) + a] : 1f;
            for (int i = a * groups.length(); i < (a + 1) * groups.length(); i++) {
                float normal = (x[at + i] - mean[g]) * scale[g];
                below[belowAt + i] += scale[g] * (gamma * signal[from + i] - shift - normal * slope);
            }
        }
    }

    @Override
    void gradient(Block block, float[] into, int intoOff) {
        float[] x = below().value;
        for (int r = 0; r < block.rows(); r++) {
            for (int q = 0; q < groups.number(); q++) {
                int g = block.batchRow(r) * groups.number() + q;
                int from = block.signalAt(r) + q * groups.size();
                int to = g * groups.size() - from;
                for (int a = 0; a < groups.parts(); a++) {
                    int factor = intoOff + q * groups.step() + a;
                    float sum = 0;
                    float product = 0;
                    for (int i = from + a * groups.length(); i < from + (a + 1) * groups.length(); i++) {
                        sum += signal[i];
                        product += signal[i] * (x[to + i] - mean[g]);
                    }
                    into[factor] += product * scale[g];
                    into[factor + factors] += sum;
                }
            }
        }
    }
}
