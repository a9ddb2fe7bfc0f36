package org.mtl4j;

import java.time.Duration;
import java.util.List;
import org.mtl4j.balance.Balancer;
import org.mtl4j.balance.TunedFixed;
import org.mtl4j.data.Split;
import org.mtl4j.study.Trial;
import org.mtl4j.task.Task;
import org.mtl4j.train.Ending;
import org.mtl4j.train.History;
import org.mtl4j.train.Training;

/**
 * The search of a recipe's fixed weights on one split: its candidates are trained one after another, and the best run is
 * kept.
 *
 * @param recipe what is trained
 * @param tuned the search
 * @param candidates the weights that it tries, at least one
 */
record TunedFit(Recipe recipe, TunedFixed tuned, List<Balancer> candidates) {

    static TunedFit of(Recipe recipe, TunedFixed tuned) {
        List<String> names = recipe.tasks().stream().map(Task::name).toList();
        return new TunedFit(
                recipe, tuned, tuned.candidates(names, 0, recipe.plan().seed()));
    }

    /** The best run; after an interrupt that of the trainings that had ended, or else the one that it cut short. */
    Run run(Split split, Training.Audience audience) {
        requireJudged(split);
        try {
            return search(split, audience);
        } finally {
            int all = candidates.size();
            audience.listener().trial(audience.title(), all, all, Duration.ZERO); // it is over, however it ended
        }
    }

    private Run search(Split split, Training.Audience audience) {
        int all = candidates.size();
        long start = System.nanoTime();
        audience.listener().trial(audience.title(), 0, all, Duration.ZERO);
        Run best = fit(0, split);
        if (!best.isWhole()) {
            return best.note(unsearched());
        }
        for (int tried = 1; tried < all; tried++) {
            Duration left = Duration.ofNanos((System.nanoTime() - start) / tried * (all - tried));
            audience.listener().trial(audience.title(), tried, all, left);
            Run run = fit(tried, split);
            if (!run.isWhole()) {
                return best.cut(cut(best, tried));
            }
            best = criterion(run) < criterion(best) ? run : best;
        }
        return best.note(chosen(best) + "; " + all + " trainings spent.");
    }

    private Run fit(int candidate, Split split) {
        return recipe.balance(candidates.get(candidate)).fit(split, Training.Audience.NOBODY);
    }

    /** What is compared: that of a training that diverged is worse than any. */
    private static double criterion(Run run) {
        History history = run.history();
        return history.ending() instanceof Ending.Diverged ? Double.POSITIVE_INFINITY : Trial.lowest(history);
    }

    private String chosen(Run best) {
        return "%s: chose %s of %d candidates, equal weights among them, by the lowest %s"
                .formatted(
                        tuned,
                        best.recipe().plan().balancer(),
                        candidates.size(),
                        best.history().criterion());
    }

    private String cut(Run best, int tried) {
        return "%s; interrupted when %d of the %d had been trained.".formatted(chosen(best), tried, candidates.size());
    }

    private String unsearched() {
        return "%s: interrupted in the first of %d candidates, equal weights, so nothing was compared."
                .formatted(tuned, candidates.size());
    }

    private void requireJudged(Split split) {
        recipe.check(split);
        if (!recipe.plan().stopping().task().isEmpty()) {
            return; // that there are labels of the watched task is checked
        }
        for (Task<?> task : recipe.tasks()) {
            if (split.validation().target(task.name()).labelled() == 0) {
                throw new IllegalArgumentException(
                        "%s: no validation row carries a label of '%s', so no weight of it can be better than another.%nSplit so that labelled rows reach the validation part, or give it a weight: fixed(..)."
                                .formatted(tuned, task.name()));
            }
        }
    }
}
