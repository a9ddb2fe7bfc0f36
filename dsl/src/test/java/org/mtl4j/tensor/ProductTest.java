package org.mtl4j.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ProductTest {

    private static final int DRAWN = 40;
    private static final int LARGEST = 500;
    private static final int OFFSET = 3;

    /** Shapes of layers, shapes that end in the middle of every tile, and drawn ones. */
    static Stream<Arguments> shapes() {
        List<Arguments> shapes = new ArrayList<>();
        shapes.add(Arguments.of(64, 512, 784));
        shapes.add(Arguments.of(784, 512, 64));
        shapes.add(Arguments.of(320, 512, 512));
        shapes.add(Arguments.of(129, 127, 128));
        shapes.add(Arguments.of(1, 4099, 1031));
        shapes.add(Arguments.of(4099, 1, 1031));
        shapes.add(Arguments.of(2, 2049, 1031));
        shapes.add(Arguments.of(1031, 1033, 3));
        RandomGenerator random = Draws.generator(1);
        while (shapes.size() < DRAWN) {
            int m = drawn(random);
            int n = drawn(random);
            int k = drawn(random);
            if (Product.pieces(m, n, k, 2) > 1) {
                shapes.add(Arguments.of(m, n, k));
            }
        }
        return shapes.stream();
    }

    private static int drawn(RandomGenerator random) {
        return 1 + (int) (LARGEST * Draws.uniform(random));
    }

    private interface Call {
        void into(float[] c);
    }

    @ParameterizedTest(name = "[{0}, {2}] x [{2}, {1}]")
    @MethodSource("shapes")
    void a_product_has_the_same_bits_on_1_to_5_threads(int m, int n, int k) {
        RandomGenerator random = Draws.generator(m + 1000L * n + k);
        float[] a = SampledTape.normal(OFFSET + m * (k + 1) + k, 1, random); // room for either form, with a stride
        float[] b = SampledTape.normal(OFFSET + n * (k + 1) + k + n, 1, random);
        float[] c = SampledTape.normal(OFFSET + m * (n + 2), 1, random);
        for (float beta : new float[] {0f, 1f}) {
            assertSame(c, into -> Blas.nn(m, n, k, a, OFFSET, k + 1, b, OFFSET, n, beta, into, OFFSET, n + 2));
            assertSame(c, into -> Blas.nt(m, n, k, a, OFFSET, k + 1, b, OFFSET, k + 1, beta, into, OFFSET, n + 2));
            assertSame(c, into -> Blas.tn(m, n, k, a, OFFSET, m, b, OFFSET, n, beta, into, OFFSET, n + 2));
        }
    }

    private static void assertSame(float[] before, Call call) {
        float[] one = before.clone();
        call.into(one);
        assertThat(one).isNotEqualTo(before);
        for (int threads = 2; threads <= 5; threads++) {
            float[] several = before.clone();
            Crew.during(threads, () -> {
                call.into(several);
                return several;
            });
            assertThat(several).as("%d threads", threads).isEqualTo(one);
        }
    }

    @Test
    void pieces_of_the_library_and_the_cpu_at_hand_keep_the_bits() {
        assertThat(Product.keepsBits()).isTrue();
    }

    @Test
    void every_piece_is_larger_than_what_a_blas_takes_on_its_shorter_way() {
        assertThat(Product.pieces(64, 128, 128, 2)).isEqualTo(1);
        assertThat(Product.pieces(256, 128, 128, 2)).isEqualTo(2);
        assertThat(Product.pieces(64, 512, 784, 8)).isEqualTo(8);
        RandomGenerator random = Draws.generator(2);
        for (int i = 0; i < 2000; i++) {
            int m = drawn(random);
            int n = drawn(random);
            int k = drawn(random);
            int length = Math.max(m, n);
            int pieces = Product.pieces(m, n, k, 4);
            for (int piece = 0; piece < pieces && pieces > 1; piece++) {
                int size = Piecework.from(length, piece + 1, pieces) - Piecework.from(length, piece, pieces);
                assertThat((long) size * Math.min(m, n) * k).isGreaterThan(Product.SMALL);
            }
        }
    }

    @Test
    void pieces_cover_a_loop_once_whatever_its_length() {
        for (int n = 0; n < 200; n++) {
            for (int pieces = 1; pieces < 6; pieces++) {
                assertThat(Piecework.from(n, 0, pieces)).isZero();
                assertThat(Piecework.from(n, pieces, pieces)).isEqualTo(n);
                for (int piece = 0; piece < pieces; piece++) {
                    assertThat(Piecework.from(n, piece, pieces))
                            .isLessThanOrEqualTo(Piecework.from(n, piece + 1, pieces));
                }
            }
        }
    }
}
