package org.mtl4j.nd4j;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.layer.Mlp;
import org.mtl4j.sharing.Graph;
import org.mtl4j.task.Loss;
import org.mtl4j.task.Objective;
import org.mtl4j.tensor.Parameter;
import org.mtl4j.tensor.Parameters;
import org.nd4j.autodiff.loss.LossReduce;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A hard-sharing net built once more in SameDiff, in double precision, with the parameters of ours: x -> mlp -> a head and
 * a loss per task; the total loss is their sum.
 */
final class SameDiffTwin {

    private final SameDiff sd = SameDiff.create();
    private final Map<String, INDArray> feed = new LinkedHashMap<>();
    private final Parameters parameters;
    private final List<String> heads = new ArrayList<>();

    /**
     * @param x [rows, features]
     * @param targets per task [rows, outputs]: one 1 a row, 0 and 1, or reals
     */
    SameDiffTwin(Graph graph, INDArray x, List<INDArray> targets) {
        parameters = graph.tape().parameters();
        Mlp mlp = (Mlp) graph.sharing().encoder();
        SDVariable top = sd.placeHolder("x", DataType.DOUBLE, x.shape());
        feed.put("x", x);
        for (int l = 0; l < mlp.widths().size(); l++) {
            top = Activations.apply(mlp.activation(), affine(top, "encoder." + l));
        }
        SDVariable total = sd.constant("zero", Nd4j.scalar(0.0));
        for (int t = 0; t < targets.size(); t++) {
            Objective objective = graph.objectives().get(t);
            String name = "head." + objective.task().name();
            SDVariable outputs = affine(top, name);
            heads.add(outputs.name());
            SDVariable target =
                    sd.placeHolder("y" + t, DataType.DOUBLE, targets.get(t).shape());
            feed.put("y" + t, targets.get(t));
            total = total.add(loss(objective.task().loss(), target, outputs));
        }
        total.rename("total").markAsLoss();
    }

    private SDVariable affine(SDVariable x, String layer) {
        return x.mmul(variable(layer + ".weight")).add(variable(layer + ".bias"));
    }

    private SDVariable variable(String name) {
        Parameter p = parameters.get(name);
        INDArray values = Nd4j.createFromArray(parameters.copyOf(p)).reshape(p.rows(), p.columns());
        return sd.var(name, values.castTo(DataType.DOUBLE));
    }

    private SDVariable loss(Loss loss, SDVariable y, SDVariable outputs) {
        SDVariable ones = sd.constant(Nd4j.scalar(1.0));
        LossReduce reduce =
                loss.reduction() == Loss.Reduction.SUM ? LossReduce.SUM : LossReduce.MEAN_BY_NONZERO_WEIGHT_COUNT;
        if (loss instanceof Loss.CrossEntropy ce) {
            return ce.classWeights().isEmpty()
                    ? sd.loss().softmaxCrossEntropy(y, outputs, ones, reduce, ce.labelSmoothing())
                    : ofClasses(ce, y, outputs);
        } else if (loss instanceof Loss.BinaryCrossEntropy bce) {
            SDVariable weights = y.mul(bce.positiveWeight() - 1).add(1);
            return sd.loss().sigmoidCrossEntropy(y, outputs, weights, reduce, 0);
        } else if (loss instanceof Loss.MeanSquaredError) {
            return sd.loss().meanSquaredError(y, outputs, ones, reduce);
        } else if (loss instanceof Loss.MeanAbsoluteError) {
            return sd.loss().absoluteDifference(y, outputs, ones, reduce);
        } else if (loss instanceof Loss.Huber huber) {
            return sd.loss().huberLoss(y, outputs, ones, reduce, huber.delta());
        }
        // Huber's loss over beta; as a weight of the rows, since SameDiff's losses ignore the gradient that reaches
        // them
        double beta = ((Loss.SmoothL1) loss).beta();
        return sd.loss().huberLoss(y, outputs, sd.constant(Nd4j.scalar(1 / beta)), reduce, beta);
    }

    /** sum_r w_r (-log p_r) / sum_r w_r, by the formula: ND4J's loss takes a weight per row, not per class. */
    private SDVariable ofClasses(Loss.CrossEntropy loss, SDVariable y, SDVariable outputs) {
        double[] weights =
                loss.classWeights().stream().mapToDouble(Double::doubleValue).toArray();
        SDVariable weighed = y.mul(sd.constant(Nd4j.createFromArray(weights).reshape(1, weights.length)));
        SDVariable logs = sd.math().log(sd.nn().softmax(outputs, 1));
        return weighed.mul(logs).sum().neg().div(weighed.sum());
    }

    /** The outputs of task t, [rows, outputs]. */
    INDArray outputs(int t) {
        return sd.outputSingle(feed, heads.get(t));
    }

    /** The total loss. */
    double loss() {
        return sd.outputSingle(feed, "total").getDouble(0);
    }

    /** The gradient of the total loss with respect to each parameter. */
    Map<String, INDArray> gradients() {
        return sd.calculateGradients(
                feed,
                sd.variables().stream()
                        .map(SDVariable::name)
                        .filter(name -> name.endsWith(".weight") || name.endsWith(".bias"))
                        .toList());
    }
}
