package org.mtl4j.task;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Focal loss, in nats: -a (1 - p)^g log p, with p the probability of the truth, so that rows that are right already weigh
 * little (Lin et al. 2017, Focal Loss for Dense Object Detection, eq. 4 and, with a, eq. 5).
 *
 * <p>Of one of two classes and of labels, p is the sigmoid of the output where the class is positive, else 1 minus it; a is
 * alpha where it is positive, else 1 - alpha; the mean is over the known labels. Of one of several classes, p is the softmax
 * of the true class and a the alpha of that class; the mean is over the rows and does not divide by alphas.
 *
 * <pre>{@code
 * task("fraud").binary().loss(focal(2).alpha(0.25))
 * }</pre>
 *
 * @param gamma g, at least 0; with 0 it is the cross-entropy
 * @param alphas alpha of the positive class, or one per class in index order; empty for all 1
 */
public record Focal(double gamma, List<Double> alphas) implements Loss {

    public Focal {
        alphas = List.copyOf(alphas);
        if (!(gamma >= 0 && gamma < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "focal(%s): gamma is a finite number of at least 0.%nGive how much rows that are right are played down: focal(2)."
                            .formatted(gamma));
        }
        for (double alpha : alphas) {
            if (!(alpha >= 0 && alpha < Double.POSITIVE_INFINITY) || (alphas.size() == 1 && alpha > 1)) {
                throw new IllegalArgumentException(
                        "alpha(%s): %s is not %s.%nGive the positive class's share, alpha(0.25), or one factor per class, in the order of the classes."
                                .formatted(
                                        words(alphas),
                                        alpha,
                                        alphas.size() == 1 ? "in [0, 1]" : "a finite number of at least 0"));
            }
        }
    }

    /** This loss with a factor alpha of the positive class and 1 - alpha of the other, or with one factor per class. */
    public Focal alpha(double... factors) {
        return new Focal(gamma, Arrays.stream(factors).boxed().toList());
    }

    private static String words(List<Double> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return "focal(" + gamma + ")" + (alphas.isEmpty() ? "" : ".alpha(" + words(alphas) + ")");
    }
}
