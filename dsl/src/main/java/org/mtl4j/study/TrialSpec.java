package org.mtl4j.study;

import org.mtl4j.train.Spec;

/**
 * All that one training of a study is, its data and the recipe that is varied aside: same spec, same bits, whatever runs
 * beside it.
 *
 * @param cell the way to train
 * @param seed what the split, initial parameters and order are drawn from
 * @param rate the learning rate
 */
public record TrialSpec(Cell cell, long seed, double rate) {

    /** The training itself. @param recipe what is varied. @param steps how long. @param rows rows of its training part. */
    Spec spec(Spec recipe, int steps, int rows) {
        Spec varied = cell.kind() == Cell.Kind.ALONE
                ? Terms.alone(recipe, cell.tasks().get(0), cell.sharing().encoder())
                : Terms.together(recipe, cell);
        var plan = varied.plan();
        return Terms.equalSteps(
                varied.plan(plan.seed(seed).optimiser(plan.optimiser().rate(rate))), steps, rows);
    }

    /** {@code casual + registered: hard(mlp(64)), pcgrad(), seed 7, rate 0.001}: equal keys, equal trainings of one study. */
    public String key() {
        return cell + ", seed " + seed + ", rate " + rate;
    }

    @Override
    public String toString() {
        return key();
    }
}
