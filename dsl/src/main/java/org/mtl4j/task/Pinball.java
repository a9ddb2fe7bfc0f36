package org.mtl4j.task;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The pinball loss of one output per quantile: max(q e, (q - 1) e) with e = y - p, in standard deviations of the target, the
 * mean over rows and quantiles (Koenker and Bassett 1978, Regression quantiles). Its least value has p the q-quantile.
 *
 * @param quantiles q, ascending in (0, 1)
 */
public record Pinball(List<Double> quantiles) implements Loss {

    public Pinball {
        quantiles = List.copyOf(quantiles);
        double before = 0;
        for (double q : quantiles) {
            if (!(q > before && q < 1)) {
                throw new IllegalArgumentException(
                        "quantiles(%s): %s is not between %s and 1.%nGive ascending shares of the rows that lie below: quantiles(0.1, 0.5, 0.9)."
                                .formatted(words(quantiles), q, before == 0 ? "0" : before));
            }
            before = q;
        }
        if (quantiles.isEmpty()) {
            throw new IllegalArgumentException(
                    "quantiles(): there is none.\nGive ascending shares of the rows that lie below: quantiles(0.1, 0.5, 0.9).");
        }
    }

    static String words(List<Double> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return "pinball(" + words(quantiles) + ")";
    }
}
