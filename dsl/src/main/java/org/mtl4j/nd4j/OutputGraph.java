package org.mtl4j.nd4j;

import java.util.Arrays;
import org.mtl4j.data.Scale;
import org.mtl4j.fitted.Net;
import org.mtl4j.task.Contrastive;
import org.mtl4j.task.Objective;
import org.mtl4j.task.Task;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** What a user reads of what the heads of a net put out, as SameDiff variables named as the tasks. */
final class OutputGraph {

    private final SameDiff sd;
    private final Net net;

    OutputGraph(SameDiff sd, Net net) {
        this.sd = sd;
        this.net = net;
    }

    private SDVariable constant(double[] numbers) {
        return sd.constant(Nd4j.createFromArray(numbers).reshape(1, numbers.length));
    }

    /** @param outputs [rows, places, outputs] */
    void ofPlaces(Objective objective, SDVariable outputs) {
        String name = objective.task().name();
        SDVariable x = outputs.castTo(DataType.DOUBLE);
        if (objective.isOfPlaceClasses()) {
            x = sd.nn().softmax(x, 2);
        } else if (objective.task().kind() instanceof Task.Kind.Normals) {
            x = unit(x, 2);
        }
        x.castTo(name, DataType.FLOAT);
    }

    /** @param first [rows, width], as is the second */
    void ofPairs(Objective objective, SDVariable first, SDVariable second) {
        SDVariable x = unit(first.castTo(DataType.DOUBLE), 1);
        SDVariable y = unit(second.castTo(DataType.DOUBLE), 1);
        sd.concat(1, x, y).castTo(objective.task().name(), DataType.FLOAT);
    }

    /** Each vector divided by its length. */
    private SDVariable unit(SDVariable x, int dimension) {
        SDVariable length = sd.math().sqrt(sd.sum(sd.math().square(x), true, dimension));
        return x.div(sd.math().max(length, sd.constant(Nd4j.scalar(Contrastive.LEAST_LENGTH))));
    }

    /** @param outputs [rows, outputs] */
    void ofRows(Objective objective, SDVariable outputs) {
        String name = objective.task().name();
        SDVariable x = outputs.castTo(DataType.DOUBLE);
        if (objective.task().kind() instanceof Task.Kind.Ranking) {
            x.castTo(name, DataType.FLOAT);
        } else if (objective.isRegression()) {
            Scale scale = net.standardisation().target(name);
            x.mul(constant(scale.scales())).add(constant(scale.means())).castTo(name, DataType.FLOAT);
        } else if (objective.task().kind() instanceof Task.Kind.Binary) {
            SDVariable positive = sd.nn().sigmoid(x);
            SDVariable negative = sd.nn().sigmoid(x.neg());
            boolean second = objective.positiveIndex() == 1;
            sd.concat(1, second ? negative : positive, second ? positive : negative)
                    .castTo(name, DataType.FLOAT);
        } else if (objective.isOrdinal()) {
            ordinal(x, net.parameter(objective.ownName()).toArray()).castTo(name, DataType.FLOAT);
        } else if (objective.isMultiLabel()) {
            sd.nn().sigmoid(x).castTo(name, DataType.FLOAT);
        } else {
            sd.nn().softmax(x, 1).castTo(name, DataType.FLOAT);
        }
    }

    /** P(above k - 1) - P(above k), the thresholds in falling order. @param x scores [rows, 1] */
    private SDVariable ordinal(SDVariable x, float[] thresholds) {
        double[] falling = new double[thresholds.length];
        Arrays.sort(thresholds);
        for (int k = 0; k < falling.length; k++) {
            falling[k] = thresholds[falling.length - 1 - k];
        }
        SDVariable above = sd.nn().sigmoid(x.add(constant(falling)));
        SDVariable none = x.mul(0);
        return sd.concat(1, none.add(1), above).sub(sd.concat(1, above, none));
    }
}
