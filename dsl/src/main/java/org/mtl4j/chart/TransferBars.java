package org.mtl4j.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mtl4j.measure.Interval;
import org.mtl4j.measure.TaskTransfer;
import org.mtl4j.measure.Transfer;

/**
 * Draws the gain of joint over single-task training: one bar per task, its t interval as whiskers.
 *
 * <p>Gains of several units cannot share an axis: unless all have one metric in [0, 1], a gain is drawn in percent of the
 * size of the mean single-task score.
 */
final class TransferBars {

    private final Transfer transfer;
    private final boolean relative;

    private TransferBars(Transfer transfer) {
        this.transfer = transfer;
        List<TaskTransfer> tasks = transfer.tasks();
        this.relative = tasks.size() > 1
                && (tasks.stream().map(TaskTransfer::metric).distinct().count() > 1
                        || !tasks.get(0).metric().higherIsBetter());
    }

    static Chart of(Transfer transfer) {
        return new TransferBars(transfer).chart();
    }

    private Chart chart() {
        List<IntervalBars.Row> rows = transfer.tasks().stream()
                .map(task -> new IntervalBars.Row(List.of(label(task)), interval(task)))
                .toList();
        String title = "Joint against single-task training, %d seed%s"
                .formatted(transfer.seeds().size(), transfer.seeds().size() == 1 ? "" : "s");
        return new IntervalBars(rows).chart(title, axis(), Foot.Notes.NONE, told());
    }

    private Interval interval(TaskTransfer task) {
        Interval interval = task.interval();
        double scale = relative ? 100 / Math.abs(task.meanSingle()) : 1;
        return new Interval(
                interval.mean() * scale,
                interval.low() * scale,
                interval.high() * scale,
                interval.level(),
                interval.n());
    }

    private static String label(TaskTransfer task) {
        return "%s, %s: %s".formatted(Look.shortened(task.task()), task.metric().name(), task.verdict());
    }

    private String axis() {
        String unit = relative
                ? "% of the single-task score"
                : transfer.tasks().get(0).metric().name();
        String whiskers = transfer.seeds().size() > 1 ? ", whiskers: 95 % t interval" : ", one seed: no interval";
        return "gain of joint training (" + unit + "; right is better)" + whiskers;
    }

    private String told() {
        List<String> sentences = new ArrayList<>();
        sentences.add("Gain of joint over single-task training (positive is better).");
        for (TaskTransfer task : transfer.tasks()) {
            sentences.add(String.format(
                    Locale.ROOT,
                    "%s, %s: %s, %s.",
                    task.task(),
                    task.metric().name(),
                    task.interval(),
                    task.verdict()));
        }
        sentences.add("The intervals cover " + transfer.covers() + ".");
        return String.join(" ", sentences);
    }
}
