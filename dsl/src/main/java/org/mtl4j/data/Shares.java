package org.mtl4j.data;

import java.util.Locale;

/** The shares of the training, validation and test part. */
record Shares(double train, double validation, double test) {

    private static final double ROUNDING = 1e-9;

    Shares {
        String given = "%s + %s + %s".formatted(train, validation, test);
        if (!(train > 0) || !(validation > 0) || !(test > 0)) {
            throw new IllegalArgumentException(
                    "Split into %s: every part needs a positive share.\nGive three, such as 0.7, 0.15, 0.15."
                            .formatted(given));
        }
        double sum = train + validation + test;
        if (Math.abs(sum - 1) > ROUNDING) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "Split into %s: the shares sum to %.4g, not to 1.\n", given, sum)
                            + "Give three that sum to 1, such as 0.7, 0.15, 0.15.");
        }
    }

    /** The part (0, 1, 2) at this position of the rows, 0 to 1. */
    int part(double position) {
        return position < train ? 0 : position < train + validation ? 1 : 2;
    }

    @Override
    public String toString() {
        return percent(train) + " / " + percent(validation) + " / " + percent(test) + " %";
    }

    private static String percent(double share) {
        String text = String.format(Locale.ROOT, "%.2f", 100 * share);
        return text.replaceAll("\\.?0+$", "");
    }
}
