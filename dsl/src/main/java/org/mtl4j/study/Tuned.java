package org.mtl4j.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.mtl4j.balance.Fixed;

/**
 * What the search of tuned fixed weights came to.
 *
 * @param trials the trainings of the chosen candidate at its rate, one per seed, in order; not run where none was chosen
 * @param spent the trainings that ended, of all candidates
 * @param compared the seeds in which all of them ended, which chose
 */
record Tuned(List<Trial> trials, int spent, int compared) {

    Tuned {
        trials = List.copyOf(trials);
    }

    /** The best of these candidates. @param byCell the trials of each */
    static Tuned of(List<Cell> candidates, Map<Cell, List<Trial>> byCell, List<Double> rates) {
        List<List<Trial>> ways = new ArrayList<>();
        candidates.forEach(cell -> ways.addAll(Choice.byRate(byCell.getOrDefault(cell, List.of()), rates)));
        List<Trial> all = ways.stream().flatMap(List::stream).toList();
        List<Trial> best = Choice.best(ways);
        int compared = Choice.complete(ways).size();
        List<Trial> trials = compared > 0
                ? best
                : best.stream().map(trial -> Trial.notRun(trial.spec())).toList();
        return new Tuned(trials, ended(all), compared);
    }

    /** How many of these trainings ended. */
    static int ended(List<Trial> trials) {
        return (int) trials.stream()
                .filter(trial -> trial.state() != Trial.State.NOT_RUN)
                .count();
    }

    /** What was chosen. */
    Cell chosen() {
        return trials.get(0).spec().cell();
    }

    /** {@code casual 0.50, registered 1.50}. */
    String words() {
        if (compared == 0) {
            return "not chosen";
        }
        return chosen().balancer() instanceof Fixed fixed
                ? fixed.weights().entrySet().stream()
                        .map(each -> String.format(Locale.ROOT, "%s %.2f", each.getKey(), each.getValue()))
                        .collect(Collectors.joining(", "))
                : "equal weights";
    }
}
