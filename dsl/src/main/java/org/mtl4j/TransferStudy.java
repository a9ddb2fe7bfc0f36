package org.mtl4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.mtl4j.balance.TunedFixed;
import org.mtl4j.data.Split;
import org.mtl4j.fitted.Score;
import org.mtl4j.measure.TaskTransfer;
import org.mtl4j.measure.Transfer;
import org.mtl4j.study.Terms;
import org.mtl4j.study.Workers;
import org.mtl4j.task.Task;
import org.mtl4j.train.Listening;
import org.mtl4j.train.Spec;
import org.mtl4j.train.Training;

/**
 * A study of joint against single-task training: who gains from learning together, who is harmed. A frozen value; {@link
 * #run} does the work.
 *
 * <p>Each seed trains the recipe once with all tasks and once per task alone: the same encoder, as many steps, on the rows
 * that carry the task's label. Both sides try the same learning rates, and take the rate and the epoch with the best validation criterion: jointly the
 * recipe's own (the weighted sum over tasks unless it watches one), alone the task's validation loss. What is reported is
 * the test part. Seeds redraw the split, the initial parameters and the order, unless {@link #sameSplit}.
 */
public final class TransferStudy {

    /** Seeds where none are given. */
    public static final int DEFAULT_SEEDS = 5;

    /** Learning rates tried on both sides where none are given, as factors of the recipe's rate. */
    public static final List<Double> DEFAULT_RATE_FACTORS = List.of(0.3, 1.0, 3.0);

    /** Whether each seed draws its own split. */
    private enum Splits {
        REDRAWN,
        SAME
    }

    private final Recipe recipe;
    private final int seeds;
    private final Splits splits;
    private final List<Double> rates;
    private final int workers;

    private TransferStudy(Recipe recipe, int seeds, Splits splits, List<Double> rates, int workers) {
        this.recipe = recipe;
        this.seeds = seeds;
        this.splits = splits;
        this.rates = rates;
        this.workers = workers;
        if (seeds < 1 || workers < 1) {
            throw new IllegalArgumentException(
                    "transfer(): seeds(%d) and workers(%d) are at least 1.%nGive a positive number, such as seeds(5)."
                            .formatted(seeds, workers));
        }
    }

    static TransferStudy of(Recipe recipe) {
        if (recipe.tasks().size() < 2) {
            throw new IllegalArgumentException(
                    "transfer(): the recipe has one task, so there is nothing to learn together.\nGive it at least two tasks.");
        }
        double rate = recipe.plan().optimiser().settings().rate();
        List<Double> rates =
                DEFAULT_RATE_FACTORS.stream().map(factor -> factor * rate).toList();
        return new TransferStudy(
                recipe,
                DEFAULT_SEEDS,
                Splits.REDRAWN,
                rates,
                Runtime.getRuntime().availableProcessors());
    }

    /** This study with so many seeds: 1, 2, ... counted from the recipe's seed. */
    public TransferStudy seeds(int number) {
        return new TransferStudy(recipe, number, splits, rates, workers);
    }

    /** This study on one split: the intervals then cover initialisation and order only. */
    public TransferStudy sameSplit() {
        return new TransferStudy(recipe, seeds, Splits.SAME, rates, workers);
    }

    /** This study with these learning rates tried on both sides. */
    public TransferStudy rates(double... grid) {
        if (grid.length == 0) {
            throw new IllegalArgumentException(
                    "rates(): no learning rate is given.\nGive at least one: rates(3e-4, 1e-3, 3e-3).");
        }
        for (double rate : grid) {
            recipe.plan().optimiser().rate(rate); // an optimiser that exists has a valid rate
        }
        return new TransferStudy(
                recipe, seeds, splits, Arrays.stream(grid).boxed().toList(), workers);
    }

    /** This study on so many threads; the result does not depend on it. */
    public TransferStudy workers(int threads) {
        return new TransferStudy(recipe, seeds, splits, rates, threads);
    }

    /**
     * Trains all of it and answers the gains.
     *
     * @throws IllegalArgumentException if data and recipe do not fit; before training starts
     */
    public TransferView run(Split split) {
        List<Long> drawn = LongStream.range(0, seeds)
                .map(i -> recipe.plan().seed() + i)
                .boxed()
                .toList();
        List<Callable<Trial>> trials = new ArrayList<>();
        for (long seed : drawn) {
            Split part = splits == Splits.SAME ? split : split.redraw(seed);
            check(part);
            for (double rate : rates) {
                trials.add(trial(recipe, seed, rate, part));
                for (Task<?> task : recipe.tasks()) {
                    trials.add(() -> alone(task, part, seed, rate));
                }
            }
        }
        List<@Nullable Trial> ended = Workers.run(toString(), trials, workers, Listening.current());
        return new TransferView(gains(drawn, ended));
    }

    private void check(Split part) {
        recipe.check(part);
        for (Task<?> task : recipe.tasks()) {
            if (part.validation().target(task.name()).labelled() == 0) {
                throw new IllegalArgumentException(
                        "transfer(): no validation row carries a label of '%s', so neither its rate nor its epoch can be chosen.%nSplit so that labelled rows reach the validation part, or leave the task out."
                                .formatted(task.name()));
            }
        }
    }

    /** The baseline: one task on its labelled rows, with as many steps as the joint training takes. */
    private Trial alone(Task<?> task, Split split, long seed, double rate) {
        Spec alone = Terms.alone(recipe.spec(), task, recipe.sharing().encoder());
        Split own = Terms.labelled(split, alone.tasks());
        int steps = Terms.steps(recipe.plan(), split.train().rows());
        return trained(Recipe.of(Terms.equalSteps(alone, steps, own.train().rows())), own, seed, rate);
    }

    private static Callable<Trial> trial(Recipe recipe, long seed, double rate, Split split) {
        return () -> trained(recipe, split, seed, rate);
    }

    private static Trial trained(Recipe recipe, Split split, long seed, double rate) {
        Recipe own =
                recipe.seed(seed).optimise(recipe.plan().optimiser().rate(rate)).watchConflict(0);
        return Trial.of(own.fit(split, Training.Audience.NOBODY), rate);
    }

    /**
     * One training.
     *
     * @param criterion its best validation criterion, lower is better
     * @param rate its learning rate
     * @param scores main test score per task
     */
    private record Trial(double criterion, double rate, List<Score> scores) {

        static Trial of(Run run, double rate) {
            return new Trial(org.mtl4j.study.Trial.lowest(run.history()), rate, run.mainScores());
        }
    }

    /** The seeds whose trainings have all ended; after an interrupt these are fewer than planned. */
    private List<List<Trial>> complete(List<@Nullable Trial> ended) {
        int perSeed = rates.size() * (recipe.tasks().size() + 1);
        List<List<Trial>> complete = new ArrayList<>();
        for (int from = 0; from < ended.size(); from += perSeed) {
            List<Trial> ofSeed = new ArrayList<>();
            for (Trial trial : ended.subList(from, from + perSeed)) {
                if (trial != null) {
                    ofSeed.add(trial);
                }
            }
            if (ofSeed.size() < perSeed) {
                break;
            }
            complete.add(ofSeed);
        }
        if (complete.isEmpty()) {
            throw new IllegalStateException(
                    "transfer() was interrupted before the %d trainings of its first seed had ended, so there is no pair to compare.%nRun it again, with fewer rates if it takes too long."
                            .formatted(perSeed));
        }
        return complete;
    }

    private Transfer gains(List<Long> drawn, List<@Nullable Trial> ended) {
        List<List<Trial>> complete = complete(ended);
        List<TaskTransfer> gains = new ArrayList<>();
        for (int t = 0; t < recipe.tasks().size(); t++) {
            List<Double> single = new ArrayList<>();
            List<Double> joint = new ArrayList<>();
            for (List<Trial> ofSeed : complete) {
                joint.add(best(ofSeed, 0).scores().get(t).value());
                single.add(best(ofSeed, t + 1).scores().get(0).value());
            }
            Score first = complete.get(0).get(0).scores().get(t);
            gains.add(new TaskTransfer(first.task(), first.metric(), single, joint));
        }
        String covers = splits == Splits.SAME ? Transfer.ONE_SPLIT : Transfer.NEW_SPLITS;
        String interrupted = complete.size() < drawn.size()
                ? " Interrupted: %d of %d seeds.".formatted(complete.size(), drawn.size())
                : "";
        return Transfer.of(gains, covers, tuning() + interrupted, drawn.subList(0, complete.size()));
    }

    private Trial best(List<Trial> ofSeed, int side) {
        Trial best = ofSeed.get(side);
        for (int r = 1; r < rates.size(); r++) {
            Trial other = ofSeed.get(r * (recipe.tasks().size() + 1) + side);
            best = other.criterion() < best.criterion() ? other : best;
        }
        return best;
    }

    private String tuning() {
        String grid = rates.stream()
                .map(rate -> String.format(Locale.ROOT, "%.2g", rate))
                .collect(Collectors.joining(", "));
        return "Both sides: learning rate from {%s} and epoch, chosen on validation.".formatted(grid) + tunedFixed();
    }

    private String tunedFixed() {
        return recipe.plan().balancer() instanceof TunedFixed tuned
                ? " Joint: fixed weights too, of %d candidates at each rate."
                        .formatted(TunedFit.of(recipe, tuned).candidates().size())
                : "";
    }

    @Override
    public String toString() {
        return "transfer(recipe).seeds(" + seeds + ")" + (splits == Splits.SAME ? ".sameSplit()" : "");
    }
}
