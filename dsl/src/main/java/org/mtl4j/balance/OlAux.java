package org.mtl4j.balance;

import java.util.Arrays;
import java.util.List;
import org.mtl4j.bytes.State;

/**
 * Auxiliary weights that learn from the main task (Lin, Baweja, Kantor and Held 2019, Adaptive auxiliary task weighting for
 * reinforcement learning, OL-AUX; as in the authors' code): the loss is L_m + sum_i w_i L_i, and every {@code every} steps w_i
 * moves by the inner products of the gradients by the shared parameters since the last move, w_i becomes max(0, w_i + rate
 * sum_steps g_i . g_m). An auxiliary task whose steps bring the main loss down grows, one whose steps bring it up shrinks, to 0 at
 * the least. All weights begin at 1; the main task's stays there. It is gradient descent on the main loss some steps on, by w:
 * the derivative of L_m after one step with learning rate alpha is -alpha g_i . g_m, and the rate is alpha times the paper's beta.
 *
 * <p>The defaults are the authors' code's: 5 steps, and a rate of 0.005, its learning rate of 0.001 times its 5. Since g_i . g_m
 * has the size of the gradients squared, other losses want other rates. {@link #logLosses} is its gradient balancing, on there by
 * default: log(L_i + {@code 0.02}) and log L_m in place of the losses, so that the products do not depend on their units. That
 * code also averages the gradients themselves over the last 4 steps before it multiplies them; ours does not, which would take
 * the gradients of all tasks by all parameters. The weights reach the heads too, as there.
 *
 * <p>Where the batch has no labels of the main task, or none of an auxiliary one, their product is 0 and its weight waits; the
 * weights written are factors on losses of 0. A zero gradient leaves weights as they are; an opposite one lowers its own, a
 * duplicate raises it. A weight is kept below 1e30. One task gets weight 1.
 *
 * <p>Cost: one backward signal per task and the Gram, in one pass; 2 T numbers of memory, in checkpoints too.
 *
 * @param main the name of the main task
 * @param rate how far weights move by an inner product of 1, above 0
 * @param every the steps between two moves, at least 1
 * @param losses what is summed
 */
public record OlAux(String main, double rate, int every, Losses losses) implements Balancer {

    /** The rate where none is given: the authors' learning rate times their rate of the weights. */
    public static final double DEFAULT_RATE = 0.005;

    /** The steps between two moves where nothing else is said, as in the authors' code. */
    public static final int DEFAULT_EVERY = 5;

    /** What is added to an auxiliary loss before its logarithm, as in the authors' code. */
    public static final double LEAST_LOSS = 0.02;

    private static final double MOST = 1e30;

    private static final double MOST_PRODUCT = 1e300;

    /** What is summed. */
    public enum Losses {
        /** The losses themselves. */
        PLAIN,
        /** Their logarithms. */
        LOG
    }

    public OlAux {
        task(main);
        if (!(rate > 0 && rate < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "%s.rate(%s): it is a finite number above 0.%nGive %s, or less where gradients are long."
                            .formatted(task(main), rate, DEFAULT_RATE));
        }
        if (every < 1) {
            throw new IllegalArgumentException(
                    "%s.every(%d): it is a number of steps, at least 1.%nGive %d, or more for weights that follow less of the noise."
                            .formatted(task(main), every, DEFAULT_EVERY));
        }
    }

    private static MainTask task(String main) {
        return new MainTask("olAux", main);
    }

    /** OL-AUX with the numbers of its authors. */
    public static OlAux of(String main) {
        return new OlAux(main, DEFAULT_RATE, DEFAULT_EVERY, Losses.PLAIN);
    }

    /** This balancer with weights that move as fast as this. */
    public OlAux rate(double r) {
        return new OlAux(main, r, every, losses);
    }

    /** This balancer with weights that move every so many steps. */
    @Override
    public OlAux every(int steps) {
        return new OlAux(main, rate, steps, losses);
    }

    /** This balancer on the logarithms of the losses. */
    public OlAux logLosses() {
        return new OlAux(main, rate, every, Losses.LOG);
    }

    @Override
    public Needs needs() {
        return Needs.GRAM;
    }

    @Override
    public Heads heads() {
        return Heads.WEIGHTED;
    }

    @Override
    public boolean serves(List<String> tasks) {
        return tasks.contains(main);
    }

    @Override
    public Weighting start(List<String> tasks) {
        return new Learning(task(main).in(tasks), tasks.size());
    }

    /** Mutable: the weights, and the products since they last moved. */
    private final class Learning implements Weighting {

        private final int m;
        private final double[] current;
        private final double[] products;
        private final double[] slopes;
        private long steps;

        Learning(int m, int tasks) {
            this.m = m;
            current = new double[tasks];
            products = new double[tasks];
            slopes = new double[tasks];
            Arrays.fill(current, 1);
        }

        @Override
        public void weigh(WeighingStep step, double[] weights) {
            for (int i = 0; i < weights.length; i++) {
                slopes[i] = slope(step, i);
                weights[i] = current[i] * slopes[i];
            }
            for (int i = 0; i < weights.length; i++) {
                double sum = products[i] + slopes[i] * slopes[m] * step.gram(i, m);
                products[i] = Math.max(-MOST_PRODUCT, Math.min(sum, MOST_PRODUCT));
            }
            steps++;
            if (steps % every == 0) {
                move();
            }
        }

        /** The derivative of what is summed by the loss. */
        private double slope(WeighingStep step, int task) {
            if (losses == Losses.PLAIN || !step.isLabelled(task)) {
                return 1;
            }
            return task == m ? LogLosses.slope(step.loss(task)) : 1 / (Math.max(0, step.loss(task)) + LEAST_LOSS);
        }

        private void move() {
            for (int i = 0; i < current.length; i++) {
                if (i != m) {
                    current[i] = Math.max(0, Math.min(current[i] + rate * products[i], MOST));
                }
            }
            Arrays.fill(products, 0);
        }

        @Override
        public void state(State state) {
            steps = state.number("olAux steps", steps);
            state.reals("olAux weights", current);
            state.reals("olAux products", products);
        }
    }

    @Override
    public String toString() {
        return task(main)
                + (rate == DEFAULT_RATE ? "" : ".rate(" + rate + ")")
                + (every == DEFAULT_EVERY ? "" : ".every(" + every + ")")
                + (losses == Losses.PLAIN ? "" : ".logLosses()");
    }
}
