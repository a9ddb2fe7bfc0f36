package org.mtl4j.tensor;

/** Engine API. A loop whose pieces write to places of their own, in any order and beside each other. */
@FunctionalInterface
public interface Piecework {

    /** Does one piece. What is computed must not depend on the number of pieces. @param piece from 0. @param pieces of the loop. */
    void piece(int piece, int pieces);

    /** Where a piece of a loop over n numbers begins, and the one before it ends: at a multiple of 16. */
    static int from(int n, int piece, int pieces) {
        return piece == pieces ? n : (int) ((long) n * piece / pieces) & -ALIGNED;
    }

    /** The same for a loop over rows: at any of them. */
    static int row(int rows, int piece, int pieces) {
        return (int) ((long) rows * piece / pieces);
    }

    /** The numbers of a vector, and the width of the tiles that a BLAS works in. */
    int ALIGNED = 16;
}
