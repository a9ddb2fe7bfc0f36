package org.mtl4j;

import org.dflib.DataFrame;
import org.mtl4j.balance.Balancer;
import org.mtl4j.chart.Charts;
import org.mtl4j.measure.ConflictTransfer;
import org.mtl4j.measure.DeltaMs;
import org.mtl4j.measure.Scarcity;
import org.mtl4j.measure.TransferMatrix;
import org.mtl4j.sharing.Sharing;
import org.mtl4j.show.Show;
import org.mtl4j.show.Table;
import org.mtl4j.study.Findings;
import org.mtl4j.study.Frames;
import org.mtl4j.study.Overview;
import org.mtl4j.study.Results;
import org.mtl4j.task.Task;

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

    /** What each task gains from each other one, in the study's first way to share and to balance. */
    public Charted<TransferMatrix> transfer() {
        return transfer(results.design().axes().balancers().get(0));
    }

    /** What each task gains from each other one, balanced in this way, in the study's first way to share. */
    public Charted<TransferMatrix> transfer(Balancer balancer) {
        return matrix(results.design().axes().sharings().get(0), balancer);
    }

    /** What each task gains from each other one, shared and balanced in this way. */
    public Charted<TransferMatrix> transfer(Architecture architecture, Balancer balancer) {
        return matrix(architecture.sharing(), balancer);
    }

    private Charted<TransferMatrix> matrix(Sharing sharing, Balancer balancer) {
        return new Charted<>(Findings.transfer(results, sharing, balancer), Charts::transferMatrix);
    }

    /** Delta-m of each way to train all tasks. */
    public Charted<DeltaMs> deltaM() {
        return new Charted<>(Findings.deltaM(results), Charts::deltaM);
    }

    /** What a task gains from joint training as its labels get fewer. */
    public Charted<Scarcity> scarcity(Task<?> task) {
        return new Charted<>(Findings.scarcity(results, task), Charts::scarcity);
    }

    /** Gradient conflict beside gain, for every task in every cell in which conflict was probed. */
    public Charted<ConflictTransfer> conflict() {
        return new Charted<>(Findings.conflict(results), Charts::conflictTransfer);
    }

    private Table summary() {
        return Overview.of(results);
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
