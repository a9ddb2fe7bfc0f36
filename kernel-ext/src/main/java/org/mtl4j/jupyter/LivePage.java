package org.mtl4j.jupyter;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.mtl4j.chart.Charts;
import org.mtl4j.show.Html;
import org.mtl4j.show.Table;
import org.mtl4j.train.Ending;
import org.mtl4j.train.Epoch;
import org.mtl4j.train.History;
import org.mtl4j.train.TrainingListener.Progress;
import org.mtl4j.train.TrainingListener.Started;

/** The states of a live view as HTML that reads in light and dark themes, and as text. */
final class LivePage {

    private static final String FRAME = "font:13px/1.6 system-ui,sans-serif;max-width:44em";
    private static final String TRACK = "height:8px;border-radius:4px;margin:.3em 0;background:rgba(128,128,128,.25)";
    private static final String BAR = "height:8px;border-radius:4px;background:#2f7ebc;width:";

    private LivePage() {}

    /** A training under way: bar, place, time left, losses per task. */
    static Bundle running(Started plan, Progress now) {
        double fraction = now.steps() == 0 ? 0 : Math.min(1, (double) now.step() / now.steps());
        String place = String.format(
                Locale.ROOT,
                "epoch %d of %d, step %,d of %,d, %s steps/s, %s left",
                now.epoch(),
                plan.epochs(),
                now.step(),
                now.steps(),
                rate(now.stepsPerSecond()),
                Times.words(now.remaining()));
        return page(plan.title(), bar(fraction), place, losses(plan, now), picture(plan, now.epochs()));
    }

    /** The losses so far as a small chart, once there is a line to draw. An ended run draws its own, so it ends without. */
    private static String picture(Started plan, List<Epoch> epochs) {
        return epochs.size() < 2 ? "" : Charts.live(plan.tasks(), epochs).toHtml();
    }

    private static String rate(double stepsPerSecond) {
        return String.format(Locale.ROOT, stepsPerSecond < 10 ? "%.1f" : "%,.0f", stepsPerSecond);
    }

    private static Table losses(Started plan, Progress now) {
        Table table = Table.titled("").columns("task", "training loss", "validation loss", "weight");
        List<Double> validation =
                now.epochs().isEmpty() ? List.of() : last(now.epochs()).validationLosses();
        for (int t = 0; t < plan.tasks().size(); t++) {
            table = table.row(plan.tasks().get(t), at(now.losses(), t), at(validation, t), at(now.weights(), t));
        }
        return Double.isNaN(now.conflictShare())
                ? table
                : table.note(String.format(
                        Locale.ROOT,
                        "%.0f %% of the gradient cosines between tasks were negative so far",
                        100 * now.conflictShare()));
    }

    /** A training that ended, and how: static, with the losses of the epoch that was kept. */
    static Bundle ended(Started plan, History history) {
        Table table = Table.titled("").columns("task", "training loss", "validation loss");
        List<Epoch> kept = history.epochs().stream()
                .filter(epoch -> epoch.number() == history.bestEpoch())
                .toList();
        for (int t = 0; t < history.tasks().size() && !kept.isEmpty(); t++) {
            table = table.row(
                    history.tasks().get(t),
                    at(kept.get(0).trainLosses(), t),
                    at(kept.get(0).validationLosses(), t));
        }
        return page(plan.title(), "", ending(plan, history), kept.isEmpty() ? Table.titled("") : table);
    }

    /** A training that said nothing any more: an exception ended it, which the cell shows. */
    static Bundle died(String title) {
        return page(title, "", "Stopped by an exception; nothing is kept.", Table.titled(""));
    }

    private static String ending(Started plan, History history) {
        String epochs = count(history.epochs().size(), "epoch") + " in " + Times.words(history.elapsed());
        String kept = history.bestEpoch() == 0
                ? "no epoch was finished"
                : "epoch " + history.bestEpoch() + " is kept (" + history.criterion() + ")";
        Ending ending = history.ending();
        if (ending instanceof Ending.Interrupted) {
            return "Interrupted after %d of %s, %s; %s."
                    .formatted(
                            history.epochs().size(),
                            count(plan.epochs(), "epoch"),
                            Times.words(history.elapsed()),
                            kept);
        }
        if (ending instanceof Ending.Diverged diverged) {
            return diverged.message() + " " + sentence(kept);
        }
        if (ending instanceof Ending.Failed failed) {
            return "Stopped by an exception after " + epochs + ": " + failed.message();
        }
        if (ending instanceof Ending.EarlyStopped early) {
            return "Stopped early: no improvement for %s. %s; %s."
                    .formatted(count(early.patience(), "epoch"), epochs, kept);
        }
        return epochs + "; " + kept + ".";
    }

    /** Several trainings under way. */
    static Bundle job(String name, String place, double fraction, Duration remaining) {
        String left = remaining.isZero() ? "" : ", " + Times.words(remaining) + " left";
        return page(name, bar(fraction), place + left, Table.titled(""));
    }

    /** Several trainings that ended. */
    static Bundle jobEnded(String name, String line, List<String> diverged) {
        Table notes = Table.titled("");
        for (String message : diverged) {
            notes = notes.note(message);
        }
        return page(name, "", line, notes);
    }

    private static Bundle page(String title, String bar, String line, Table table) {
        return page(title, bar, line, table, "");
    }

    private static Bundle page(String title, String bar, String line, Table table, String picture) {
        boolean hasTable = !table.toString().isEmpty();
        String html = "<div style=\"" + FRAME + "\"><b>" + Html.escape(title) + "</b><div>"
                + Html.escape(line).lines().collect(Collectors.joining("<br>")) + "</div>" + bar
                + (hasTable ? table.toHtml() : "") + picture + "</div>";
        String text = title + ": " + line + (hasTable ? "\n" + table : "");
        return Bundle.html(html, text);
    }

    private static String bar(double fraction) {
        String percent = String.format(Locale.ROOT, "%.1f", 100 * fraction);
        return "<div role=\"progressbar\" aria-valuemin=\"0\" aria-valuemax=\"100\" aria-valuenow=\"" + percent
                + "\" style=\"" + TRACK + "\"><div style=\"" + BAR + percent + "%\"></div></div>";
    }

    /** The number with its noun: 1 epoch, 2 epochs. */
    static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    private static String sentence(String clause) {
        return Character.toUpperCase(clause.charAt(0)) + clause.substring(1) + ".";
    }

    private static double at(List<Double> values, int index) {
        return index < values.size() ? values.get(index) : Double.NaN;
    }

    private static Epoch last(List<Epoch> epochs) {
        return epochs.get(epochs.size() - 1);
    }
}
