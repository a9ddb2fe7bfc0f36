package org.mtl4j.data;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.mtl4j.data.TargetColumn.Classes;
import org.mtl4j.data.TargetColumn.Marks;
import org.mtl4j.show.Show;
import org.mtl4j.show.Table;
import org.mtl4j.tensor.Shape;

/**
 * Data in three parts: a rule and a seed. Immutable; the parts are drawn once, when first asked for. Prints itself as a
 * table.
 *
 * <pre>{@code
 * var split = data.split(0.7, 0.15, 0.15).seed(7).by("day").labels(casual, 100);
 * }</pre>
 *
 * <p>The same seed gives the same rows on every JDK: draws use {@link java.util.SplittableRandom#nextLong()} alone.
 */
public final class Split implements Show {

    /** The seed of a split that names none. */
    public static final long DEFAULT_SEED = 1;

    private final SplitRule rule;
    private final long seed;
    private final Map<String, Integer> labels;
    private final Shape.@Nullable Image images;
    private @Nullable Parts parts; // drawn when first asked for, under this object's lock

    private Split(SplitRule rule, long seed, Map<String, Integer> labels, Shape.@Nullable Image images) {
        this.rule = rule;
        this.seed = seed;
        this.labels = labels;
        this.images = images;
    }

    private static Split of(SplitRule rule, long seed) {
        return new Split(rule, seed, Map.of(), null);
    }

    /** Three given parts: every seed keeps them, and draws only label subsets again. */
    public static Split of(MultiTaskData train, MultiTaskData validation, MultiTaskData test) {
        return of(new SplitRule.Given(new Parts(train, validation, test)), DEFAULT_SEED);
    }

    /**
     * Parts that a generator makes of each seed, for data whose parts must be disjoint at their source.
     *
     * @param description the rule in words, as the table prints it
     * @param generator answers equal parts for equal seeds
     */
    public static Split drawn(String description, long seed, LongFunction<Parts> generator) {
        return of(new SplitRule.Drawn(description, generator), seed);
    }

    static Split fractions(MultiTaskData data, double train, double validation, double test) {
        Shares shares = new Shares(train, validation, test);
        return of(new SplitRule.Fractions(data, shares, new Unit.Row()), DEFAULT_SEED);
    }

    /** This split with other rows: the rule of this seed. */
    public Split seed(long other) {
        return new Split(rule, other, labels, images);
    }

    /** The same recipe with another seed: what repeated runs split by. Given parts stay; label subsets are redrawn. */
    public Split redraw(long other) {
        return seed(other);
    }

    /**
     * This split with whole groups in one part: no day, patient or user is in two.
     *
     * @param groupColumn a group column of the data
     */
    public Split by(String groupColumn) {
        SplitRule.Fractions fractions = fractions("by(\"" + groupColumn + "\")");
        if (fractions.unit() instanceof Unit.Stratum) {
            throw together();
        }
        fractions.data().group(groupColumn);
        return new Split(
                new SplitRule.Fractions(fractions.data(), fractions.shares(), new Unit.Group(groupColumn)),
                seed,
                labels,
                images);
    }

    /** This split with the same share of each of the target's classes in every part. */
    public Split stratified(Target<?> target) {
        SplitRule.Fractions fractions = fractions("stratified(" + target.name() + ")");
        if (fractions.unit() instanceof Unit.Group) {
            throw together();
        }
        rule.require(target);
        TargetColumn column = fractions.data().target(target.name());
        if (!(column instanceof Classes)) {
            throw new IllegalArgumentException(
                    "Task '%s' holds %s: stratified(..) keeps the shares of classes.\nStratify by a class task, or leave it out."
                            .formatted(target.name(), column instanceof Marks ? "labels" : "real numbers"));
        }
        return new Split(
                new SplitRule.Fractions(fractions.data(), fractions.shares(), new Unit.Stratum(target.name())),
                seed,
                labels,
                images);
    }

    private SplitRule.Fractions fractions(String wanted) {
        if (rule instanceof SplitRule.Fractions fractions) {
            return fractions;
        }
        throw new IllegalArgumentException(
                "%s needs one table of rows to split, but this split has %s.\nCall it on data.split(0.7, 0.15, 0.15)."
                        .formatted(wanted, rule.text()));
    }

    private static IllegalArgumentException together() {
        return new IllegalArgumentException("A split by group cannot be stratified too: whole groups stay together.\n"
                + "Choose .by(..) or .stratified(..).");
    }

    /**
     * This split with only n labels of the target left in the training part, drawn by the seed; rows and other labels
     * stay. Fewer labels are a subset of more: {@code labels(casual, 100)} keeps 100 of the 300 that {@code labels(casual,
     * 300)} keeps.
     *
     * @throws IllegalArgumentException when the parts are drawn, if fewer labels exist
     */
    public Split labels(Target<?> target, int n) {
        if (n < 1) {
            throw new IllegalArgumentException(
                    "Task '%s': labels(.., %d) leaves nothing to learn from.\nKeep at least 1 label, or leave the task out."
                            .formatted(target.name(), n));
        }
        rule.require(target);
        Map<String, Integer> more = new LinkedHashMap<>(labels);
        more.put(target.name(), n);
        return new Split(rule, seed, more, images);
    }

    /**
     * This split with its one input read as images: columns are pixels, channel by channel, row by row.
     *
     * @throws IllegalArgumentException when the parts are drawn, if the columns are not as many as the pixels
     */
    public Split images(int channels, int height, int width) {
        return new Split(rule, seed, labels, new Shape.Image(channels, height, width));
    }

    /** The seed that the rows are drawn by. */
    public long seed() {
        return seed;
    }

    /** The part that parameters and standardisation are fitted on. */
    public MultiTaskData train() {
        return parts().train();
    }

    /** The part that chooses epochs and rates. */
    public MultiTaskData validation() {
        return parts().validation();
    }

    /** The part that is reported. */
    public MultiTaskData test() {
        return parts().test();
    }

    /** The three parts. */
    public synchronized Parts parts() {
        if (parts == null) {
            Parts drawn = read(rule.draw(seed));
            MultiTaskData train = drawn.train();
            for (var kept : labels.entrySet()) {
                train = keep(train, kept.getKey(), kept.getValue());
            }
            parts = labels.isEmpty() ? drawn : drawn.train(train);
        }
        return parts;
    }

    private Parts read(Parts drawn) {
        return images == null
                ? drawn
                : new Parts(
                        drawn.train().images(images),
                        drawn.validation().images(images),
                        drawn.test().images(images));
    }

    private MultiTaskData keep(MultiTaskData train, String name, int n) {
        TargetColumn target = train.target(name);
        if (target.labelled() < n) {
            throw new IllegalArgumentException(
                    "Task '%s': labels(.., %s) but the training part has %s labels of it.\nKeep at most %s, or give the training part a larger share."
                            .formatted(
                                    name,
                                    DataRules.count(n),
                                    DataRules.count(target.labelled()),
                                    DataRules.count(target.labelled())));
        }
        BitSet kept = new BitSet(train.rows());
        for (int row : Shuffle.order(train.rows(), Shuffle.generator(seed, "labels " + name))) {
            if (target.isLabelled(row) && kept.cardinality() < n) {
                kept.set(row);
            }
        }
        return train.replace(Map.of(), Map.of(name, target.keep(kept)));
    }

    /**
     * Checks that every target is a column of its kind, has a training label, and has no class in the validation or test
     * part that no training row shows.
     *
     * @return this
     */
    public Split requireTargets(List<? extends Target<?>> targets) {
        Requirements.trainable(parts(), targets);
        return this;
    }

    private Table table() {
        Parts drawn = parts();
        Origin origin = rule.origin(drawn);
        Table table = Table.titled(origin.title().isEmpty() ? "Split" : origin.title())
                .columns("part", "rows", "target", "labelled", "values");
        table = rows(table, "train", drawn.train());
        table = rows(table, "validation", drawn.validation());
        table = rows(table, "test", drawn.test());
        StringBuilder text = new StringBuilder("Split: ").append(rule.text());
        labels.forEach((name, n) -> text.append("; %s training labels of '%s'".formatted(DataRules.count(n), name)));
        table = table.note(text.append("; seed ").append(seed).append('.').toString());
        for (String line : DataTable.columns(drawn.train())) {
            table = table.note(line);
        }
        for (String line : origin.lines()) {
            table = table.note(line);
        }
        return table;
    }

    private static Table rows(Table table, String part, MultiTaskData data) {
        Table more = table;
        String rows = DataRules.count(data.rows());
        for (String name : data.targets()) {
            TargetColumn target = data.target(name);
            more = more.row(part, rows, name, DataRules.count(target.labelled()), DataTable.values(target));
        }
        return more;
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
