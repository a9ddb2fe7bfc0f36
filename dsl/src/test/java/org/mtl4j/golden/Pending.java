package org.mtl4j.golden;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The committed list of golden files and cases that nothing runs yet. Its header says how a line is written. */
final class Pending {

    private final List<List<String>> lines;

    Pending(List<String> lines) {
        this.lines = lines.stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .map(line -> Arrays.asList(line.split("\\s+", -1)))
                .toList();
    }

    static Pending read(Path list) {
        try {
            return new Pending(Files.readAllLines(list));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a line names the whole file. */
    boolean names(GoldenFile file) {
        return lines.stream()
                .filter(terms -> terms.stream().noneMatch(Pending::isOfCase))
                .anyMatch(terms -> terms.stream().allMatch(term -> holds(term, file)));
    }

    /** Whether a line names this case of the file. */
    boolean names(GoldenFile file, JsonNode each) {
        return lines.stream()
                .filter(terms -> terms.stream().anyMatch(Pending::isOfCase))
                .anyMatch(terms -> terms.stream()
                        .allMatch(term ->
                                isOfCase(term) ? holds(term.substring("case.".length()), each) : holds(term, file)));
    }

    private static boolean isOfCase(String term) {
        return term.startsWith("case.");
    }

    private static boolean holds(String term, GoldenFile file) {
        return term.contains(":") ? holds(term, file.json()) : matches(term, file.path());
    }

    private static boolean holds(String term, JsonNode node) {
        int colon = term.indexOf(':');
        JsonNode value = node;
        for (String key : term.substring(0, colon).split("\\.", -1)) {
            value = value.path(key);
        }
        return value.isString() && matches(term.substring(colon + 1), value.asString());
    }

    private static boolean matches(String pattern, String text) {
        String regex =
                Arrays.stream(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return text.matches(regex);
    }
}
