package org.mtl4j.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mtl4j.balance.Aggregator;
import org.mtl4j.balance.Balancer;
import org.mtl4j.balance.Masking;
import org.mtl4j.balance.WeighingStep;
import org.mtl4j.balance.Weighting;
import org.mtl4j.optimise.Descent;
import org.mtl4j.optimise.Optimiser;
import org.mtl4j.tensor.Draws;
import org.mtl4j.tensor.Parameter;
import org.mtl4j.tensor.Parameters;

/**
 * Engine API, mutable: takes one step after another on a landscape, with the balancers and optimisers of a training. All
 * parameters are shared, every step has the labels of all tasks, and each is an epoch, since it sees all that there is.
 */
public final class Walk {

    /** Steps between two looks at the interrupt flag. */
    private static final int WATCH_EVERY = 1024;

    private final List<Surface> surfaces;
    private final Balancer balancer;
    private final Weighting weighting;
    private final Descent descent;
    private final WeighingStep view;
    private final Parameters parameters = new Parameters();
    private final double[] place;
    private final double[] slope;
    /** [tasks * parameters], a task after the other. */
    private final double[] slopes;

    private final float[] gradients;
    private final float[] direction;
    private final double[] weights;

    /**
     * At the start.
     *
     * @param steps steps planned, for schedules
     * @param seed what the balancer draws from
     */
    public Walk(
            List<Surface> surfaces, List<Double> start, Balancer balancer, Optimiser optimiser, long steps, long seed) {
        this.surfaces = surfaces;
        this.balancer = balancer;
        List<String> tasks = surfaces.stream().map(Surface::name).toList();
        int n = start.size();
        place = new double[n];
        slope = new double[n];
        slopes = new double[tasks.size() * n];
        gradients = new float[slopes.length];
        direction = new float[n];
        weights = new double[tasks.size()];
        weighting = balancer.start(tasks);
        view = new WeighingStep(tasks, Draws.generator(seed));
        Arrays.fill(view.trainingLabels(), 1);
        addParameters(start);
        descent = new Descent(optimiser, parameters, steps);
        if (descent.takesTwo()) {
            throw new IllegalArgumentException(
                    "optimise(%s): it takes a second gradient in each step, which a landscape does not offer.%nGive an optimiser without sam(..)."
                            .formatted(optimiser));
        }
        if (weighting instanceof Masking) {
            throw new IllegalArgumentException(
                    "%s: it drops gradients by the representation of a net, which a landscape does not have.%nLeave out .atRepresentation()."
                            .formatted(balancer));
        }
        if (balancer.needs() == Balancer.Needs.GRADIENTS) {
            view.bindGradients(gradients, n);
            weighting.open(n);
        }
        look();
    }

    private void addParameters(List<Double> start) {
        float[] at = new float[start.size()];
        for (int i = 0; i < at.length; i++) {
            at[i] = start.get(i).floatValue();
        }
        parameters.addVector("x", at);
        float[] own = weighting.ownParameters();
        if (own.length > 0) {
            Parameter added = parameters.addVector(Stepper.BALANCER, own);
            view.bindOwn(parameters.values(), parameters.gradient(), added.offset());
        }
    }

    /** Takes one step. */
    public void step() {
        boolean readsGradients = weighting.readsGradients(view);
        weighting.weigh(view, weights);
        if (readsGradients && weighting instanceof Aggregator aggregator) {
            aggregator.aggregate(view, direction);
            System.arraycopy(direction, 0, parameters.gradient(), 0, direction.length);
        } else {
            combine();
        }
        long before = descent.steps();
        descent.take(1);
        look();
        if (balancer.hearsUpdate() && descent.steps() > before) {
            weighting.hear(view);
        }
    }

    /** Losses and gradients here, as the balancer sees them. */
    private void look() {
        view.begin(descent.steps());
        view.beginEpoch(descent.steps());
        Arrays.fill(view.labelled(), 1);
        float[] values = parameters.values();
        for (int i = 0; i < place.length; i++) {
            place[i] = values[i];
        }
        for (int t = 0; t < weights.length; t++) {
            view.losses()[t] = surfaces.get(t).formula().at(place, slope);
            System.arraycopy(slope, 0, slopes, t * slope.length, slope.length);
        }
        if (balancer.needs() != Balancer.Needs.LOSSES) {
            gram(view.gram());
            System.arraycopy(
                    view.gram(), 0, view.crossGram(), 0, view.gram().length); // without noise all batches are one
            for (int i = 0; i < slopes.length; i++) {
                gradients[i] = (float) slopes[i];
            }
        }
    }

    private void gram(double[] gram) {
        int n = slope.length;
        for (int s = 0; s < weights.length; s++) {
            for (int t = 0; t < weights.length; t++) {
                double sum = 0;
                for (int i = 0; i < n; i++) {
                    sum += slopes[s * n + i] * slopes[t * n + i];
                }
                gram[s * weights.length + t] = sum;
            }
        }
    }

    private void combine() {
        int n = slope.length;
        float[] gradient = parameters.gradient();
        for (int i = 0; i < n; i++) {
            double sum = 0;
            for (int t = 0; t < weights.length; t++) {
                sum += weights[t] * slopes[t * n + i];
            }
            gradient[i] = (float) sum;
        }
    }

    /** Whether all losses here are finite. */
    public boolean isFinite() {
        return Arrays.stream(view.losses()).allMatch(Double::isFinite);
    }

    /** Where it is. */
    public Trajectory.Stop stop() {
        return new Trajectory.Stop(
                descent.steps(),
                Arrays.stream(place).boxed().toList(),
                Arrays.stream(view.losses()).boxed().toList());
    }

    /**
     * All of these steps; fewer where a loss ceases to be finite or the thread is interrupted, which it stays.
     *
     * @param steps as planned
     */
    public Trajectory go(long steps) {
        long every = Math.max(1, steps / Trajectory.KEPT);
        List<Trajectory.Stop> stops = new ArrayList<>(List.of(stop()));
        for (long step = 1; step <= steps && isFinite(); step++) {
            step();
            if (step % every == 0 || step == steps || !isFinite()) {
                stops.add(stop());
            }
            if (step % WATCH_EVERY == 0 && Thread.currentThread().isInterrupted()) {
                break;
            }
        }
        return new Trajectory(balancer, stops);
    }
}
