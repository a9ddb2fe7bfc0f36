package org.mtl4j.study;

import java.util.ArrayList;
import java.util.List;

/**
 * The choice of a cell's learning rate: the one with the lowest mean over seeds of the best validation criterion. A rate at
 * which fewer trainings diverged or failed goes first; seeds that did not run at every rate are not looked at.
 */
final class Choice {

    private Choice() {}

    /** The trials of a cell at the chosen rate, in the order of the seeds. */
    static List<Trial> of(List<Trial> trials, List<Double> rates) {
        List<List<Trial>> byRate = new ArrayList<>();
        for (double rate : rates) {
            byRate.add(trials.stream()
                    .filter(trial -> Double.compare(trial.spec().rate(), rate) == 0)
                    .toList());
        }
        List<Integer> complete = new ArrayList<>();
        for (int s = 0; s < byRate.get(0).size(); s++) {
            int seed = s;
            if (byRate.stream().allMatch(each -> each.get(seed).state() != Trial.State.NOT_RUN)) {
                complete.add(seed);
            }
        }
        List<Trial> best = byRate.get(0);
        for (List<Trial> other : byRate.subList(1, byRate.size())) {
            best = isBetter(other, best, complete) ? other : best;
        }
        return best;
    }

    private static boolean isBetter(List<Trial> one, List<Trial> other, List<Integer> seeds) {
        long ended = done(one, seeds);
        long otherEnded = done(other, seeds);
        return ended > otherEnded || (ended == otherEnded && mean(one, seeds) < mean(other, seeds));
    }

    private static long done(List<Trial> trials, List<Integer> seeds) {
        return seeds.stream().filter(seed -> trials.get(seed).isDone()).count();
    }

    private static double mean(List<Trial> trials, List<Integer> seeds) {
        return seeds.stream()
                .map(trials::get)
                .filter(Trial::isDone)
                .mapToDouble(Trial::criterion)
                .average()
                .orElse(Double.POSITIVE_INFINITY);
    }
}
