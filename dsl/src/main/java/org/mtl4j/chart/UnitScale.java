package org.mtl4j.chart;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.mtl4j.measure.Unit;

/**
 * What gains are drawn in. Those of one unit are drawn as they are. Those of several cannot share a scale: each is drawn
 * as a share of the largest of its unit, gain or harm.
 */
final class UnitScale {

    private final Map<Unit, Double> largest = new LinkedHashMap<>();

    /** Takes a mean gain in; NaN counts for nothing but its unit. */
    void add(Unit unit, double gain) {
        largest.merge(unit, Double.isNaN(gain) ? 0 : Math.abs(gain), Math::max);
    }

    /** Whether gains are drawn as shares. */
    boolean isShares() {
        return largest.size() > 1;
    }

    /** What a gain of this unit is divided by to be drawn. */
    double divisor(Unit unit) {
        return isShares() && largest(unit) > 0 ? largest(unit) : 1;
    }

    /** The largest size of a mean gain of this unit. */
    double largest(Unit unit) {
        return largest.getOrDefault(unit, 0.0);
    }

    /** The largest size of what is drawn; 1 if all is 0. */
    double limit() {
        double most =
                largest.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
        return isShares() || most == 0 ? 1 : most;
    }

    /** What an axis prints: {@code gain in AUC}. */
    String title() {
        return isShares()
                ? "gain / largest of its unit"
                : "gain in "
                        + largest.keySet().stream().map(Unit::name).findFirst().orElse("the task's metric");
    }

    /** The sentence that explains shares; none if there is one unit. */
    List<String> notes() {
        return isShares()
                ? List.of(largest.entrySet().stream()
                        .map(each -> each.getKey() + " " + Labels.number(Labels.rounded(each.getValue(), 2)))
                        .collect(Collectors.joining(
                                "; ", "Units differ, so each has its own scale. The largest mean gain or harm: ", ".")))
                : List.of();
    }
}
