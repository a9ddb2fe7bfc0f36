package org.mtl4j.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.mtl4j.measure.DeltaMs;
import org.mtl4j.measure.Verdict;

/** Draws delta-m per way to train: one bar per way, its t interval as whiskers. */
final class DeltaMBars {

    private static final int NAME_LENGTH = 44; // characters of a line
    private static final int NAME_LINES = 3;

    private DeltaMBars() {}

    static Chart of(DeltaMs deltaMs) {
        List<IntervalBars.Row> rows = deltaMs.bars().stream()
                .map(bar -> new IntervalBars.Row(label(bar), bar.interval()))
                .toList();
        return new IntervalBars(rows)
                .chart(
                        "Delta-m of joint against single-task training",
                        "delta-m in % (right is better)",
                        foot(deltaMs),
                        told(deltaMs));
    }

    private static List<String> label(DeltaMs.Bar bar) {
        return Look.wrapped(bar.percents().isEmpty() ? bar.name() + ": no value" : bar.name(), NAME_LENGTH, NAME_LINES);
    }

    private static Foot foot(DeltaMs deltaMs) {
        List<String> notes = new ArrayList<>();
        notes.add("delta-m: mean relative change of the scores against single-task training.");
        if (deltaMs.bars().stream().anyMatch(bar -> bar.percents().size() > 1)) {
            notes.add("Whiskers: 95 % t interval over seeds; one that holds 0 leaves its way undecided.");
        }
        notes.add(deltaMs.summary());
        return new Foot.Notes(notes);
    }

    private static String told(DeltaMs deltaMs) {
        return deltaMs.bars().stream()
                .map(bar -> "%s: %s, %s.".formatted(bar.name(), bar.interval(), Verdict.of(bar.interval())))
                .collect(Collectors.joining(
                        " ",
                        "Delta-m of joint against single-task training in percent (positive is better). ",
                        " " + deltaMs.summary()));
    }
}
