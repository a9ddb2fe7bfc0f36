package org.mtl4j.study;

import java.util.List;
import org.mtl4j.balance.Balancer;
import org.mtl4j.balance.TunedFixed;
import org.mtl4j.sharing.Sharing;
import org.mtl4j.task.Task;
import org.mtl4j.train.Spec;

/**
 * The axes of a study, which multiply: every subset of tasks with every sharing, balancing and number of labels, at every
 * rate, for every seed. A frozen value.
 *
 * @param recipe what is varied
 * @param subsets the tasks that are trained together, each in the recipe's order
 * @param sharings the nets
 * @param balancers what weighs the tasks
 * @param labels how many labels one task has
 * @param repeats the seeds
 * @param rates learning rates, of which each cell takes one by its validation criterion
 * @param controls other trainers, each of one task
 * @param beside what joins the methods of the axis of balancers by itself
 */
public record Axes(
        Spec recipe,
        List<List<Task<?>>> subsets,
        List<Sharing> sharings,
        List<Balancer> balancers,
        List<LabelCount> labels,
        Repeats repeats,
        List<Double> rates,
        List<Control> controls,
        Beside beside) {

    /** What stands beside methods that weigh tasks, unless the axis names tuned fixed weights itself. */
    public enum Beside {
        TUNED_FIXED,
        NOTHING
    }

    public Axes {
        subsets = List.copyOf(subsets);
        sharings = List.copyOf(sharings);
        balancers = List.copyOf(balancers);
        labels = List.copyOf(labels);
        rates = List.copyOf(rates);
        controls = List.copyOf(controls);
    }

    /** The recipe as it is, for so many seeds. */
    public static Axes of(Spec recipe, int seeds) {
        return new Axes(
                recipe,
                List.of(recipe.tasks()),
                List.of(recipe.sharing()),
                List.of(recipe.plan().balancer()),
                List.of(LabelCount.ALL),
                new Repeats(seeds, recipe.plan().seed(), Repeats.Splits.REDRAWN),
                List.of(recipe.plan().optimiser().settings().rate()),
                List.of(),
                Beside.TUNED_FIXED);
    }

    /** These axes with other subsets. */
    public Axes subsets(List<List<Task<?>>> others) {
        return new Axes(recipe, others, sharings, balancers, labels, repeats, rates, controls, beside);
    }

    /** These axes with other nets. */
    public Axes sharings(List<Sharing> others) {
        return new Axes(recipe, subsets, others, balancers, labels, repeats, rates, controls, beside);
    }

    /** These axes with other balancers. */
    public Axes balancers(List<Balancer> others) {
        return new Axes(recipe, subsets, sharings, others, labels, repeats, rates, controls, beside);
    }

    /** These axes with other numbers of labels. */
    public Axes labels(List<LabelCount> others) {
        return new Axes(recipe, subsets, sharings, balancers, others, repeats, rates, controls, beside);
    }

    /** These axes with other seeds. */
    public Axes repeats(Repeats others) {
        return new Axes(recipe, subsets, sharings, balancers, labels, others, rates, controls, beside);
    }

    /** These axes with other rates. */
    public Axes rates(List<Double> others) {
        return new Axes(recipe, subsets, sharings, balancers, labels, repeats, others, controls, beside);
    }

    /** These axes with other controls. */
    public Axes controls(List<Control> others) {
        return new Axes(recipe, subsets, sharings, balancers, labels, repeats, rates, others, beside);
    }

    /** These axes with something else beside the methods. */
    public Axes beside(Beside other) {
        return new Axes(recipe, subsets, sharings, balancers, labels, repeats, rates, controls, other);
    }

    /** Whether tuned fixed weights join: the axis of balancers is not the recipe's own one, and does not have them. */
    boolean tunedFixedJoins() {
        return beside == Beside.TUNED_FIXED
                && !balancers.equals(List.of(recipe.plan().balancer()))
                && balancers.stream().noneMatch(TunedFixed.class::isInstance);
    }
}
