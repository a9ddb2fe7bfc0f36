package org.mtl4j.fitted;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.mtl4j.data.TargetColumn.Marks;

/**
 * How often labels that hold were predicted to, over the known ones.
 *
 * @param right per label, tp
 * @param named per label, 2 tp + fp + fn
 */
record LabelCounts(List<Integer> right, List<Integer> named) {

    /** Says whether a label is predicted to hold. */
    interface Predicted {
        boolean holds(int row, String label);
    }

    LabelCounts {
        right = List.copyOf(right);
        named = List.copyOf(named);
    }

    /** The counts of each label that the model has. */
    static LabelCounts of(List<String> labels, Marks marks, Predicted predicted) {
        Integer[] right = new Integer[labels.size()];
        Integer[] named = new Integer[labels.size()];
        Arrays.fill(right, 0);
        Arrays.fill(named, 0);
        for (int l = 0; l < right.length; l++) {
            int column = marks.labels().indexOf(labels.get(l));
            for (int r = 0; column >= 0 && r < marks.rows(); r++) {
                if (marks.isKnown(r, column)) {
                    boolean said = predicted.holds(r, labels.get(l));
                    boolean holds = marks.holds(r, column);
                    right[l] += said && holds ? 1 : 0;
                    named[l] += (said ? 1 : 0) + (holds ? 1 : 0);
                }
            }
        }
        return new LabelCounts(List.of(right), List.of(named));
    }

    /** Mean of 2 tp / (2 tp + fp + fn) over the labels that hold or are predicted somewhere; NaN if none does. */
    double macroF1() {
        return IntStream.range(0, named.size())
                .filter(l -> named.get(l) > 0)
                .mapToDouble(l -> 2.0 * right.get(l) / named.get(l))
                .average()
                .orElse(Double.NaN);
    }

    /** 2 tp / (2 tp + fp + fn) of all labels together; NaN if none holds or is predicted. */
    double microF1() {
        double all = named.stream().mapToInt(Integer::intValue).sum();
        return all == 0
                ? Double.NaN
                : 2 * right.stream().mapToInt(Integer::intValue).sum() / all;
    }
}
