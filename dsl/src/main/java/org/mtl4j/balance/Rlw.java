package org.mtl4j.balance;

import java.util.List;
import java.util.random.RandomGenerator;
import org.mtl4j.tensor.Draws;

/**
 * Random loss weighting (Lin et al. 2021, Reasonable effectiveness of random weighting, arXiv 2111.10603):
 * new weights in each step, w = softmax(z) with z_i standard normal, whatever the losses are. A control for
 * balancers that read the losses.
 *
 * <p>The weights sum to 1, as in LibMTL and TorchJD, where those of {@code equal()} sum to the number of tasks: try other
 * learning rates. {@link #uniform} draws the z_i from [0, 1); {@link #dirichlet} draws w itself, evenly from all weights
 * that sum to 1 (LibMTL takes the softmax of that too, which leaves weights within a factor e of each other); {@link
 * #bernoulli} draws 0 or 1 for each task, again if all are 0; {@link #oneTask} trains one task a step, LibMTL's
 * constrained Bernoulli. The normal is the default of LibMTL.
 *
 * <p>A task without labels in the batch gets a weight like any other: it is a factor on a loss of 0. With one task the
 * weight is 1.
 *
 * <p>Cost: nothing beyond one draw a task.
 *
 * @param distribution what is drawn
 */
public record Rlw(Distribution distribution) implements Balancer {

    /** What is drawn, and how it becomes weights. */
    public enum Distribution {
        /** A standard normal for each task, and their softmax. */
        NORMAL(""),
        /** A number from [0, 1) for each task, and their softmax. */
        UNIFORM(".uniform()"),
        /** Weights that sum to 1, each such set as likely as any other: the Dirichlet distribution of ones. */
        DIRICHLET(".dirichlet()"),
        /** 0 or 1 for each task, not 0 for all. */
        BERNOULLI(".bernoulli()"),
        /** 1 for one task and 0 for all others. */
        ONE_TASK(".oneTask()");

        private final String word;

        Distribution(String word) {
            this.word = word;
        }

        private void draw(RandomGenerator random, double[] into) {
            do {
                for (int t = 0; t < into.length; t++) {
                    into[t] = one(random);
                }
                if (this == ONE_TASK) {
                    into[Draws.below(into.length, random)] = 1;
                }
            } while (isNothing(into));
        }

        private double one(RandomGenerator random) {
            return switch (this) {
                case NORMAL -> Draws.normal(random);
                case UNIFORM -> Draws.uniform(random);
                case DIRICHLET -> -StrictMath.log(1 - Draws.uniform(random)); // exponential: a gamma draw of shape 1
                case BERNOULLI -> Draws.below(2, random);
                case ONE_TASK -> 0;
            };
        }

        private static boolean isNothing(double[] drawn) {
            for (double each : drawn) {
                if (each != 0) {
                    return false;
                }
            }
            return true;
        }

        /** Weights from what was drawn. @param drawn [tasks], overwritten. */
        void weigh(double[] drawn) {
            if (this == NORMAL || this == UNIFORM) {
                Softmax.of(drawn, 1);
            } else if (this == DIRICHLET) {
                double sum = 0;
                for (double each : drawn) {
                    sum += each;
                }
                for (int t = 0; t < drawn.length; t++) {
                    drawn[t] /= sum;
                }
            }
        }
    }

    /** RLW as published, with the normal distribution. */
    public static Rlw asPublished() {
        return new Rlw(Distribution.NORMAL);
    }

    /** This balancer with scores that are uniform in [0, 1). */
    public Rlw uniform() {
        return new Rlw(Distribution.UNIFORM);
    }

    /** This balancer with weights that are uniform on the simplex. */
    public Rlw dirichlet() {
        return new Rlw(Distribution.DIRICHLET);
    }

    /** This balancer with each task in or out of a step, as a coin falls. */
    public Rlw bernoulli() {
        return new Rlw(Distribution.BERNOULLI);
    }

    /** This balancer with one task a step. */
    public Rlw oneTask() {
        return new Rlw(Distribution.ONE_TASK);
    }

    @Override
    public Needs needs() {
        return Needs.LOSSES;
    }

    @Override
    public Weighting start(List<String> tasks) {
        return (step, weights) -> {
            distribution.draw(step.random(), weights);
            distribution.weigh(weights);
        };
    }

    @Override
    public String toString() {
        return "rlw()" + distribution.word;
    }
}
