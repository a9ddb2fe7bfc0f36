package org.mtl4j;

import java.util.List;
import org.mtl4j.data.Split;
import org.mtl4j.fitted.BaselineModel;
import org.mtl4j.task.Task;
import org.tribuo.Output;
import org.tribuo.Trainer;

/**
 * An honest control: one task, trained by any Tribuo trainer on the same rows as a recipe, and judged by the same code. A
 * frozen value; {@link #fit} trains.
 *
 * <p>It trains on the rows of the training part that carry the task's label. Features and real targets are standardised by
 * the training part, as a net's are: linear models need it, trees do not mind. Scores are in the target's own unit.
 *
 * <pre>{@code
 * var forest = new org.tribuo.common.tree.RandomForestTrainer<>(
 *         new org.tribuo.regression.rtree.CARTRegressionTrainer(6, 5, 0, 0.5f, false,
 *                 new org.tribuo.regression.rtree.impurity.MeanSquaredError(), 1),
 *         new org.tribuo.regression.ensemble.AveragingCombiner(), 10);
 * var control = baseline(task("casual").regression(), forest).fit(data);
 * }</pre>
 *
 * @param task what is predicted
 * @param trainer how
 */
public record Baseline<T extends Output<T>>(Task<T> task, Trainer<T> trainer) {

    /** Rejects a trainer of another type of output, as far as its classes tell. */
    public Baseline {
        BaselineModel.check(task, trainer);
    }

    /**
     * Trains on a split and answers the scores. Equal splits give equal scores, whatever the trainer trained before, on any
     * number of threads: each training makes the trainer anew from its configuration. Of a trainer without one, such as a
     * class of a notebook cell, the count of trainings is set to 0.
     *
     * @throws IllegalArgumentException if the data have no such task, or no training row a label of it, or the trainer is
     *     for another type of output
     */
    public BaselineRun<T> fit(Split split) {
        return fit(split, 0);
    }

    /** The same with another count of trainings to begin with, so that the trainer draws anew. */
    BaselineRun<T> fit(Split split, int invocation) {
        split.requireTargets(List.of(task));
        return new BaselineRun<>(this, split, BaselineModel.train(task, trainer, split.train(), invocation));
    }

    /** The same in fewer words, for tables: {@code baseline(income, LogisticRegressionTrainer)}. */
    String name() {
        return "baseline(" + task.name() + ", " + trainer.getClass().getSimpleName() + ")";
    }

    /** {@code baseline(task("income").binary(), LogisticRegressionTrainer)}. */
    @Override
    public String toString() {
        return "baseline(" + task + ", " + trainer.getClass().getSimpleName() + ")";
    }
}
