package org.mtl4j.measure;

/** What an interval of a gain says: above 0, below 0, or neither. */
public enum Verdict {
    /** The interval lies above 0. */
    GAIN("gain"),
    /** The interval lies below 0. */
    HARM("harm"),
    /** The interval holds 0, or there is none. */
    UNDECIDED("undecided");

    private final String word;

    Verdict(String word) {
        this.word = word;
    }

    /** What this interval says. */
    public static Verdict of(Interval interval) {
        if (!interval.excludesZero()) {
            return UNDECIDED;
        }
        return interval.mean() > 0 ? GAIN : HARM;
    }

    /** The word, in lower case. */
    @Override
    public String toString() {
        return word;
    }
}
