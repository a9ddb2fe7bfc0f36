package org.mtl4j.measure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.mtl4j.show.Html;
import org.mtl4j.show.Show;
import org.mtl4j.show.Table;
import org.mtl4j.tensor.Gram;
import org.mtl4j.train.History;
import org.mtl4j.train.Probe;

/**
 * Where the gradients of tasks pointed against each other during a training: per pair of tasks, over all shared
 * parameters and per layer. Under soft sharing no parameter is shared: there the gradients by corresponding layers, each
 * task's by its own copy, are compared, and all that is printed says so.
 *
 * <p>A negative cosine is a conflict at one step, on one batch. It is no proof that learning together harms a task
 * (Jiang et al. 2023, ForkMerge, arXiv 2301.12618): {@link Transfer} measures that.
 */
public final class Conflict implements Show {

    /** Rows that the table prints of a block of pairs; of more, those with the lowest mean cosine. */
    public static final int ROWS = 20;

    private static final String NO_PROOF =
            "A low cosine is no proof of harm (Jiang et al., ForkMerge, arXiv 2301.12618): "
                    + "transfer(recipe) measures harm.";

    /** What to know where nothing is shared. */
    public static final String CORRESPONDING =
            "Corresponding layers: no parameter is shared; each task's gradient is by its own copy of a layer.";

    private final History history;
    private final List<PairConflict> pairs;
    private final Map<String, List<PairConflict>> layers;

    private Conflict(History history, List<PairConflict> pairs, Map<String, List<PairConflict>> layers) {
        this.history = history;
        this.pairs = List.copyOf(pairs);
        this.layers = layers;
    }

    /** The conflict in a training's probes. */
    public static Conflict of(History history) {
        Map<String, List<PairConflict>> layers = new LinkedHashMap<>();
        if (history.probes().isEmpty()) {
            return new Conflict(history, List.of(), layers);
        }
        for (int l = 0; l < history.layers().size(); l++) {
            int layer = l;
            List<Gram> grams = history.probes().stream()
                    .map(probe -> probe.layers().get(layer))
                    .toList();
            layers.put(history.layers().get(l), pairs(history, grams));
        }
        List<Gram> totals = history.probes().stream().map(Probe::total).toList();
        return new Conflict(history, pairs(history, totals), layers);
    }

    private static List<PairConflict> pairs(History history, List<Gram> grams) {
        List<PairConflict> pairs = new ArrayList<>();
        List<String> tasks = history.tasks();
        for (int i = 0; i < tasks.size(); i++) {
            for (int j = i + 1; j < tasks.size(); j++) {
                List<PairConflict.At> probes = new ArrayList<>();
                for (int k = 0; k < grams.size(); k++) {
                    int step = history.probes().get(k).step();
                    probes.add(new PairConflict.At(step, grams.get(k), i, j));
                }
                pairs.add(PairConflict.of(tasks.get(i), tasks.get(j), probes));
            }
        }
        return pairs;
    }

    /** The task names, in the recipe's order. */
    public List<String> tasks() {
        return history.tasks();
    }

    /** Which parameters the gradients are compared over. */
    public History.Compared compared() {
        return history.compared();
    }

    /** The words for all these parameters together: {@code all shared}. */
    public String together() {
        return compared() == History.Compared.SHARED ? "all shared" : "all corresponding";
    }

    /** The layers that are compared, from the input on. */
    public List<String> layers() {
        return history.layers();
    }

    /** Every pair of tasks, over all shared parameters; empty if nothing was probed. */
    public List<PairConflict> pairs() {
        return pairs;
    }

    /**
     * Every pair of tasks, over the parameters of one layer; empty if nothing was probed.
     *
     * @throws IllegalArgumentException if there is no such layer
     */
    public List<PairConflict> pairs(String layer) {
        if (!layers().contains(layer)) {
            throw new IllegalArgumentException(
                    "There is no compared layer '%s'.\nThe layers are %s.".formatted(layer, layers()));
        }
        return layers.getOrDefault(layer, List.of());
    }

    /**
     * One pair of tasks, over all shared parameters.
     *
     * @throws IllegalArgumentException if it was not probed
     */
    public PairConflict pair(String first, String second) {
        Set<String> wanted = new HashSet<>(List.of(first, second));
        return pairs.stream()
                .filter(pair -> Set.of(pair.first(), pair.second()).equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no probed pair '%s' / '%s'.\n%s"
                        .formatted(first, second, isWatched() ? "The tasks are " + tasks() + "." : absence())));
    }

    /** Whether there is a pair of tasks and a probe of it. */
    public boolean isWatched() {
        return !pairs.isEmpty();
    }

    /** How often it was probed and what that cost; or why there is nothing to show, and the remedy. */
    public String summary() {
        if (!isWatched()) {
            return absence();
        }
        double seconds = history.elapsed().toNanos() / 1e9;
        double share = seconds == 0 ? 0 : history.probing().toNanos() / 1e7 / seconds;
        String none = Double.isNaN(negativeShare()) ? "No probe had labels of two tasks. " : "";
        return String.format(
                Locale.ROOT,
                none + "Probed at %d of %d steps (every %d); the probes took %.1f %% of %.1f s.",
                history.probes().size(),
                steps(),
                every(),
                share,
                seconds);
    }

    /** The share of negative cosines among all probes of all pairs, in [0, 1]; NaN if none counts. */
    public double negativeShare() {
        long counted = 0;
        long negative = 0;
        for (PairConflict pair : pairs) {
            counted += pair.cosines().size();
            negative += pair.cosines().stream().filter(cosine -> cosine < 0).count();
        }
        return counted == 0 ? Double.NaN : (double) negative / counted;
    }

    private String absence() {
        if (history.tasks().size() < 2) {
            return "One task: conflict needs two.";
        }
        if (history.layers().isEmpty()) {
            return "No shared parameters: the tasks cannot conflict. Use hard(..), crossStitch(..) or mmoe(..) to share.";
        }
        if (history.watchEvery() == 0) {
            return "Conflict was not watched. Add .watchConflict(50) to the recipe and fit again.";
        }
        return "Conflict was not watched: the training ended after %d steps, before its first probe. Add .watchConflict(1) to the recipe and fit again."
                .formatted(steps());
    }

    private int steps() {
        int finished = history.epochs().isEmpty()
                ? 0
                : history.epochs().get(history.epochs().size() - 1).step();
        int probed = history.probes().isEmpty()
                ? 0
                : history.probes().get(history.probes().size() - 1).step() + 1;
        return Math.max(finished, probed);
    }

    private int every() {
        List<Probe> probes = history.probes();
        return probes.size() > 1 ? probes.get(1).step() - probes.get(0).step() : Math.max(1, history.watchEvery());
    }

    private Table table() {
        Table table = Table.titled("Gradient conflict")
                .columns("parameters", "tasks", "cosine", "negative", "magnitude similarity", "norm ratio", "probes");
        table = block(table, together(), pairs);
        for (Map.Entry<String, List<PairConflict>> layer : layers.entrySet()) {
            table = block(table, layer.getKey(), layer.getValue());
        }
        if (pairs.size() > ROWS) {
            table = table.note(
                    "Of %d pairs, the %d with the lowest mean cosine: .pairs() has all.".formatted(pairs.size(), ROWS));
        }
        int leftOut = pairs.stream().mapToInt(PairConflict::leftOut).max().orElse(0);
        if (leftOut > 0) {
            table = table.note("Left out: up to %d probes a pair in which a task had no labels, so no gradient."
                    .formatted(leftOut));
        }
        if (compared() == History.Compared.CORRESPONDING) {
            table = table.note(CORRESPONDING);
        }
        return table.note(
                        "Cosine and magnitude similarity: means. Norm ratio: geometric mean of ||first|| / ||second||.")
                .note(summary())
                .note(NO_PROOF);
    }

    private static Table block(Table table, String where, List<PairConflict> all) {
        List<PairConflict> shown = all.size() <= ROWS
                ? all
                : all.stream()
                        .sorted(Comparator.comparingDouble(PairConflict::meanCosine))
                        .limit(ROWS)
                        .toList();
        for (PairConflict pair : shown) {
            int counted = pair.steps().size();
            table = table.row(
                    where,
                    pair.name(),
                    signed(pair.meanCosine()),
                    counted == 0 ? "-" : String.format(Locale.ROOT, "%.0f %%", 100 * pair.negativeShare()),
                    pair.magnitudeSimilarity(),
                    pair.normRatio(),
                    counted + " of " + (counted + pair.leftOut()));
        }
        return table;
    }

    private static String signed(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%+.4f", value);
    }

    @Override
    public String toString() {
        return isWatched() ? table().toString() : absence();
    }

    @Override
    public String toHtml() {
        return isWatched() ? table().toHtml() : "<div>" + Html.escape(absence()) + "</div>";
    }
}
