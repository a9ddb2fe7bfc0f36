package org.mtl4j.fitted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PairCountsTest {

    @Test
    void taus_are_scipys() {
        double[] x = {-1.5929, 1.7015, 1.1507, -0.0743, 0.5386, -1.2918, 0.2895, 0.6416, 1.7157, 3.1465};
        double[] y = {-2.5774, 1.4979, -1.2054, -0.8652, 0.4233, -0.3465, 0.1143, 0.1739, 2.1619, 2.3028};
        assertThat(PairCounts.of(x, y).tauB()).isCloseTo(0.6888888888888888, within(1e-12));
        double[] tied = {-1, 0, -1, 2, 0, -1, 1, -1, 1, -2, 0, -2, 1, 0, -1, 0, -1, 0, 1, 0};
        double[] other = {-3, 0, 0, 3, 2, 1, 0, -1, 0, -1, -2, -2, -1, 1, -1, -1, -2, -1, 2, 3};
        assertThat(PairCounts.of(tied, other).tauB()).isCloseTo(0.43283496171844316, within(1e-12));
    }

    @Test
    void counts_are_those_of_all_pairs_one_by_one() {
        Random random = new Random(1);
        for (int n = 1; n < 40; n++) {
            double[] scores = random.ints(n, 0, 6).asDoubleStream().toArray();
            double[] targets = random.ints(n, 0, 4).asDoubleStream().toArray();
            PairCounts expected = PairCounts.NONE;
            for (int i = 0; i < n; i++) {
                for (int j = i + 1; j < n; j++) {
                    double s = Math.signum(scores[i] - scores[j]);
                    double t = Math.signum(targets[i] - targets[j]);
                    expected = expected.plus(new PairCounts(
                            s * t > 0 ? 1 : 0, s * t < 0 ? 1 : 0, s == 0 && t != 0 ? 1 : 0, t == 0 && s != 0 ? 1 : 0));
                }
            }
            assertThat(PairCounts.of(scores, targets)).isEqualTo(expected);
        }
    }

    @Test
    void without_a_pair_of_unequal_targets_nothing_is_defined() {
        PairCounts counts = PairCounts.of(new double[] {1, 2}, new double[] {3, 3});
        assertThat(counts.inOrder()).isNaN();
        assertThat(counts.tauB()).isNaN();
    }

    @Test
    void equal_scores_count_half() {
        assertThat(PairCounts.of(new double[] {1, 1}, new double[] {0, 3}).inOrder())
                .isEqualTo(0.5);
    }
}
