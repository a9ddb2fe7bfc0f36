package org.mtl4j.optimise;

/** The ranges that settings of optimisers and schedules lie in; an error begins with the wither that gave the number. */
final class Numbers {

    private Numbers() {}

    static void atLeastZero(String wither, double number) {
        if (!(number >= 0 && number < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "%s(%s): it is a finite number of at least 0.%nGive such a number, or leave %s(..) out for the usual one."
                            .formatted(wither, number, wither));
        }
    }

    static void aboveZero(String wither, double number) {
        if (!(number > 0 && number < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "%s(%s): it is a finite number above 0.%nGive such a number, or leave %s(..) out for the usual one."
                            .formatted(wither, number, wither));
        }
    }

    static void belowOne(String wither, double number) {
        if (!(number >= 0 && number < 1)) {
            throw new IllegalArgumentException(
                    "%s(%s): it lies in [0, 1).%nGive such a number, or leave %s(..) out for the usual one."
                            .formatted(wither, number, wither));
        }
    }
}
