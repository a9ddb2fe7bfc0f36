package org.mtl4j.task;

import java.util.List;
import org.mtl4j.data.Target;
import org.mtl4j.layer.Decoder;
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

        /** Whether its answer is a sequence with places of its own. */
        default boolean isSequence() {
            return false;
        }

        /** Whether Tribuo has a type for its answers: one class, set of labels or list of numbers a row. */
        default boolean hasTribuoType() {
            return !isPlaced();
        }

        /** One of two classes; one output, the log-odds of the positive class. @param positive its name; empty: the last */
        record Binary(String positive) implements Kind {}

        /** One of several classes; one output per class. @param classes their number; 0: as many as the data has */
        record Classes(int classes) implements Kind {}

        /** Any number of labels, each holds or does not; one output each, the log-odds that it holds. */
        record MultiLabel() implements Kind {}

        /** One or more real numbers; one output each. */
        record Regression() implements Kind {}

        /**
         * One of several classes that have an order; one output, a score that grows with the class.
         *
         * @param order the classes from the least to the greatest; empty: the order of their numbers
         */
        record Ordinal(List<String> order) implements Kind {
            public Ordinal {
                order = List.copyOf(order);
            }
        }

        /** Quantiles of one real number; one output each. @param levels the shares of the rows that lie below, ascending */
        record Quantiles(List<Double> levels) implements Kind {
            public Quantiles {
                levels = List.copyOf(levels);
            }
        }

        /** The order of rows by one number; one output, the score. @param group a group column; empty: all are compared */
        record Ranking(String group) implements Kind {}

        /** A class at each word, node or step; one output per class there. */
        record Tags() implements Kind {
            @Override
            public boolean isPlaced() {
                return true;
            }
        }

        /** Spans of words, as tags B-X, I-X and O; one output per tag at each word. */
        record Spans() implements Kind {
            @Override
            public boolean isPlaced() {
                return true;
            }
        }

        /** The next word at each word; one output per word of the vocabulary there. */
        record NextToken() implements Kind {
            @Override
            public boolean isPlaced() {
                return true;
            }
        }

        /** A sequence of words of a length of its own; at each of its places one output per word. @param decoder what writes it */
        record Sequence(Decoder decoder) implements Kind {
            @Override
            public boolean isPlaced() {
                return true;
            }

            @Override
            public boolean isSequence() {
                return true;
            }
        }

        /** A class at each pixel; one output per class there. */
        record Pixels() implements Kind {
            @Override
            public boolean isPlaced() {
                return true;
            }
        }

        /** A depth at each pixel; one output there. */
        record Depth() implements Kind {
            @Override
            public boolean isPlaced() {
                return true;
            }
        }

        /**
         * Which rows of two inputs belong together; as many outputs as two vectors of one width.
         *
         * @param first the name of an input
         * @param second that of another
         * @param width of the vectors that are compared
         */
        record Pairs(String first, String second, int width) implements Kind {

            /** The width of vectors where none is named. */
            public static final int DEFAULT_WIDTH = 64;

            @Override
            public boolean hasTribuoType() {
                return false;
            }
        }

        /**
         * Boxes around the objects of an image; at each cell an output per class, four distances and a center-ness.
         *
         * @param classes the class names, in index order; empty: as the data have them
         */
        record Boxes(List<String> classes) implements Kind {

            /** Outputs at a cell beside those of the classes: four distances and a center-ness. */
            public static final int BESIDE_CLASSES = 5;

            public Boxes {
                classes = List.copyOf(classes);
            }

            @Override
            public boolean hasTribuoType() {
                return false;
            }
        }

        /** A surface normal at each pixel; three outputs there. */
        record Normals() implements Kind {
            @Override
            public boolean isPlaced() {
                return true;
            }
        }
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
        if (!KindRules.fits(loss, kind)) {
            throw new IllegalArgumentException("Task '%s': %s does not fit %s.%nIt takes %s."
                    .formatted(name, loss, KindRules.words(kind), KindRules.losses(kind)));
        }
    }

    /** The task of a kind, with its usual loss. */
    static <T extends Output<T>> Task<T> of(String name, Class<T> outputType, Kind kind) {
        return new Task<>(name, outputType, kind, KindRules.usual(kind), DEFAULT_WEIGHT);
    }

    /** Engine API. The task of a kind, with its usual loss. */
    public static Task<?> of(String name, Kind kind) {
        if (kind instanceof Kind.MultiLabel) {
            return of(name, MultiLabel.class, kind);
        }
        return KindRules.isOfClasses(kind) ? of(name, Label.class, kind) : of(name, Regressor.class, kind);
    }

    /** A task that has a name and needs a kind next. */
    public static NamedTask named(String name) {
        return new NamedTask(name);
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

    @Override
    public boolean isPlaced() {
        return kind.isPlaced();
    }

    @Override
    public boolean isSequence() {
        return kind.isSequence();
    }

    @Override
    public boolean isOfPairs() {
        return kind instanceof Kind.Pairs;
    }

    @Override
    public boolean isOfBoxes() {
        return kind instanceof Kind.Boxes;
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
        return "task(\"" + name + "\")." + KindRules.words(kind)
                + (loss.equals(KindRules.usual(kind)) ? "" : ".loss(" + loss + ")")
                + (weight == DEFAULT_WEIGHT ? "" : ".weight(" + weight + ")");
    }
}
