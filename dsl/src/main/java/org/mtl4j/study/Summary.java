package org.mtl4j.study;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.mtl4j.fitted.Metric;
import org.mtl4j.measure.Interval;
import org.mtl4j.task.Task;

/**
 * What the trainings of one cell have in common.
 *
 * @param percents delta-m of each seed in which it is defined, in percent; see {@link #percents}
 * @param sumOfWeights mean over steps and seeds of the sum of the weights
 * @param rate the learning rate that was chosen
 * @param seconds mean time of a training
 * @param status {@code ok}, or how many trainings have no scores, and why the first has none
 */
record Summary(List<Double> percents, double sumOfWeights, double rate, double seconds, String status) {

    Summary {
        percents = List.copyOf(percents);
    }

    static Summary of(Results results, Cell cell) {
        List<Trial> trials = results.of(cell);
        return new Summary(
                percents(results.effects(cell)),
                mean(trials, Trial::sumOfWeights),
                trials.get(0).spec().rate(),
                mean(trials, Trial::seconds),
                status(trials));
    }

    /** The mean of delta-m with its t interval over seeds, in percent. */
    Interval deltaM() {
        return Interval.of(percents);
    }

    /**
     * Delta-m of each seed: the mean over tasks of 100 (joint - single) / single, signed so that positive is better. A
     * seed counts if every task has both scores and every single-task score is positive.
     */
    private static List<Double> percents(List<Effect> effects) {
        List<Double> percents = new ArrayList<>();
        int seeds = effects.get(0).transfer().single().size();
        for (int s = 0; s < seeds; s++) {
            int seed = s;
            double percent = effects.stream()
                    .mapToDouble(effect -> percent(effect, seed))
                    .average()
                    .orElse(Double.NaN);
            if (Double.isFinite(percent)) {
                percents.add(percent);
            }
        }
        return percents;
    }

    private static double percent(Effect effect, int seed) {
        double single = effect.transfer().single().get(seed);
        double joint = effect.transfer().joint().get(seed);
        return single > 0 ? 100 * effect.transfer().metric().gain(single, joint) / single : Double.NaN;
    }

    private static double mean(List<Trial> trials, ToDoubleFunction<Trial> of) {
        return trials.stream().filter(Trial::isDone).mapToDouble(of).average().orElse(Double.NaN);
    }

    private static String status(List<Trial> trials) {
        List<Trial> without = trials.stream().filter(trial -> !trial.isDone()).toList();
        if (without.isEmpty()) {
            return "ok";
        }
        Trial first = without.get(0);
        return "%d of %d without scores: %s, %s"
                .formatted(
                        without.size(),
                        trials.size(),
                        first.state(),
                        first.message().lines().findFirst().orElse(""));
    }

    /** {@code casual R2}: a task with its main metric. */
    static String column(Task<?> task) {
        return task.name() + " " + Metric.mainOf(task).name();
    }
}
