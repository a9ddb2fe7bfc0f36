package org.mtl4j.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.mtl4j.show.Table;
import org.mtl4j.train.Epoch;
import org.mtl4j.train.History;

/** Draws what epochs left behind: losses and weights per task. */
final class EpochLines {

    /** Tasks that an alt text names; of more, it says how many. */
    private static final int TOLD = 8;

    private EpochLines() {}

    static Chart losses(History history) {
        List<String> tasks = history.tasks();
        List<Epoch> epochs = history.epochs();
        Lines lines = Lines.withLegend(names(tasks));
        drawLosses(lines, tasks, epochs);
        String best = "";
        String axis = "epoch";
        if (history.bestEpoch() > 0) {
            lines.vertical(history.bestEpoch());
            axis = "epoch (dotted line: best, %d)".formatted(history.bestEpoch());
            best = " Best epoch: %d, by %s.".formatted(history.bestEpoch(), history.criterion());
        }
        lines.across(axis, 1, Math.max(2, epochs.size()));
        return lines.chart(told("Loss", tasks, epochs) + best);
    }

    static Chart live(List<String> tasks, List<Epoch> epochs) {
        Lines lines = Lines.small(names(tasks));
        drawLosses(lines, tasks, epochs);
        lines.across("epoch", 1, Math.max(2, epochs.size()));
        return lines.chart(told("Loss", tasks, epochs));
    }

    static Chart weights(History history) {
        List<String> tasks = history.tasks();
        List<Epoch> epochs = history.epochs();
        Lines lines = Lines.withLegend(names(tasks));
        for (int t = 0; t < tasks.size(); t++) {
            lines.solid(name(tasks, t), t, numbers(epochs), values(epochs, Epoch::weights, t));
        }
        lines.title("Weight per task");
        lines.up("weight (mean over the epoch's steps)");
        lines.across("epoch", 1, Math.max(2, epochs.size()));
        return lines.chart(intro("Weight", epochs) + tasks(tasks, t -> fromTo(values(epochs, Epoch::weights, t))));
    }

    private static void drawLosses(Lines lines, List<String> tasks, List<Epoch> epochs) {
        for (int t = 0; t < tasks.size(); t++) {
            lines.solid(name(tasks, t), t, numbers(epochs), values(epochs, Epoch::trainLosses, t));
            lines.dashed(t, numbers(epochs), values(epochs, Epoch::validationLosses, t));
        }
        lines.title(
                epochs.size() == 1
                        ? "Loss per task: filled = training, plus = validation"
                        : "Loss per task: solid = training, dashed = validation");
        lines.up("loss (task units)");
    }

    private static String told(String what, List<String> tasks, List<Epoch> epochs) {
        return intro(what, epochs)
                + tasks(
                        tasks,
                        t -> "training " + fromTo(values(epochs, Epoch::trainLosses, t)) + ", validation "
                                + fromTo(values(epochs, Epoch::validationLosses, t)));
    }

    private static String intro(String what, List<Epoch> epochs) {
        return "%s per task over %d epoch%s.".formatted(what, epochs.size(), epochs.size() == 1 ? "" : "s");
    }

    private static String tasks(List<String> tasks, Function<Integer, String> sentence) {
        StringBuilder out = new StringBuilder();
        for (int t = 0; t < Math.min(TOLD, tasks.size()); t++) {
            out.append(' ')
                    .append(tasks.get(t))
                    .append(": ")
                    .append(sentence.apply(t))
                    .append('.');
        }
        return tasks.size() > TOLD
                ? out.append(" And %d more tasks.".formatted(tasks.size() - TOLD))
                        .toString()
                : out.toString();
    }

    private static String fromTo(double[] values) {
        double first = Double.NaN;
        double last = Double.NaN;
        for (double value : values) {
            first = Double.isNaN(first) ? value : first;
            last = Double.isNaN(value) ? last : value;
        }
        return Double.isNaN(first) ? "none" : Table.number(first) + " to " + Table.number(last);
    }

    private static List<String> names(List<String> tasks) {
        List<String> names = new ArrayList<>();
        for (int t = 0; t < tasks.size(); t++) {
            names.add(name(tasks, t));
        }
        return names;
    }

    private static String name(List<String> tasks, int t) {
        return Look.shortened(tasks.get(t));
    }

    private static double[] numbers(List<Epoch> epochs) {
        return epochs.stream().mapToDouble(Epoch::number).toArray();
    }

    private static double[] values(List<Epoch> epochs, Function<Epoch, List<Double>> part, int task) {
        return epochs.stream().mapToDouble(epoch -> part.apply(epoch).get(task)).toArray();
    }
}
