package org.mtl4j.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@link BatchNorm}. With x^ the normalised input, n numbers a channel and s the signal, in training dx = gamma / sqrt(variance +
 * epsilon) (s - mean(s) - x^ mean(s x^)), in evaluation dx = gamma / sqrt(..) s; dgamma = sum of s x^, dbeta = sum of s.
 *
 * <p>The sums run over the rows of one task's block: all of the batch, with 0 where it has no label. Where each task has
 * statistics of its own, each slab of rows is normalised by itself: all that follows is said of one slab at a time.
 */
final class BatchNormNode extends BlockNode {

    private final BatchNorm norm;
    private final @Nullable Slabs slabs;
    private final Parameters buffers;
    private final int channels;
    private final int places;
    /** From a channel to the next, and from a place to the next. */
    private final int channelStep;

    private final int placeStep;
    /** Per slab, where gamma and then beta lie, and where the running mean and then variance do. */
    private final int[] affine;

    private final int[] running;
    private final List<TaskAffineNode> holders = new ArrayList<>();
    /** [slabs, channels]. */
    private final float[] mean;
    /** 1 / sqrt(variance + epsilon), [slabs, channels]. */
    private final float[] scale;

    private boolean ofBatch;
    private int slabRows;
    /** Per slab, how many numbers a channel's statistics are of. */
    private final int[] numbers;

    /** @param slabs null for one slab of all rows, whose gamma and beta are the node's own */
    BatchNormNode(String name, LayerSpec spec, BatchNorm norm, Node input, Tape tape, @Nullable Slabs slabs) {
        super(name, spec, input.shape, List.of(input), tape, slabs == null ? 2 * input.features() : 0);
        this.norm = norm;
        this.slabs = slabs;
        this.buffers = tape.buffers();
        this.channels = input.features();
        this.places = shape.positions();
        boolean planes = shape instanceof Shape.Image;
        this.channelStep = planes ? places : 1;
        this.placeStep = planes ? 1 : channels;
        int parts = slabs == null ? 1 : slabs.size();
        this.affine = new int[parts];
        this.running = new int[parts];
        this.numbers = new int[parts];
        this.mean = new float[parts * channels];
        this.scale = new float[parts * channels];
        if (slabs == null) {
            hold(0, name, first);
        }
    }

    /** Says where the numbers of a slab lie, names them, and sets them to their start. @param at of gamma and then beta */
    void hold(int slab, String name, int at) {
        affine[slab] = at;
        parameters.name(name + ".weight", 1, channels, at, channels);
        parameters.name(name + ".bias", 1, channels, at + channels, channels);
        Arrays.fill(parameters.values(), at, at + channels, 1f);
        int kept = buffers.grow(2 * channels);
        running[slab] = kept;
        buffers.name(name + ".running_mean", 1, channels, kept, channels);
        buffers.name(name + ".running_var", 1, channels, kept + channels, channels);
        Arrays.fill(buffers.values(), kept + channels, kept + 2 * channels, 1f);
    }

    /** Takes the holder of one task's gamma and beta. */
    void belongs(TaskAffineNode holder, Tape tape) {
        holders.add(holder);
        tape.add(holder);
    }

    @Override
    void reach(int task) {
        super.reach(task);
        holders.forEach(holder -> holder.reach(task));
    }

    /** How many numbers gamma and beta are. */
    int affineSize() {
        return 2 * channels;
    }

    @Override
    void forward(int rows, Pass pass) {
        ofBatch = pass == Pass.TRAIN;
        slabRows = slabs == null ? rows : slabs.batch();
        for (int slab = 0; slab < affine.length; slab++) {
            int from = slab * slabRows;
            if (!ofBatch || !statistics(slab, from)) {
                kept(slab);
            }
            normalise(slab, from);
        }
    }

    private void kept(int slab) {
        float[] kept = buffers.values();
        for (int c = 0; c < channels; c++) {
            mean[slab * channels + c] = kept[running[slab] + c];
            scale[slab * channels + c] = root(kept[running[slab] + channels + c]);
        }
    }

    private float root(double variance) {
        return (float) (1 / Math.sqrt(variance + norm.epsilon()));
    }

    /** How many places of a row its slab's statistics are of. */
    private int counted(int row) {
        return slabs == null || slabs.counts(row) ? below().placesOf(row) : 0;
    }

    /** Takes the statistics of a slab's rows, if any counts. */
    private boolean statistics(int slab, int from) {
        int n = 0;
        for (int r = from; r < from + slabRows; r++) {
            n += counted(r);
        }
        numbers[slab] = n;
        for (int c = 0; c < channels && n > 0; c++) {
            statistics(slab, from, c);
        }
        return n > 0;
    }

    private void statistics(int slab, int from, int c) {
        float[] x = below().value;
        double sum = 0;
        for (int r = from; r < from + slabRows; r++) {
            int at = r * width + c * channelStep;
            for (int p = 0, n = counted(r); p < n; p++) {
                sum += x[at + p * placeStep];
            }
        }
        double centre = sum / numbers[slab];
        double squares = 0;
        for (int r = from; r < from + slabRows; r++) {
            int at = r * width + c * channelStep;
            for (int p = 0, n = counted(r); p < n; p++) {
                double off = x[at + p * placeStep] - centre;
                squares += off * off;
            }
        }
        mean[slab * channels + c] = (float) centre;
        scale[slab * channels + c] = root(squares / numbers[slab]);
        keep(running[slab] + c, centre);
        if (numbers[slab] > 1) {
            keep(running[slab] + channels + c, squares / (numbers[slab] - 1));
        }
    }

    private void keep(int at, double ofBatch) {
        float[] kept = buffers.values();
        kept[at] = (float) ((1 - norm.momentum()) * kept[at] + norm.momentum() * ofBatch);
    }

    private void normalise(int slab, int from) {
        float[] x = below().value;
        float[] p = parameters.values();
        for (int r = from; r < from + slabRows; r++) {
            for (int c = 0; c < channels; c++) {
                float a = p[affine[slab] + c] * scale[slab * channels + c];
                float b = p[affine[slab] + channels + c] - a * mean[slab * channels + c];
                int at = r * width + c * channelStep;
                for (int i = 0; i < places; i++) {
                    value[at + i * placeStep] = a * x[at + i * placeStep] + b;
                }
            }
        }
    }

    @Override
    void propagate(Block block) {
        if (block.needs(0)) {
            for (int from = 0, to; from < block.rows(); from = to) {
                int slab = slab(block, from);
                to = end(block, slab, from);
                for (int c = 0; c < channels; c++) {
                    propagate(block, slab, from, to, c);
                }
            }
        }
    }

    private int slab(Block block, int row) {
        return slabs == null ? 0 : block.batchRow(row) / slabRows;
    }

    /** The first row of a block behind those of a slab. */
    private int end(Block block, int slab, int from) {
        int to = from;
        while (to < block.rows() && slab(block, to) == slab) {
            to++;
        }
        return to;
    }

    private void propagate(Block block, int slab, int first, int end, int c) {
        float[] below = block.below(0);
        float[] x = below().value;
        int channel = slab * channels + c;
        float factor = parameters.values()[affine[slab] + c] * scale[channel];
        float shift = ofBatch ? (float) (sum(block, first, end, c) / numbers[slab]) : 0f;
        float slope = ofBatch ? (float) (product(block, slab, first, end, c) / numbers[slab]) : 0f;
        for (int r = first; r < end; r++) {
            int row = block.batchRow(r);
            int from = block.signalAt(r) + c * channelStep;
            int to = block.belowAt(0, r) + c * channelStep;
            int at = row * width + c * channelStep;
            for (int p = 0, n = ofBatch ? counted(row) : below().placesOf(row); p < n; p++) {
                float normal = (x[at + p * placeStep] - mean[channel]) * scale[channel];
                below[to + p * placeStep] += factor * (signal[from + p * placeStep] - shift - normal * slope);
            }
        }
    }

    /** The sum of a channel's signal. */
    private double sum(Block block, int first, int end, int c) {
        double sum = 0;
        for (int r = first; r < end; r++) {
            int from = block.signalAt(r) + c * channelStep;
            for (int p = 0, n = below().placesOf(block.batchRow(r)); p < n; p++) {
                sum += signal[from + p * placeStep];
            }
        }
        return sum;
    }

    /** The sum of a channel's signal times its normalised input. */
    private double product(Block block, int slab, int first, int end, int c) {
        float[] x = below().value;
        float centre = mean[slab * channels + c];
        double sum = 0;
        for (int r = first; r < end; r++) {
            int row = block.batchRow(r);
            int from = block.signalAt(r) + c * channelStep;
            int at = row * width + c * channelStep;
            for (int p = 0, n = below().placesOf(row); p < n; p++) {
                sum += (double) signal[from + p * placeStep] * (x[at + p * placeStep] - centre);
            }
        }
        return sum * scale[slab * channels + c];
    }

    @Override
    void gradient(Block at, float[] into, int intoOff) {
        gradient(at, 0, into, intoOff);
    }

    /** Adds the gradient by gamma and beta of a slab. */
    void gradient(Block at, int slab, float[] into, int intoOff) {
        int from = 0;
        while (from < at.rows() && slab(at, from) != slab) {
            from++;
        }
        int to = end(at, slab, from);
        for (int c = 0; c < channels; c++) {
            into[intoOff + c] += (float) product(at, slab, from, to, c);
            into[intoOff + channels + c] += (float) sum(at, from, to, c);
        }
    }
}
