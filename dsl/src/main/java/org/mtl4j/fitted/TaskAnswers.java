package org.mtl4j.fitted;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.mtl4j.task.Objective;
import org.mtl4j.task.Task;

/** What a net predicts for some rows in one task, and the words of it: of a row, of a column, and of what was not asked. */
final class TaskAnswers {

    /** How many places of a row are shown. */
    static final int SHOWN_PLACES = 8;

    private final Objective objective;
    private final Matrix values;
    private final int[] lengths;

    /**
     * @param values [rows, numbers of a row]
     * @param lengths how many places each row has; empty where it has one answer a row
     */
    TaskAnswers(Objective objective, Matrix values, int[] lengths) {
        this.objective = objective;
        this.values = values;
        this.lengths = lengths;
    }

    Objective objective() {
        return objective;
    }

    Matrix values() {
        return values;
    }

    String name() {
        return objective.task().name();
    }

    private boolean isOfPairs() {
        return objective.task().kind() instanceof Task.Kind.Pairs;
    }

    private boolean isOfNumbers() {
        return objective.isRegression() || objective.isPlaced();
    }

    /** The labels above the threshold in a row. */
    List<String> labelSet(int row) {
        List<String> names = objective.labels();
        return IntStream.range(0, names.size())
                .filter(l -> values.get(row, l) > MultiLabels.THRESHOLD)
                .mapToObj(names::get)
                .toList();
    }

    /** The classes at the places of a row. */
    List<String> tags(int row) {
        return IntStream.range(0, lengths[row])
                .mapToObj(place -> objective.labels().get(PlaceScores.chosen(values, objective.outputs(), row, place)))
                .toList();
    }

    /** The likeliest class of a row. */
    String label(int row) {
        return objective.labels().get(best(row));
    }

    private int best(int row) {
        return Choice.of(objective.task()).of(values, row);
    }

    /** What to ask of the predictions for these answers. */
    String question() {
        return question(objective);
    }

    /** What to ask of the predictions for a task's answers. */
    static String question(Objective objective) {
        String task = "(\"" + objective.task().name() + "\")";
        if (objective.isSequence()) {
            return "sequences" + task;
        } else if (objective.task().kind() instanceof Task.Kind.Pairs) {
            return "retrieval" + task;
        } else if (objective.isOfBoxes()) {
            return "boxes" + task;
        } else if (objective.isOfPlaceClasses()) {
            return "tags" + task;
        } else if (objective.isRegression() || objective.isPlaced()) {
            return "numbers" + task;
        }
        return objective.isMultiLabel() ? "labelSets" + task : "labels" + task + " or probabilities" + task;
    }

    /** The values, of a task that has one class or set of labels a row. */
    Matrix classes() {
        if (objective.isOfBoxes() || isOfPairs()) {
            throw refusal("predicts " + things() + ", not classes");
        } else if (objective.isOfPlaceClasses()) {
            String what = objective.isSequence()
                    ? "sequence of words, not one class"
                    : "class at each place of a row, not one";
            throw refusal("predicts a " + what + " a row", question() + ", or for matrix(\"" + name() + "\")");
        } else if (isOfNumbers()) {
            throw refusal("predicts numbers, not classes");
        }
        return values;
    }

    /** Refuses a task that does not have one class a row. */
    void requireOneClass() {
        classes();
        if (objective.isMultiLabel()) {
            throw refusal(
                    "predicts any number of labels a row, not one class",
                    "labelSets(\"%s\") or probabilities(\"%s\")".formatted(name(), name()));
        }
    }

    /** The values, of a task that predicts numbers. */
    Matrix numbers() {
        if (objective.isOfPlaceClasses() || !isOfNumbers()) {
            throw refusal("predicts " + things() + ", not numbers");
        }
        return values;
    }

    /** Refuses a task that is not of the kind which a question is for. @param lacks "finds no boxes" */
    void require(boolean fits, String lacks) {
        if (!fits) {
            throw refusal(lacks);
        }
    }

    private IllegalArgumentException refusal(String lacks) {
        return refusal(lacks, question());
    }

    private IllegalArgumentException refusal(String lacks, String remedy) {
        return new IllegalArgumentException("Task '%s' %s.%nAsk for %s.".formatted(name(), lacks, remedy));
    }

    private String things() {
        if (objective.isOfBoxes()) {
            return "boxes";
        }
        return isOfPairs() ? "pairs" : "classes";
    }

    /** The columns of a table of the answers. */
    List<String> columns() {
        if (!objective.task().kind().hasTribuoType() || objective.isMultiLabel()) {
            return List.of(name());
        } else if (objective.isRegression()) {
            return objective.labels().stream()
                    .map(d -> objective.outputs() == 1 ? name() : name() + " " + d)
                    .toList();
        }
        return List.of(name(), "P(" + name() + ")");
    }

    /** A row's cells in these columns. */
    List<?> cells(int row) {
        if (objective.isOfBoxes()) {
            return List.of(
                    FoundBoxes.of(objective, values.select(new int[] {row})).words(0));
        } else if (isOfPairs()) {
            return List.of(new Retrieval(objective.labels(), values).words(row));
        } else if (objective.isPlaced()) {
            return List.of(places(row));
        } else if (objective.isRegression()) {
            return IntStream.range(0, values.columns())
                    .mapToObj(c -> (double) values.get(row, c))
                    .toList();
        } else if (objective.isMultiLabel()) {
            List<String> labels = labelSet(row);
            return List.of(labels.isEmpty() ? "none" : String.join(", ", labels));
        }
        return List.of(label(row), (double) values.get(row, best(row)));
    }

    /** The first answers of a row. */
    private String places(int row) {
        List<String> shown = objective.isOfPlaceClasses()
                ? tags(row)
                : IntStream.range(0, Math.min(values.columns(), SHOWN_PLACES + 1))
                        .mapToObj(c -> String.format(Locale.ROOT, "%.3g", values.get(row, c)))
                        .toList();
        String first = String.join(" ", shown.subList(0, Math.min(SHOWN_PLACES, shown.size())));
        return first + (shown.size() > SHOWN_PLACES ? " ..." : "");
    }
}
