package org.mtl4j.measure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mtl4j.balance.Balancer;
import org.mtl4j.show.Html;
import org.mtl4j.show.Show;
import org.mtl4j.show.Table;
import org.mtl4j.train.Balancing;
import org.mtl4j.train.History;

/**
 * What a balancer did in a training: the weights that it gave, what became of the losses by them, and what it cost.
 *
 * <p>A batch is a step, but where {@code accumulate} gathers several. Weights multiply what {@code task(..).weight(a)} has
 * scaled; the weighted loss of task i is w_i a_i L_i, and its share is that over sum_j |w_j a_j L_j|.
 */
public final class Balance implements Show {

    private static final String NONE = "No step was taken, so the balancer did nothing.";

    private final Balancer balancer;
    private final History history;

    private Balance(Balancer balancer, History history) {
        this.balancer = balancer;
        this.history = history;
    }

    /** What this balancer did in the training of this record. */
    public static Balance of(Balancer balancer, History history) {
        return new Balance(balancer, history);
    }

    /** The balancer. */
    public Balancer balancer() {
        return balancer;
    }

    /** The task names, in the recipe's order. */
    public List<String> tasks() {
        return history.tasks();
    }

    /** The record: weights and weighted losses over the steps, iterations and times. */
    public Balancing record() {
        return history.balancing();
    }

    /** {@code 24 batches}. */
    public String length() {
        int batches =
                record().points().stream().mapToInt(Balancing.Point::batches).sum();
        return batches == 1 ? "1 batch" : batches + " batches";
    }

    /** Whether a step was taken. */
    public boolean isRecorded() {
        return !record().points().isEmpty();
    }

    /**
     * The share of the time of the steps that went into balancing, in [0, 1]: the Gram, the weights or the update, and the losses
     * after it; NaN if none was timed. Backward signals, of which there are more than one for it, are not in it.
     */
    public double timeShare() {
        return share(record().time().balancing());
    }

    private double share(Duration part) {
        return (double) part.toNanos() / record().time().steps().toNanos();
    }

    /** The share of time that balancing took, and for what; or why there is none. */
    public String cost() {
        if (!isRecorded()) {
            return NONE;
        }
        Balancing.Time time = record().time();
        if (time.steps().isZero()) {
            return "Balancing was not timed: the first batch, in which classes are loaded, was the only one.";
        }
        List<String> parts = new ArrayList<>();
        add(parts, time.sampling(), "two further batches");
        add(parts, time.gram(), "the Gram of the gradients");
        add(parts, time.hearing(), "the losses after the update");
        add(parts, time.weighing(), record().update() == Balancing.Update.OWN ? "its update" : "its weights");
        return String.format(
                        Locale.ROOT,
                        "Balancing took %s of the steps' %.2f s",
                        percent(timeShare()),
                        time.steps().toNanos() / 1e9)
                + (parts.size() > 1 ? ": " + String.join(", ", parts) + "." : ".")
                + (time.signals().isZero()
                        ? ""
                        : " Backward signals, one per task where equal() needs one in all, took another %s."
                                .formatted(percent(share(time.signals()))));
    }

    private void add(List<String> parts, Duration part, String what) {
        if (!part.isZero()) {
            parts.add(percent(share(part)) + " for " + what);
        }
    }

    private static String percent(double share) {
        return share < 0.001 ? "less than 0.1 %" : String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    private Table table() {
        Balancing.Point whole = record().whole();
        Table table = Table.titled("Balance by " + balancer)
                .columns("task", "first weight", "last", "mean", "lowest", "highest", "share of loss", "weight 0");
        for (int t = 0; t < tasks().size(); t++) {
            Balancing.Weighed weighed = whole.tasks().get(t);
            table = table.row(
                    tasks().get(t),
                    record().first().get(t),
                    record().last().get(t),
                    weighed.mean(),
                    weighed.least(),
                    weighed.most(),
                    whole(whole.share(t)),
                    whole((double) weighed.zeros() / whole.batches()));
        }
        if (record().update() == Balancing.Update.OWN) {
            table = table.note(
                    "The update of the shared parameters is %s's own, made of the gradients: these weights alone do not say it."
                            .formatted(balancer));
        }
        table = table.note(
                "Over %s. Share of loss: w L of all of them over the sum of |w L|, with the task's own weight in L."
                        .formatted(length()));
        if (whole.iterations() > 0) {
            table = table.note(String.format(
                    Locale.ROOT,
                    "Its solver took %.1f iterations a batch, at most %d.",
                    (double) whole.iterations() / whole.batches(),
                    whole.mostIterations()));
        }
        return table.note(cost());
    }

    private static String whole(double share) {
        return Double.isFinite(share) ? String.format(Locale.ROOT, "%.0f %%", 100 * share) : "-";
    }

    @Override
    public String toString() {
        return isRecorded() ? table().toString() : NONE;
    }

    @Override
    public String toHtml() {
        return isRecorded() ? table().toHtml() : "<div>" + Html.escape(NONE) + "</div>";
    }
}
