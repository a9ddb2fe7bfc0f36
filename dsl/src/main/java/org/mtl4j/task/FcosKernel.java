package org.mtl4j.task;

import java.util.Arrays;
import org.mtl4j.data.Boxes;
import org.mtl4j.tensor.FloatMath;

/**
 * Computes {@link Fcos} and its signal. Outputs at each cell: a logit per class, the logarithms of the distances to the left,
 * upper, right and lower side in strides, and the logit of the center-ness.
 */
final class FcosKernel implements Kernel {

    /** Numbers of a box. */
    private static final int SIDES = 4;

    private final Fcos loss;
    private final FocalKernel focal = new FocalKernel(Fcos.FOCAL);
    private final LossKernel centers = new LossKernel(new Loss.BinaryCrossEntropy(1, Loss.Reduction.SUM));
    private final Labelled at = new Labelled();
    private int[] assigned = new int[0];
    private int[] cells = new int[0];
    /** [rows * cells, classes]: 1 where the cell is to find this class. */
    private float[] classes = new float[0];
    /** The positive cells, numbered over the rows of the batch: row * cells + cell. */
    private int[] positive = new int[0];
    /** [rows * cells]: c* of the positive ones. */
    private float[] centerness = new float[0];
    /** [positive, 4]: the true sides seen from the cell's centre, (-l*, -t*, r*, b*); those that it says; and their signal. */
    private float[] truth = new float[0];

    private float[] said = new float[0];
    private float[] slope = new float[0];

    private int count;

    FcosKernel(Fcos loss) {
        this.loss = loss;
    }

    @Override
    public double evaluate(Labelled batch, double scale) {
        reserve(batch);
        assign(batch);
        for (int i = 0; i < batch.count * batch.places; i++) {
            int o = cells[i] * batch.stride + batch.column;
            Arrays.fill(batch.signal, o, o + batch.width, 0f);
        }
        return classification(batch, scale) + regression(batch, scale) + centerness(batch, scale);
    }

    private void reserve(Labelled batch) {
        int all = batch.outputs.length / batch.stride;
        int classCount = batch.width - Task.Kind.Boxes.BESIDE_CLASSES;
        if (centerness.length < all || classes.length < all * classCount) {
            assigned = new int[batch.places];
            cells = new int[all];
            classes = new float[all * classCount];
            positive = new int[all];
            centerness = new float[all];
            truth = new float[all * SIDES];
            said = new float[all * SIDES];
            slope = new float[all * SIDES];
        }
    }

    private void assign(Labelled batch) {
        count = 0;
        int classCount = batch.width - Task.Kind.Boxes.BESIDE_CLASSES;
        int most = batch.targetWidth / Boxes.NUMBERS;
        for (int r = 0; r < batch.count; r++) {
            int from = batch.target(r);
            Assignment.of(batch.targets, from, most, batch.grid, loss.radius(), assigned);
            for (int p = 0; p < batch.places; p++) {
                int cell = batch.rows[r] * batch.places + p;
                cells[r * batch.places + p] = cell;
                Arrays.fill(classes, cell * classCount, (cell + 1) * classCount, 0f);
                if (assigned[p] != Assignment.NONE) {
                    int box = from + assigned[p] * Boxes.NUMBERS;
                    classes[cell * classCount + (int) batch.targets[box]] = 1f;
                    truth(batch, box, p);
                    positive[count] = cell;
                    int t = count++ * SIDES;
                    centerness[cell] =
                            (float) Assignment.centerness(-truth[t], -truth[t + 1], truth[t + 2], truth[t + 3]);
                }
            }
        }
    }

    private void truth(Labelled batch, int box, int cell) {
        for (int side = 0; side < SIDES; side++) {
            double centre = side % 2 == 0 ? batch.grid.x(cell) : batch.grid.y(cell);
            truth[count * SIDES + side] = (float) (batch.targets[box + 1 + side] - centre);
        }
    }

    /** w_cls / N x the sum of the focal loss, which its kernel divides by the numbers of classes of all cells. */
    private double classification(Labelled batch, double scale) {
        int n = batch.count * batch.places;
        int classCount = batch.width - Task.Kind.Boxes.BESIDE_CLASSES;
        at.outputs(batch.outputs, batch.signal, batch.column, classCount, batch.stride);
        at.targets(classes, classCount, cells, n);
        double factor = loss.classification() * n * classCount / Math.max(1, count);
        return factor * focal.evaluate(at, scale * factor);
    }

    private double regression(Labelled batch, double scale) {
        double total = 0;
        for (int i = 0; i < count; i++) {
            total += centerness[positive[i]];
        }
        int sides = batch.width - Task.Kind.Boxes.BESIDE_CLASSES;
        double sum = 0;
        for (int i = 0; i < count; i++) {
            int o = positive[i] * batch.stride + batch.column + sides;
            for (int side = 0; side < SIDES; side++) {
                double stride = side % 2 == 0 ? batch.grid.strideX() : batch.grid.strideY();
                double distance = stride * FloatMath.exp(batch.outputs[o + side]);
                said[i * SIDES + side] = (float) (side < 2 ? -distance : distance);
            }
            double weight = loss.regression() * centerness[positive[i]] / total;
            int t = i * SIDES;
            sum += weight * (1 - GIoUKernel.giou(said, t, truth, t, slope, -scale * weight));
            for (int side = 0; side < SIDES; side++) { // d(stride e^x)/dx is itself
                batch.signal[o + side] = slope[t + side] * said[t + side];
            }
        }
        return sum;
    }

    private double centerness(Labelled batch, double scale) {
        if (count == 0) {
            return 0;
        }
        at.outputs(batch.outputs, batch.signal, batch.column + batch.width - 1, 1, batch.stride);
        at.targets(centerness, 1, positive, count);
        double factor = loss.centerness() / count;
        return factor * centers.evaluate(at, scale * factor);
    }
}
