package org.mtl4j.chart;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.mtl4j.measure.Balance;
import org.mtl4j.show.Table;
import org.mtl4j.train.Balancing;

/**
 * Draws what a balancer did over the steps, a line per task; of many tasks, those with the highest and those with the lowest
 * mean.
 */
final class BalanceLines {

    /** Points of a line at most; of more, means of neighbours. */
    private static final int POINTS = 120;

    /** Tasks up to which bands are drawn: of more, they hide each other. */
    private static final int BANDS = 3;

    /** Tasks drawn; of more, half from each end. */
    private static final int TASKS = 12;

    /** A number of one task over batches in a row. */
    @FunctionalInterface
    private interface Value {
        double of(Balancing.Point point, int task);
    }

    private final Balance balance;
    private final String what;
    private final Value value;
    private final List<Balancing.Point> points;
    private final List<Integer> drawn;

    private BalanceLines(Balance balance, String what, Value value) {
        this.balance = balance;
        this.what = what;
        this.value = value;
        points = grouped(balance.record().points());
        drawn = drawn(balance.record().whole());
    }

    static Chart weights(Balance balance) {
        if (!balance.isRecorded()) {
            return nothing(balance, "weight");
        }
        BalanceLines drawing = new BalanceLines(
                balance, "Weight", (point, t) -> point.tasks().get(t).mean());
        Lines lines = drawing.lines();
        boolean hasBands = drawing.hasRanges() && drawing.drawn.size() <= BANDS;
        for (int look = 0; look < drawing.drawn.size() && hasBands; look++) {
            drawing.band(lines, look);
        }
        drawing.draw(lines);
        lines.up("weight");
        String bands = hasBands ? " Bands: from the lowest to the highest weight of these batches." : "";
        return lines.chart(drawing.foot(bands), drawing.told(drawing::weightOf));
    }

    static Chart shares(Balance balance) {
        if (!balance.isRecorded()) {
            return nothing(balance, "share of the weighted loss (%)");
        }
        BalanceLines drawing = new BalanceLines(balance, "Share of weighted loss", (point, t) -> 100 * point.share(t));
        Lines lines = drawing.lines();
        drawing.draw(lines);
        lines.include(0);
        lines.up("share of the weighted loss (%)");
        return lines.chart(drawing.foot(""), drawing.told(drawing::shareOf));
    }

    /** The points to draw; a short rest joins the last of them, so that no point scatters more than the others. */
    private static List<Balancing.Point> grouped(List<Balancing.Point> all) {
        List<Balancing.Point> grouped =
                new ArrayList<>(Balancing.Point.grouped(all, (all.size() + POINTS - 1) / POINTS));
        int last = grouped.size() - 1;
        if (last > 0 && 2 * grouped.get(last).batches() < grouped.get(0).batches()) {
            Balancing.Point rest = grouped.remove(last);
            grouped.set(last - 1, grouped.get(last - 1).and(rest));
        }
        return grouped;
    }

    private static Chart nothing(Balance balance, String axis) {
        Lines lines = Lines.small(List.of());
        lines.title("No step was taken");
        lines.across("step", 0, 1);
        lines.up(axis);
        return lines.chart(balance.cost());
    }

    /** The tasks to draw: all, or those at both ends of the means, from the highest down. */
    private List<Integer> drawn(Balancing.Point whole) {
        List<Integer> tasks = IntStream.range(0, balance.tasks().size()).boxed().toList();
        if (tasks.size() <= TASKS) {
            return tasks;
        }
        List<Integer> sorted = tasks.stream()
                .sorted(Comparator.comparingDouble((Integer t) -> -value.of(whole, t)))
                .toList();
        List<Integer> ends = new ArrayList<>(sorted.subList(0, TASKS / 2));
        ends.addAll(sorted.subList(sorted.size() - TASKS / 2, sorted.size()));
        return ends;
    }

    private boolean isGrouped() {
        return points.get(0).batches() > 1;
    }

    /** Whether weights differ within a point. */
    private boolean hasRanges() {
        return points.stream()
                .flatMap(point -> point.tasks().stream())
                .anyMatch(weighed -> weighed.least() < weighed.most());
    }

    private Lines lines() {
        Lines lines =
                Lines.withLegend(drawn.stream().flatMap(t -> legend(t).stream()).toList());
        lines.title(what + " by " + Look.shortened(balance.balancer().toString()));
        lines.across("step", 0, Math.max(1, points.get(points.size() - 1).step()));
        return lines;
    }

    private List<String> legend(int task) {
        return Look.legend(balance.tasks().get(task));
    }

    private void band(Lines lines, int look) {
        int t = drawn.get(look);
        lines.band(
                look,
                values(Balancing.Point::step),
                values(point -> point.tasks().get(t).least()),
                values(point -> point.tasks().get(t).most()));
    }

    private void draw(Lines lines) {
        for (int look = 0; look < drawn.size(); look++) {
            int t = drawn.get(look);
            lines.solid(
                    String.join("\n", legend(t)),
                    look,
                    values(Balancing.Point::step),
                    values(point -> value.of(point, t)));
        }
    }

    private double[] values(ToDoubleFunction<Balancing.Point> part) {
        return points.stream().mapToDouble(part).toArray();
    }

    private Foot foot(String bands) {
        List<String> notes = new ArrayList<>();
        if (isGrouped()) {
            notes.add("Lines: means of about %d batches each."
                            .formatted(points.get(0).batches())
                    + bands);
        }
        if (drawn.size() < balance.tasks().size()) {
            notes.add(chosen());
        }
        return new Foot.Notes(notes);
    }

    private String chosen() {
        return "Of %d tasks, the %d with the highest and the %d with the lowest mean."
                .formatted(balance.tasks().size(), TASKS / 2, TASKS / 2);
    }

    private String told(IntFunction<String> words) {
        String sentences = drawn.stream()
                .map(t -> " " + balance.tasks().get(t) + ": " + words.apply(t) + ".")
                .collect(Collectors.joining());
        return "%s per task by %s over %s.".formatted(what, balance.balancer(), balance.length())
                + (drawn.size() < balance.tasks().size() ? " " + chosen() : "")
                + sentences
                + " "
                + balance.cost();
    }

    private String weightOf(int task) {
        Balancing.Weighed weighed = balance.record().whole().tasks().get(task);
        return "first %s, last %s, mean %s"
                .formatted(
                        Table.number(balance.record().first().get(task)),
                        Table.number(balance.record().last().get(task)),
                        Table.number(weighed.mean()));
    }

    private String shareOf(int task) {
        Balancing.Point first = points.get(0);
        Balancing.Point last = points.get(points.size() - 1);
        return "first %s, last %s, in all %s"
                .formatted(
                        percent(value.of(first, task)),
                        percent(value.of(last, task)),
                        percent(value.of(balance.record().whole(), task)));
    }

    private static String percent(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.1f %%", value) : "none";
    }
}
