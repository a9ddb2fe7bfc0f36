package org.mtl4j.task;

import java.util.List;
import org.mtl4j.data.Target;
import org.tribuo.Output;
import org.tribuo.classification.Label;
import org.tribuo.multilabel.MultiLabel;
import org.tribuo.regression.Regressor;

/**
 * What is to be predicted: a target column, the kind of its values, a loss and a weight. A frozen value.
 *
 * <pre>{@code
 * task("income").binary().weight(0.5)
 * }</pre>
 *
 * @param <T> the Tribuo type of its values: {@link Label}, {@link MultiLabel} or {@link Regressor}
 */
public final class Task<T extends Output<T>> implements Target<T> {

    /** The weight of a task that names none. */
    public static final double DEFAULT_WEIGHT = 1;

    /** The kinds of task. */
    public sealed interface Kind {

        /** Whether it has an answer at each place of a row (token, node, pixel), not one a row. */
        default boolean isPlaced() {
            return false;
        }

        /** One of two classes; one output, the log-odds of the positive class. @param positive its name; empty: the last */
        record Binary(String positive) implements Kind {}

        /** One of several classes; one output per class. @param classes their number; 0: as many as the data has */
        record Classes(int classes) implements Kind {}

        /** Any number of labels, each holds or does not; one output each, the log-odds that it holds. */
        record MultiLabel() implements Kind {}

        /** One or more real numbers; one output each. */
        record Regression() implements Kind {}
    }

    private final String name;
    private final Class<T> outputType;
    private final Kind kind;
    private final Loss loss;
    private final double weight;

    private Task(String name, Class<T> outputType, Kind kind, Loss loss, double weight) {
        this.name = name;
        this.outputType = outputType;
        this.kind = kind;
        this.loss = loss;
        this.weight = weight;
        if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "Task '%s': weight %s is not a finite number of at least 0.%nGive a factor on its loss: task(\"%s\")....weight(0.5)."
                            .formatted(name, weight, name));
        }
        if (!loss.fits(kind)) {
            throw new IllegalArgumentException(
                    "Task '%s': %s does not fit %s.%nOne of two classes takes binaryCrossEntropy(), one of several crossEntropy(), several labels multiLabelCrossEntropy(), numbers take mse(), mae(), huber(1) or smoothL1(1)."
                            .formatted(name, loss, words(kind)));
        }
    }

    static <T extends Output<T>> Task<T> of(String name, Class<T> outputType, Kind kind, Loss loss) {
        return new Task<>(name, outputType, kind, loss, DEFAULT_WEIGHT);
    }

    /** A task that has a name and needs a kind next. */
    public static Named named(String name) {
        return new Named(name);
    }

    /** A name that becomes a task by its kind: {@code .binary()}, {@code .classes()}, {@code .multiLabel()} or {@code
     * .regression()}. */
    public static final class Named {
        private final String name;

        private Named(String name) {
            this.name = name;
            if (name.isBlank()) {
                throw new IllegalArgumentException(
                        "A task's name is blank.\nName the column that holds its targets: task(\"income\").");
            }
        }

        /** One of two classes; the positive one is the later in alphabetical order. Loss: binary cross-entropy. */
        public Task<Label> binary() {
            return positive("");
        }

        /** One of two classes, of which this is the positive one. Loss: binary cross-entropy. */
        public Task<Label> positive(String positiveClass) {
            Loss loss = new Loss.BinaryCrossEntropy(1, Loss.Reduction.MEAN);
            return of(name, Label.class, new Kind.Binary(positiveClass), loss);
        }

        /** One of as many classes as the data has. Loss: cross-entropy. */
        public Task<Label> classes() {
            return classes(0);
        }

        /** One of this many classes: a class beyond them in the data is an error. Loss: cross-entropy. */
        public Task<Label> classes(int number) {
            if (number < 0 || number == 1) {
                throw new IllegalArgumentException(
                        "Task '%s': classes(%d) is not a number of classes.%nGive at least 2, or classes() for as many as the data has."
                                .formatted(name, number));
            }
            Loss loss = new Loss.CrossEntropy(0, List.of(), Loss.Reduction.MEAN);
            return of(name, Label.class, new Kind.Classes(number), loss);
        }

        /**
         * Any number of labels a row, of as many as the data has: each holds, does not, or is unknown. Loss: binary
         * cross-entropy, the mean over the known labels.
         */
        public Task<MultiLabel> multiLabel() {
            return of(
                    name,
                    MultiLabel.class,
                    new Kind.MultiLabel(),
                    new Loss.MultiLabelCrossEntropy(List.of(), Loss.Reduction.MEAN));
        }

        /** One or more real numbers, standardised on the training part. Loss: mean squared error. */
        public Task<Regressor> regression() {
            return of(name, Regressor.class, new Kind.Regression(), new Loss.MeanSquaredError(Loss.Reduction.MEAN));
        }

        @Override
        public String toString() {
            return "task(\"" + name + "\") needs a kind: .binary(), .classes(), .multiLabel() or .regression()";
        }
    }

    /** This task with another factor on its loss, before any balancing. */
    public Task<T> weight(double factor) {
        return new Task<>(name, outputType, kind, loss, factor);
    }

    /** This task with another loss. */
    public Task<T> loss(Loss other) {
        return new Task<>(name, outputType, kind, other, weight);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Class<T> outputType() {
        return outputType;
    }

    /** The kind of its values. */
    public Kind kind() {
        return kind;
    }

    /** Its loss. */
    public Loss loss() {
        return loss;
    }

    /** The factor on its loss, before any balancing. */
    public double weight() {
        return weight;
    }

    private static String words(Kind kind) {
        if (kind instanceof Kind.Binary binary) {
            return binary.positive().isEmpty() ? "binary()" : "positive(\"" + binary.positive() + "\")";
        } else if (kind instanceof Kind.Classes classes) {
            return "classes(" + (classes.classes() == 0 ? "" : classes.classes()) + ")";
        } else if (kind instanceof Kind.MultiLabel) {
            return "multiLabel()";
        }
        return "regression()";
    }

    private Loss usualLoss() {
        if (kind instanceof Kind.Binary) {
            return new Loss.BinaryCrossEntropy(1, Loss.Reduction.MEAN);
        } else if (kind instanceof Kind.Classes) {
            return new Loss.CrossEntropy(0, List.of(), Loss.Reduction.MEAN);
        } else if (kind instanceof Kind.MultiLabel) {
            return new Loss.MultiLabelCrossEntropy(List.of(), Loss.Reduction.MEAN);
        }
        return new Loss.MeanSquaredError(Loss.Reduction.MEAN);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Task<?> task && toString().equals(task.toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    @Override
    public String toString() {
        return "task(\"" + name + "\")." + words(kind)
                + (loss.equals(usualLoss()) ? "" : ".loss(" + loss + ")")
                + (weight == DEFAULT_WEIGHT ? "" : ".weight(" + weight + ")");
    }
}
