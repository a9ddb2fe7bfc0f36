package org.mtl4j.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class BlasTest {

    private static final int A_OFF = 3;
    private static final int B_OFF = 5;
    private static final int C_OFF = 7;
    private static final int PAD = 2; // each row is this much longer than it is wide

    /** Reads a matrix, or its transpose, in place. */
    private interface Read {
        float at(int row, int column);
    }

    private static Read plain(float[] x, int offset, int stride) {
        return (r, c) -> x[offset + r * stride + c];
    }

    private static Read transposed(float[] x, int offset, int stride) {
        return (r, c) -> x[offset + c * stride + r];
    }

    private static float[] naive(int m, int n, int k, Read a, Read b, float beta, float[] c, int ldc) {
        float[] result = c.clone();
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                double sum = 0;
                for (int p = 0; p < k; p++) {
                    sum += (double) a.at(i, p) * b.at(p, j);
                }
                int at = C_OFF + i * ldc + j;
                result[at] = (float) (sum + (beta == 0 ? 0 : (double) beta * c[at]));
            }
        }
        return result;
    }

    private static float[] random(int rows, int stride, int offset, RandomGenerator random) {
        return SampledTape.normal(offset + rows * stride, 1, random);
    }

    @ParameterizedTest(name = "[{0}, {2}] x [{2}, {1}] + {3} C")
    @CsvSource({
        "1, 1, 1, 0",
        "3, 4, 5, 0",
        "3, 4, 5, 1",
        "17, 9, 33, 0.5",
        "64, 128, 37, 1",
        "1, 50, 7, 0",
        "50, 1, 7, 1"
    })
    void products_in_place_are_those_of_three_loops(int m, int n, int k, float beta) {
        RandomGenerator random = Draws.generator(m + 100L * n + k);
        int ldc = n + PAD;
        float[] c = random(m, ldc, C_OFF, random);

        float[] a = random(m, k + PAD, A_OFF, random);
        float[] b = random(k, n + PAD, B_OFF, random);
        float[] nn = c.clone();
        Blas.nn(m, n, k, a, A_OFF, k + PAD, b, B_OFF, n + PAD, beta, nn, C_OFF, ldc);
        assertClose(nn, naive(m, n, k, plain(a, A_OFF, k + PAD), plain(b, B_OFF, n + PAD), beta, c, ldc));

        float[] bt = random(n, k + PAD, B_OFF, random);
        float[] nt = c.clone();
        Blas.nt(m, n, k, a, A_OFF, k + PAD, bt, B_OFF, k + PAD, beta, nt, C_OFF, ldc);
        assertClose(nt, naive(m, n, k, plain(a, A_OFF, k + PAD), transposed(bt, B_OFF, k + PAD), beta, c, ldc));

        float[] at = random(k, m + PAD, A_OFF, random);
        float[] tn = c.clone();
        Blas.tn(m, n, k, at, A_OFF, m + PAD, b, B_OFF, n + PAD, beta, tn, C_OFF, ldc);
        assertClose(tn, naive(m, n, k, transposed(at, A_OFF, m + PAD), plain(b, B_OFF, n + PAD), beta, c, ldc));
    }

    /** Every number, so that nothing beside C was touched either. */
    private static void assertClose(float[] actual, float[] expected) {
        assertThat(actual).containsExactly(expected, within(2e-5f));
    }

    @Test
    void with_beta_0_what_was_there_does_not_matter() {
        float[] c = {Float.NaN, Float.POSITIVE_INFINITY};
        Blas.nn(1, 2, 1, new float[] {2}, 0, 1, new float[] {3, 4}, 0, 2, 0f, c, 0, 2);
        assertThat(c).containsExactly(6f, 8f);
    }

    @Test
    void sums_of_rows_and_inner_products_are_those_of_loops() {
        float[] x = {9, 1, 2, 3, 4, 5, 6};
        float[] sum = {7, 0, 0};
        Blas.sumRows(3, 2, x, 1, new float[] {1, 1, 1}, sum, 1);
        assertThat(sum).containsExactly(7f, 1 + 3 + 5, 2 + 4 + 6);
        assertThat(Blas.dot(2, x, 1, x, 3)).isEqualTo(1 * 3 + 2 * 4f);
    }

    @Test
    void products_agree_with_those_of_nd4j() {
        RandomGenerator random = Draws.generator(3);
        float[] a = SampledTape.normal(64 * 30, 1, random);
        float[] b = SampledTape.normal(30 * 20, 1, random);
        float[] c = new float[64 * 20];
        Blas.nn(64, 20, 30, a, 0, 30, b, 0, 20, 0f, c, 0, 20);
        INDArray product = Nd4j.createFromArray(a)
                .reshape(64, 30)
                .mmul(Nd4j.createFromArray(b).reshape(30, 20));
        assertThat(c).containsExactly(product.dup('c').data().asFloat(), within(5e-6f));
    }

    @Test
    void it_says_which_library_it_is() {
        assertThat(Blas.describe()).matches("(OpenBLAS|oneMKL), 1 thread|BLAS .+");
    }
}
