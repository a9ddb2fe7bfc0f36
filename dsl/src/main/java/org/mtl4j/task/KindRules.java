package org.mtl4j.task;

import java.util.List;
import java.util.stream.Collectors;
import org.mtl4j.layer.Decoder;
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
        if (kind instanceof Kind.Boxes boxes) {
            return "boxes(" + quoted(boxes.classes()) + ")";
        }
        return kind instanceof Kind.Pairs pairs ? pairs(pairs) : placed(kind);
    }

    private static String pairs(Kind.Pairs kind) {
        String width = kind.width() == Kind.Pairs.DEFAULT_WIDTH ? "" : ", " + kind.width();
        return "pairs(" + quoted(List.of(kind.first(), kind.second())) + width + ")";
    }

    private static String placed(Kind kind) {
        if (kind instanceof Kind.Tags) {
            return "tags()";
        } else if (kind instanceof Kind.Spans) {
            return "spans()";
        } else if (kind instanceof Kind.NextToken) {
            return "nextToken()";
        } else if (kind instanceof Kind.Sequence sequence) {
            return "sequence(" + (sequence.decoder().equals(Decoder.DEFAULT) ? "" : sequence.decoder()) + ")";
        } else if (kind instanceof Kind.Pixels) {
            return "pixels()";
        } else if (kind instanceof Kind.Depth) {
            return "depth()";
        }
        return kind instanceof Kind.Normals ? "normals()" : "regression()";
    }

    /** Whether it has a class at each place. */
    static boolean isOfPlaceClasses(Kind kind) {
        return kind.isPlaced() && !(kind instanceof Kind.Depth) && !(kind instanceof Kind.Normals);
    }

    private static boolean isChain(Kind kind) {
        return kind instanceof Kind.Tags || kind instanceof Kind.Spans;
    }

    static String quoted(List<String> names) {
        return names.stream().map(name -> "\"" + name + "\"").collect(Collectors.joining(", "));
    }

    /** Whether its values are classes, as Tribuo's Label is. */
    static boolean isOfClasses(Kind kind) {
        return kind instanceof Kind.Binary
                || kind instanceof Kind.Classes
                || kind instanceof Kind.Ordinal
                || kind instanceof Kind.Pairs
                || kind instanceof Kind.Boxes
                || isOfPlaceClasses(kind);
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
        } else if (isOfPlaceClasses(kind)) {
            return new Loss.CrossEntropy(0, List.of(), Reduction.MEAN);
        } else if (kind instanceof Kind.Depth) {
            return new DepthL1();
        } else if (kind instanceof Kind.Normals) {
            return new NormalCosine();
        } else if (kind instanceof Kind.Pairs) {
            return new Contrastive.Clip();
        } else if (kind instanceof Kind.Boxes) {
            return Fcos.DEFAULT;
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
        } else if (kind instanceof Kind.Normals) {
            return loss instanceof NormalCosine;
        } else if (kind instanceof Kind.Pairs) {
            return loss instanceof Contrastive;
        } else if (kind instanceof Kind.Boxes) {
            return loss instanceof Fcos;
        } else if (kind instanceof Kind.Depth) {
            return loss instanceof DepthL1 || isOfNumbers(loss);
        } else if (isChain(kind) && loss instanceof Crf) {
            return true;
        } else if (isOfPlaceClasses(kind) && loss instanceof SequenceCrossEntropy) {
            return true;
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
        if (kind instanceof Kind.Normals) {
            return "normalCosine() only";
        } else if (kind instanceof Kind.Pairs) {
            return "clip(), infoNce(0.07) or ntXent(0.1)";
        } else if (kind instanceof Kind.Boxes) {
            return "fcos() only";
        } else if (kind instanceof Kind.Depth) {
            return "depthL1(), mse(), mae(), huber(1) or smoothL1(1)";
        } else if (isOfPlaceClasses(kind)) {
            return "crossEntropy(), sequenceCrossEntropy(), focal(2)%s or a loss of your own"
                    .formatted(isChain(kind) ? ", crf()" : "");
        }
        return "%s, focal(2) or a loss of your own".formatted(usual(kind));
    }
}
