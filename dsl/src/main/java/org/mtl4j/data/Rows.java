package org.mtl4j.data;

import java.util.Arrays;
import java.util.BitSet;

/** Takes rows out of matrices in arrays. */
final class Rows {

    private Rows() {}

    /** Some rows only, in that order. @param values [rows, width]. @return [chosen, width]. */
    static float[] select(float[] values, int width, int[] chosen) {
        float[] selected = new float[chosen.length * width];
        for (int r = 0; r < chosen.length; r++) {
            System.arraycopy(values, chosen[r] * width, selected, r * width, width);
        }
        return selected;
    }

    /** A copy with NaN in all rows but these. @param values [rows, width]. */
    static float[] keep(float[] values, int width, BitSet rows) {
        float[] kept = values.clone();
        for (int r = 0; r * width < kept.length; r++) {
            if (!rows.get(r)) {
                Arrays.fill(kept, r * width, (r + 1) * width, Float.NaN);
            }
        }
        return kept;
    }
}
