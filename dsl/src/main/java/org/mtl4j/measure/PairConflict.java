package org.mtl4j.measure;

import java.util.ArrayList;
import java.util.List;
import org.mtl4j.tensor.Gram;

/**
 * How the gradients of two tasks stood to each other over the probed steps.
 *
 * <p>Probes in which one of the two had no labels, so no gradient, are left out of every mean and counted.
 *
 * @param first a task
 * @param second another task
 * @param steps the probed steps that count
 * @param cosines cosine of the two gradients at each of them, in [-1, 1]
 * @param meanCosine their mean; NaN if no probe counts
 * @param negativeShare share of negative cosines, in [0, 1]; NaN if no probe counts
 * @param magnitudeSimilarity mean of 2 ||g_i|| ||g_j|| / (||g_i||^2 + ||g_j||^2), in [0, 1] (Yu et al. 2020, PCGrad,
 *     definition 2)
 * @param normRatio geometric mean of ||g_first|| / ||g_second||
 * @param leftOut probes in which a task had no labels
 */
public record PairConflict(
        String first,
        String second,
        List<Integer> steps,
        List<Double> cosines,
        double meanCosine,
        double negativeShare,
        double magnitudeSimilarity,
        double normRatio,
        int leftOut) {

    public PairConflict {
        steps = List.copyOf(steps);
        cosines = List.copyOf(cosines);
    }

    /** A probe of one pair: the step, the Gram, and the positions of the two tasks in it. */
    record At(int step, Gram gram, int i, int j) {}

    static PairConflict of(String first, String second, List<At> probes) {
        List<Integer> steps = new ArrayList<>();
        List<Double> cosines = new ArrayList<>();
        double cosine = 0;
        double similarity = 0;
        double logRatio = 0;
        int negative = 0;
        for (At at : probes) {
            double c = at.gram().cosine(at.i(), at.j());
            if (Double.isNaN(c)) {
                continue;
            }
            steps.add(at.step());
            cosines.add(c);
            cosine += c;
            negative += c < 0 ? 1 : 0;
            similarity += at.gram().magnitudeSimilarity(at.i(), at.j());
            logRatio += StrictMath.log(at.gram().norm(at.i()))
                    - StrictMath.log(at.gram().norm(at.j()));
        }
        double n = steps.isEmpty() ? Double.NaN : steps.size();
        return new PairConflict(
                first,
                second,
                steps,
                cosines,
                cosine / n,
                negative / n,
                similarity / n,
                StrictMath.exp(logRatio / n),
                probes.size() - steps.size());
    }

    /** {@code first / second}. */
    public String name() {
        return first + " / " + second;
    }
}
