package org.mtl4j.data;

import java.util.ArrayList;
import java.util.List;

/**
 * Where rows come from: what a data set prints of itself, and what a study cites.
 *
 * @param title the data set's name
 * @param source where it was taken from; empty if unknown
 * @param licence its terms; empty if unknown
 * @param sha256 the checksum of the file that was read, 64 hexadecimal digits; empty if there is no file
 * @param notes further lines, such as how the rows were made
 */
public record Origin(String title, String source, String licence, String sha256, List<String> notes) {

    /** Rows made in the notebook: nothing to cite. */
    public static final Origin NONE = new Origin("", "", "", "", List.of());

    public Origin {
        if (!sha256.isEmpty() && !sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException(
                    "Data set '%s': the SHA-256 '%s' is not 64 hexadecimal digits in lower case.\nLeave it empty, or paste the output of sha256sum."
                            .formatted(title, sha256));
        }
        notes = List.copyOf(notes);
    }

    /** An origin with this title and all else unknown. */
    public static Origin titled(String title) {
        return new Origin(title, "", "", "", List.of());
    }

    /** This origin with another source. */
    public Origin source(String where) {
        return new Origin(title, where, licence, sha256, notes);
    }

    /** This origin with other terms. */
    public Origin licence(String terms) {
        return new Origin(title, source, terms, sha256, notes);
    }

    /** This origin with a checksum. */
    public Origin sha256(String digits) {
        return new Origin(title, source, licence, digits, notes);
    }

    /** This origin with one more note. */
    public Origin note(String line) {
        List<String> more = new ArrayList<>(notes);
        more.add(line);
        return new Origin(title, source, licence, sha256, more);
    }

    /** The origin of rows taken from two data sets: each unequal field is named for both. */
    Origin and(Origin other) {
        if (equals(other) || other.equals(NONE)) {
            return this;
        }
        if (equals(NONE)) {
            return other;
        }
        List<String> both = new ArrayList<>(notes);
        other.notes.stream().filter(note -> !both.contains(note)).forEach(both::add);
        boolean oneFile = sha256.equals(other.sha256);
        if (!oneFile && !sha256.isEmpty()) {
            both.add("SHA-256 of " + title + ": " + sha256);
        }
        if (!oneFile && !other.sha256.isEmpty()) {
            both.add("SHA-256 of " + other.title + ": " + other.sha256);
        }
        return new Origin(
                both(title, other.title),
                both(source, other.source),
                both(licence, other.licence),
                oneFile ? sha256 : "",
                both);
    }

    private static String both(String one, String two) {
        if (one.equals(two) || two.isEmpty()) {
            return one;
        }
        return one.isEmpty() ? two : one + " + " + two;
    }

    /** The lines that a table prints below itself. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (!source.isEmpty()) {
            lines.add("Source: " + source);
        }
        if (!licence.isEmpty()) {
            lines.add("Licence: " + licence);
        }
        if (!sha256.isEmpty()) {
            lines.add("SHA-256: " + sha256);
        }
        lines.addAll(notes);
        return lines;
    }
}
