package org.mtl4j.study;

import java.util.ArrayList;
import java.util.List;
import org.mtl4j.fitted.Score;
import org.mtl4j.measure.Conflict;
import org.mtl4j.measure.PairConflict;
import org.mtl4j.train.Ending;
import org.mtl4j.train.Epoch;
import org.mtl4j.train.History;

/**
 * What a study keeps of one training; not its net.
 *
 * @param spec what was trained
 * @param state how it ended
 * @param message why it has no scores; empty if it has
 * @param scores the main score of each task on the test part, in order; empty without
 * @param criterion its best validation criterion, lower is better; infinite without
 * @param weights mean weight of each task over all steps; empty without
 * @param cosines mean cosine of each task's gradient with those of the others over all probes; NaN where none was probed
 * @param seconds wall time of the training
 */
public record Trial(
        TrialSpec spec,
        State state,
        String message,
        List<Score> scores,
        double criterion,
        List<Double> weights,
        List<Double> cosines,
        double seconds) {

    /** How a training ended. */
    public enum State {
        /** To its end, or stopped early. */
        DONE("done"),
        /** A loss became NaN or infinite. */
        DIVERGED("diverged"),
        /** An exception ended it. */
        FAILED("failed"),
        /** The study was interrupted before it ended. */
        NOT_RUN("not run");

        private final String word;

        State(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    public Trial {
        scores = List.copyOf(scores);
        weights = List.copyOf(weights);
        cosines = List.copyOf(cosines);
    }

    /** Whether it has scores. */
    public boolean isDone() {
        return state == State.DONE;
    }

    static Trial of(TrialSpec spec, History history, List<Score> scores) {
        double seconds = history.elapsed().toNanos() / 1e9;
        if (history.ending() instanceof Ending.Diverged diverged) {
            return without(spec, State.DIVERGED, diverged.message(), seconds);
        } else if (history.ending() instanceof Ending.Interrupted) {
            return notRun(spec);
        }
        return new Trial(
                spec, State.DONE, "", scores, lowest(history), meanWeights(history), meanCosines(history), seconds);
    }

    /** The training of a control, which has scores only. */
    static Trial scored(TrialSpec spec, List<Score> scores, double seconds) {
        return new Trial(spec, State.DONE, "", scores, Double.NaN, List.of(), List.of(), seconds);
    }

    static Trial failed(TrialSpec spec, Throwable error, double seconds) {
        String message =
                error instanceof RuntimeException && error.getMessage() != null ? error.getMessage() : error.toString();
        return without(spec, State.FAILED, message, seconds);
    }

    static Trial notRun(TrialSpec spec) {
        return without(spec, State.NOT_RUN, "interrupted", Double.NaN);
    }

    private static Trial without(TrialSpec spec, State state, String message, double seconds) {
        return new Trial(spec, state, message, List.of(), Double.POSITIVE_INFINITY, List.of(), List.of(), seconds);
    }

    /** The main score of a task. */
    double score(String task) {
        return scores.stream()
                .filter(score -> score.task().equals(task))
                .mapToDouble(Score::value)
                .findFirst()
                .orElse(Double.NaN);
    }

    /** The mean over all steps of the sum of the weights; NaN without. */
    public double sumOfWeights() {
        return weights.isEmpty()
                ? Double.NaN
                : weights.stream().mapToDouble(Double::doubleValue).sum();
    }

    /** The mean cosine over its pairs of tasks; NaN where none was probed. */
    double meanCosine() {
        return cosines.stream()
                .mapToDouble(Double::doubleValue)
                .filter(Double::isFinite)
                .average()
                .orElse(Double.NaN);
    }

    /** The lowest criterion of an epoch; infinite where the validation part has no label for it. */
    public static double lowest(History history) {
        return history.epochs().stream()
                .mapToDouble(epoch -> Double.isNaN(epoch.criterion()) ? Double.POSITIVE_INFINITY : epoch.criterion())
                .min()
                .orElse(Double.POSITIVE_INFINITY);
    }

    private static List<Double> meanWeights(History history) {
        List<Double> means = new ArrayList<>();
        for (int t = 0; t < history.tasks().size(); t++) {
            double sum = 0;
            int before = 0;
            for (Epoch epoch : history.epochs()) {
                sum += epoch.weights().get(t) * (epoch.step() - before);
                before = epoch.step();
            }
            means.add(sum / before);
        }
        return means;
    }

    private static List<Double> meanCosines(History history) {
        List<PairConflict> pairs = Conflict.of(history).pairs();
        List<Double> means = new ArrayList<>();
        for (String task : history.tasks()) {
            means.add(pairs.stream()
                    .filter(pair -> pair.first().equals(task) || pair.second().equals(task))
                    .mapToDouble(PairConflict::meanCosine)
                    .filter(Double::isFinite)
                    .average()
                    .orElse(Double.NaN));
        }
        return means;
    }
}
