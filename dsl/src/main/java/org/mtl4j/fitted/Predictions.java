package org.mtl4j.fitted;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.mtl4j.show.Show;
import org.mtl4j.show.Table;
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

    /** How many places of a row it prints. */
    public static final int SHOWN_PLACES = TaskAnswers.SHOWN_PLACES;

    private final int rows;
    private final List<TaskAnswers> answers;

    Predictions(int rows, List<TaskAnswers> answers) {
        this.rows = rows;
        this.answers = List.copyOf(answers);
    }

    /** The number of rows. */
    public int rows() {
        return rows;
    }

    /** The names of the tasks, in order. */
    public List<String> tasks() {
        return answers.stream().map(TaskAnswers::name).toList();
    }

    /**
     * A task's probabilities [rows, classes] or numbers [rows, dimensions]; of a task with an answer at each place [rows,
     * places * classes] or [rows, places * dimensions].
     */
    public Matrix matrix(Task<?> task) {
        return matrix(task.name());
    }

    /** A task's probabilities [rows, classes] or numbers [rows, dimensions]. */
    public Matrix matrix(String task) {
        return answersOf(task).values();
    }

    /** The columns of {@link #matrix(String)}: class names, or names of dimensions. */
    public List<String> columns(String task) {
        return answersOf(task).objective().labels();
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
        return answersOf(task).classes().toRows();
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
        TaskAnswers of = answersOf(task);
        of.require(of.objective().isMultiLabel(), "predicts no sets of labels");
        return each(of::labelSet);
    }

    /** The most probable class at each place that a row has, [rows][places]; of a CRF the best path. */
    public List<List<String>> tags(Task<?> task) {
        return tags(task.name());
    }

    /**
     * The most probable class at each place that a row has, [rows][places]; of a CRF the best path.
     *
     * @throws IllegalArgumentException if the task has no class at each place
     */
    public List<List<String>> tags(String task) {
        TaskAnswers of = answersOf(task);
        of.require(
                of.objective().isOfPlaceClasses() && !of.objective().isSequence(),
                "predicts no class at each place of a row");
        return each(of::tags);
    }

    /** The words that a task writes for each row, [rows][words]: the likeliest at each place, up to the end (greedy search). */
    public List<List<String>> sequences(Task<?> task) {
        return sequences(task.name());
    }

    /**
     * The words that a task writes for each row, [rows][words]: the likeliest at each place, up to the end (greedy search).
     * {@link #matrix(String)} has the probabilities of all words there.
     *
     * @throws IllegalArgumentException if the task writes no sequences
     */
    public List<List<String>> sequences(String task) {
        TaskAnswers of = answersOf(task);
        of.require(of.objective().isSequence(), "writes no sequences");
        return each(of::tags);
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
        TaskAnswers of = answersOf(task);
        of.requireOneClass();
        return each(of::label);
    }

    /** The predicted numbers in the target's unit, [rows][dimensions]; of depths [rows][places], of normals [rows][places * 3]. */
    public double[][] numbers(Task<?> task) {
        return numbers(task.name());
    }

    /**
     * The predicted numbers in the target's unit, [rows][dimensions].
     *
     * @throws IllegalArgumentException if the task predicts classes
     */
    public double[][] numbers(String task) {
        return answersOf(task).numbers().toRows();
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

    /** The vectors of both inputs of each row of a task of pairs, and what finds what by them. */
    public Retrieval retrieval(Task<?> task) {
        return retrieval(task.name());
    }

    /**
     * The vectors of both inputs of each row of a task of pairs, and what finds what by them.
     *
     * @throws IllegalArgumentException if the task compares no inputs
     */
    public Retrieval retrieval(String task) {
        TaskAnswers of = answersOf(task);
        of.require(of.objective().task().kind() instanceof Task.Kind.Pairs, "compares no two inputs");
        return new Retrieval(of.objective().labels(), of.values());
    }

    /** The boxes that a task finds in the image of each row. */
    public FoundBoxes boxes(Task<?> task) {
        return boxes(task.name());
    }

    /**
     * The boxes that a task finds in the image of each row. {@link #matrix(String)} has what it says at each cell: the probability
     * of each class, left, top, right and bottom in pixels, and the center-ness.
     *
     * @throws IllegalArgumentException if the task finds no boxes
     */
    public FoundBoxes boxes(String task) {
        TaskAnswers of = answersOf(task);
        of.require(of.objective().isOfBoxes(), "finds no boxes");
        return FoundBoxes.of(of.objective(), of.values());
    }

    private <T> List<T> each(IntFunction<T> ofRow) {
        return IntStream.range(0, rows).mapToObj(ofRow).toList();
    }

    private TaskAnswers answersOf(String task) {
        return answers.stream()
                .filter(each -> each.name().equals(task))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No task '%s' among the predictions.\nThere are %s."
                        .formatted(task, String.join(", ", tasks()))));
    }

    private Table table() {
        List<String> columns = new ArrayList<>(List.of("row"));
        answers.forEach(each -> columns.addAll(each.columns()));
        Table table = Table.titled("Predictions").columns(columns.toArray(String[]::new));
        for (int row = 0; row < Math.min(rows, SHOWN_ROWS); row++) {
            List<Object> cells = new ArrayList<>(List.of(row));
            for (TaskAnswers each : answers) {
                cells.addAll(each.cells(row));
            }
            table = table.row(cells.toArray());
        }
        return table.note("%d of %d rows; P is the probability of the class that is named"
                .formatted(Math.min(rows, SHOWN_ROWS), rows));
    }

    private List<Matrix> values() {
        return answers.stream().map(TaskAnswers::values).toList();
    }

    /** Whether both hold the same tasks and bits. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Predictions predictions && values().equals(predictions.values());
    }

    @Override
    public int hashCode() {
        return values().hashCode();
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
