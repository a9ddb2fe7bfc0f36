package org.mtl4j.measure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.mtl4j.fitted.Metric;
import org.mtl4j.fitted.Score;
import org.mtl4j.show.Show;
import org.mtl4j.show.Table;

/**
 * Delta-m: the mean relative change of joint against single-task scores, in percent; positive is better.
 *
 * <p>delta-m = 100/n sum_i s_i (M_i - B_i) / B_i, with M_i the joint score, B_i the single-task baseline, s_i = 1 if
 * higher is better and -1 if lower is (Maninis, Radosavovic and Kokkinos 2019, Attentive Single-Tasking of Multiple
 * Tasks). The Nash-MTL code reports the drop, {@code -percent()}. Where tasks have several metrics,
 * {@link #percentByTask()} averages within a task first, as LibMTL does.
 *
 * @param terms one term per task and metric
 */
public record DeltaM(List<Term> terms) implements Show {

    /**
     * The relative change of one score.
     *
     * @param task the task's name
     * @param metric what was measured
     * @param single the single-task baseline, not 0
     * @param joint the score of joint training
     */
    public record Term(String task, Metric metric, double single, double joint) {

        public Term {
            if (single == 0 || !Double.isFinite(single) || !Double.isFinite(joint)) {
                throw new IllegalArgumentException(
                        "Task '%s': delta-m divides by the single-task %s, which is %s (joint: %s); both must be finite, the baseline not 0.\nLeave this metric out, or take one that is positive."
                                .formatted(task, metric.name(), single, joint));
            }
        }

        /** 100 s (M - B) / B. */
        public double percent() {
            return 100 * metric.gain(single, joint) / single;
        }
    }

    public DeltaM {
        terms = List.copyOf(terms);
        if (terms.isEmpty()) {
            throw new IllegalArgumentException("delta-m of no scores.\nName one score or more.");
        }
    }

    /**
     * Delta-m of joint scores against single-task scores.
     *
     * @param single the baseline
     * @param joint a score for each task and metric of the baseline, in any order
     * @throws IllegalArgumentException if the two lists name other tasks or metrics, or a baseline is 0
     */
    public static DeltaM of(List<Score> single, List<Score> joint) {
        if (single.size() != joint.size()) {
            throw new IllegalArgumentException(
                    "delta-m: %d single-task scores but %d joint scores.\nGive both for each task and metric."
                            .formatted(single.size(), joint.size()));
        }
        List<Term> terms = new ArrayList<>();
        for (Score baseline : single) {
            Score score = joint.stream()
                    .filter(each ->
                            each.task().equals(baseline.task()) && each.metric().equals(baseline.metric()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "Task '%s': there is a single-task %s but no joint one.\nGive both for each task and metric."
                                    .formatted(
                                            baseline.task(), baseline.metric().name())));
            terms.add(new Term(baseline.task(), baseline.metric(), baseline.value(), score.value()));
        }
        return new DeltaM(terms);
    }

    /** The mean over all terms, in percent; positive is better. */
    public double percent() {
        return terms.stream().mapToDouble(Term::percent).average().orElseThrow();
    }

    /** The mean over tasks of the mean within a task, in percent; positive is better. */
    public double percentByTask() {
        Map<String, Double> means = terms.stream()
                .collect(Collectors.groupingBy(
                        Term::task, LinkedHashMap::new, Collectors.averagingDouble(Term::percent)));
        return means.values().stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElseThrow();
    }

    /** One sentence with the value and its baseline. */
    public String sentence() {
        String baseline = terms.stream()
                .map(term -> term.task() + " " + term.metric().name() + " " + Table.number(term.single()))
                .collect(Collectors.joining(", "));
        return String.format(Locale.ROOT, "delta-m %+.2f %% (positive is better), baseline: %s.", percent(), baseline);
    }

    private Table table() {
        Table table = Table.titled(String.format(Locale.ROOT, "delta-m %+.2f %% (positive is better)", percent()))
                .columns("task", "metric", "single", "joint", "change %");
        for (Term term : terms) {
            String change = String.format(Locale.ROOT, "%+.2f", term.percent());
            table = table.row(term.task(), term.metric().toString(), term.single(), term.joint(), change);
        }
        if (terms.stream().map(Term::task).distinct().count() < terms.size()) {
            table = table.note(
                    String.format(Locale.ROOT, "Averaged within each task first: %+.2f %%.", percentByTask()));
        }
        for (Term term : terms) {
            if (term.single() < 0) {
                table = table.note(
                        "Task '%s': the baseline %s is negative, which turns the sign of its change: leave it out."
                                .formatted(term.task(), term.metric().name()));
            }
        }
        return table;
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
