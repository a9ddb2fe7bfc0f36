package org.mtl4j.study;

import java.util.ArrayList;
import java.util.List;

/**
 * The choice of a cell's learning rate, and of tuned fixed weights: the one with the lowest mean over seeds of the best validation criterion. A rate at
 * which fewer trainings diverged or failed goes first; seeds that did not run at every rate are not looked at.
 */
final class Choice {

    private Choice() {}

    /** The trials of a cell at the chosen rate, in the order of the seeds. */
    static List<Trial> of(List<Trial> trials, List<Double> rates) {
        return best(byRate(trials, rates));
    }

    /** The trials of a cell at each rate, each in the order of the seeds. */
    static List<List<Trial>> byRate(List<Trial> trials, List<Double> rates) {
        List<List<Trial>> byRate = new ArrayList<>();
        for (double rate : rates) {
            byRate.add(trials.stream()
                    .filter(trial -> Double.compare(trial.spec().rate(), rate) == 0)
                    .toList());
        }
        return byRate;
    }

    /** The best of several ways to train, each one's trials in the order of the seeds; the first of equal ones. */
    static List<Trial> best(List<List<Trial>> ways) {
        List<Integer> complete = complete(ways);
        List<Trial> best = ways.get(0);
        for (List<Trial> other : ways.subList(1, ways.size())) {
            best = isBetter(other, best, complete) ? other : best;
        }
        return best;
    }

    /** The places of the seeds that ran in all these ways. */
    static List<Integer> complete(List<List<Trial>> ways) {
        List<Integer> complete = new ArrayList<>();
        for (int s = 0; s < ways.get(0).size(); s++) {
            int seed = s;
            if (ways.stream().allMatch(each -> each.get(seed).state() != Trial.State.NOT_RUN)) {
                complete.add(seed);
            }
        }
        return complete;
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
