package org.mtl4j.study;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mtl4j.balance.TunedFixed;

/** What the cells of tuned fixed weights take the best of. Immutable. */
final class Candidates {

    private final Map<Cell, List<Cell>> byCell = new LinkedHashMap<>();
    private final Set<Cell> own = new LinkedHashSet<>();

    /**
     * The candidates of those of these cells that have some.
     *
     * @param cells all of a study
     * @param seed what random weights are drawn from
     */
    Candidates(Collection<Cell> cells, long seed) {
        for (Cell cell : cells) {
            if (cell.balancer() instanceof TunedFixed tuned) {
                List<Cell> candidates = new ArrayList<>();
                tuned.candidates(cell.names(), methods(cell, cells), seed).forEach(weights -> {
                    Cell named = cell.as(Cell.Kind.JOINT, weights);
                    boolean isNamed = cells.contains(named);
                    candidates.add(isNamed ? named : cell.as(Cell.Kind.CANDIDATE, weights));
                });
                byCell.put(cell, List.copyOf(candidates));
                candidates.stream()
                        .filter(each -> each.kind() == Cell.Kind.CANDIDATE)
                        .forEach(own::add);
            }
        }
    }

    /** How many methods weigh the same tasks in the same net. */
    static int methods(Cell cell, Collection<Cell> cells) {
        return (int) cells.stream()
                .filter(other -> TunedFixed.isMethod(other.balancer())
                        && other.equals(cell.as(Cell.Kind.JOINT, other.balancer())))
                .count();
    }

    /** The candidates of a cell, equal weights first; empty for one that is trained itself. */
    List<Cell> of(Cell cell) {
        return byCell.getOrDefault(cell, List.of());
    }

    /** Those that are trained for nothing else. */
    List<Cell> own() {
        return List.copyOf(own);
    }

    /** {@code tunedFixed() in 2 cells, each the best of 3 candidates: equal weights and ..}; empty without such cells. */
    String line() {
        if (byCell.isEmpty()) {
            return "";
        }
        int least = byCell.values().stream().mapToInt(List::size).min().orElse(0);
        int most = byCell.values().stream().mapToInt(List::size).max().orElse(0);
        String range = least == most ? String.valueOf(most) : least + " to " + most;
        return "tunedFixed() in %s, the best of %s candidates%s: equal weights, and others that sum to the number of tasks."
                .formatted(Design.number(byCell.size(), "cell"), range, byCell.size() == 1 ? "" : " each");
    }
}
