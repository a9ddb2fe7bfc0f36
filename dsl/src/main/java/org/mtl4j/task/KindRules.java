package org.mtl4j.task;

import java.util.List;
import java.util.stream.Collectors;
import org.mtl4j.task.Loss.Reduction;
import org.mtl4j.task.Task.Kind;

/** The words of each kind of task, and the losses that it takes. */
final class KindRules {

    private static final double USUAL_MARGIN = 1;

    private KindRules() {}

    /** The kind as the call that makes it. */
    static String words(Kind kind) {
        if (kind instanceof Kind.Binary binary) {
            return binary.positive().isEmpty() ? "binary()" : "positive(\"" + binary.positive() + "\")";
        } else if (kind instanceof Kind.Classes classes) {
            return "classes(" + (classes.classes() == 0 ? "" : classes.classes()) + ")";
        } else if (kind instanceof Kind.MultiLabel) {
            return "multiLabel()";
        } else if (kind instanceof Kind.Ordinal ordinal) {
            return "ordinal(" + quoted(ordinal.order()) + ")";
        } else if (kind instanceof Kind.Quantiles quantiles) {
            return "quantiles(" + Pinball.words(quantiles.levels()) + ")";
        } else if (kind instanceof Kind.Ranking ranking) {
            return "ranking(" + (ranking.group().isEmpty() ? "" : "\"" + ranking.group() + "\"") + ")";
        }
        return "regression()";
    }

    static String quoted(List<String> names) {
        return names.stream().map(name -> "\"" + name + "\"").collect(Collectors.joining(", "));
    }

    /** Whether its values are classes, as Tribuo's Label is. */
    static boolean isOfClasses(Kind kind) {
        return kind instanceof Kind.Binary || kind instanceof Kind.Classes || kind instanceof Kind.Ordinal;
    }

    /** The loss of a task that names none. */
    static Loss usual(Kind kind) {
        if (kind instanceof Kind.Binary) {
            return new Loss.BinaryCrossEntropy(1, Reduction.MEAN);
        } else if (kind instanceof Kind.Classes) {
            return new Loss.CrossEntropy(0, List.of(), Reduction.MEAN);
        } else if (kind instanceof Kind.MultiLabel) {
            return new Loss.MultiLabelCrossEntropy(List.of(), Reduction.MEAN);
        } else if (kind instanceof Kind.Ordinal) {
            return new Coral(List.of());
        } else if (kind instanceof Kind.Quantiles quantiles) {
            return new Pinball(quantiles.levels());
        } else if (kind instanceof Kind.Ranking) {
            return new MarginRanking(USUAL_MARGIN);
        }
        return new Loss.MeanSquaredError(Reduction.MEAN);
    }

    /** Whether a loss takes the outputs and targets of this kind of task. */
    static boolean fits(Loss loss, Kind kind) {
        if (kind instanceof Kind.Ordinal) {
            return loss instanceof Coral;
        } else if (kind instanceof Kind.Quantiles) {
            return loss.equals(usual(kind));
        } else if (kind instanceof Kind.Ranking) {
            return loss instanceof MarginRanking;
        } else if (loss instanceof Loss.Own) {
            return true;
        } else if (kind instanceof Kind.Regression) {
            return isOfNumbers(loss);
        }
        return loss instanceof Focal || loss.getClass() == usual(kind).getClass();
    }

    private static boolean isOfNumbers(Loss loss) {
        return loss instanceof Loss.MeanSquaredError
                || loss instanceof Loss.MeanAbsoluteError
                || loss instanceof Loss.Huber
                || loss instanceof Loss.SmoothL1;
    }

    /** The losses that a kind takes, in words. */
    static String losses(Kind kind) {
        if (kind instanceof Kind.Regression) {
            return "mse(), mae(), huber(1), smoothL1(1) or a loss of your own";
        } else if (kind instanceof Kind.Ordinal || kind instanceof Kind.Quantiles || kind instanceof Kind.Ranking) {
            return "%s only".formatted(usual(kind));
        }
        return "%s, focal(2) or a loss of your own".formatted(usual(kind));
    }
}
