package org.mtl4j;

import org.dflib.DataFrame;
import org.mtl4j.balance.Balancer;
import org.mtl4j.measure.ConflictTransfer;
import org.mtl4j.measure.DeltaMs;
import org.mtl4j.measure.Scarcity;
import org.mtl4j.measure.TransferMatrix;
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
    public TransferMatrix transfer() {
        return transfer(results.design().balancers().get(0));
    }

    /** What each task gains from each other one, balanced in this way, in the study's first way to share. */
    public TransferMatrix transfer(Balancer balancer) {
        return Findings.transfer(results, results.design().sharings().get(0), balancer);
    }

    /** What each task gains from each other one, shared and balanced in this way. */
    public TransferMatrix transfer(Architecture architecture, Balancer balancer) {
        return Findings.transfer(results, architecture.sharing(), balancer);
    }

    /** Delta-m of each way to train all tasks. */
    public DeltaMs deltaM() {
        return Findings.deltaM(results);
    }

    /** What a task gains from joint training as its labels get fewer. */
    public Scarcity scarcity(Task<?> task) {
        return Findings.scarcity(results, task);
    }

    /** Gradient conflict beside gain, for every task in every cell in which conflict was probed. */
    public ConflictTransfer conflict() {
        return Findings.conflict(results);
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
