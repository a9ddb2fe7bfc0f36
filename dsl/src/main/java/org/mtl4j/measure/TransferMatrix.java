package org.mtl4j.measure;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mtl4j.fitted.Metric;
import org.mtl4j.show.Show;
import org.mtl4j.show.Table;

/**
 * What each task gains from training with each other one: gain of task j from task i, for all pairs.
 *
 * @param tasks the tasks, in the order of rows and columns
 * @param entries one per ordered pair that was measured; a pair without one was not
 * @param basis what a gain is the difference of, in words
 */
public record TransferMatrix(List<String> tasks, List<Entry> entries, String basis) implements Show {

    /** The basis of gains in pairs. */
    public static final String PAIR = "trained in a pair, minus trained alone";

    /** The basis of gains by leaving one task out. */
    public static final String LEAVE_ONE_OUT = "trained with all tasks, minus trained with all but this one";

    /**
     * The gain of one task from another.
     *
     * @param from the task that helps or harms
     * @param to the task whose score is compared
     * @param metric the score
     * @param gains one per seed, positive is better; finite; none if every training failed
     */
    public record Entry(String from, String to, Metric metric, List<Double> gains) {

        public Entry {
            if (from.equals(to)) {
                throw new IllegalArgumentException("Task '%s' cannot gain from itself.\nName two tasks.".formatted(to));
            }
            gains = Gains.finite("A gain of task '%s' from task '%s'".formatted(to, from), gains);
        }

        /** The mean gain with its t interval over seeds. */
        public Interval interval() {
            return Interval.of(gains);
        }

        /** {@code income from age, AUC: +0.0740 [+0.0100, +0.1380] (95 % t, n = 8)}. */
        @Override
        public String toString() {
            return "%s from %s, %s: %s".formatted(to, from, metric.name(), interval());
        }
    }

    public TransferMatrix {
        tasks = List.copyOf(tasks);
        entries = List.copyOf(entries);
        if (tasks.size() < 2 || new HashSet<>(tasks).size() < tasks.size()) {
            throw new IllegalArgumentException(
                    "A transfer matrix of the tasks %s.\nName two tasks or more, each once.".formatted(tasks));
        }
        Set<List<String>> pairs = new HashSet<>();
        for (Entry entry : entries) {
            if (!tasks.contains(entry.from()) || !tasks.contains(entry.to())) {
                throw new IllegalArgumentException("There is no task '%s' in the transfer matrix.\nThe tasks are %s."
                        .formatted(tasks.contains(entry.to()) ? entry.from() : entry.to(), tasks));
            }
            if (!pairs.add(List.of(entry.from(), entry.to()))) {
                throw new IllegalArgumentException("Two entries say what task '%s' gains from task '%s'.\nGive one."
                        .formatted(entry.to(), entry.from()));
            }
        }
        checkMetrics(tasks, entries);
    }

    private static void checkMetrics(List<String> tasks, List<Entry> entries) {
        for (String task : tasks) {
            List<String> metrics = entries.stream()
                    .filter(entry -> entry.to().equals(task))
                    .map(entry -> entry.metric().name())
                    .distinct()
                    .toList();
            if (metrics.size() > 1) {
                throw new IllegalArgumentException("Task '%s': gains in %s cannot share a row.\nGive one metric a task."
                        .formatted(task, String.join(" and ", metrics)));
            }
        }
    }

    /** The entry of one pair; empty if it was not measured. */
    public Optional<Entry> entry(String from, String to) {
        return entries.stream()
                .filter(each -> each.from().equals(from) && each.to().equals(to))
                .findFirst();
    }

    /** The metric of a task's gains; empty if none was measured. */
    public Optional<Metric> metric(String task) {
        return entries.stream()
                .filter(each -> each.to().equals(task))
                .map(Entry::metric)
                .findFirst();
    }

    /** One sentence: seeds, pairs, and how many of them show a gain, harm, neither. */
    public String summary() {
        return Gains.summary("pair", entries.stream().map(Entry::interval).toList());
    }

    private Table table() {
        List<String> columns = new ArrayList<>(List.of("gain of", "metric"));
        tasks.forEach(task -> columns.add("from " + task));
        Table table = Table.titled("Transfer matrix: what each task gains from each other one (positive is better)")
                .columns(columns.toArray(String[]::new));
        for (String to : tasks) {
            List<Object> row = new ArrayList<>();
            row.add(to);
            row.add(metric(to).map(Metric::toString).orElse("not measured"));
            tasks.forEach(from -> row.add(cell(from, to)));
            table = table.row(row.toArray());
        }
        table = table.note("A gain: " + basis + ". * marks a mean whose 95 % t interval excludes 0.")
                .note(summary());
        if (entries.size() < tasks.size() * (tasks.size() - 1)) {
            table = table.note("-: the task itself, a pair that was not measured, or one whose trainings all failed.");
        }
        return table;
    }

    private String cell(String from, String to) {
        return entry(from, to)
                .map(Entry::interval)
                .filter(interval -> interval.n() > 0)
                .map(interval -> signed(interval.mean()) + (interval.excludesZero() ? " *" : ""))
                .orElse("-");
    }

    private static String signed(double value) {
        String text = Table.number(value);
        return value < 0 ? text : "+" + text;
    }

    @Override
    public String toString() {
        return table().toString();
    }

    @Override
    public String toHtml() {
        return table().toHtml();
    }
}
