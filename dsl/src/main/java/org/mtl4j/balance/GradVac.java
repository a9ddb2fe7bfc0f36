package org.mtl4j.balance;

import java.util.Arrays;
import java.util.List;
import org.mtl4j.bytes.State;

/**
 * Gradient vaccine (Wang, Tsvetkov, Firat and Cao 2021): like {@link PcGrad}, with a target for the cosine of each pair of
 * tasks in place of 0. For each task i and each other task j in random order, with c the cosine between the current g_i and
 * the original g_j and t_ij its target: if c &lt; t_ij, g_i becomes g_i + g_j ||g_i|| (t_ij sqrt(1 - c^2) - c sqrt(1 - t_ij^2)) /
 * (||g_j|| sqrt(1 - t_ij^2)), whose cosine is t_ij; then t_ij moves to (1 - beta) t_ij + beta c. The update is the sum.
 *
 * <p>Targets begin at 0. As in LibMTL and TorchJD, one target serves a pair over all shared parameters, every visit moves it, and
 * {@link #eps} is added to both divisors. Every g_i stays a combination of the original gradients, so the T x T Gram is
 * enough; the weights are the sums of the coefficients, each at least 1.
 *
 * <p>A task without labels in the batch is not visited, keeps its targets and gets weight 0. A zero gradient vaccinates
 * nobody and moves its targets towards 0. Opposite gradients with a target of 0 become zero, as under PCGrad; duplicate ones
 * are summed. One task gets weight 1.
 *
 * <p>Cost: one backward signal per task and the Gram, in one pass; then T^3 products, 2 T^2 numbers of memory, T^2 of them in
 * checkpoints.
 *
 * @param beta how fast targets move, from 0 to 1
 * @param eps what is added to products of lengths; above 0
 * @param heads what the heads get: weight 1 unless told otherwise
 */
public record GradVac(double beta, double eps, Heads heads) implements Balancer {

    /** How fast targets move where nothing else is said: as in LibMTL and TorchJD. */
    public static final double DEFAULT_BETA = 0.5;

    /** What is added to products of lengths where nothing else is said: as in LibMTL and TorchJD. */
    public static final double DEFAULT_EPS = 1e-8;

    public GradVac {
        if (!(beta >= 0 && beta <= 1)) {
            throw new IllegalArgumentException(
                    "gradvac().beta(%s): it is a number from 0 to 1.%nGive 0.5, or less for targets that move slower; 0 is pcgrad()."
                            .formatted(beta));
        }
        if (!(eps > 0 && eps < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "gradvac().eps(%s): it is a finite number above 0.%nGive 1e-8, or less where gradients are shorter than 1e-4."
                            .formatted(eps));
        }
    }

    /** GradVac with LibMTL's and TorchJD's numbers. */
    public static GradVac asPublished() {
        return new GradVac(DEFAULT_BETA, DEFAULT_EPS, Heads.UNIT);
    }

    /** This balancer with targets that move as fast as this. */
    public GradVac beta(double share) {
        return new GradVac(share, eps, heads);
    }

    /** This balancer with another number added to products of lengths. */
    public GradVac eps(double number) {
        return new GradVac(beta, number, heads);
    }

    /** This balancer with its weights on the heads too. */
    public GradVac headsWeighted() {
        return new GradVac(beta, eps, Heads.WEIGHTED);
    }

    @Override
    public Needs needs() {
        return Needs.GRAM;
    }

    @Override
    public Weighting start(List<String> tasks) {
        return new Vaccine(tasks.size(), beta, eps);
    }

    /** Mutable: the targets, and room for one step after another. */
    static final class Vaccine implements Weighting {

        private final int tasks;
        private final double beta;
        private final double eps;
        private final double[] targets;
        private final int[] order;
        private final double[] c;
        private final double[] products;

        private Vaccine(int tasks, double beta, double eps) {
            this.tasks = tasks;
            this.beta = beta;
            this.eps = eps;
            targets = new double[tasks * tasks];
            order = new int[tasks];
            c = new double[tasks];
            products = new double[tasks];
        }

        @Override
        public void weigh(WeighingStep step, double[] weights) {
            Arrays.fill(weights, 0);
            for (int i = 0; i < tasks; i++) {
                PcGrad.othersShuffled(
                        i, order, step.random()); // drawn for absent tasks too: draws do not hang on labels
                vaccinate(i, order, tasks - 1, step, weights);
            }
        }

        /** Adds the coefficients of the vaccinated g_i to the weights. @param others the tasks it visits, in order */
        void vaccinate(int i, int[] others, int count, WeighingStep step, double[] weights) {
            if (!step.isLabelled(i)) {
                return;
            }
            double[] gram = step.gram();
            Arrays.fill(c, 0);
            c[i] = 1;
            System.arraycopy(gram, i * tasks, products, 0, tasks);
            for (int k = 0; k < count; k++) {
                if (step.isLabelled(others[k])) {
                    visit(i, others[k], gram);
                }
            }
            for (int l = 0; l < tasks; l++) {
                weights[l] += c[l];
            }
        }

        private void visit(int i, int j, double[] gram) {
            double square = 0;
            for (int l = 0; l < tasks; l++) {
                square += c[l] * products[l];
            }
            double length = Math.sqrt(Math.max(0, square));
            double other = Math.sqrt(gram[j * tasks + j]);
            double cosine = products[j] / (length * other + eps);
            double target = targets[i * tasks + j];
            if (cosine < target && other > 0) {
                double sine = Math.sqrt(Math.max(0, 1 - cosine * cosine));
                double targetSine = Math.sqrt(Math.max(0, 1 - target * target));
                double share = length * (target * sine - cosine * targetSine) / (other * targetSine + eps);
                c[j] += share;
                for (int l = 0; l < tasks; l++) {
                    products[l] += share * gram[j * tasks + l];
                }
            }
            targets[i * tasks + j] = (1 - beta) * target + beta * cosine;
        }

        /** t_ij. */
        double target(int i, int j) {
            return targets[i * tasks + j];
        }

        @Override
        public void state(State state) {
            state.reals("gradvac targets", targets);
        }
    }

    @Override
    public String toString() {
        return "gradvac()"
                + (beta == DEFAULT_BETA ? "" : ".beta(" + beta + ")")
                + (eps == DEFAULT_EPS ? "" : ".eps(" + eps + ")")
                + (heads == Heads.UNIT ? "" : ".headsWeighted()");
    }
}
