package org.mtl4j.jupyter;

import java.time.Duration;
import java.util.Locale;

/** Says durations as people do: {@code 4.2 s}, {@code 1 min 05 s}, {@code 2 h 07 min}. */
final class Times {

    private Times() {}

    /** The duration in words. */
    static String words(Duration time) {
        long seconds = Math.round(time.toMillis() / 1000.0);
        if (seconds < 10) {
            return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
        }
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60);
        }
        return String.format(Locale.ROOT, "%d h %02d min", seconds / 3600, seconds % 3600 / 60);
    }
}
