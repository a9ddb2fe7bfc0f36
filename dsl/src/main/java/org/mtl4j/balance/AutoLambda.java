package org.mtl4j.balance;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.mtl4j.bytes.State;

/**
 * Weights that learn what a step does for some primary tasks (Liu, James, Davison and Johns 2022, Auto-Lambda: disentangling
 * dynamic task relationships, arXiv 2202.03091; as in the authors' code but for what is said below): lambda_i is moved down the
 * derivative of the primary tasks' loss, sum_m L_m, at the parameters after the step and on another batch. After a step by -alpha
 * sum_i lambda_i g_i it is -alpha &lt;g_i, g'&gt;, with g' = sum_m g_m' taken there, and Adam moves lambda by it, at first 0.1 each.
 *
 * <p>The authors take a virtual step from a copy of the net, and the inner product by finite differences of L_i along g'. Ours
 * takes the step itself for the virtual one and the next batch for the other one, and multiplies the gradients: the same
 * derivative, exact where the optimiser is plain gradient descent, without a further pass. So lambda is moved by a step once it is
 * taken, not before. The gradients are those of the shared parameters; what a primary task's own head gains by lambda_m is left
 * out. Adam divides alpha out, but for the 1e-8 it adds.
 *
 * <p>Without a task named all are primary, the paper's multi-task setting; with some, the others are auxiliary. As in the
 * authors' code, the sum of the lambda_i is not held, and one may fall below 0, which drives its task uphill: then stop sooner, or
 * lower the rate. They reach the heads too.
 *
 * <p>A task without labels in a step, or with a zero gradient, has a derivative of 0, which Adam's means hear; where no primary
 * task has labels in the next, no lambda moves. An opposite gradient lowers its lambda, a duplicate raises it. One task gets a
 * weight that grows while its steps help.
 *
 * <p>Cost: the gradients of all tasks by all shared parameters, in one pass, and T products of them; memory for the gradients of
 * two steps, 2 T + 1 numbers a parameter, T of them in checkpoints.
 *
 * @param primary the names of the primary tasks; none for all
 * @param initial what every lambda begins at, above 0
 * @param rate Adam's, above 0
 */
public record AutoLambda(List<String> primary, double initial, double rate) implements Balancer {

    /** What every lambda begins at where nothing else is said, as in the authors' code. */
    public static final double DEFAULT_INITIAL = 0.1;

    /** Adam's rate where none is given, as in the authors' code. */
    public static final double DEFAULT_RATE = 1e-4;

    private static final double BETA_1 = 0.9;
    private static final double BETA_2 = 0.999;
    private static final double ADAM_EPS = 1e-8;

    public AutoLambda {
        primary = List.copyOf(primary);
        primary.forEach(AutoLambda::task);
        if (!(initial > 0 && initial < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "%s.initial(%s): it is a finite weight above 0.%nGive the authors' %s, or 1 to begin with equal weights of 1."
                            .formatted(word(primary), initial, DEFAULT_INITIAL));
        }
        if (!(rate > 0 && rate < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "%s.rate(%s): it is a finite number above 0.%nGive %s, or more for weights that move faster."
                            .formatted(word(primary), rate, DEFAULT_RATE));
        }
    }

    private static MainTask task(String main) {
        return new MainTask("autoLambda", main);
    }

    private static String word(List<String> primary) {
        return primary.stream().map(name -> '"' + name + '"').collect(Collectors.joining(", ", "autoLambda(", ")"));
    }

    /** Auto-Lambda with the numbers of its authors. @param primary the names of the primary tasks; none for all */
    public static AutoLambda of(List<String> primary) {
        return new AutoLambda(primary, DEFAULT_INITIAL, DEFAULT_RATE);
    }

    /** This balancer with weights that begin at this. */
    public AutoLambda initial(double weight) {
        return new AutoLambda(primary, weight, rate);
    }

    /** This balancer with weights that move as fast as this. */
    public AutoLambda rate(double r) {
        return new AutoLambda(primary, initial, r);
    }

    /** For these tasks only: primary tasks that are not among them are left out, where some are. */
    @Override
    public AutoLambda restrictTo(List<String> tasks) {
        List<String> left = primary.stream().filter(tasks::contains).toList();
        return left.isEmpty() ? this : new AutoLambda(left, initial, rate);
    }

    @Override
    public Needs needs() {
        return Needs.GRADIENTS;
    }

    @Override
    public Heads heads() {
        return Heads.WEIGHTED;
    }

    /** Whether one of the primary tasks is among these: {@link #restrictTo} leaves the others out. */
    @Override
    public boolean serves(List<String> tasks) {
        return primary.isEmpty() || primary.stream().anyMatch(tasks::contains);
    }

    @Override
    public Weighting start(List<String> tasks) {
        List<String> names = primary.isEmpty() ? tasks : primary;
        int[] mains = names.stream().mapToInt(name -> task(name).in(tasks)).toArray();
        return new Learning(mains, tasks.size());
    }

    /** Mutable: the weights, Adam's means, and the gradients of the last step. */
    private final class Learning implements Weighting {

        private final int[] mains;
        private final double[] lambda;
        private final double[] means;
        private final double[] squares;
        private final LastGradients last;
        private long steps;
        private long moves;

        Learning(int[] mains, int tasks) {
            this.mains = mains;
            lambda = new double[tasks];
            means = new double[tasks];
            squares = new double[tasks];
            last = new LastGradients(tasks);
            Arrays.fill(lambda, initial);
        }

        @Override
        public void open(int parameters) {
            last.open(parameters);
        }

        @Override
        public void weigh(WeighingStep step, double[] weights) {
            if (steps++ > 0 && last.meet(step, mains)) {
                moves++;
                double first = 1 - StrictMath.pow(BETA_1, (double) moves);
                double second = 1 - StrictMath.pow(BETA_2, (double) moves);
                for (int i = 0; i < lambda.length; i++) {
                    double slope = -last.product(i);
                    means[i] = BETA_1 * means[i] + (1 - BETA_1) * slope;
                    squares[i] = BETA_2 * squares[i] + (1 - BETA_2) * slope * slope;
                    lambda[i] -= rate * (means[i] / first) / (Math.sqrt(squares[i] / second) + ADAM_EPS);
                }
            }
            last.keep(step);
            System.arraycopy(lambda, 0, weights, 0, weights.length);
        }

        @Override
        public void state(State state) {
            steps = state.number("autoLambda steps", steps);
            moves = state.number("autoLambda moves", moves);
            state.reals("autoLambda weights", lambda);
            state.reals("autoLambda means", means);
            state.reals("autoLambda squares", squares);
            last.state(state);
        }
    }

    @Override
    public String toString() {
        return word(primary)
                + (initial == DEFAULT_INITIAL ? "" : ".initial(" + initial + ")")
                + (rate == DEFAULT_RATE ? "" : ".rate(" + rate + ")");
    }
}
