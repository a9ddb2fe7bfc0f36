package org.mtl4j.data;

import java.util.Collection;
import java.util.Locale;

/** Finds the name that a misspelt one was meant to be. */
final class Nearest {

    private Nearest() {}

    /** {@code "Did you mean 'casual'? "} where a name lies within two edits (a third of a short name), else the empty text. */
    static String suggestion(String wrong, Collection<String> names) {
        String best = "";
        int least = Integer.MAX_VALUE;
        for (String name : names) {
            int edits = edits(wrong.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
            if (edits < least) {
                least = edits;
                best = name;
            }
        }
        return least <= Math.max(2, wrong.length() / 3) && least < wrong.length()
                ? "Did you mean '" + best + "'? "
                : "";
    }

    /** Levenshtein's distance, by the two-row recurrence. */
    private static int edits(String a, String b) {
        int[] above = new int[b.length() + 1];
        for (int j = 0; j < above.length; j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[above.length];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int swap = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(swap, 1 + Math.min(above[j], row[j - 1]));
            }
            above = row;
        }
        return above[b.length()];
    }
}
