package org.mtl4j.fitted;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

    /** How many places of a row it prints. */
    public static final int SHOWN_PLACES = 8;

    private final int rows;
    private final List<Objective> objectives;
    private final List<Matrix> values;
    /** Per task, how many places each row has; empty where it has one answer a row. */
    private final List<int[]> lengths;

    Predictions(int rows, List<Objective> objectives, List<Matrix> values, List<int[]> lengths) {
        this.rows = rows;
        this.objectives = objectives;
        this.values = List.copyOf(values);
        this.lengths = List.copyOf(lengths);
    }

    /** The number of rows. */
    public int rows() {
        return rows;
    }

    /** The names of the tasks, in order. */
    public List<String> tasks() {
        return objectives.stream().map(objective -> objective.task().name()).toList();
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
        int t = indexOf(task);
        if (!objectives.get(t).isOfPlaceClasses() || objectives.get(t).isSequence()) {
            throw new IllegalArgumentException("Task '%s' predicts no class at each place of a row.\nAsk for %s."
                    .formatted(task, answers(objectives.get(t))));
        }
        return IntStream.range(0, rows).mapToObj(row -> tags(t, row)).toList();
    }

    private List<String> tags(int t, int row) {
        Objective objective = objectives.get(t);
        return IntStream.range(0, lengths.get(t)[row])
                .mapToObj(place ->
                        objective.labels().get(PlaceScores.chosen(values.get(t), objective.outputs(), row, place)))
                .toList();
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
        int t = indexOf(task);
        if (!objectives.get(t).isSequence()) {
            throw new IllegalArgumentException(
                    "Task '%s' writes no sequences.\nAsk for %s.".formatted(task, answers(objectives.get(t))));
        }
        return IntStream.range(0, rows).mapToObj(row -> tags(t, row)).toList();
    }

    /** What to ask of a task for its answers. */
    static String answers(Objective objective) {
        String task = objective.task().name();
        if (objective.isSequence()) {
            return "sequences(\"" + task + "\")";
        } else if (objective.task().kind() instanceof Task.Kind.Pairs) {
            return "retrieval(\"" + task + "\")";
        } else if (objective.isOfBoxes()) {
            return "boxes(\"" + task + "\")";
        } else if (objective.isOfPlaceClasses()) {
            return "tags(\"" + task + "\")";
        } else if (objective.isRegression() || objective.isPlaced()) {
            return numbersOf(task);
        }
        return objective.isMultiLabel() ? "labelSets(\"" + task + "\")" : labelsOf(task);
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
        Objective objective = objectives.get(indexOf(task));
        if (objective.isOfPlaceClasses() || (!objective.isRegression() && !objective.isPlaced())) {
            throw new IllegalArgumentException("Task '%s' predicts %s, not numbers.\nAsk for %s."
                    .formatted(task, values(objective), answers(objective)));
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
        Objective objective = objectives.get(indexOf(task));
        if (!(objective.task().kind() instanceof Task.Kind.Pairs)) {
            throw new IllegalArgumentException(
                    "Task '%s' compares no two inputs.%nAsk for %s.".formatted(task, answers(objective)));
        }
        return new Retrieval(objective.labels(), matrix(task));
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
        Objective objective = objectives.get(indexOf(task));
        if (!objective.isOfBoxes()) {
            throw new IllegalArgumentException(
                    "Task '%s' finds no boxes.%nAsk for %s.".formatted(task, answers(objective)));
        }
        return FoundBoxes.of(objective, matrix(task));
    }

    private static String values(Objective objective) {
        if (objective.isOfBoxes()) {
            return "boxes";
        }
        return objective.task().kind() instanceof Task.Kind.Pairs ? "pairs" : "classes";
    }

    private Matrix classes(String task) {
        Objective objective = objectives.get(indexOf(task));
        if (objective.isOfBoxes() || objective.task().kind() instanceof Task.Kind.Pairs) {
            throw new IllegalArgumentException("Task '%s' predicts %s, not classes.%nAsk for %s."
                    .formatted(task, values(objective), answers(objective)));
        } else if (objective.isOfPlaceClasses()) {
            throw new IllegalArgumentException("Task '%s' predicts a %s a row.\nAsk for %s, or for matrix(\"%s\")."
                    .formatted(
                            task,
                            objective.isSequence()
                                    ? "sequence of words, not one class"
                                    : "class at each place of a row, not one",
                            answers(objective),
                            task));
        } else if (objective.isRegression() || objective.isPlaced()) {
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
            if (!objective.task().kind().hasTribuoType()) {
                columns.add(name);
            } else if (objective.isRegression()) {
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

    /** The first answers of a row. */
    private String places(int t, int row) {
        List<String> shown = objectives.get(t).isOfPlaceClasses()
                ? tags(t, row)
                : IntStream.range(0, Math.min(values.get(t).columns(), SHOWN_PLACES + 1))
                        .mapToObj(c ->
                                String.format(Locale.ROOT, "%.3g", values.get(t).get(row, c)))
                        .toList();
        String first = String.join(" ", shown.subList(0, Math.min(SHOWN_PLACES, shown.size())));
        return first + (shown.size() > SHOWN_PLACES ? " ..." : "");
    }

    private List<Object> cells(int row) {
        List<Object> cells = new ArrayList<>(List.of(row));
        for (int t = 0; t < values.size(); t++) {
            Matrix matrix = values.get(t);
            if (objectives.get(t).isOfBoxes()) {
                Matrix one = matrix.select(new int[] {row});
                cells.add(FoundBoxes.of(objectives.get(t), one).words(0));
            } else if (objectives.get(t).task().kind() instanceof Task.Kind.Pairs) {
                cells.add(new Retrieval(objectives.get(t).labels(), matrix).words(row));
            } else if (objectives.get(t).isPlaced()) {
                cells.add(places(t, row));
            } else if (objectives.get(t).isRegression()) {
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
