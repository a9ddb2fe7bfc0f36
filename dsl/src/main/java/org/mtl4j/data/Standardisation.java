package org.mtl4j.data;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.mtl4j.data.TargetColumn.Reals;
import org.mtl4j.tensor.Shape;

/**
 * Shifts and scales columns to mean 0 and standard deviation 1: z = (x - mean) / scale, per feature and, over the
 * labelled rows, per dimension of a real target. The channels of images and the features of series and nodes are taken over
 * all places that rows have; words stay as they are.
 *
 * <p>Fitted on the training part only. The scale is the population standard deviation (division by n, as
 * scikit-learn's StandardScaler and Tribuo's MeanStdDevTransformation have it); a constant column has scale 1 and so
 * becomes 0. Classes are left as they are. Immutable; {@link #inputs} and {@link #targets} are all of its state, and
 * {@link #of} makes it again.
 */
public final class Standardisation {

    private final Map<String, Scale> inputs;
    private final Map<String, Scale> targets;

    private Standardisation(Map<String, Scale> inputs, Map<String, Scale> targets) {
        this.inputs = new LinkedHashMap<>(inputs);
        this.targets = new LinkedHashMap<>(targets);
    }

    /** The means and scales of these rows. */
    public static Standardisation fit(MultiTaskData train) {
        Map<String, Scale> inputs = new LinkedHashMap<>();
        for (String name : train.inputs()) {
            inputs.put(name, Scale.of(moments(train.input(name))));
        }
        Map<String, Scale> targets = new LinkedHashMap<>();
        for (String name : train.targets()) {
            if (train.target(name) instanceof Reals reals) {
                targets.put(name, Scale.of(moments(reals)));
            }
        }
        return new Standardisation(inputs, targets);
    }

    /** A standardisation from its scales, by input and by real target. */
    public static Standardisation of(Map<String, Scale> inputs, Map<String, Scale> targets) {
        return new Standardisation(inputs, targets);
    }

    /** The scale of each input, by name. */
    public Map<String, Scale> inputs() {
        return Collections.unmodifiableMap(inputs);
    }

    /** The scale of each real target, by name. */
    public Map<String, Scale> targets() {
        return Collections.unmodifiableMap(targets);
    }

    /** The scale of one input. */
    public Scale input(String name) {
        return scale("input", name, inputs);
    }

    /** The scale of one real target. */
    public Scale target(String name) {
        return scale("target", name, targets);
    }

    /** The rows with standardised inputs and real targets; missing labels stay missing. */
    public MultiTaskData apply(MultiTaskData data) {
        Map<String, Input> in = new LinkedHashMap<>();
        for (String name : data.inputs()) {
            Input input = data.input(name);
            float[] values = new float[input.rows() * input.width()];
            for (int r = 0; r < input.rows(); r++) {
                input.copyRow(r, values, r * input.width());
            }
            input(name).standardise(input.shape(), values);
            in.put(name, input.with(values));
        }
        Map<String, TargetColumn> out = new LinkedHashMap<>();
        for (String name : data.targets()) {
            if (data.target(name) instanceof Reals reals) {
                out.put(name, standardised(reals));
            }
        }
        return data.replace(in, out);
    }

    private Reals standardised(Reals target) {
        float[] values = new float[target.rows() * target.width()];
        for (int i = 0; i < values.length; i++) {
            values[i] = target.get(i / target.width(), i % target.width());
        }
        target(target.name()).standardise(values);
        return Reals.of(target.name(), target.dimensions(), values);
    }

    /**
     * Engine API. Standardises rows of one input.
     *
     * @param rows [rows, shape.inputSize()], modified
     */
    public void applyRow(String input, Shape shape, float[] rows) {
        input(input).standardise(shape, rows);
    }

    /**
     * Engine API. Gives predictions of a real target their own unit back.
     *
     * @param predictions [rows, width], modified
     */
    public void invert(String target, float[] predictions) {
        target(target).restore(predictions);
    }

    private static Scale scale(String kind, String name, Map<String, Scale> scales) {
        Scale scale = scales.get(name);
        if (scale == null) {
            throw new IllegalArgumentException("No standardisation of %s '%s': there %s.\nFit it on data that have it."
                    .formatted(kind, name, DataRules.listed(scales.keySet())));
        }
        return scale;
    }

    /**
     * Mean and population standard deviation per feature, over all places that rows have.
     *
     * @return [2][features]; no features for words
     */
    private static double[][] moments(Input input) {
        Places places = new Places(input.shape());
        double[][] moments = new double[2][places.features()];
        for (int c = 0; c < places.features(); c++) {
            double sum = 0;
            long n = 0;
            for (int r = 0; r < input.rows(); r++) {
                int count = places.count(input, r);
                for (int p = 0; p < count; p++) {
                    sum += input.get(r, places.at(p, c));
                }
                n += count;
            }
            double mean = sum / n;
            double squares = 0;
            for (int r = 0; r < input.rows(); r++) {
                for (int p = 0; p < places.count(input, r); p++) {
                    double deviation = input.get(r, places.at(p, c)) - mean;
                    squares += deviation * deviation;
                }
            }
            moments[0][c] = mean;
            moments[1][c] = Math.sqrt(squares / n);
        }
        return moments;
    }

    /**
     * Mean and population standard deviation per dimension over the labelled rows; 0 and 0 without a label.
     *
     * @return [2][width]
     */
    static double[][] moments(Reals target) {
        double[][] moments = new double[2][target.width()];
        int n = Math.max(1, target.labelled());
        for (int d = 0; d < target.width(); d++) {
            double sum = 0;
            for (int r = 0; r < target.rows(); r++) {
                sum += target.isLabelled(r) ? target.get(r, d) : 0;
            }
            double mean = sum / n;
            double squares = 0;
            for (int r = 0; r < target.rows(); r++) {
                double deviation = target.isLabelled(r) ? target.get(r, d) - mean : 0;
                squares += deviation * deviation;
            }
            moments[0][d] = mean;
            moments[1][d] = Math.sqrt(squares / n);
        }
        return moments;
    }
}
