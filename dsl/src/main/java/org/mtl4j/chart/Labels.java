package org.mtl4j.chart;

import java.awt.Font;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleFunction;
import java.util.function.Function;

/** The tick labels and cell values that a chart has printed so far, so that SVG can hold them as text. Mutable. */
final class Labels {

    private final Set<String> printed = new LinkedHashSet<>();
    private final Map<Font, Set<String>> inFont = new LinkedHashMap<>();

    /** A formatter for an axis or a cell, whose output is remembered. */
    Function<Double, String> remember(DoubleFunction<String> format) {
        return value -> {
            String text = format.apply(value);
            printed.add(text);
            return text;
        };
    }

    /** Remembers these labels too. */
    void add(Collection<String> texts) {
        printed.addAll(texts);
    }

    /** Remembers these texts, which are printed in this font. */
    void add(Collection<String> texts, Font font) {
        inFont.computeIfAbsent(font, key -> new LinkedHashSet<>()).addAll(texts);
    }

    /** What was printed in fonts that the chart's styler does not know. */
    Map<Font, Set<String>> inFont() {
        return Map.copyOf(inFont);
    }

    /** What was printed in the styler's fonts. */
    Set<String> printed() {
        return Set.copyOf(printed);
    }

    /** A tick's number in as few digits as tell it: {@code 0.05}, {@code 1200}, {@code 2E-8}. */
    static String number(double value) {
        if (Math.abs(value) < 1e-12) {
            return "0";
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(6)).stripTrailingZeros();
        boolean plain = Math.abs(value) >= 1e-3 && Math.abs(value) < 1e6;
        return plain ? rounded.toPlainString() : rounded.toString();
    }

    /** The value in this many digits. */
    static double rounded(double value, int digits) {
        return new BigDecimal(value).round(new MathContext(digits)).doubleValue();
    }

    /**
     * The nearest whole number. XChart thins ticks until their labels differ, so none between two whole numbers is left.
     */
    static String whole(double value) {
        return Long.toString(Math.round(value));
    }
}
