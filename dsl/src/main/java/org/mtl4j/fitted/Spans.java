package org.mtl4j.fitted;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Spans in tags {@code B-X}, {@code I-X} and {@code O}, and how many of them are found, exactly: the same type, first and last
 * position. As seqeval 1.2.2 measures.
 */
final class Spans {

    /** What begins a span. */
    enum Rule {
        /** A B, and an I that does not continue a span of its type: the rule of conlleval. */
        LENIENT,
        /** A B only: IOB2. */
        STRICT
    }

    /** A span of a row. @param first position @param last position, inclusive */
    record Span(int row, String type, int first, int last) {}

    /**
     * How many spans are found.
     *
     * @param precision share of the predicted spans that are there
     * @param recall share of the spans that are predicted
     * @param f1 their harmonic mean
     * @param macroF1 the mean over the types of each one's F1
     */
    record Found(double precision, double recall, double f1, double macroF1) {}

    private Spans() {}

    /** The spans of one row. */
    static List<Span> of(int row, List<String> tags, Rule rule) {
        List<Span> spans = new ArrayList<>();
        String open = "";
        int first = 0;
        for (int t = 0; t <= tags.size(); t++) {
            String tag = t < tags.size() ? tags.get(t) : "O";
            String type = type(tag);
            boolean continues = !open.isEmpty() && tag.startsWith("I") && type.equals(open);
            if (!continues) {
                if (!open.isEmpty()) {
                    spans.add(new Span(row, open, first, t - 1));
                }
                boolean begins = tag.startsWith("B") || (rule == Rule.LENIENT && tag.startsWith("I"));
                open = begins ? type : "";
                first = t;
            }
        }
        return spans;
    }

    /** {@code PER} of {@code B-PER}; {@code _} of a bare {@code B}; empty for {@code O}. */
    private static String type(String tag) {
        if (tag.startsWith("B") || tag.startsWith("I")) {
            String type = tag.substring(tag.indexOf('-') + 1);
            return tag.indexOf('-') < 0 || type.isEmpty() ? "_" : type;
        }
        return "";
    }

    /** How many of the spans of all rows are found; 0 where a share has no divisor. */
    static Found score(List<List<String>> truth, List<List<String>> predicted, Rule rule) {
        Set<Span> there = new LinkedHashSet<>();
        Set<Span> named = new LinkedHashSet<>();
        for (int row = 0; row < truth.size(); row++) {
            there.addAll(of(row, truth.get(row), rule));
            named.addAll(of(row, predicted.get(row), rule));
        }
        Set<String> types = new TreeSet<>();
        there.forEach(span -> types.add(span.type()));
        named.forEach(span -> types.add(span.type()));
        double macro = types.stream()
                .mapToDouble(type -> f1(ofType(there, type), ofType(named, type)))
                .average()
                .orElse(0);
        long right = right(there, named);
        return new Found(share(right, named.size()), share(right, there.size()), f1(there, named), macro);
    }

    private static Set<Span> ofType(Set<Span> spans, String type) {
        Set<Span> chosen = new LinkedHashSet<>(spans);
        chosen.removeIf(span -> !span.type().equals(type));
        return chosen;
    }

    private static long right(Set<Span> there, Set<Span> named) {
        return named.stream().filter(there::contains).count();
    }

    private static double f1(Set<Span> there, Set<Span> named) {
        return share(2 * right(there, named), there.size() + named.size());
    }

    private static double share(long part, int of) {
        return of == 0 ? 0 : (double) part / of;
    }
}
