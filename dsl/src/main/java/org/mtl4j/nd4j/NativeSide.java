package org.mtl4j.nd4j;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** The native side of ND4J, made ready once before a user's graph runs beside our own products. */
final class NativeSide {

    static {
        // A sum that several threads share is cut by who is idle: one thread gives the same bits whatever runs beside
        // it.
        Nd4j.getEnvironment().setMaxThreads(1);
        Nd4j.getEnvironment().setMaxMasterThreads(1);
        // ND4J's products and ours live in two copies of OpenBLAS. A product of ND4J's that comes first only after ours
        // has
        // taken memory from one copy and gives it back to the other ('BLAS : Bad memory unallocation!'): so it comes
        // first.
        Nd4j.ones(DataType.FLOAT, 3, 3).mmul(Nd4j.ones(DataType.FLOAT, 3, 3));
    }

    private NativeSide() {}

    /** Returns once it is ready. */
    static void ready() {
        // the class is initialised by now
    }
}
