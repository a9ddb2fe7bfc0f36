package org.mtl4j.optimise;

import java.util.List;
import java.util.stream.Collectors;
import org.mtl4j.bytes.State;

/**
 * The learning rate of each step, from the optimiser's base rate. The catalogue is the list of records below and {@link
 * CosineRestarts}, {@link OneCycle} and {@link Plateau}.
 *
 * <p>Steps count from 0; the rate of step t is used by step t. Lengths are in steps, where PyTorch's schedulers count
 * calls of {@code step()}; a length of {@link #WHOLE} is that of the training.
 */
public sealed interface Schedule
        permits CosineRestarts,
                OneCycle,
                Plateau,
                Schedule.Constant,
                Schedule.Step,
                Schedule.MultiStep,
                Schedule.Exponential,
                Schedule.Cosine,
                Schedule.Polynomial,
                Schedule.InverseSqrt,
                Schedule.Warmup {

    /** In place of a number of steps: all steps of the training. */
    int WHOLE = 0;

    /** The base rate throughout. */
    record Constant() implements Schedule {
        @Override
        public double rate(double base, long step, long steps) {
            return base;
        }

        @Override
        public String words() {
            return "";
        }

        @Override
        public String toString() {
            return "constant()";
        }
    }

    /**
     * base x factor^floor(t / every), PyTorch's {@code StepLR}.
     *
     * @param every steps between two drops
     * @param factor what each drop multiplies the rate by
     */
    record Step(int every, double factor) implements Schedule {
        public Step {
            if (every < 1 || !(factor > 0 && factor <= 1)) {
                throw new IllegalArgumentException(
                        "stepDecay(%d, %s): the first is a positive number of steps, the second lies in (0, 1].%nGive steps and factor: stepDecay(1000, 0.5)."
                                .formatted(every, factor));
            }
        }

        @Override
        public double rate(double base, long step, long steps) {
            return base * StrictMath.pow(factor, (double) Math.floorDiv(step, (long) every));
        }

        @Override
        public String toString() {
            return "stepDecay(" + every + ", " + factor + ")";
        }
    }

    /**
     * base x factor^(number of milestones &lt;= t), PyTorch's {@code MultiStepLR}.
     *
     * @param factor what each milestone multiplies the rate by
     * @param milestones steps, rising
     */
    record MultiStep(double factor, List<Integer> milestones) implements Schedule {
        public MultiStep {
            milestones = List.copyOf(milestones);
            boolean rise = !milestones.isEmpty() && milestones.get(0) > 0;
            for (int i = 1; i < milestones.size(); i++) {
                rise &= milestones.get(i) > milestones.get(i - 1);
            }
            if (!rise || !(factor > 0 && factor <= 1)) {
                throw new IllegalArgumentException(
                        "multiStepDecay(%s, %s): the factor lies in (0, 1], the steps are positive and rise.%nGive factor and steps: multiStepDecay(0.1, 500, 800)."
                                .formatted(factor, words(milestones)));
            }
        }

        @Override
        public double rate(double base, long step, long steps) {
            int passed = 0;
            while (passed < milestones.size() && milestones.get(passed) <= step) {
                passed++;
            }
            return base * StrictMath.pow(factor, passed);
        }

        private static String words(List<Integer> steps) {
            return steps.stream().map(String::valueOf).collect(Collectors.joining(", "));
        }

        @Override
        public String toString() {
            return "multiStepDecay(" + factor + ", " + words(milestones) + ")";
        }
    }

    /**
     * base x factor^t, PyTorch's {@code ExponentialLR}.
     *
     * @param factor what each step multiplies the rate by
     */
    record Exponential(double factor) implements Schedule {
        public Exponential {
            if (!(factor > 0 && factor <= 1)) {
                throw new IllegalArgumentException(
                        "exponentialDecay(%s): the factor of a step lies in (0, 1].%nGive one such as exponentialDecay(0.999)."
                                .formatted(factor));
            }
        }

        @Override
        public double rate(double base, long step, long steps) {
            return base * StrictMath.pow(factor, (double) step);
        }

        @Override
        public String toString() {
            return "exponentialDecay(" + factor + ")";
        }
    }

    /**
     * floor + (base - floor)(1 + cos(pi t / period)) / 2 (Loshchilov and Hutter 2017, eq. 5); past the period it rises
     * again, as in PyTorch.
     *
     * @param period steps from the base rate to the floor; {@link #WHOLE} for all steps of the training
     * @param floor the lowest rate
     */
    record Cosine(int period, double floor) implements Schedule {
        public Cosine {
            if (period < 0 || !(floor >= 0 && floor < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "cosine(%d, %s): the first is a number of steps, the second a rate of at least 0.%nGive cosine() for the whole training, or cosine(1000, 1e-5)."
                                .formatted(period, floor));
            }
        }

        @Override
        public double rate(double base, long step, long steps) {
            return floor
                    + (base - floor) * (1 + StrictMath.cos(StrictMath.PI * (double) step / length(period, steps))) / 2;
        }

        @Override
        public String toString() {
            return period == WHOLE && floor == 0 ? "cosine()" : "cosine(" + period + ", " + floor + ")";
        }
    }

    /**
     * base x (1 - min(t, length) / length)^power, PyTorch's {@code PolynomialLR}.
     *
     * @param power 1 for a line
     * @param steps length until the rate is 0; {@link #WHOLE} for all steps of the training
     */
    record Polynomial(double power, int steps) implements Schedule {
        public Polynomial {
            if (!(power > 0 && power < Double.POSITIVE_INFINITY) || steps < 0) {
                throw new IllegalArgumentException(
                        "polynomialDecay(%s, %d): the power is a finite number above 0, the second a number of steps.%nGive polynomialDecay(1) for a line to 0 over the whole training."
                                .formatted(power, steps));
            }
        }

        @Override
        public double rate(double base, long step, long all) {
            double length = length(steps, all);
            return base * StrictMath.pow(1 - Math.min((double) step, length) / length, power);
        }

        @Override
        public String toString() {
            return "polynomialDecay(" + power + (steps == WHOLE ? ")" : ", " + steps + ")");
        }
    }

    /**
     * base x min((t + 1) / w, sqrt(w / (t + 1))): a line up to the base rate, then the inverse square root of the step
     * (Vaswani et al. 2017, eq. 3, with the base rate at the top).
     *
     * @param warmup w, steps to the top
     */
    record InverseSqrt(int warmup) implements Schedule {
        public InverseSqrt {
            if (warmup < 1) {
                throw new IllegalArgumentException(
                        "inverseSqrt(%d): it is a positive number of steps.%nGive the steps to the base rate: inverseSqrt(4000)."
                                .formatted(warmup));
            }
        }

        @Override
        public double rate(double base, long step, long steps) {
            double t = (double) step + 1;
            return base * Math.min(t / warmup, StrictMath.sqrt(warmup / t));
        }

        @Override
        public String toString() {
            return "inverseSqrt(" + warmup + ")";
        }
    }

    /**
     * first x (start + (1 - start) t / steps) for t &lt; steps, where first is the first rate of what follows; then that, from
     * its step 0 on (PyTorch's {@code LinearLR} and {@code SequentialLR}; Goyal et al. 2017, section 2.2).
     *
     * @param steps of the warm-up
     * @param start the part of the rate that it begins with
     * @param then what follows
     */
    record Warmup(int steps, double start, Schedule then) implements Schedule {

        /** The part of the rate where none is given: that of torchvision's reference trainings. */
        public static final double DEFAULT_START = 0.01;

        public Warmup {
            if (steps < 1 || !(start > 0 && start <= 1)) {
                throw new IllegalArgumentException(
                        "warmup(%d, %s): the first is a positive number of steps, the second lies in (0, 1].%nGive the steps of the warm-up: warmup(500)."
                                .formatted(steps, start));
            }
        }

        @Override
        public double rate(double base, long step, long all) {
            return rate(then::rate, base, step, all);
        }

        private double rate(Pace after, double base, long step, long all) {
            long rest = Math.max(0, all - steps);
            return step < steps
                    ? after.rate(base, 0, rest) * (start + (1 - start) * (double) step / steps)
                    : after.rate(base, step - steps, rest);
        }

        @Override
        public Pace begin() {
            Pace after = then.begin();
            return new Pace() {
                @Override
                public double rate(double base, long step, long all) {
                    return Warmup.this.rate(after, base, step, all);
                }

                @Override
                public void hear(double criterion) {
                    after.hear(criterion);
                }

                @Override
                public void state(State state) {
                    after.state(state);
                }
            };
        }

        @Override
        public String words() {
            return ".warmup(" + steps + (start == DEFAULT_START ? ")" : ", " + start + ")") + then.words();
        }

        @Override
        public String toString() {
            return "warmup" + words().substring(".warmup".length());
        }
    }

    /**
     * Engine API. The rate of a step, where no criterion is heard.
     *
     * @param base the optimiser's rate
     * @param step from 0
     * @param steps steps planned
     */
    double rate(double base, long step, long steps);

    /** Engine API. The running state of one training. */
    default Pace begin() {
        return this::rate;
    }

    /** Whether its rates depend on what validation says. */
    default boolean hearsCriterion() {
        return this instanceof Plateau
                || (this instanceof Warmup warmup && warmup.then().hearsCriterion());
    }

    /** The withers of an optimiser that give it this schedule. */
    default String words() {
        return ".schedule(" + this + ")";
    }

    private static double length(int own, long steps) {
        return own == WHOLE ? (double) Math.max(1, steps) : own;
    }
}
