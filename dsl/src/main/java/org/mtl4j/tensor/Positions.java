package org.mtl4j.tensor;

import java.util.Locale;

/** What is added to the features at a place for where it is: [length, width] -> [length, width]. */
public enum Positions implements LayerSpec {
    /**
     * PE[p, 2i] = sin(p / 10000^(2i / width)), PE[p, 2i + 1] = cos(p / 10000^(2i / width)) (Vaswani et al. 2017, section 3.5).
     */
    SINUSOIDAL,
    /** A vector for each place, trained with the net (Gehring et al. 2017; BERT, GPT). */
    LEARNED,
    /** Nothing. */
    NONE;

    private static final double LONGEST = 10_000;

    /** Engine API. What {@link #SINUSOIDAL} adds, [places, width]: sines at even, cosines at odd features. */
    public static float[] sinusoids(int places, int width) {
        float[] table = new float[places * width];
        for (int p = 0; p < places; p++) {
            for (int c = 0; c < width; c++) {
                double angle = p / StrictMath.pow(LONGEST, (double) (c - c % 2) / width);
                table[p * width + c] = (float) (c % 2 == 0 ? StrictMath.sin(angle) : StrictMath.cos(angle));
            }
        }
        return table;
    }

    @Override
    public String toString() {
        return this == NONE ? "noPositions()" : name().toLowerCase(Locale.ROOT) + "Positions()";
    }
}
