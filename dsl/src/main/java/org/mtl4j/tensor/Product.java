package org.mtl4j.tensor;

/**
 * Mutable, reused: a large matrix product in pieces, each of them some rows or columns of the result. Sums over k are never
 * divided.
 *
 * <p>An element of the result then has the bits that it has in the whole product, as long as the BLAS takes both by the same
 * kernels: OpenBLAS takes products of up to a million multiply-adds on another way, so pieces are larger than that. {@link
 * ProductCheck} tries that once with the library and on the CPU at hand; where it does not hold, no product is divided.
 */
final class Product implements Piecework {

    /** A piece has more multiply-adds than this. */
    static final long SMALL = 1_000_000;

    /** How the matrices lie. */
    enum Form {
        /** A B. */
        NN("N", "N"),
        /** A B^T. */
        NT("T", "N"),
        /** A^T B. */
        TN("N", "T");

        // what a BLAS of column-major matrices is told of B and A
        final String second;
        final String first;

        Form(String second, String first) {
            this.second = second;
            this.first = first;
        }
    }

    private static final class Tried {
        static final boolean KEEPS_BITS = ProductCheck.keepsBits();
    }

    private Form form = Form.NN;
    private int m;
    private int n;
    private int k;
    private float[] a = new float[0];
    private int aOff;
    private int lda;
    private float[] b = new float[0];
    private int bOff;
    private int ldb;
    private float beta;
    private float[] c = new float[0];
    private int cOff;
    private int ldc;

    /** Whether pieces have the bits of the whole with the BLAS and on the CPU at hand. */
    static boolean keepsBits() {
        return Tried.KEEPS_BITS;
    }

    /** The pieces of a product for so many threads: 1 where it is not worth dividing. */
    static int pieces(int m, int n, int k, int threads) {
        int length = Math.max(m, n);
        long each = (long) Math.min(m, n) * k;
        int pieces = (int) Math.min(threads, each * length / SMALL);
        while (pieces > 1 && Piecework.from(length, 1, pieces) * each <= SMALL) { // the first is the smallest
            pieces--;
        }
        return Math.max(1, pieces);
    }

    /** Keeps what to multiply. */
    Product of(
            Form theForm,
            int rows,
            int columns,
            int inner,
            float[] first,
            int firstOff,
            int firstStride,
            float[] second,
            int secondOff,
            int secondStride,
            float theBeta,
            float[] result,
            int resultOff,
            int resultStride) {
        form = theForm;
        m = rows;
        n = columns;
        k = inner;
        a = first;
        aOff = firstOff;
        lda = firstStride;
        b = second;
        bOff = secondOff;
        ldb = secondStride;
        beta = theBeta;
        c = result;
        cOff = resultOff;
        ldc = resultStride;
        return this;
    }

    @Override
    public void piece(int piece, int pieces) {
        int length = Math.max(m, n);
        int from = Piecework.from(length, piece, pieces);
        int size = Piecework.from(length, piece + 1, pieces) - from;
        if (m >= n) {
            int at = aOff + from * (form == Form.TN ? 1 : lda);
            Blas.whole(form, size, n, k, a, at, lda, b, bOff, ldb, beta, c, cOff + from * ldc, ldc);
        } else {
            int at = bOff + from * (form == Form.NT ? ldb : 1);
            Blas.whole(form, m, size, k, a, aOff, lda, b, at, ldb, beta, c, cOff + from, ldc);
        }
    }
}
