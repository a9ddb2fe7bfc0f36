package org.mtl4j.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The marginals of a CRF against sums over all its paths. */
class MarginalsTest {

    /** Emissions of a sequence with gaps between its positions, and parameters. */
    private static final class Chain {
        final int k;
        final int[] at;
        final float[] emissions;
        final float[] own;

        Chain(int length, int tags, double scale, long seed) {
            Random random = new Random(seed);
            k = tags;
            at = new int[length];
            for (int t = 0; t < length; t++) {
                at[t] = 2 + t * (k + 1);
            }
            emissions = normal(random, 4 + length * (k + 1), scale);
            own = normal(random, k * (k + 2), scale);
        }

        private static float[] normal(Random random, int n, double scale) {
            float[] values = new float[n];
            for (int i = 0; i < n; i++) {
                values[i] = (float) (scale * random.nextGaussian());
            }
            return values;
        }

        float[] marginals() {
            float[] into = new float[emissions.length];
            Marginals.of(emissions, at, own, into);
            return into;
        }

        double score(int[] path) {
            double score = own[path[0]] + own[k + k * k + path[path.length - 1]];
            for (int t = 0; t < path.length; t++) {
                score += emissions[at[t] + path[t]];
                score += t == 0 ? 0 : own[k + path[t - 1] * k + path[t]];
            }
            return score;
        }

        /** [positions][tags], from every path. */
        double[][] overAllPaths() {
            double[][] sums = new double[at.length][k];
            double all = 0;
            int paths = (int) Math.pow(k, at.length);
            for (int each = 0; each < paths; each++) {
                int[] path = new int[at.length];
                for (int t = 0, rest = each; t < path.length; t++, rest /= k) {
                    path[t] = rest % k;
                }
                double weight = Math.exp(score(path));
                all += weight;
                for (int t = 0; t < path.length; t++) {
                    sums[t][path[t]] += weight;
                }
            }
            for (double[] position : sums) {
                for (int j = 0; j < k; j++) {
                    position[j] /= all;
                }
            }
            return sums;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void they_are_the_shares_of_all_paths(long seed) {
        Chain chain = new Chain(1 + (int) seed, 3, 1.5, seed);
        float[] found = chain.marginals();
        double[][] expected = chain.overAllPaths();
        for (int t = 0; t < chain.at.length; t++) {
            for (int j = 0; j < chain.k; j++) {
                assertThat((double) found[chain.at[t] + j]).isCloseTo(expected[t][j], within(1e-5));
            }
        }
    }

    @Test
    void those_of_a_long_sequence_of_great_scores_sum_to_1_and_nothing_is_written_beside_them() {
        Chain chain = new Chain(400, 4, 20, 8);
        float[] found = chain.marginals();
        for (int start : chain.at) {
            double sum = 0;
            for (int j = 0; j < chain.k; j++) {
                assertThat(found[start + j]).isBetween(0f, 1.0001f);
                sum += found[start + j];
            }
            assertThat(sum).isCloseTo(1, within(1e-4));
            assertThat(found[start - 1]).isZero();
        }
    }

    @Test
    void of_no_position_there_are_none() {
        float[] into = {7f};
        Marginals.of(new float[] {1f}, new int[0], new float[3], into);
        assertThat(into).containsExactly(7f);
    }
}
