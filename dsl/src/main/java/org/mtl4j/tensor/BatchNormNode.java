package org.mtl4j.tensor;

import java.util.Arrays;
import java.util.List;

/**
 * {@link BatchNorm}. With x^ the normalised input, n numbers a channel and s the signal, in training dx = gamma / sqrt(variance +
 * epsilon) (s - mean(s) - x^ mean(s x^)), in evaluation dx = gamma / sqrt(..) s; dgamma = sum of s x^, dbeta = sum of s.
 *
 * <p>The sums run over the rows of one task's block: all of the batch, with 0 where it has no label.
 */
final class BatchNormNode extends BlockNode {

    private final BatchNorm spec;
    private final Parameters buffers;
    private final int channels;
    private final int places;
    /** From a channel to the next, and from a place to the next. */
    private final int channelStep;

    private final int placeStep;
    private final int running;
    private final float[] mean;
    /** 1 / sqrt(variance + epsilon). */
    private final float[] scale;

    private boolean ofBatch;
    private int numbers;

    BatchNormNode(String name, BatchNorm spec, Node input, Parameters parameters, Parameters buffers, int tasks) {
        super(name, spec, input.shape, List.of(input), parameters, 2 * input.features(), tasks);
        this.spec = spec;
        this.buffers = buffers;
        this.channels = input.features();
        this.places = shape.positions();
        boolean planes = shape instanceof Shape.Image;
        this.channelStep = planes ? places : 1;
        this.placeStep = planes ? 1 : channels;
        this.mean = new float[channels];
        this.scale = new float[channels];
        parameters.name(name + ".weight", 1, channels, first, channels);
        parameters.name(name + ".bias", 1, channels, first + channels, channels);
        Arrays.fill(parameters.values(), first, first + channels, 1f);
        this.running = buffers.grow(2 * channels);
        buffers.name(name + ".running_mean", 1, channels, running, channels);
        buffers.name(name + ".running_var", 1, channels, running + channels, channels);
        Arrays.fill(buffers.values(), running + channels, running + 2 * channels, 1f);
    }

    @Override
    void forward(int rows, Pass pass) {
        ofBatch = pass == Pass.TRAIN;
        if (ofBatch) {
            numbers = 0;
            for (int r = 0; r < rows; r++) {
                numbers += below().placesOf(r);
            }
            for (int c = 0; c < channels; c++) {
                statistics(rows, c);
            }
        } else {
            float[] kept = buffers.values();
            for (int c = 0; c < channels; c++) {
                mean[c] = kept[running + c];
                scale[c] = root(kept[running + channels + c]);
            }
        }
        normalise(rows);
    }

    private float root(double variance) {
        return (float) (1 / Math.sqrt(variance + spec.epsilon()));
    }

    private void statistics(int rows, int c) {
        float[] x = below().value;
        double sum = 0;
        for (int r = 0; r < rows; r++) {
            int at = r * width + c * channelStep;
            for (int p = 0, n = below().placesOf(r); p < n; p++) {
                sum += x[at + p * placeStep];
            }
        }
        double centre = sum / numbers;
        double squares = 0;
        for (int r = 0; r < rows; r++) {
            int at = r * width + c * channelStep;
            for (int p = 0, n = below().placesOf(r); p < n; p++) {
                double off = x[at + p * placeStep] - centre;
                squares += off * off;
            }
        }
        mean[c] = (float) centre;
        scale[c] = root(squares / numbers);
        float[] kept = buffers.values();
        keep(kept, running + c, centre);
        if (numbers > 1) {
            keep(kept, running + channels + c, squares / (numbers - 1));
        }
    }

    private void keep(float[] kept, int at, double ofBatch) {
        kept[at] = (float) ((1 - spec.momentum()) * kept[at] + spec.momentum() * ofBatch);
    }

    private void normalise(int rows) {
        float[] x = below().value;
        float[] p = parameters.values();
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < channels; c++) {
                float a = p[first + c] * scale[c];
                float b = p[first + channels + c] - a * mean[c];
                int at = r * width + c * channelStep;
                for (int i = 0; i < places; i++) {
                    value[at + i * placeStep] = a * x[at + i * placeStep] + b;
                }
            }
        }
    }

    @Override
    void propagate(Block block) {
        if (!block.needs(0)) {
            return;
        }
        float[] below = block.below(0);
        float[] x = below().value;
        for (int c = 0; c < channels; c++) {
            float factor = parameters.values()[first + c] * scale[c];
            float shift = ofBatch ? (float) (sum(block, c) / numbers) : 0f;
            float slope = ofBatch ? (float) (product(block, c) / numbers) : 0f;
            for (int r = 0; r < block.rows(); r++) {
                int row = block.batchRow(r);
                int from = block.signalAt(r) + c * channelStep;
                int to = block.belowAt(0, r) + c * channelStep;
                int at = row * width + c * channelStep;
                for (int p = 0, n = below().placesOf(row); p < n; p++) {
                    float normal = (x[at + p * placeStep] - mean[c]) * scale[c];
                    below[to + p * placeStep] += factor * (signal[from + p * placeStep] - shift - normal * slope);
                }
            }
        }
    }

    /** The sum of a channel's signal. */
    private double sum(Block block, int c) {
        double sum = 0;
        for (int r = 0; r < block.rows(); r++) {
            int from = block.signalAt(r) + c * channelStep;
            for (int p = 0, n = below().placesOf(block.batchRow(r)); p < n; p++) {
                sum += signal[from + p * placeStep];
            }
        }
        return sum;
    }

    /** The sum of a channel's signal times its normalised input. */
    private double product(Block block, int c) {
        float[] x = below().value;
        double sum = 0;
        for (int r = 0; r < block.rows(); r++) {
            int row = block.batchRow(r);
            int from = block.signalAt(r) + c * channelStep;
            int at = row * width + c * channelStep;
            for (int p = 0, n = below().placesOf(row); p < n; p++) {
                sum += (double) signal[from + p * placeStep] * (x[at + p * placeStep] - mean[c]);
            }
        }
        return sum * scale[c];
    }

    @Override
    void gradient(Block at, float[] into, int intoOff) {
        for (int c = 0; c < channels; c++) {
            into[intoOff + c] += (float) product(at, c);
            into[intoOff + channels + c] += (float) sum(at, c);
        }
    }
}
