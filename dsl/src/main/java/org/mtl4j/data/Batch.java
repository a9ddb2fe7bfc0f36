package org.mtl4j.data;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Engine API. Mutable: the rows that one training step sees, refilled from step to step without allocation.
 *
 * <p>All arrays are as long as the capacity asks; only the first {@link #rows} rows hold the batch. The same arrays are
 * returned every time.
 */
public final class Batch {

    private final int capacity;
    private final Input[] inputs;
    private final float[][] inputValues;
    private final Map<String, Integer> inputNumbers = new LinkedHashMap<>();
    private final TargetColumn[] targets;
    private final float[][] targetValues;
    private final int[][] labelledRows;
    private final int[] labelled;
    /** Of targets with several places a row, the labelled ones; of others the labelled rows themselves. */
    private final int[][] labelledPlaces;

    private final int[] places;
    private int rows;

    /**
     * An empty batch.
     *
     * @param data where rows come from
     * @param targets the targets in the order of the numbers t below
     * @param capacity the most rows of a batch
     */
    public Batch(MultiTaskData data, List<String> targets, int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException(
                    "A batch of %d rows: it needs at least 1.\nGive a positive batch size.".formatted(capacity));
        }
        this.capacity = capacity;
        List<String> names = data.inputs();
        inputs = new Input[names.size()];
        inputValues = new float[inputs.length][];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = data.input(names.get(i));
            inputValues[i] = new float[capacity * inputs[i].width()];
            inputNumbers.put(names.get(i), i);
        }
        this.targets = new TargetColumn[targets.size()];
        targetValues = new float[this.targets.length][];
        labelledRows = new int[this.targets.length][capacity];
        labelled = new int[this.targets.length];
        labelledPlaces = new int[this.targets.length][];
        places = new int[this.targets.length];
        for (int t = 0; t < this.targets.length; t++) {
            this.targets[t] = data.target(targets.get(t));
            targetValues[t] = new float[capacity * this.targets[t].width()];
            int most = this.targets[t].places();
            labelledPlaces[t] = most == 1 ? labelledRows[t] : new int[capacity * most];
        }
    }

    /**
     * Takes the rows order[from], ..., order[to - 1] of the data.
     *
     * @param order row numbers; not modified
     */
    public void fill(int[] order, int from, int to) {
        if (from < 0 || to < from || to > order.length || to - from > capacity) {
            throw new IllegalArgumentException(
                    "Rows %d to %d of %d do not fit a batch of %d rows.\nGive a range of the order that is no longer than the batch."
                            .formatted(from, to, order.length, capacity));
        }
        rows = to - from;
        for (int i = 0; i < inputs.length; i++) {
            int width = inputs[i].width();
            for (int r = 0; r < rows; r++) {
                inputs[i].copyRow(order[from + r], inputValues[i], r * width);
            }
        }
        for (int t = 0; t < targets.length; t++) {
            fillTarget(t, order, from);
        }
    }

    private void fillTarget(int t, int[] order, int from) {
        TargetColumn target = targets[t];
        float[] values = targetValues[t];
        int width = target.width();
        int count = 0;
        for (int r = 0; r < rows; r++) {
            int row = order[from + r];
            boolean has = target.isLabelled(row);
            for (int d = 0; d < width; d++) {
                values[r * width + d] = has ? target.get(row, d) : 0;
            }
            if (has) {
                labelledRows[t][count++] = r;
            }
        }
        labelled[t] = count;
        places[t] = target.places() == 1 ? count : fillPlaces(t, target, order, from);
    }

    private int fillPlaces(int t, TargetColumn target, int[] order, int from) {
        int count = 0;
        for (int i = 0; i < labelled[t]; i++) {
            int r = labelledRows[t][i];
            for (int p = 0; p < target.places(); p++) {
                if (target.isLabelled(order[from + r], p)) {
                    labelledPlaces[t][count++] = r * target.places() + p;
                }
            }
        }
        return count;
    }

    /** The most rows that it can hold. */
    public int capacity() {
        return capacity;
    }

    /** The rows it holds now. */
    public int rows() {
        return rows;
    }

    /** The values of one input, [rows, width]. */
    public float[] input(String name) {
        Integer number = inputNumbers.get(name);
        if (number == null) {
            throw new IllegalArgumentException(
                    "No input '%s'; there are %s.".formatted(name, String.join(", ", inputNumbers.keySet())));
        }
        return inputValues[number];
    }

    /** The values of target t, [rows, width]: class index or reals; where a row has no label at all, 0. */
    public float[] target(int t) {
        return targetValues[t];
    }

    /** The rows of the batch that carry a label of target t, ascending; the first {@link #labelled} entries count. */
    public int[] labelledRows(int t) {
        return labelledRows[t];
    }

    /**
     * The places of the batch that carry a label of target t, ascending, as row * places + place; the first {@link #places}
     * entries count. The labelled rows themselves where a row has one label.
     */
    public int[] labelledPlaces(int t) {
        return labelledPlaces[t];
    }

    /** How many places of the batch carry a label of target t. */
    public int places(int t) {
        return places[t];
    }

    /** How many rows of the batch carry a label of target t. */
    public int labelled(int t) {
        return labelled[t];
    }
}
