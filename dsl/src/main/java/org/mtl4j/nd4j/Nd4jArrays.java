package org.mtl4j.nd4j;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.mtl4j.balance.WeighingStep;
import org.mtl4j.fitted.Matrix;
import org.mtl4j.fitted.Net;
import org.mtl4j.tensor.Blas;
import org.mtl4j.tensor.Gram;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Our numbers as ND4J arrays to calculate on, and back. All are copies: what is done to an array does not reach the net.
 *
 * <pre>{@code
 * Nd4jArrays.of(net.parameter("encoder.0.weight")).norm2(0)
 * }</pre>
 */
public final class Nd4jArrays {

    static {
        Nd4j.zeros(1); // ND4J begins here, if it has not, perhaps within a training
        Blas.holdToOneThread();
    }

    private Nd4jArrays() {}

    /** A parameter or a task's predictions, floats [rows, columns]. */
    public static INDArray of(Matrix matrix) {
        return Nd4j.createFromArray(matrix.toArray()).reshape(matrix.rows(), matrix.columns());
    }

    /** Inner products of task gradients, doubles [tasks, tasks]. */
    public static INDArray of(Gram gram) {
        return Nd4j.createFromArray(gram.toArray()).reshape(gram.tasks(), gram.tasks());
    }

    /** Cosines between task gradients, doubles [tasks, tasks]; NaN where a task has no gradient. */
    public static INDArray cosines(Gram gram) {
        double[][] cosines = new double[gram.tasks()][gram.tasks()];
        for (int i = 0; i < cosines.length; i++) {
            for (int j = 0; j < cosines.length; j++) {
                cosines[i][j] = gram.cosine(i, j);
            }
        }
        return Nd4j.createFromArray(cosines);
    }

    /**
     * The tasks' gradients by the shared parameters in a step of a balancer that reads them, floats [tasks, parameters].
     *
     * @throws IllegalStateException if it has not said that it does
     */
    public static INDArray gradients(WeighingStep step) {
        return Floats.array(step.gradients(), 0, step.tasks(), step.parameters());
    }

    /** All parameters of a net by name, floats: weights [in, out], biases [1, out]. */
    public static Map<String, INDArray> parameters(Net net) {
        Map<String, INDArray> arrays = new LinkedHashMap<>();
        net.parameters().forEach(parameter -> arrays.put(parameter.name(), of(parameter)));
        return arrays;
    }

    /**
     * An ND4J matrix as ours.
     *
     * @param array [rows, columns] of any number type and order
     * @throws IllegalArgumentException if it is no matrix
     */
    public static Matrix matrix(String name, INDArray array) {
        if (array.rank() != 2 || array.isEmpty()) {
            throw new IllegalArgumentException(
                    "The array '%s' has shape %s, but a matrix has rows and columns.\nReshape it to [rows, columns]."
                            .formatted(name, Arrays.toString(array.shape())));
        }
        float[] values = array.castTo(DataType.FLOAT).dup('c').data().asFloat();
        return Matrix.of(name, array.rows(), array.columns(), values);
    }
}
