package org.mtl4j.fitted;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.mtl4j.data.PlaceClasses;
import org.mtl4j.data.TargetColumn;
import org.mtl4j.task.Objective;
import org.mtl4j.task.Task;

/** The scores of a task with an answer at each place, over the labelled places of all rows, pooled. */
final class PlaceScores {

    private static final double NEAR = 11.25;

    private enum Side {
        THERE,
        PREDICTED
    }

    private final Objective objective;
    private final Matrix matrix;
    private final TargetColumn column;

    private PlaceScores(Objective objective, Matrix matrix, TargetColumn column) {
        this.objective = objective;
        this.matrix = matrix;
        this.column = column;
    }

    /** The scores of the rows of these predictions. */
    static TaskScores of(Objective objective, Matrix matrix, TargetColumn column) {
        Task<?> task = objective.task();
        List<Metric> metrics = Scores.metrics(task);
        if (column.labelled() == 0) {
            return TaskScores.none(task.name(), metrics);
        }
        double[] values = new PlaceScores(objective, matrix, column).values(task.kind());
        Map<Metric, Double> named = new LinkedHashMap<>();
        for (int m = 0; m < values.length; m++) {
            named.put(metrics.get(m), values[m]);
        }
        return TaskScores.of(task.name(), column.labelled(), named, List.of());
    }

    /** In the order of {@link Scores#metrics}. */
    private double[] values(Task.Kind kind) {
        if (kind instanceof Task.Kind.Depth) {
            return depths();
        } else if (kind instanceof Task.Kind.Normals) {
            return normals();
        }
        Confusion confusion = confusion();
        if (kind instanceof Task.Kind.Pixels) {
            return new double[] {confusion.meanIou(), confusion.accuracy()};
        } else if (kind instanceof Task.Kind.NextToken) {
            return new double[] {perplexity(), confusion.accuracy()};
        } else if (kind instanceof Task.Kind.Spans) {
            return new double[] {
                Spans.score(tags(Side.THERE), tags(Side.PREDICTED), Spans.Rule.LENIENT)
                        .f1(),
                Spans.score(tags(Side.THERE), tags(Side.PREDICTED), Spans.Rule.STRICT)
                        .f1(),
                confusion.accuracy()
            };
        }
        return new double[] {confusion.accuracy(), confusion.macroF1()};
    }

    /** Says what happens at a labelled place. */
    private interface AtPlace {
        void at(int row, int place);
    }

    private void each(AtPlace action) {
        for (int r = 0; r < column.rows(); r++) {
            for (int p = 0; p < column.places(); p++) {
                if (column.isLabelled(r, p)) {
                    action.at(r, p);
                }
            }
        }
    }

    /** The net's index of the class at a labelled place. */
    private int truth(int row, int place) {
        String name = ((PlaceClasses) column).classes().get((int) column.get(row, place));
        int index = objective.labels().indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException(
                    "Task '%s': row %d, place %d has class '%s', which the net does not know; it has %s.\nLeave such places out, or train on data that name the class."
                            .formatted(
                                    objective.task().name(), row, place, name, String.join(", ", objective.labels())));
        }
        return index;
    }

    private int named(int row, int place) {
        return chosen(matrix, objective.outputs(), row, place);
    }

    /** The class of the greatest number at a place; of equals the first. */
    static int chosen(Matrix matrix, int classes, int row, int place) {
        int best = 0;
        for (int c = 1; c < classes; c++) {
            best = matrix.get(row, place * classes + c) > matrix.get(row, place * classes + best) ? c : best;
        }
        return best;
    }

    private Confusion confusion() {
        Confusion confusion = new Confusion(objective.outputs());
        each((row, place) -> confusion.add(truth(row, place), named(row, place)));
        return confusion;
    }

    private double perplexity() {
        Perplexity perplexity = new Perplexity();
        each((row, place) -> perplexity.add(matrix.get(row, place * objective.outputs() + truth(row, place))));
        return perplexity.value();
    }

    private List<List<String>> tags(Side side) {
        List<List<String>> tags = new ArrayList<>();
        IntStream.range(0, column.rows()).forEach(row -> tags.add(new ArrayList<>()));
        each((row, place) ->
                tags.get(row).add(objective.labels().get(side == Side.THERE ? truth(row, place) : named(row, place))));
        return tags;
    }

    private double[] depths() {
        DepthErrors errors = new DepthErrors();
        each((row, place) -> errors.add(matrix.get(row, place), column.get(row, place)));
        return new double[] {errors.absolute(), errors.relative(), errors.rmse()};
    }

    private double[] normals() {
        NormalErrors errors = new NormalErrors();
        each((row, place) -> {
            double[] p = new double[3];
            double[] y = new double[3];
            for (int c = 0; c < 3; c++) {
                p[c] = matrix.get(row, place * 3 + c);
                y[c] = column.get(row, place * 3 + c);
            }
            errors.add(p, y);
        });
        return new double[] {errors.mean(), errors.median(), errors.within(NEAR)};
    }
}
