package org.mtl4j.data;

import java.util.BitSet;

/**
 * Makes targets that say of which rows two inputs belong together, such as an image and its caption.
 *
 * <pre>{@code
 * data.with(PairTargets.all(task("match").pairs("image", "text"), data.rows()))
 * }</pre>
 */
public final class PairTargets {

    private PairTargets() {}

    /** Every row is a pair. */
    public static TargetColumn all(Target<?> target, int rows) {
        BitSet every = new BitSet();
        every.set(0, rows);
        return Pairs.of(target.name(), rows, every);
    }

    /**
     * Some rows are pairs. The others, of which an input is missing or may not belong, are no counter-examples either: they
     * carry no label.
     *
     * @param paired [rows], copied
     */
    public static TargetColumn of(Target<?> target, boolean[] paired) {
        BitSet pairs = new BitSet();
        for (int r = 0; r < paired.length; r++) {
            pairs.set(r, paired[r]);
        }
        return Pairs.of(target.name(), paired.length, pairs);
    }
}
