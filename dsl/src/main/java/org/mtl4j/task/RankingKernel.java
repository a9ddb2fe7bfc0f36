package org.mtl4j.task;

/** Computes {@link MarginRanking} and its signal; a target is [relevance] or [relevance, group]. */
final class RankingKernel implements Kernel {

    private final float margin;

    RankingKernel(MarginRanking loss) {
        margin = (float) loss.margin();
    }

    @Override
    public double evaluate(Labelled at, double scale) {
        long pairs = 0;
        for (int i = 0; i < at.count; i++) {
            at.signal[at.output(i)] = 0f;
            for (int j = 0; j < at.count; j++) {
                pairs += isBetter(at, i, j) ? 1 : 0;
            }
        }
        double sum = 0;
        float unit = (float) (scale / pairs);
        for (int i = 0; i < at.count; i++) {
            for (int j = 0; j < at.count; j++) {
                if (isBetter(at, i, j)) {
                    sum += pair(at, at.output(i), at.output(j), unit);
                }
            }
        }
        return pairs == 0 ? 0 : sum / pairs;
    }

    private double pair(Labelled at, int better, int worse, float unit) {
        float missing = margin - (at.outputs[better] - at.outputs[worse]);
        if (missing < 0) {
            return 0;
        }
        at.signal[better] -= unit;
        at.signal[worse] += unit;
        return missing; // also where it is NaN, which must reach the loss
    }

    /** Whether row i is to be ranked before row j. */
    private static boolean isBetter(Labelled at, int i, int j) {
        int a = at.target(i);
        int b = at.target(j);
        return at.targets[a] > at.targets[b] && (at.targetWidth == 1 || at.targets[a + 1] == at.targets[b + 1]);
    }
}
