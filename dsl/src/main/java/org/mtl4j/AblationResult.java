package org.mtl4j;

import org.dflib.DataFrame;
import org.mtl4j.show.Show;
import org.mtl4j.show.Table;
import org.mtl4j.study.Effect;
import org.mtl4j.study.Frames;
import org.mtl4j.study.Results;

/**
 * What a study found: every task in every cell against the same task trained alone. Immutable; prints itself as a table.
 */
public final class AblationResult implements Show {

    private final Results results;

    AblationResult(Results results) {
        this.results = results;
    }

    /** One row per task of each cell, as a DFLib data frame. */
    public DataFrame table() {
        return Frames.effects(results);
    }

    /** One row per training, failed ones too, as a DFLib data frame. */
    public DataFrame trials() {
        return Frames.trials(results);
    }

    private Table summary() {
        Table table = Table.titled("Ablation").columns("cell", "task", "metric", "single", "joint", "difference");
        for (Effect effect : results.effects()) {
            table = table.row(
                    effect.cell().toString(),
                    effect.task().name(),
                    effect.transfer().metric().toString(),
                    effect.transfer().meanSingle(),
                    effect.transfer().meanJoint(),
                    effect.transfer().interval().toString());
        }
        return table;
    }

    @Override
    public String toString() {
        return summary().toString();
    }

    @Override
    public String toHtml() {
        return summary().toHtml();
    }
}
