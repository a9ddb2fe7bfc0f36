package org.mtl4j.datasets;

import org.mtl4j.data.Split;

/**
 * Data sets ready to train on, with their source, licence and checksum.
 *
 * <pre>{@code
 * var bikes = Datasets.bikeshare();
 * var digits = Datasets.multiMnist(18).seed(3);
 * }</pre>
 */
public final class Datasets {

    private Datasets() {}

    /**
     * Bike rentals by the hour, Washington D.C., 2011: real targets {@code casual} and {@code registered}, 8,645 rows, split
     * by day (hours of one day are near twins) into 70 / 15 / 15 %.
     *
     * <p>Inputs: season, month, hour, weekday and weather one-hot; holiday, working day, temperatures, humidity and wind as
     * numbers. {@code bikers}, the sum of both targets, is left out, and the day of the year is the group, not an input.
     *
     * <p>Comes out of the PyPI package ISLP 0.6.0, fetched once with pip, checked by its SHA-256 and kept: in the directory
     * that the system property {@code mtl4j.cache} names, else the environment variable {@code MTL4J_CACHE}, else
     * {@code XDG_CACHE_HOME/mtl4j}, else {@code ~/.cache/mtl4j}.
     *
     * @throws java.io.UncheckedIOException without a network or pip: it says what to run and where to put the file
     */
    public static Split bikeshare() {
        return Bikeshare.split();
    }

    /**
     * Two overlapping handwritten digits per image of 36 x 36 pixels: class targets {@code left} and {@code right}, 6,000 /
     * 1,000 / 2,000 rows.
     *
     * @see #multiMnist(int, int, int, int)
     */
    public static Split multiMnist() {
        return multiMnist(MultiMnist.SIDE);
    }

    /**
     * The same in images of side x side pixels.
     *
     * @param side 36, or a divisor of it (18, 12, 9) for a faster study
     */
    public static Split multiMnist(int side) {
        return multiMnist(side, MultiMnist.DEFAULT_TRAIN, MultiMnist.DEFAULT_VALIDATION, MultiMnist.DEFAULT_TEST);
    }

    /**
     * MultiMNIST: a left digit in the upper left and a right digit 6 pixels further right and down, in an image of 36 x 36;
     * where they overlap, the brighter pixel (Sabour et al. 2017; positions as in the code of Sener and Koltun 2018, which
     * scales the image to 28 x 28 afterwards).
     *
     * <p>The 10,000 digits are dealt to the three parts in proportion to their rows, anew for each seed, before any image is
     * made: no digit is seen in two parts. Pixels are features from 0 to 1, row by row; smaller sides average them.
     *
     * @param side pixels per row and column of the image: 36, or a divisor of it
     * @param train rows of the training part
     * @param validation rows of the validation part
     * @param test rows of the test part
     */
    public static Split multiMnist(int side, int train, int validation, int test) {
        return new MultiMnist(side, train, validation, test).split();
    }
}
