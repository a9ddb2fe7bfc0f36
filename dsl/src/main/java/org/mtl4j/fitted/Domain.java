package org.mtl4j.fitted;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.mtl4j.data.Boxes;
import org.mtl4j.data.TargetColumn;
import org.mtl4j.task.Objective;
import org.mtl4j.task.Task;

/** What the labels of a task held in the training part. */
sealed interface Domain {

    /** Rows per class, in index order; 0 for a class that the training part lacks. */
    record Classes(List<Long> counts) implements Domain {
        public Classes {
            counts = List.copyOf(counts);
        }
    }

    /**
     * Labels that hold or do not.
     *
     * @param rows the rows of which some label is known
     * @param counts rows in which the label holds, in index order
     */
    record Marks(long rows, List<Long> counts) implements Domain {
        public Marks {
            counts = List.copyOf(counts);
        }
    }

    /** Moments per dimension, in the target's own unit. */
    record Numbers(List<Moments> dimensions) implements Domain {
        public Numbers {
            dimensions = List.copyOf(dimensions);
        }
    }

    /** What the labelled rows of this column hold. */
    static Domain of(Objective objective, TargetColumn column) {
        if (objective.task().kind() instanceof Task.Kind.Pairs) {
            return new Classes(List.of()); // pairs have no values
        } else if (column instanceof Boxes boxes) {
            return boxes(objective, boxes);
        } else if (objective.isPlaced()) {
            return places(objective, column);
        }
        int[] labelled =
                IntStream.range(0, column.rows()).filter(column::isLabelled).toArray();
        if (objective.isRegression()) {
            List<Moments> dimensions = new ArrayList<>();
            for (int d = 0; d < objective.labels().size(); d++) {
                int dimension = column.width() == 1 ? 0 : d; // one number for all its quantiles
                dimensions.add(Moments.of(labelled.length, i -> column.get(labelled[i], dimension)));
            }
            return new Numbers(dimensions);
        } else if (column instanceof TargetColumn.Marks marks) {
            return new Marks(
                    labelled.length,
                    IntStream.range(0, marks.width())
                            .mapToObj(label -> IntStream.of(labelled)
                                    .filter(row -> marks.holds(row, label))
                                    .count())
                            .toList());
        }
        Long[] counts = new Long[objective.labels().size()];
        Arrays.fill(counts, 0L);
        for (int row : labelled) {
            String name = ((TargetColumn.Classes) column).classes().get((int) column.get(row, 0));
            counts[objective.labels().indexOf(name)]++;
        }
        return new Classes(List.of(counts));
    }

    /** Boxes per class. */
    private static Domain boxes(Objective objective, Boxes column) {
        Long[] counts = new Long[objective.labels().size()];
        Arrays.fill(counts, 0L);
        for (int r = 0; r < column.rows(); r++) {
            column.boxes(r).forEach(box -> counts[objective.labels().indexOf(box.label())]++);
        }
        return new Classes(List.of(counts));
    }

    /** The same over the labelled places of all rows. */
    private static Domain places(Objective objective, TargetColumn column) {
        int dimensions = objective.isOfPlaceClasses() ? 1 : objective.outputs();
        int[] labelled = IntStream.range(0, column.rows() * column.places())
                .filter(at -> column.isLabelled(at / column.places(), at % column.places()))
                .toArray();
        if (!objective.isOfPlaceClasses()) {
            return new Numbers(IntStream.range(0, dimensions)
                    .mapToObj(d -> Moments.of(
                            labelled.length,
                            i -> column.get(
                                    labelled[i] / column.places(), labelled[i] % column.places() * dimensions + d)))
                    .toList());
        }
        Long[] counts = new Long[objective.labels().size()];
        Arrays.fill(counts, 0L);
        for (int at : labelled) {
            counts[(int) column.get(at / column.places(), at % column.places())]++;
        }
        return new Classes(List.of(counts));
    }

    /**
     * The objective with a name for every output: a head that was declared wider than the classes of its column has its
     * further classes named by their number.
     */
    static Objective named(Objective objective) {
        if (!(objective.task().kind() instanceof Task.Kind.Classes)
                || objective.labels().size() == objective.outputs()) {
            return objective;
        }
        List<String> names = new ArrayList<>(objective.labels());
        while (names.size() < objective.outputs()) {
            String number = String.valueOf(names.size());
            names.add(names.contains(number) ? "class " + number : number);
        }
        return new Objective(objective.task(), objective.outputs(), names);
    }
}
