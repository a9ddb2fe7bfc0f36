package org.mtl4j.nd4j;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Our float arrays as ND4J's matrices, and back, by copying. */
final class Floats {

    private Floats() {}

    /** A matrix [rows, columns] of the numbers from an offset on. */
    static INDArray array(float[] from, int offset, int rows, int columns) {
        int to = offset + rows * columns;
        return Nd4j.create(Arrays.copyOfRange(from, offset, to), new long[] {rows, columns}, 'c');
    }

    /** The numbers of an array of any order, row-major. */
    static float[] of(INDArray array) {
        return array.dup('c').data().asFloat();
    }

    /** Writes the numbers of an array, row-major. @param into from offset on, overwritten. */
    static void copy(INDArray array, float[] into, int offset) {
        float[] values = of(array);
        System.arraycopy(values, 0, into, offset, values.length);
    }
}
