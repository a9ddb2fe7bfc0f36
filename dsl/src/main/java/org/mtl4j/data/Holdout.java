package org.mtl4j.data;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.mtl4j.data.TargetColumn.Classes;
import org.mtl4j.data.TargetColumn.Marks;

/**
 * Rows in two parts: those to learn from, and some that are held out to choose the epoch by, for trainings that are given
 * one table.
 *
 * @param kept the rows to learn from
 * @param heldOut the rows to judge by
 */
public record Holdout(MultiTaskData kept, MultiTaskData heldOut) {

    /**
     * Holds out rows at random; equal seeds hold out equal rows.
     *
     * <p>A row that is the last of its class among those kept stays with them, and so does the last with a label of several,
     * and the last number of a real target: nothing is judged that cannot be learned.
     *
     * @param share share of the rows to hold out, in (0, 1), rounded to whole rows, at least 1
     * @throws IllegalArgumentException if no row can be held out
     */
    public static Holdout of(MultiTaskData data, double share, long seed) {
        check(share);
        long wanted = Math.max(1, Math.round(share * data.rows()));
        Map<Mark, Integer> kept = new HashMap<>();
        for (int row = 0; row < data.rows(); row++) {
            marks(data, row).forEach(mark -> kept.merge(mark, 1, Integer::sum));
        }
        BitSet out = new BitSet(data.rows());
        for (int row : Shuffle.order(data.rows(), Shuffle.generator(seed, "validation"))) {
            List<Mark> marks = marks(data, row);
            if (out.cardinality() < wanted && marks.stream().allMatch(mark -> kept.getOrDefault(mark, 0) > 1)) {
                out.set(row);
                marks.forEach(mark -> kept.merge(mark, -1, Integer::sum));
            }
        }
        if (out.isEmpty()) {
            throw new IllegalArgumentException(
                    "None of the %s rows can be held out: each is the last of a class or the last label.\nGive more rows."
                            .formatted(DataRules.count(data.rows())));
        }
        int[] in = IntStream.range(0, data.rows()).filter(row -> !out.get(row)).toArray();
        return new Holdout(data.select(in), data.select(out.stream().toArray()));
    }

    /**
     * Checks a share of rows to hold out.
     *
     * @throws IllegalArgumentException if it does not lie in (0, 1)
     */
    public static void check(double share) {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException(
                    "validation(%s): it is a share of the rows above 0 and below 1.\nGive a part of them: validation(0.15)."
                            .formatted(share));
        }
    }

    private static final int ANY = -1;

    /** What can be learned from a row: a class of a target, a label that holds, or that it has any value. */
    private record Mark(String target, int value) {}

    private static List<Mark> marks(MultiTaskData data, int row) {
        List<Mark> marks = new ArrayList<>();
        for (String name : data.targets()) {
            TargetColumn target = data.target(name);
            if (target.isLabelled(row)) {
                marks.add(new Mark(name, target instanceof Classes classes ? classes.index(row) : ANY));
            }
            if (target instanceof Marks labels) {
                IntStream.range(0, labels.width())
                        .filter(label -> labels.holds(row, label))
                        .forEach(label -> marks.add(new Mark(name, label)));
            }
        }
        return marks;
    }
}
