package org.mtl4j.tensor;

/** Loops over the channels of an image, [channels, places]. */
final class Planes {

    private Planes() {}

    /** Adds its bias to each channel. @param y [channels, places] from at, modified. @param bias [channels] from bOff. */
    static void addBias(float[] y, int at, int channels, int places, float[] bias, int bOff) {
        for (int c = 0; c < channels; c++) {
            float b = bias[bOff + c];
            for (int i = at + c * places; i < at + (c + 1) * places; i++) {
                y[i] += b;
            }
        }
    }

    /** Adds the sum of each channel. @param s [channels, places] from at. @param into [channels] from intoOff, modified. */
    static void addSums(float[] s, int at, int channels, int places, float[] into, int intoOff) {
        for (int c = 0; c < channels; c++) {
            into[intoOff + c] += sum(s, at + c * places, places);
        }
    }

    /** The sum of n numbers, in four partial sums: one alone waits for each addition. */
    static float sum(float[] x, int at, int n) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        int i = at;
        int end = at + n;
        for (; i + 3 < end; i += 4) {
            a += x[i];
            b += x[i + 1];
            c += x[i + 2];
            d += x[i + 3];
        }
        for (; i < end; i++) {
            a += x[i];
        }
        return (a + b) + (c + d);
    }
}
