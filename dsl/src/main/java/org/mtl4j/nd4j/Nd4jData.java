package org.mtl4j.nd4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.mtl4j.data.Input;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.data.Target;
import org.mtl4j.data.TargetColumn;
import org.mtl4j.data.TargetColumn.Classes;
import org.mtl4j.data.TargetColumn.Marks;
import org.mtl4j.data.TargetColumn.Reals;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.tribuo.classification.Label;
import org.tribuo.multilabel.MultiLabel;

/**
 * Multi-task data out of ND4J arrays and into them. Nothing of ND4J starts before the first call.
 *
 * <pre>{@code
 * var data = Nd4jData.target(Nd4jData.dense(x), income, y); // x [rows, features], y [rows, classes] or [rows]
 * }</pre>
 */
public final class Nd4jData {

    private Nd4jData() {}

    /**
     * Rows of features named x0, x1, ... and no target yet.
     *
     * @param x [rows, features], copied
     */
    public static MultiTaskData dense(INDArray x) {
        return MultiTaskData.dense(matrix("features", x));
    }

    /**
     * The rows with one more target.
     *
     * @param values for a class target [rows] with class numbers (-1 for no label) or [rows, classes] with one 1 a row (all
     *     NaN or all 0 for none); for labels [rows, labels] with 1, 0 or NaN for unknown; for a real target [rows] or [rows, dimensions] with NaN for none; copied
     */
    public static MultiTaskData target(MultiTaskData data, Target<?> target, INDArray values) {
        float[][] rows = matrix("target '" + target.name() + "'", values);
        return data.with(column(target, rows, new float[0][]));
    }

    /**
     * The rows of an ND4J data set: its one feature array, and one label array per target; a row that a label mask [rows, 1]
     * holds 0 for has no label, and of a mask [rows, labels] each label for which it holds 0 is unknown.
     *
     * @param targets one per label array, in its order
     */
    public static MultiTaskData of(org.nd4j.linalg.dataset.api.MultiDataSet set, List<? extends Target<?>> targets) {
        if (set.numFeatureArrays() != 1 || set.numLabelsArrays() != targets.size()) {
            throw new IllegalArgumentException(
                    "The data set has %d feature arrays and %d label arrays, but there are %d targets.\nGive one feature array, and a target per label array."
                            .formatted(set.numFeatureArrays(), set.numLabelsArrays(), targets.size()));
        }
        MultiTaskData data = dense(set.getFeatures(0));
        for (int t = 0; t < targets.size(); t++) {
            float[][] values = matrix("target '" + targets.get(t).name() + "'", set.getLabels(t));
            INDArray mask = set.hasMaskArrays() ? set.getLabelsMaskArray(t) : null;
            data = data.with(
                    column(targets.get(t), values, mask == null ? new float[0][] : matrix("the label mask", mask)));
        }
        return data;
    }

    /**
     * The data as ND4J has them: a feature array [rows, width] per input; per target a label array, [rows, classes] with one
     * 1 a row, [rows, labels] or [rows, dimensions], and a label mask with 0 where there is no label: [rows, 1], or of labels
     * [rows, labels].
     */
    public static MultiDataSet multiDataSet(MultiTaskData data) {
        List<INDArray> features = new ArrayList<>();
        for (String name : data.inputs()) {
            Input.Dense input = (Input.Dense) data.input(name);
            float[][] rows = new float[input.rows()][input.width()];
            for (int r = 0; r < rows.length; r++) {
                input.copyRow(r, rows[r], 0);
            }
            features.add(Nd4j.createFromArray(rows));
        }
        List<INDArray> labels = new ArrayList<>();
        List<INDArray> masks = new ArrayList<>();
        for (String name : data.targets()) {
            TargetColumn target = data.target(name);
            labels.add(Nd4j.createFromArray(labels(target)));
            masks.add(Nd4j.createFromArray(mask(target)));
        }
        return new MultiDataSet(
                features.toArray(INDArray[]::new),
                labels.toArray(INDArray[]::new),
                null,
                masks.toArray(INDArray[]::new));
    }

    private static float[][] mask(TargetColumn target) {
        float[][] mask = new float[target.rows()][target instanceof Marks ? target.width() : 1];
        for (int r = 0; r < mask.length; r++) {
            for (int c = 0; c < mask[r].length; c++) {
                mask[r][c] = target.isLabelled(r) && !Float.isNaN(target.get(r, c)) ? 1 : 0;
            }
        }
        return mask;
    }

    private static float[][] labels(TargetColumn target) {
        int width = target instanceof Classes classes ? classes.classes().size() : target.width();
        float[][] rows = new float[target.rows()][width];
        for (int r = 0; r < rows.length; r++) {
            if (!target.isLabelled(r)) {
                continue;
            }
            if (target instanceof Classes classes) {
                rows[r][classes.index(r)] = 1;
            } else {
                for (int d = 0; d < width; d++) {
                    rows[r][d] = Float.isNaN(target.get(r, d)) ? 0 : target.get(r, d);
                }
            }
        }
        return rows;
    }

    /** A column of an array. @param mask [rows, 1] or [rows, labels]; no rows for no mask. */
    private static TargetColumn column(Target<?> target, float[][] values, float[][] mask) {
        if (target.outputType() == MultiLabel.class) {
            return marks(target.name(), values, mask);
        }
        boolean[] has = new boolean[values.length];
        for (int r = 0; r < has.length; r++) {
            has[r] = mask.length == 0 || mask[r][0] != 0;
        }
        return target.outputType() == Label.class
                ? classes(target.name(), values, has)
                : reals(target.name(), values, has);
    }

    private static Marks marks(String target, float[][] values, float[][] mask) {
        int width = values[0].length;
        float[] flat = new float[values.length * width];
        for (int i = 0; i < flat.length; i++) {
            int row = i / width;
            boolean known = mask.length == 0 || mask[row][Math.min(i % width, mask[row].length - 1)] != 0;
            flat[i] = known ? values[row][i % width] : Float.NaN;
        }
        return Marks.of(
                target, IntStream.range(0, width).mapToObj(String::valueOf).toList(), flat);
    }

    private static Reals reals(String target, float[][] values, boolean[] has) {
        int width = values[0].length;
        float[] flat = new float[values.length * width];
        for (int r = 0; r < values.length; r++) {
            if (has[r]) {
                System.arraycopy(values[r], 0, flat, r * width, width);
            } else {
                Arrays.fill(flat, r * width, (r + 1) * width, Float.NaN);
            }
        }
        List<String> dimensions =
                IntStream.range(0, width).mapToObj(d -> "DIM-" + d).toList();
        return Reals.of(target, dimensions, flat);
    }

    private static Classes classes(String target, float[][] values, boolean[] has) {
        int[] indices = new int[values.length];
        int greatest = values[0].length == 1 ? 0 : values[0].length - 1;
        for (int r = 0; r < values.length; r++) {
            indices[r] = has[r] ? index(target, r, values[r]) : -1;
            greatest = Math.max(greatest, indices[r]);
        }
        List<String> names =
                IntStream.rangeClosed(0, greatest).mapToObj(String::valueOf).toList();
        return Classes.of(target, names, indices);
    }

    private static int index(String target, int row, float[] values) {
        if (values.length == 1) {
            int index = (int) values[0];
            if (index != values[0] || index < -1) {
                throw wrong(target, row, values, "a class number is -1 (no label), 0, 1, ...");
            }
            return index;
        }
        int index = -1;
        for (int k = 0; k < values.length; k++) {
            boolean one = values[k] == 1;
            if (one ? index >= 0 : values[k] != 0 && !Float.isNaN(values[k])) {
                throw wrong(target, row, values, "one class of a row is 1, all others are 0");
            }
            index = one ? k : index;
        }
        return index;
    }

    private static IllegalArgumentException wrong(String target, int row, float[] values, String rule) {
        return new IllegalArgumentException(
                "Target '%s': row %d holds %s, but %s.\nCorrect the array, or declare a regression task."
                        .formatted(target, row, Arrays.toString(values), rule));
    }

    /** A matrix, or a vector as a matrix of one column. */
    private static float[][] matrix(String what, INDArray array) {
        if (array.rank() < 1 || array.rank() > 2 || array.isEmpty()) {
            throw new IllegalArgumentException(
                    "The array of %s has shape %s, but rows and columns are two.\nReshape it to [rows, columns]."
                            .formatted(what, Arrays.toString(array.shape())));
        }
        INDArray matrix = array.rank() == 1 ? array.reshape(array.length(), 1) : array;
        return matrix.castTo(DataType.FLOAT).toFloatMatrix();
    }
}
