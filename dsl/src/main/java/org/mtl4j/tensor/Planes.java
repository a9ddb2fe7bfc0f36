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
}
