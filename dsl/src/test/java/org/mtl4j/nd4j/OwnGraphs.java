package org.mtl4j.nd4j;

import org.mtl4j.tensor.Draws;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** SameDiff graphs that tests hand over as encoders. */
public final class OwnGraphs {

    private OwnGraphs() {}

    /** out = tanh(x w + b), of these widths and values drawn by a seed. */
    public static SameDiff tanh(int in, int width, long seed) {
        SameDiff graph = SameDiff.create();
        SDVariable x = graph.placeHolder("x", DataType.FLOAT, -1, in);
        SDVariable w = graph.var("w", uniform(seed, in, width));
        SDVariable b = graph.var("b", uniform(seed + 1, width));
        graph.math().tanh("out", x.mmul(w).add(b));
        return graph;
    }

    /** Uniform in +-0.5. */
    public static INDArray uniform(long seed, long... shape) {
        var random = Draws.generator(seed);
        INDArray array = Nd4j.create(DataType.FLOAT, shape);
        for (long i = 0; i < array.length(); i++) {
            array.putScalar(i, Draws.uniform(random) - 0.5);
        }
        return array;
    }
}
