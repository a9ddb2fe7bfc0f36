package org.mtl4j.fitted;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.mtl4j.show.Show;
import org.mtl4j.show.Table;
import org.mtl4j.task.Objective;
import org.mtl4j.task.Task;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What a net predicts for some rows: per task the probabilities of its classes, or numbers in the target's unit.
 * Immutable. Prints its first rows as a table.
 *
 * <pre>{@code
 * run.predict(rows).labels(income)        // ["<=50K", ">50K", ...]
 * run.predict(rows).probabilities(income) // [rows][classes]
 * }</pre>
 */
public final class Predictions implements Show {

    /** How many rows it prints. */
    public static final int SHOWN_ROWS = 10;

    private final int rows;
    private final List<Objective> objectives;
    private final List<Matrix> values;

    Predictions(int rows, List<Objective> objectives, List<Matrix> values) {
        this.rows = rows;
        this.objectives = objectives;
        this.values = List.copyOf(values);
    }

    /** The number of rows. */
    public int rows() {
        return rows;
    }

    /** The names of the tasks, in order. */
    public List<String> tasks() {
        return objectives.stream().map(objective -> objective.task().name()).toList();
    }

    /** A task's probabilities [rows, classes] or numbers [rows, dimensions]. */
    public Matrix matrix(Task<?> task) {
        return matrix(task.name());
    }

    /** A task's probabilities [rows, classes] or numbers [rows, dimensions]. */
    public Matrix matrix(String task) {
        return values.get(indexOf(task));
    }

    /** The columns of {@link #matrix(String)}: class names, or names of dimensions. */
    public List<String> columns(String task) {
        return objectives.get(indexOf(task)).labels();
    }

    /** The probability of each class, [rows][classes], a row sums to 1; or of each label, [rows][labels]. */
    public double[][] probabilities(Task<?> task) {
        return probabilities(task.name());
    }

    /**
     * The probability of each class, [rows][classes], a row sums to 1; or of each label, [rows][labels].
     *
     * @throws IllegalArgumentException if the task predicts numbers
     */
    public double[][] probabilities(String task) {
        return classes(task).toRows();
    }

    /** The labels above a probability of 0.5 of each row of a multi-label task. */
    public List<List<String>> labelSets(Task<?> task) {
        return labelSets(task.name());
    }

    /**
     * The labels above a probability of 0.5 of each row of a multi-label task.
     *
     * @throws IllegalArgumentException if the task does not predict labels
     */
    public List<List<String>> labelSets(String task) {
        if (!objectives.get(indexOf(task)).isMultiLabel()) {
            throw new IllegalArgumentException("Task '%s' predicts no sets of labels.\nAsk for %s."
                    .formatted(task, objectives.get(indexOf(task)).isRegression() ? numbersOf(task) : labelsOf(task)));
        }
        return IntStream.range(0, rows)
                .mapToObj(row -> labelSet(indexOf(task), row))
                .toList();
    }

    private List<String> labelSet(int t, int row) {
        List<String> names = objectives.get(t).labels();
        return IntStream.range(0, names.size())
                .filter(l -> values.get(t).get(row, l) > MultiLabels.THRESHOLD)
                .mapToObj(names::get)
                .toList();
    }

    private static String numbersOf(String task) {
        return "numbers(\"" + task + "\")";
    }

    private static String labelsOf(String task) {
        return "labels(\"" + task + "\") or probabilities(\"" + task + "\")";
    }

    /** The most probable class of each row, of equals the first; of ordered classes the median. */
    public List<String> labels(Task<?> task) {
        return labels(task.name());
    }

    /**
     * The most probable class of each row, of equals the first; of ordered classes the median.
     *
     * @throws IllegalArgumentException if the task predicts numbers
     */
    public List<String> labels(String task) {
        Matrix probabilities = classes(task);
        if (objectives.get(indexOf(task)).isMultiLabel()) {
            throw new IllegalArgumentException(
                    "Task '%s' predicts any number of labels a row, not one class.\nAsk for labelSets(\"%s\") or probabilities(\"%s\")."
                            .formatted(task, task, task));
        }
        List<String> names = columns(task);
        Choice choice = Choice.of(objectives.get(indexOf(task)).task());
        return IntStream.range(0, rows)
                .mapToObj(row -> names.get(choice.of(probabilities, row)))
                .toList();
    }

    /** The predicted numbers in the target's unit, [rows][dimensions]. */
    public double[][] numbers(Task<?> task) {
        return numbers(task.name());
    }

    /**
     * The predicted numbers in the target's unit, [rows][dimensions].
     *
     * @throws IllegalArgumentException if the task predicts classes
     */
    public double[][] numbers(String task) {
        if (!objectives.get(indexOf(task)).isRegression()) {
            throw new IllegalArgumentException(
                    "Task '%s' predicts classes, not numbers.\nAsk for %s.".formatted(task, labelsOf(task)));
        }
        return matrix(task).toRows();
    }

    /** A task's probabilities or numbers as an ND4J array of floats, [rows, classes] or [rows, dimensions]. */
    public INDArray of(Task<?> task) {
        return of(task.name());
    }

    /** A task's probabilities or numbers as an ND4J array of floats, [rows, classes] or [rows, dimensions]. */
    public INDArray of(String task) {
        Matrix matrix = matrix(task);
        return Nd4j.createFromArray(matrix.toArray()).reshape(matrix.rows(), matrix.columns());
    }

    private Matrix classes(String task) {
        if (objectives.get(indexOf(task)).isRegression()) {
            throw new IllegalArgumentException(
                    "Task '%s' predicts numbers, not classes.\nAsk for %s.".formatted(task, numbersOf(task)));
        }
        return matrix(task);
    }

    private int indexOf(String task) {
        int index = tasks().indexOf(task);
        if (index < 0) {
            throw new IllegalArgumentException("No task '%s' among the predictions.\nThere are %s."
                    .formatted(task, tasks().stream().collect(Collectors.joining(", "))));
        }
        return index;
    }

    private Table table() {
        List<String> columns = new ArrayList<>(List.of("row"));
        for (Objective objective : objectives) {
            String name = objective.task().name();
            if (objective.isRegression()) {
                objective.labels().forEach(d -> columns.add(objective.outputs() == 1 ? name : name + " " + d));
            } else if (objective.isMultiLabel()) {
                columns.add(name);
            } else {
                columns.addAll(List.of(name, "P(" + name + ")"));
            }
        }
        Table table = Table.titled("Predictions").columns(columns.toArray(String[]::new));
        for (int row = 0; row < Math.min(rows, SHOWN_ROWS); row++) {
            table = table.row(cells(row).toArray());
        }
        return table.note("%d of %d rows; P is the probability of the class that is named"
                .formatted(Math.min(rows, SHOWN_ROWS), rows));
    }

    private List<Object> cells(int row) {
        List<Object> cells = new ArrayList<>(List.of(row));
        for (int t = 0; t < values.size(); t++) {
            Matrix matrix = values.get(t);
            if (objectives.get(t).isRegression()) {
                for (int c = 0; c < matrix.columns(); c++) {
                    cells.add((double) matrix.get(row, c));
                }
            } else if (objectives.get(t).isMultiLabel()) {
                List<String> labels = labelSet(t, row);
                cells.add(labels.isEmpty() ? "none" : String.join(", ", labels));
            } else {
                int best = Choice.of(objectives.get(t).task()).of(matrix, row);
                cells.add(objectives.get(t).labels().get(best));
                cells.add((double) matrix.get(row, best));
            }
        }
        return cells;
    }

    /** Whether both hold the same tasks and bits. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Predictions predictions && values.equals(predictions.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return table().toString();
    }

    @Override
    public String toHtml() {
        return table().toHtml();
    }
}
