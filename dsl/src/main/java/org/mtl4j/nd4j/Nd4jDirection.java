package org.mtl4j.nd4j;

import org.jspecify.annotations.Nullable;
import org.mtl4j.balance.OwnDirection;
import org.mtl4j.balance.WeighingStep;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The update of the shared parameters as a formula of ND4J arrays. */
@FunctionalInterface
public interface Nd4jDirection {

    /**
     * Answers the update that the optimiser takes for the gradient. It is called once a step, possibly by several trainings at
     * once, and draws from {@link WeighingStep#random} alone.
     *
     * @param gradients FLOAT [tasks, parameters], a copy; zeros without labels. The tasks' own weights are in it
     * @param step the losses, the labels, the Gram, and the numbers of step and epoch
     * @return as many numbers as there are parameters, of any shape and number type
     */
    @Nullable
    INDArray of(INDArray gradients, WeighingStep step);

    /** This formula as one of float arrays. */
    default OwnDirection.Formula ofFloats() {
        return step -> {
            NativeSide.ready();
            INDArray answer = of(Nd4jArrays.gradients(step), step);
            return answer == null ? null : Floats.of(answer.castTo(DataType.FLOAT));
        };
    }
}
