package org.mtl4j.tensor;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * How the weights and biases of a layer are drawn. The catalogue is the list of records below.
 *
 * <p>fan-in and fan-out are the layer's inputs and outputs.
 */
public sealed interface Initialiser {

    /** Weights and biases uniform in +-1/sqrt(fan-in): what PyTorch's {@code Linear} does. The default. */
    record UniformFanIn() implements Initialiser {
        @Override
        public String toString() {
            return "uniformFanIn()";
        }
    }

    /** Weights normal with variance 2 / fan-in (He et al. 2015, eq. 10), biases 0. */
    record HeNormal() implements Initialiser {
        @Override
        public String toString() {
            return "heNormal()";
        }
    }

    /** Weights uniform with variance 2 / fan-in (He et al. 2015), biases 0. */
    record HeUniform() implements Initialiser {
        @Override
        public String toString() {
            return "heUniform()";
        }
    }

    /** Weights normal with variance 2 / (fan-in + fan-out) (Glorot and Bengio 2010, eq. 12), biases 0. */
    record GlorotNormal() implements Initialiser {
        @Override
        public String toString() {
            return "glorotNormal()";
        }
    }

    /** Weights uniform with variance 2 / (fan-in + fan-out) (Glorot and Bengio 2010, eq. 16), biases 0. */
    record GlorotUniform() implements Initialiser {
        @Override
        public String toString() {
            return "glorotUniform()";
        }
    }

    /** Weights normal with this standard deviation, biases 0. */
    record Normal(double sd) implements Initialiser {
        @Override
        public String toString() {
            return "normal(" + sd + ")";
        }
    }

    /** Weights and biases 0. */
    record Zeros() implements Initialiser {
        @Override
        public String toString() {
            return "zeros()";
        }
    }

    /** Engine API. Fills a weight matrix. @param into [fanIn * fanOut] from offset on, overwritten. */
    default void fill(float[] into, int offset, int fanIn, int fanOut, RandomGenerator random) {
        int n = fanIn * fanOut;
        double in = fanIn;
        double both = (in + fanOut) / 2;
        if (this instanceof UniformFanIn) {
            Draws.uniform(into, offset, n, 1 / StrictMath.sqrt(in), random);
        } else if (this instanceof HeNormal) {
            Draws.normal(into, offset, n, StrictMath.sqrt(2 / in), random);
        } else if (this instanceof HeUniform) {
            Draws.uniform(into, offset, n, StrictMath.sqrt(6 / in), random);
        } else if (this instanceof GlorotNormal) {
            Draws.normal(into, offset, n, StrictMath.sqrt(1 / both), random);
        } else if (this instanceof GlorotUniform) {
            Draws.uniform(into, offset, n, StrictMath.sqrt(3 / both), random);
        } else if (this instanceof Normal normal) {
            Draws.normal(into, offset, n, normal.sd(), random);
        } else {
            Arrays.fill(into, offset, offset + n, 0f);
        }
    }

    /** Engine API. Fills a bias. @param into [fanOut] from offset on, overwritten. */
    default void fillBias(float[] into, int offset, int fanIn, int fanOut, RandomGenerator random) {
        if (this instanceof UniformFanIn) {
            Draws.uniform(into, offset, fanOut, 1 / StrictMath.sqrt((double) fanIn), random);
        } else {
            Arrays.fill(into, offset, offset + fanOut, 0f);
        }
    }
}
