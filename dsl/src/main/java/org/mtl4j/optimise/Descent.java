package org.mtl4j.optimise;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.mtl4j.bytes.State;
import org.mtl4j.tensor.Parameter;
import org.mtl4j.tensor.Parameters;

/**
 * Engine API, mutable: an optimiser at work on the parameters of one net. It gathers the gradients of the batches of a step,
 * clips, moves each group of parameters at its rate, and keeps the average of the parameters. Nothing is allocated in a
 * step.
 */
public final class Descent {

    private final Settings settings;
    private final Parameters parameters;
    private final @Nullable Sam sam;
    private final long steps;
    private final Pace pace;
    private final List<Part> parts = new ArrayList<>();
    private final float[] gathered;
    private final float[] unmoved;
    private final @Nullable Average average;
    private long gatheredRows;
    private long batches;
    private long step;
    private double lastRate;

    /**
     * At step 0.
     *
     * @param parameters all of them, a balancer's own too: trained in place
     * @param steps steps planned, for schedules
     * @throws IllegalArgumentException if a group holds no parameter
     */
    public Descent(Optimiser optimiser, Parameters parameters, long steps) {
        this.parameters = parameters;
        this.steps = steps;
        settings = optimiser.settings();
        sam = optimiser instanceof Sam perturbed ? perturbed : null;
        pace = settings.schedule().begin();
        divide(optimiser);
        int all = parameters.values().length;
        gathered = new float[settings.accumulate() > 1 ? all : 0];
        unmoved = new float[sam == null ? 0 : all];
        average = settings.ema().decay() == 0 ? null : settings.ema().start(parameters.values());
        lastRate = rate();
    }

    private void divide(Optimiser optimiser) {
        int all = parameters.values().length;
        if (settings.groups().isEmpty()) {
            parts.add(new Part(settings.rate(), optimiser.start(all), new int[0], 0));
            return;
        }
        List<Parameter> left = new ArrayList<>(parameters.list());
        Group.check(settings.groups(), left.stream().map(Parameter::name).toList());
        List<Group> longestFirst = new ArrayList<>(settings.groups());
        longestFirst.sort(Comparator.comparing(group -> -group.prefix().length()));
        for (Group group : longestFirst) {
            List<Parameter> held =
                    left.stream().filter(p -> group.holds(p.name())).toList();
            left.removeAll(held);
            double decay = group.rate().weightDecay();
            Optimiser own = Double.isNaN(decay) ? optimiser : optimiser.weightDecay(decay);
            parts.add(part(group.rate().rate(), own, held));
        }
        if (!left.isEmpty()) {
            parts.add(part(settings.rate(), optimiser, left));
        }
    }

    private static Part part(double rate, Optimiser optimiser, List<Parameter> held) {
        int[] rows = held.stream()
                .flatMapToInt(p -> IntStream.range(0, p.rows())
                        .flatMap(r -> IntStream.of(p.offset() + r * p.stride(), p.columns())))
                .toArray();
        int size = held.stream().mapToInt(Parameter::size).sum();
        return new Part(rate, optimiser.start(size), rows, size);
    }

    /** Whether a step takes a second gradient, at {@link #climb perturbed} parameters. */
    public boolean takesTwo() {
        return sam != null;
    }

    /** Moves the first n parameters up their gradient, for the second one. */
    public void climb(int n) {
        if (sam != null) {
            float[] values = parameters.values();
            System.arraycopy(values, 0, unmoved, 0, values.length);
            sam.perturb(values, parameters.gradient(), n);
        }
    }

    /** Undoes {@link #climb}. */
    public void comeBack() {
        System.arraycopy(unmoved, 0, parameters.values(), 0, unmoved.length);
    }

    /**
     * Takes the gradient of a batch in, and the step if that was the last of its batches.
     *
     * @param rows of the batch
     */
    public void take(int rows) {
        if (settings.accumulate() == 1) {
            move();
            return;
        }
        float[] gradient = parameters.gradient();
        for (int i = 0; i < gradient.length; i++) {
            gathered[i] += rows * gradient[i];
        }
        gatheredRows += rows;
        batches++;
        if (batches == settings.accumulate()) {
            finish();
        }
    }

    /** Takes the step with the batches that there are, if there are any. */
    public void finish() {
        if (batches > 0) {
            float[] gradient = parameters.gradient();
            float part = 1f / gatheredRows;
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] = gathered[i] * part;
            }
            Arrays.fill(gathered, 0);
            gatheredRows = 0;
            batches = 0;
            move();
        }
    }

    private void move() {
        float[] values = parameters.values();
        float[] gradient = parameters.gradient();
        settings.clipping().apply(gradient);
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            part.step(values, gradient, pace.rate(part.rate, step, steps));
        }
        lastRate = rate();
        if (average != null) {
            average.add(values);
        }
        step++;
    }

    /** Whether the next batch is the first of its step. */
    public boolean isBetweenSteps() {
        return batches == 0;
    }

    /** Steps taken. */
    public long steps() {
        return step;
    }

    /** The rate of the next step, of parameters in no group. */
    public double rate() {
        return pace.rate(settings.rate(), step, steps);
    }

    /** The rate of the last step, of parameters in no group; before the first, that of the first. */
    public double lastRate() {
        return lastRate;
    }

    /** An epoch ended with this criterion of the validation part, NaN for none. */
    public void hear(double criterion) {
        pace.hear(criterion);
    }

    /** Puts the average of the parameters in their place; without one, nothing. Then only {@link #leaveAverage} may follow. */
    public void enterAverage() {
        if (average != null) {
            average.enter(parameters.values());
        }
    }

    /** Puts the parameters back in the place of their average. */
    public void leaveAverage() {
        if (average != null) {
            average.leave(parameters.values());
        }
    }

    /** Tells, or takes back, all that a step leaves for the next, the parameters aside. */
    public void state(State state) {
        step = state.number("steps", step);
        lastRate = state.real("last rate", lastRate);
        batches = state.number("batches gathered", batches);
        gatheredRows = state.number("rows gathered", gatheredRows);
        state.floats("gradient gathered", gathered);
        pace.state(state);
        parts.forEach(part -> part.update.state(state));
        if (average != null) {
            average.state(state);
        }
    }

    /** Mutable: the parameters of one rate. All of them are moved where they lie; some of them are packed for the step. */
    private static final class Part {
        private final double rate;
        private final Update update;
        private final int[] rows;
        private final float[] values;
        private final float[] gradient;

        /** @param rows offset and length of each run of numbers; empty for all */
        Part(double rate, Update update, int[] rows, int size) {
            this.rate = rate;
            this.update = update;
            this.rows = rows;
            values = new float[size];
            gradient = new float[size];
        }

        void step(float[] all, float[] allGradients, double at) {
            if (rows.length == 0) {
                update.step(all, allGradients, at);
                return;
            }
            int to = 0;
            for (int r = 0; r < rows.length; r += 2) {
                System.arraycopy(all, rows[r], values, to, rows[r + 1]);
                System.arraycopy(allGradients, rows[r], gradient, to, rows[r + 1]);
                to += rows[r + 1];
            }
            update.step(values, gradient, at);
            to = 0;
            for (int r = 0; r < rows.length; r += 2) {
                System.arraycopy(values, to, all, rows[r], rows[r + 1]);
                to += rows[r + 1];
            }
        }
    }
}
