package org.mtl4j.measure;

import java.util.List;
import org.mtl4j.show.Show;
import org.mtl4j.show.Table;

/**
 * Delta-m of several ways to train, each against single-task training.
 *
 * @param bars one per way, in the order to print
 * @see DeltaM
 */
public record DeltaMs(List<Bar> bars) implements Show {

    /**
     * Delta-m of one way.
     *
     * @param name the way, such as {@code hard(mlp(64)), pcgrad()}
     * @param percents one per seed, positive is better; finite; none if every training failed
     */
    public record Bar(String name, List<Double> percents) {

        public Bar {
            if (name.isBlank()) {
                throw new IllegalArgumentException(
                        "A way to train has no name.\nName it as it differs, such as \"pcgrad()\".");
            }
            percents = Gains.finite("delta-m of '%s'".formatted(name), percents);
        }

        /** The mean with its t interval over seeds, in percent. */
        public Interval interval() {
            return Interval.of(percents);
        }

        /** {@code pcgrad(): delta-m in percent +1.2500 [+0.1000, +2.4000] (95 % t, n = 5)}. */
        @Override
        public String toString() {
            return "%s: delta-m in percent %s".formatted(name, interval());
        }
    }

    public DeltaMs {
        bars = List.copyOf(bars);
        if (bars.isEmpty()) {
            throw new IllegalArgumentException("delta-m of no way to train.\nName one way or more.");
        }
        for (int i = 0; i < bars.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (bars.get(i).name().equals(bars.get(j).name())) {
                    throw new IllegalArgumentException("Two ways to train are named '%s'.\nName each as it differs."
                            .formatted(bars.get(i).name()));
                }
            }
        }
    }

    /** One sentence: seeds, ways, and how many of them show a gain, harm, neither. */
    public String summary() {
        return Gains.summary("way", bars.stream().map(Bar::interval).toList());
    }

    private Table table() {
        Table table = Table.titled("Delta-m against single-task training, in percent")
                .columns("way to train", "delta-m % (positive is better)", "verdict");
        for (Bar bar : bars) {
            Interval interval = bar.interval();
            table = table.row(bar.name(), interval.toString(), Verdict.of(interval));
        }
        return table.note("delta-m: the mean over the scores of their relative change against single-task training.")
                .note(summary());
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
