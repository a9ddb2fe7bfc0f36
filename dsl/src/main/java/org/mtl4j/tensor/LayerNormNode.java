package org.mtl4j.tensor;

import java.util.List;

/** {@link LayerNorm} of a vector, or at each place of a series. */
final class LayerNormNode extends BlockNode {

    private final LayerNorm spec;
    /** The number of features that are normalised together: all of a row, those of a place of a series. */
    final int features;

    private final int bias;
    /** (x - mean) / deviation, as the value lies. */
    private float[] normalised = new float[0];
    /** 1 / deviation at each place. */
    private float[] inverse = new float[0];

    LayerNormNode(String name, LayerNorm spec, Node input, Parameters parameters, int tasks) {
        super(name, spec, input.shape, List.of(input), parameters, 2 * together(input), tasks);
        this.spec = spec;
        this.features = together(input);
        this.bias = first + features;
        parameters.name(name + ".weight", 1, features, first, features);
        parameters.name(name + ".bias", 1, features, bias, features);
    }

    private static int together(Node input) {
        return input.shape instanceof Shape.Series ? input.features() : input.width;
    }

    @Override
    void reserve(int batch, int blocks) {
        super.reserve(batch, blocks);
        normalised = new float[batch * width];
        inverse = new float[batch * width / features];
    }

    @Override
    void forward(int rows, Pass pass) {
        for (int place = 0; place < rows * width / features; place++) {
            normalise(below().value, place);
        }
        float[] p = parameters.values();
        for (int at = 0; at < rows * width; at += features) {
            for (int c = 0; c < features; c++) {
                value[at + c] = normalised[at + c] * p[first + c] + p[bias + c];
            }
        }
    }

    private void normalise(float[] x, int place) {
        int at = place * features;
        double sum = 0;
        for (int c = 0; c < features; c++) {
            sum += x[at + c];
        }
        float mean = (float) (sum / features);
        double squares = 0;
        for (int c = 0; c < features; c++) {
            float deviation = x[at + c] - mean;
            squares += deviation * deviation;
            normalised[at + c] = deviation;
        }
        inverse[place] = (float) (1 / Math.sqrt(squares / features + spec.epsilon()));
        Rows.scaled(inverse[place], normalised, at, normalised, at, features);
    }

    @Override
    void propagate(Block block) {
        for (int r = 0; r < block.rows() && block.needs(0); r++) {
            for (int at = 0; at < width; at += features) {
                int values = block.batchRow(r) * width + at;
                toInput(values, block.signalAt(r) + at, block.below(0), block.belowAt(0, r) + at);
            }
        }
    }

    // with g = s * weight: dx = (g - mean(g) - xhat * mean(g * xhat)) / deviation
    private void toInput(int values, int from, float[] into, int to) {
        float[] p = parameters.values();
        double sum = 0;
        double product = 0;
        for (int c = 0; c < features; c++) {
            float g = signal[from + c] * p[first + c];
            sum += g;
            product += g * normalised[values + c];
        }
        float mean = (float) (sum / features);
        float along = (float) (product / features);
        float scale = inverse[values / features];
        for (int c = 0; c < features; c++) {
            float g = signal[from + c] * p[first + c];
            into[to + c] += scale * (g - mean - normalised[values + c] * along);
        }
    }

    @Override
    void gradient(Block block, float[] into, int intoOff) {
        for (int r = 0; r < block.rows(); r++) {
            int values = block.batchRow(r) * width;
            int from = block.signalAt(r);
            for (int at = 0; at < width; at += features) {
                for (int c = 0; c < features; c++) {
                    float s = signal[from + at + c];
                    into[intoOff + c] += s * normalised[values + at + c];
                    into[intoOff + features + c] += s;
                }
            }
        }
    }
}
