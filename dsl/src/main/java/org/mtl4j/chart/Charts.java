package org.mtl4j.chart;

import java.util.List;
import org.mtl4j.measure.Balance;
import org.mtl4j.measure.Conflict;
import org.mtl4j.measure.ConflictTransfer;
import org.mtl4j.measure.DeltaMs;
import org.mtl4j.measure.Scarcity;
import org.mtl4j.measure.Trajectories;
import org.mtl4j.measure.Transfer;
import org.mtl4j.measure.TransferMatrix;
import org.mtl4j.train.Epoch;
import org.mtl4j.train.History;

/** The charts of results. */
public final class Charts {

    private Charts() {}

    /**
     * Loss per task over the epochs: training solid, validation dashed, the best epoch as a dotted line. The axis is
     * logarithmic where the losses span decades.
     */
    public static Chart losses(History history) {
        return EpochLines.losses(history);
    }

    /** Weight per task over the epochs, as the balancer set it. */
    public static Chart weights(History history) {
        return EpochLines.weights(history);
    }

    /**
     * Weight of each task over the steps; where a point stands for several batches, it is their mean, and of few tasks a band
     * shows their range. Of many tasks, those with the highest and the lowest mean weight.
     */
    public static Chart balanceWeights(Balance balance) {
        return BalanceLines.weights(balance);
    }

    /** Share of each task in the weighted loss over the steps; of many tasks, those with the highest and the lowest. */
    public static Chart balanceShares(Balance balance) {
        return BalanceLines.shares(balance);
    }

    /**
     * Mean cosine of the task gradients as a map with numbers: of tasks against tasks, or, up to three tasks, of pairs
     * against layers. The scale is fixed to [-1, 1]; grey is no value.
     */
    public static Chart conflict(Conflict conflict) {
        return ConflictMap.of(conflict);
    }

    /** Mean cosine of the task gradients as a map of pairs against layers; of many pairs, those with the lowest. */
    public static Chart conflictPerLayer(Conflict conflict) {
        return ConflictMap.perLayer(conflict);
    }

    /** Cosine of each pair of task gradients over the steps; of many pairs, those with the lowest mean. */
    public static Chart conflictOverTime(Conflict conflict) {
        return ConflictLines.of(conflict);
    }

    /** Gain of joint over single-task training per task, with t intervals. */
    public static Chart transfer(Transfer transfer) {
        return TransferBars.of(transfer);
    }

    /**
     * Mean gain of each task from each other one as a map with numbers, blue for a gain and orange for harm: a row per
     * task that gains, a column per task that it was trained with. Cells whose interval excludes 0 have a bold frame,
     * pairs that were not measured are hatched. Where gains have several units, each unit has its own scale.
     */
    public static Chart transferMatrix(TransferMatrix matrix) {
        return TransferMap.of(matrix);
    }

    /** Delta-m per way to train, in the given order, with t intervals. */
    public static Chart deltaM(DeltaMs deltaMs) {
        return DeltaMBars.of(deltaMs);
    }

    /** Gain of a task against its number of labels, on a logarithmic axis: a line per way to train, bands for intervals. */
    public static Chart scarcity(Scarcity scarcity) {
        return ScarcityLines.of(scarcity);
    }

    /**
     * Gain against mean gradient cosine, a point per task and way to train, with the rank correlation. Where gains have
     * several units, each unit has its own scale and its own correlation.
     */
    public static Chart conflictTransfer(ConflictTransfer conflictTransfer) {
        return ConflictScatter.of(conflictTransfer);
    }

    /** The ways of balancers over the contour lines of the losses of two parameters, with their Pareto front. */
    public static Chart trajectories(Trajectories trajectories) {
        return TrajectoryLines.of(trajectories);
    }

    /** A small chart of the losses so far, quick enough for a view that changes while a training runs. */
    public static Chart live(List<String> tasks, List<Epoch> epochs) {
        return EpochLines.live(tasks, epochs);
    }
}
