package org.mtl4j.task;

import java.util.Arrays;
import java.util.List;

/**
 * What a task's outputs are compared with its targets by. The catalogue is the list that it permits: what is as old as
 * regression stands below, what a paper brought in a file of its name.
 *
 * <p>Each is a mean over the labelled rows of the batch unless it says otherwise; rows without a label add 0 and get a
 * zero signal; a batch without any label of the task has loss 0. Values are those of PyTorch 2.
 */
public sealed interface Loss
        permits Loss.CrossEntropy,
                Loss.BinaryCrossEntropy,
                Loss.MultiLabelCrossEntropy,
                Loss.MeanSquaredError,
                Loss.MeanAbsoluteError,
                Loss.Huber,
                Loss.SmoothL1,
                Loss.Own,
                Focal,
                Coral,
                Pinball,
                MarginRanking,
                SequenceCrossEntropy,
                Crf,
                Contrastive,
                DepthL1,
                NormalCosine,
                GIoU,
                Fcos {

    /** Whether the rows' losses are averaged or summed. */
    default Reduction reduction() {
        return Reduction.MEAN;
    }

    /** How the rows' losses become one number. */
    enum Reduction {
        /** Over the labelled rows and, for regressions, the target's numbers; over class weights where there are some. */
        MEAN,
        /** The plain sum. */
        SUM
    }

    /**
     * Softmax cross-entropy, in nats: for a row of class y, (1 - e) w_y (-log p_y) + (e / C) sum_c w_c (-log p_c), with p
     * the softmax of C outputs and e the label smoothing. The mean divides by the sum of w_y.
     *
     * @param labelSmoothing e, in [0, 1)
     * @param classWeights w, one per class in index order; empty for all 1
     */
    record CrossEntropy(double labelSmoothing, List<Double> classWeights, Reduction reduction) implements Loss {
        public CrossEntropy {
            classWeights = List.copyOf(classWeights);
            if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
                throw new IllegalArgumentException(
                        "labelSmoothing(%s): it lies in [0, 1).%nGive the share that is spread over all classes: labelSmoothing(0.1)."
                                .formatted(labelSmoothing));
            }
            for (double weight : classWeights) {
                if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
                    throw new IllegalArgumentException(
                            "classWeights(%s): %s is not a finite number of at least 0.%nGive one weight per class, in the order of the classes."
                                    .formatted(classWeights, weight));
                }
            }
        }

        /** This loss with label smoothing. */
        public CrossEntropy labelSmoothing(double share) {
            return new CrossEntropy(share, classWeights, reduction);
        }

        /** This loss with one weight per class, in index order. */
        public CrossEntropy classWeights(double... weights) {
            return new CrossEntropy(
                    labelSmoothing, Arrays.stream(weights).boxed().toList(), reduction);
        }

        @Override
        public String toString() {
            return "crossEntropy()"
                    + (labelSmoothing == 0 ? "" : ".labelSmoothing(" + labelSmoothing + ")")
                    + (classWeights.isEmpty()
                            ? ""
                            : ".classWeights(" + classWeights.toString().replaceAll("[\\[\\]]", "") + ")");
        }
    }

    /**
     * Binary cross-entropy of one output x, in nats: -(a y log s(x) + (1 - y) log(1 - s(x))), s the sigmoid, a the weight
     * of the positive class.
     */
    record BinaryCrossEntropy(double positiveWeight, Reduction reduction) implements Loss {
        public BinaryCrossEntropy {
            if (!(positiveWeight > 0 && positiveWeight < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "positiveWeight(%s): it is a finite number above 0.%nGive rows of the negative class per row of the positive one."
                                .formatted(positiveWeight));
            }
        }

        /** This loss with another weight of the positive class. */
        public BinaryCrossEntropy positiveWeight(double weight) {
            return new BinaryCrossEntropy(weight, reduction);
        }

        @Override
        public String toString() {
            return "binaryCrossEntropy()" + (positiveWeight == 1 ? "" : ".positiveWeight(" + positiveWeight + ")");
        }
    }

    /**
     * Binary cross-entropy of one output per label, in nats: -(a_l y log s(x) + (1 - y) log(1 - s(x))), s the sigmoid, a_l
     * the weight of label l where it holds. The mean is over the known labels of the labelled rows; unknown ones add 0 and
     * get a zero signal.
     *
     * @param positiveWeights a, one per label in index order; empty for all 1
     */
    record MultiLabelCrossEntropy(List<Double> positiveWeights, Reduction reduction) implements Loss {
        public MultiLabelCrossEntropy {
            positiveWeights = List.copyOf(positiveWeights);
            for (double weight : positiveWeights) {
                if (!(weight > 0 && weight < Double.POSITIVE_INFINITY)) {
                    throw new IllegalArgumentException(
                            "positiveWeights(%s): %s is not a finite number above 0.%nGive one weight per label, in the order of the labels."
                                    .formatted(positiveWeights, weight));
                }
            }
        }

        /** This loss with one weight per label for the rows in which it holds, in index order. */
        public MultiLabelCrossEntropy positiveWeights(double... weights) {
            return new MultiLabelCrossEntropy(Arrays.stream(weights).boxed().toList(), reduction);
        }

        @Override
        public String toString() {
            return "multiLabelCrossEntropy()"
                    + (positiveWeights.isEmpty()
                            ? ""
                            : ".positiveWeights(" + positiveWeights.toString().replaceAll("[\\[\\]]", "") + ")");
        }
    }

    /** (p - y)^2, in squared standard deviations of the target. */
    record MeanSquaredError(Reduction reduction) implements Loss {
        @Override
        public String toString() {
            return "mse()";
        }
    }

    /** |p - y|, in standard deviations of the target. */
    record MeanAbsoluteError(Reduction reduction) implements Loss {
        @Override
        public String toString() {
            return "mae()";
        }
    }

    /** d^2 / 2 for |d| &lt;= delta, else delta (|d| - delta / 2), with d = p - y (Huber 1964). */
    record Huber(double delta, Reduction reduction) implements Loss {
        public Huber {
            if (!(delta > 0 && delta < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "huber(%s): delta is a finite number above 0.%nGive it in standard deviations of the target: huber(1)."
                                .formatted(delta));
            }
        }

        @Override
        public String toString() {
            return "huber(" + delta + ")";
        }
    }

    /** d^2 / (2 beta) for |d| &lt; beta, else |d| - beta / 2, with d = p - y: Huber's loss over beta. */
    record SmoothL1(double beta, Reduction reduction) implements Loss {
        public SmoothL1 {
            if (!(beta > 0 && beta < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "smoothL1(%s): beta is a finite number above 0.%nGive it in standard deviations of the target: smoothL1(1)."
                                .formatted(beta));
            }
        }

        @Override
        public String toString() {
            return "smoothL1(" + beta + ")";
        }
    }

    /**
     * A loss of the user's own on the outputs and targets [rows, outputs] of the labelled rows, a mean. Targets are one 1 a
     * row for classes, 1 for the positive class of a binary task, 1 or 0 per label, and standardised numbers.
     *
     * @param name what it prints and is stored as
     * @param version empty for the first; another one is another loss to whoever stores results by what made them
     * @param maths what it computes
     */
    record Own(String name, String version, OwnLoss maths) implements Loss {
        public Own {
            if (name.isBlank()) {
                throw new IllegalArgumentException(
                        "loss(\"%s\", ..): the name is blank.%nName it: it prints and is stored as its name."
                                .formatted(name));
            }
        }

        /** This loss as another version of its name. */
        public Own version(String other) {
            return new Own(name, other, maths);
        }

        @Override
        public String toString() {
            return "loss(\"" + name + "\")" + (version.isEmpty() ? "" : ".version(\"" + version + "\")");
        }
    }
}
