package org.mtl4j.nd4j;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;
import org.mtl4j.task.Contrastive;
import org.mtl4j.task.Coral;
import org.mtl4j.task.Crf;
import org.mtl4j.task.DepthL1;
import org.mtl4j.task.Focal;
import org.mtl4j.task.GIoU;
import org.mtl4j.task.Loss;
import org.mtl4j.task.MarginRanking;
import org.mtl4j.task.NormalCosine;
import org.mtl4j.task.Pinball;
import org.mtl4j.task.SequenceCrossEntropy;
import org.nd4j.autodiff.loss.LossReduce;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Each loss of ours as a SameDiff expression, in double precision, of outputs {@code p} [labels, width] and, where the loss
 * has some, its own parameters {@code own} [1, own].
 *
 * <p>ND4J's own losses stand where it has them: softmax and sigmoid cross-entropy. The rest is composed by the formula in the
 * Javadoc of the loss. What picks a number by its index does so by a product with ones and zeros, since ND4J 1.0.0-M2.1
 * differentiates its gather wrongly.
 */
final class LossTwin {

    private final SameDiff sd = SameDiff.create();
    private final SDVariable p;
    private final SDVariable own;
    private final double[][] y;
    private final int[] rows;
    private final int width;

    /** @param rows the row of each label, ascending */
    LossTwin(double[][] outputs, double[][] targets, double[] own, int[] rows) {
        this.p = sd.var("p", Nd4j.createFromArray(outputs));
        this.own = sd.var("own", Nd4j.createFromArray(new double[][] {own.length == 0 ? new double[1] : own}));
        this.y = targets;
        this.rows = rows;
        this.width = outputs[0].length;
    }

    /** The value of a loss. */
    double value(Loss loss) {
        expression(loss).rename("loss").markAsLoss();
        return sd.getVariable("loss").eval().getDouble(0);
    }

    /** The gradient by {@code p} or {@code own}, after {@link #value}. */
    double[] gradient(String by) {
        INDArray gradient = sd.calculateGradients(Map.of(), by).get(by);
        return gradient == null ? new double[0] : gradient.dup('c').reshape(-1).toDoubleVector();
    }

    private SDVariable expression(Loss loss) {
        if (loss instanceof Loss.CrossEntropy each) {
            return crossEntropy(each.labelSmoothing(), numbers(each.classWeights()), each.reduction());
        } else if (loss instanceof Loss.MultiLabelCrossEntropy each) {
            return labels(numbers(each.positiveWeights()), each.reduction());
        } else if (loss instanceof Focal each) {
            return y[0].length < width ? focalOfClasses(each) : focalOfLabels(each);
        } else if (loss instanceof Coral each) {
            return coral(numbers(each.importance()));
        } else if (loss instanceof Pinball each) {
            return pinball(numbers(each.quantiles()));
        } else if (loss instanceof MarginRanking each) {
            return ranking(each.margin());
        } else if (loss instanceof SequenceCrossEntropy each) {
            return bySequence(each.labelSmoothing());
        } else if (loss instanceof Crf each) {
            return crf(each.reduction());
        } else if (loss instanceof Contrastive each) {
            return contrastive(each);
        } else if (loss instanceof DepthL1) {
            return depth();
        } else if (loss instanceof NormalCosine) {
            return normals();
        } else if (loss instanceof GIoU) {
            return giou();
        }
        throw new IllegalArgumentException(loss + " has no twin here.");
    }

    private static double[] numbers(List<Double> given) {
        return given.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private SDVariable constant(double[][] numbers) {
        return sd.constant(Nd4j.createFromArray(numbers));
    }

    /** One number a label and output. */
    private SDVariable perOutput(int columns, ToDoubleBiFunction<Integer, Integer> number) {
        double[][] numbers = new double[y.length][columns];
        for (int r = 0; r < y.length; r++) {
            for (int c = 0; c < columns; c++) {
                numbers[r][c] = number.applyAsDouble(r, c);
            }
        }
        return constant(numbers);
    }

    private SDVariable logSoftmax(SDVariable x) {
        return sd.math().log(sd.nn().softmax(x, 1));
    }

    private SDVariable truth() {
        return perOutput(width, (r, c) -> y[r][0] == c ? 1 : 0);
    }

    private SDVariable crossEntropy(double smoothing, double[] weights, Loss.Reduction reduction) {
        boolean mean = reduction == Loss.Reduction.MEAN;
        if (weights.length == 0) {
            LossReduce reduce = mean ? LossReduce.MEAN_BY_NONZERO_WEIGHT_COUNT : LossReduce.SUM;
            return sd.loss().softmaxCrossEntropy(truth(), p, sd.constant(Nd4j.scalar(1.0)), reduce, smoothing);
        }
        SDVariable spread =
                perOutput(width, (r, c) -> weights[c] * (smoothing / width + (y[r][0] == c ? 1 - smoothing : 0)));
        double divisor = mean
                ? Arrays.stream(y).mapToDouble(row -> weights[(int) row[0]]).sum()
                : 1;
        return spread.mul(logSoftmax(p)).sum().mul(-1 / divisor);
    }

    /** A label that is not known has weight 0. */
    private SDVariable labels(double[] positive, Loss.Reduction reduction) {
        SDVariable holds = perOutput(width, (r, c) -> y[r][c] == 1 ? 1 : 0);
        SDVariable weights = perOutput(
                width, (r, c) -> Double.isNaN(y[r][c]) ? 0 : y[r][c] == 1 && positive.length > 0 ? positive[c] : 1);
        LossReduce reduce = reduction == Loss.Reduction.MEAN ? LossReduce.MEAN_BY_NONZERO_WEIGHT_COUNT : LossReduce.SUM;
        return sd.loss().sigmoidCrossEntropy(holds, p, weights, reduce, 0);
    }

    private SDVariable focalOfClasses(Focal loss) {
        double[] alphas = numbers(loss.alphas());
        SDVariable log = truth().mul(logSoftmax(p)).sum(1);
        SDVariable alpha = sd.constant(Nd4j.createFromArray(Arrays.stream(y)
                .mapToDouble(row -> alphas.length == 0 ? 1 : alphas[(int) row[0]])
                .toArray()));
        return focal(loss.gamma(), log, alpha).mean();
    }

    private SDVariable focalOfLabels(Focal loss) {
        double[] alphas = numbers(loss.alphas());
        SDVariable sign = perOutput(width, (r, c) -> y[r][c] == 1 ? 1 : -1);
        SDVariable alpha =
                perOutput(width, (r, c) -> alphas.length == 0 ? 1 : y[r][c] == 1 ? alphas[0] : 1 - alphas[0]);
        SDVariable log = sd.math().log(sd.nn().sigmoid(p.mul(sign)));
        return focal(loss.gamma(), log, alpha).sum().div(y.length * width);
    }

    private SDVariable focal(double gamma, SDVariable log, SDVariable alpha) {
        SDVariable wrong = sd.math().exp(log).rsub(1);
        SDVariable power = gamma == 0 ? wrong.mul(0).add(1) : sd.math().pow(wrong, gamma);
        return alpha.mul(power).mul(log).neg();
    }

    private SDVariable coral(double[] importance) {
        int steps = (int) own.getArr().length();
        SDVariable above = perOutput(steps, (r, k) -> y[r][0] > k ? 1 : 0);
        SDVariable weights = perOutput(steps, (r, k) -> (importance.length == 0 ? 1 : importance[k]) / y.length);
        return sd.loss().sigmoidCrossEntropy(above, p.add(own), weights, LossReduce.SUM, 0);
    }

    private SDVariable pinball(double[] quantiles) {
        SDVariable error = perOutput(width, (r, c) -> y[r][0]).sub(p);
        SDVariable q = perOutput(width, (r, c) -> quantiles[c]);
        return sd.math().max(error.mul(q), error.mul(q.sub(1))).sum().div(y.length * width);
    }

    /** The scores of the better and the worse row of each pair as products with ones and zeros. */
    private SDVariable ranking(double margin) {
        double[][] pairs = IntStream.range(0, y.length * y.length)
                .mapToObj(pair -> new int[] {pair / y.length, pair % y.length})
                .filter(pair -> y[pair[0]][0] > y[pair[1]][0])
                .filter(pair -> y[0].length == 1 || y[pair[0]][1] == y[pair[1]][1])
                .map(pair -> {
                    double[] difference = new double[y.length];
                    difference[pair[0]] = -1;
                    difference[pair[1]] = 1;
                    return difference;
                })
                .toArray(double[][]::new);
        return sd.nn().relu(constant(pairs).mmul(p).add(margin), 0).sum().div(pairs.length);
    }

    private SDVariable bySequence(double smoothing) {
        long sequences = Arrays.stream(rows).distinct().count();
        SDVariable spread = perOutput(width, (r, c) -> {
            long length = Arrays.stream(rows).filter(row -> row == rows[r]).count();
            return (smoothing / width + (y[r][0] == c ? 1 - smoothing : 0)) / (length * sequences);
        });
        return spread.mul(logSoftmax(p)).sum().neg();
    }

    /** The sum over all paths of each row, place by place. */
    private SDVariable crf(Loss.Reduction reduction) {
        SDVariable start = pick(own, 0, width);
        SDVariable steps = pick(own, width, width * (width + 1)).reshape(width, width);
        SDVariable end = pick(own, width * (width + 1), width * (width + 2));
        SDVariable total = sd.constant(Nd4j.scalar(0.0));
        for (int row : Arrays.stream(rows).distinct().toArray()) {
            int[] at =
                    IntStream.range(0, rows.length).filter(r -> rows[r] == row).toArray();
            SDVariable paths = start.add(label(at[0]));
            SDVariable score = tagged(paths, at[0]);
            for (int t = 1; t < at.length; t++) {
                SDVariable reached = sd.math().exp(paths).mmul(sd.math().exp(steps));
                paths = sd.math().log(reached).add(label(at[t]));
                score = score.add(tagged(label(at[t]), at[t]))
                        .add(hot(at[t - 1]).mmul(steps).mul(hot(at[t])).sum());
            }
            score = score.add(tagged(end, at[at.length - 1]));
            total = total.add(sd.math().log(sd.math().exp(paths.add(end)).sum()).sub(score));
        }
        return reduction == Loss.Reduction.SUM
                ? total
                : total.div((double) Arrays.stream(rows).distinct().count());
    }

    private SDVariable hot(int label) {
        double[] hot = new double[width];
        hot[(int) y[label][0]] = 1;
        return constant(new double[][] {hot});
    }

    private SDVariable tagged(SDVariable scores, int label) {
        return scores.mul(hot(label)).sum();
    }

    /** The outputs of one label, [1, width]. */
    private SDVariable label(int r) {
        double[][] one = new double[1][y.length];
        one[0][r] = 1;
        return constant(one).mmul(p);
    }

    /** Columns from .. to - 1. */
    private SDVariable pick(SDVariable x, int from, int to) {
        double[][] chosen = new double[(int) x.getArr().size(1)][to - from];
        for (int c = from; c < to; c++) {
            chosen[c][c - from] = 1;
        }
        return x.mmul(constant(chosen));
    }

    private SDVariable contrastive(Contrastive loss) {
        SDVariable a = unit(pick(p, 0, width / 2));
        SDVariable b = unit(pick(p, width / 2, width));
        int n = y.length;
        if (loss instanceof Contrastive.NtXent each) {
            int both = 2 * n;
            SDVariable all = sd.concat(0, a, b);
            INDArray others = Nd4j.zeros(DataType.DOUBLE, both, both);
            IntStream.range(0, both).forEach(i -> others.putScalar(i, (i + n) % both, 1));
            INDArray candidates = Nd4j.eye(both).castTo(DataType.DOUBLE).rsub(1);
            return found(cosines(all, all).div(each.temperature()), candidates, others);
        }
        INDArray same = Nd4j.eye(n).castTo(DataType.DOUBLE);
        INDArray all = Nd4j.ones(DataType.DOUBLE, n, n);
        if (loss instanceof Contrastive.InfoNce each) {
            return found(cosines(a, b).div(each.temperature()), all, same);
        }
        SDVariable scale = sd.math().exp(own);
        return found(cosines(a, b).mul(scale), all, same)
                .add(found(cosines(b, a).mul(scale), all, same))
                .div(2);
    }

    private SDVariable unit(SDVariable x) {
        return x.div(sd.math().sqrt(sd.math().square(x).sum(true, 1)));
    }

    private SDVariable cosines(SDVariable a, SDVariable b) {
        return sd.mmul(a, b, false, true, false);
    }

    /** The mean cross-entropy of finding the truth of each row among its candidates. */
    private SDVariable found(SDVariable scores, INDArray candidates, INDArray truth) {
        SDVariable total = sd.math().exp(scores).mul(sd.constant(candidates)).sum(true, 1);
        SDVariable logs = scores.sub(sd.math().log(total));
        return logs.mul(sd.constant(truth)).sum().div((double) -truth.size(0));
    }

    private SDVariable depth() {
        SDVariable valid = perOutput(1, (r, c) -> y[r][0] > 0 ? 1 : 0);
        double count = Arrays.stream(y).filter(row -> row[0] > 0).count();
        return sd.math()
                .abs(p.sub(perOutput(1, (r, c) -> y[r][0])))
                .mul(valid)
                .sum()
                .div(count);
    }

    private SDVariable normals() {
        double[][] measured = Arrays.stream(y)
                .filter(row -> Arrays.stream(row).anyMatch(number -> number != 0))
                .toArray(double[][]::new);
        return unit(p).mul(perOutput(3, (r, c) -> y[r][c]))
                .sum()
                .div(measured.length)
                .rsub(1);
    }

    private SDVariable giou() {
        SDVariable[] box =
                IntStream.range(0, 4).mapToObj(c -> pick(p, c, c + 1)).toArray(SDVariable[]::new);
        SDVariable[] truth = IntStream.range(0, 4)
                .mapToObj(c -> perOutput(1, (r, column) -> y[r][c]))
                .toArray(SDVariable[]::new);
        SDVariable[] sides = new SDVariable[2];
        SDVariable[] hull = new SDVariable[2];
        for (int d = 0; d < 2; d++) {
            SDVariable from = sd.math().max(box[d], truth[d]);
            sides[d] = sd.nn().relu(sd.math().min(box[d + 2], truth[d + 2]).sub(from), 0);
            hull[d] = sd.math().max(box[d + 2], truth[d + 2]).sub(sd.math().min(box[d], truth[d]));
        }
        SDVariable inter = sides[0].mul(sides[1]);
        SDVariable union = area(box).add(area(truth)).sub(inter);
        SDVariable outer = hull[0].mul(hull[1]);
        SDVariable giou = inter.div(union).sub(outer.sub(union).div(outer));
        return giou.sum().div(y.length).rsub(1);
    }

    private static SDVariable area(SDVariable[] box) {
        return box[2].sub(box[0]).mul(box[3].sub(box[1]));
    }
}
