package org.mtl4j.data;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.mtl4j.tensor.Shape;
import org.tribuo.Example;
import org.tribuo.Feature;
import org.tribuo.Output;
import org.tribuo.impl.ArrayExample;
import org.tribuo.sequence.SequenceExample;

/** The named numbers of a step: a feature that a token lacks is 0, one that is not known is ignored. */
final class StepFeatures implements TokenFeatures {

    private final List<String> names;
    private final Map<String, Integer> columns = new HashMap<>();

    private StepFeatures(List<String> names) {
        this.names = names;
        names.forEach(name -> columns.put(name, columns.size()));
    }

    /** Those of these names, in this order. */
    static StepFeatures of(List<String> names) {
        return new StepFeatures(List.copyOf(names));
    }

    /** All in these sequences, in the order of Tribuo's feature map (by name). */
    static StepFeatures in(List<? extends SequenceExample<?>> sequences) {
        TreeSet<String> names = new TreeSet<>();
        sequences.forEach(
                sequence -> sequence.forEach(token -> token.forEach(feature -> names.add(feature.getName()))));
        return of(List.copyOf(names));
    }

    @Override
    public List<String> names() {
        return names;
    }

    @Override
    public boolean isKnown(String feature) {
        return columns.containsKey(feature);
    }

    @Override
    public Input read(List<? extends SequenceExample<?>> sequences, int longest) {
        Shape.Series shape = new Shape.Series(longest, names.size());
        float[] values = new float[sequences.size() * shape.inputSize()];
        int at = 0;
        for (SequenceExample<?> sequence : sequences) {
            values[at] = sequence.size();
            for (int p = 0; p < sequence.size(); p++) {
                read(sequence.get(p), values, at + 1 + p * names.size());
            }
            at += shape.inputSize();
        }
        return ShapedInput.of(shape, names, values);
    }

    private void read(Example<?> token, float[] values, int at) {
        if (known(token) == 0) {
            throw TokenFeatures.none(token);
        }
        for (Feature feature : token) {
            Integer column = columns.get(feature.getName());
            if (column != null) {
                values[at + column] = (float) feature.getValue();
            }
        }
    }

    @Override
    public <T extends Output<T>> Example<T> write(T output, Input input, int row, int place) {
        double[] values = new double[names.size()];
        for (int c = 0; c < values.length; c++) {
            values[c] = input.get(row, 1 + place * values.length + c);
        }
        return new ArrayExample<>(output, names.toArray(String[]::new), values);
    }
}
