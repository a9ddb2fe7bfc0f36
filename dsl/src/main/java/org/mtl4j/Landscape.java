package org.mtl4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mtl4j.balance.Balancer;
import org.mtl4j.chart.Charts;
import org.mtl4j.measure.Trajectories;
import org.mtl4j.optimise.Optimiser;
import org.mtl4j.study.Workers;
import org.mtl4j.train.Listening;
import org.mtl4j.train.Surface;
import org.mtl4j.train.Toy;
import org.mtl4j.train.Trajectory;
import org.mtl4j.train.Walk;

/**
 * Losses as functions of a few parameters, without data and without a net, on which one sees where balancers go. A frozen
 * value; {@link #run} does the work, by the balancers and optimisers that train nets.
 *
 * <pre>{@code
 * var ways = toy().start(-8.5, 7.5).start(-8.5, -5).start(9, 9).steps(2_000).run(equal(), mgda(), cagrad());
 * ways.chart();
 * ways.numbers();
 * }</pre>
 *
 * <p>Losses of one's own are surfaces, each a formula for the loss and its gradient:
 *
 * <pre>{@code
 * var near = surface("near", (x, slope) -> { slope[0] = 2 * (x[0] - 1); slope[1] = 2 * x[1]; return (x[0] - 1) * (x[0] - 1) + x[1] * x[1]; });
 * var far  = surface("far", (x, slope) -> { slope[0] = x[0]; slope[1] = 4 * x[1]; return x[0] * x[0] / 2 + 2 * x[1] * x[1]; });
 * landscape(near, far).start(3, 1).optimise(sgd(0.01)).steps(500).run(equal(), pcgrad())
 * }</pre>
 */
public final class Landscape {

    /** Steps where none are given, as in CAGrad's toy problem. */
    public static final int DEFAULT_STEPS = 100_000;

    /** The optimiser where none is given, as in CAGrad's toy problem. */
    public static final Optimiser DEFAULT_OPTIMISER = OptimiserWords.adam(1e-3);

    /** What balancers draw from where nothing is said. */
    public static final long DEFAULT_SEED = 0;

    private final String words;
    private final List<Surface> surfaces;
    private final List<List<Double>> starts;
    private final Optimiser optimiser;
    private final int steps;
    private final long seed;

    private Landscape(
            String words,
            List<Surface> surfaces,
            List<List<Double>> starts,
            Optimiser optimiser,
            int steps,
            long seed) {
        this.words = words;
        this.surfaces = List.copyOf(surfaces);
        this.starts = List.copyOf(starts);
        this.optimiser = optimiser;
        this.steps = steps;
        this.seed = seed;
    }

    static Landscape of(List<Surface> surfaces) {
        String words = surfaces.stream().map(Surface::toString).collect(Collectors.joining(", ", "landscape(", ")"));
        long names = surfaces.stream().map(Surface::name).distinct().count();
        if (surfaces.isEmpty() || names < surfaces.size()) {
            throw new IllegalArgumentException(
                    "%s: it takes one surface or more, each of another name.%nGive one for each task: landscape(surface(\"near\", ..), surface(\"far\", ..))."
                            .formatted(words));
        }
        return new Landscape(words, surfaces, List.of(), DEFAULT_OPTIMISER, DEFAULT_STEPS, DEFAULT_SEED);
    }

    static Landscape toy(double scale) {
        if (!(scale > 0 && scale < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "toy(%s): the scale of the first loss is a finite number above 0.%nGive toy() for 1, as CAGrad has, or toy(0.1), as FAMO has."
                            .formatted(scale));
        }
        String words = scale == 1 ? "toy()" : "toy(" + scale + ")";
        return new Landscape(words, Toy.surfaces(scale), List.of(), DEFAULT_OPTIMISER, DEFAULT_STEPS, DEFAULT_SEED);
    }

    /** This landscape with one more place that every balancer starts from. @param x a number for each parameter */
    public Landscape start(double... x) {
        List<Double> start = Arrays.stream(x).boxed().toList();
        if (x.length == 0 || !start.stream().allMatch(Double::isFinite)) {
            throw new IllegalArgumentException(
                    "start(%s): it takes a finite number for each parameter.%nGive a place: start(-8.5, 7.5)."
                            .formatted(words(start)));
        }
        if (!starts.isEmpty() && starts.get(0).size() != x.length) {
            throw new IllegalArgumentException(
                    "start(%s): it has %d numbers, and start(%s) has %d.%nGive a number for each parameter in both."
                            .formatted(
                                    words(start),
                                    x.length,
                                    words(starts.get(0)),
                                    starts.get(0).size()));
        }
        surfaces.forEach(surface -> check(surface, x));
        List<List<Double>> more = new ArrayList<>(starts);
        more.add(start);
        return new Landscape(words, surfaces, more, optimiser, steps, seed);
    }

    private static void check(Surface surface, double[] start) {
        String words = words(Arrays.stream(start).boxed().toList());
        double loss;
        try {
            loss = surface.formula().at(start.clone(), new double[start.length]);
        } catch (ArrayIndexOutOfBoundsException e) {
            throw new IllegalArgumentException(
                    "start(%s): %s has more parameters than that.%nGive a number for each parameter: start(-8.5, 7.5) for two."
                            .formatted(words, surface),
                    e);
        }
        if (!Double.isFinite(loss)) {
            throw new IllegalArgumentException(
                    "start(%s): the loss of %s is %s there.%nStart where all losses are finite."
                            .formatted(words, surface, loss));
        }
    }

    /** This landscape with another optimiser. */
    public Landscape optimise(Optimiser other) {
        return new Landscape(words, surfaces, starts, other, steps, seed);
    }

    /** This landscape with so many steps. */
    public Landscape steps(int number) {
        if (number < 1) {
            throw new IllegalArgumentException(
                    "steps(%d): it is at least 1.%nGive the steps from each start: steps(50_000).".formatted(number));
        }
        return new Landscape(words, surfaces, starts, optimiser, number, seed);
    }

    /** This landscape with another seed, which balancers draw from. */
    public Landscape seed(long other) {
        return new Landscape(words, surfaces, starts, optimiser, steps, other);
    }

    /**
     * Goes from each start with each balancer, and answers the ways: a table of the end points, and a chart where there are
     * two parameters.
     *
     * @throws IllegalArgumentException if there is no start or no balancer
     */
    public Charted<Trajectories> run(Balancer... balancers) {
        if (starts.isEmpty() || balancers.length == 0) {
            throw new IllegalArgumentException(
                    "run(): there are %d starts and %d balancers, and it takes at least one of each.%nGive both: %s.start(-8.5, 7.5).run(equal(), cagrad())."
                            .formatted(starts.size(), balancers.length, words));
        }
        List<Callable<Trajectory>> walks = new ArrayList<>();
        for (Balancer balancer : balancers) {
            for (List<Double> start : starts) {
                walks.add(() -> new Walk(surfaces, start, balancer, optimiser, steps, seed).go(steps));
            }
        }
        int workers = Runtime.getRuntime().availableProcessors();
        List<@Nullable Trajectory> ended = Workers.run(toString(), walks, workers, Listening.current());
        List<Trajectory> ways = new ArrayList<>();
        for (Trajectory way : ended) {
            if (way != null) {
                ways.add(way);
            }
        }
        if (ways.isEmpty()) {
            throw new IllegalStateException(
                    "run() was interrupted before a way had ended.\nRun it again, with fewer steps if it takes too long.");
        }
        return new Charted<>(Trajectories.of(surfaces, steps, ways), Charts::trajectories);
    }

    private static String words(List<Double> place) {
        return place.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return words
                + starts.stream().map(start -> ".start(" + words(start) + ")").collect(Collectors.joining())
                + ".optimise(" + optimiser + ").steps(" + steps + ")"
                + (seed == DEFAULT_SEED ? "" : ".seed(" + seed + ")");
    }
}
