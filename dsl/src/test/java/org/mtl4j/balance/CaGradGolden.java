package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.mtl4j.golden.GoldenFile;
import org.mtl4j.golden.Runner;
import org.mtl4j.golden.Tensors;
import tools.jackson.databind.JsonNode;

/**
 * LibMTL's and TorchJD's CAGrad against ours.
 *
 * <p>Theirs stop short of the optimum or fail, so ours is held to it: no weights have a lower F than ours has gain for
 * the worst-served task (so both are optimal), and F is at most the file's exact one. Their update d' of the ball gains t';
 * with g_w and the radius k of ours, ||d' - d||^2 &lt;= 2 k (t - t') / ||g_w||: so ours must be as near to theirs as their own
 * gain allows. Where nothing can be gained theirs is undefined, and ours conflicts with no task.
 */
public final class CaGradGolden implements Runner {

    @Override
    public boolean knows(GoldenFile file) {
        return file.schema().equals("mtl-golden-1") && file.name().equals("cagrad");
    }

    @Override
    public boolean knowsCase(JsonNode each) {
        JsonNode rescale = each.path("params").path("rescale");
        return each.has("gradients")
                && radius(each).isNumber()
                && (rescale.isMissingNode() || (rescale.asInt(-1) >= 0 && rescale.asInt(-1) <= 2));
    }

    private static JsonNode radius(JsonNode each) {
        JsonNode params = each.path("params");
        return params.has("calpha") ? params.path("calpha") : params.path("c");
    }

    private static CaGrad cagrad(JsonNode each) {
        CaGrad published = CaGrad.of(radius(each).asDouble());
        return switch (each.path("params").path("rescale").asInt(0)) {
            case 1 -> published;
            case 2 -> published.linearRescale();
            default -> published.withoutRescale();
        };
    }

    private static double divisor(JsonNode each) {
        double c = radius(each).asDouble();
        return switch (each.path("params").path("rescale").asInt(0)) {
            case 1 -> 1 + c * c;
            case 2 -> 1 + c;
            default -> 1;
        };
    }

    @Override
    public void check(JsonNode each) {
        double[][] gradients =
                each.path("gradients").valueStream().map(Tensors::values).toArray(double[][]::new);
        int n = gradients.length;
        WeighingStep step = Steps.ofGradients(gradients, 1);
        double[] weights = new double[n];
        cagrad(each).start(step.names()).weigh(step, weights);
        assertThat(weights).doesNotContain(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
        double divisor = divisor(each);
        double[] update = Arrays.stream(Steps.combination(weights, gradients))
                .map(d -> d * divisor)
                .toArray();
        double[] inner = Arrays.stream(weights)
                .map(w -> Math.max(0, w * divisor - 1.0 / n))
                .toArray();
        double sum = Arrays.stream(inner).sum();
        double[] mean = mean(gradients);
        double radius = radius(each).asDouble() * length(mean);
        double[] way = Steps.combination(inner, gradients);
        double reach = 0;
        for (int i = 0; i < n; i++) {
            assertThat(weights[i] * divisor).isGreaterThanOrEqualTo(1.0 / n - 1e-14);
            reach += inner[i] * length(gradients[i]);
        }
        assertThat(length(way)).as("departure").isLessThanOrEqualTo(radius + 1e-9 * reach);
        double gain = gain(update, gradients);
        if (length(way) > 0.999999 * radius && sum > 0) {
            double f = (Steps.dot(way, mean) + radius * length(way)) / sum;
            double rounding = 1e-9 * (length(mean) + reach) * reach / sum;
            assertThat(gain).as("gain").isGreaterThanOrEqualTo(f - rounding);
            if (each.path("reference_exact").has("objective")) {
                double exact = each.path("reference_exact").path("objective").asDouble();
                assertThat(f).as("F").isLessThanOrEqualTo(exact + rounding);
            }
            if (each.path("status").asString("ok").equals("ok")) {
                assertNearTheirs(each, gradients, update, gain, radius / (length(way) / sum));
            }
        } else {
            assertThat(gain).as("gain").isGreaterThanOrEqualTo(-1e-6 * length(mean) * longest(gradients));
        }
    }

    /** @param bend k / ||g_w|| */
    private static void assertNearTheirs(
            JsonNode each, double[][] gradients, double[] update, double gain, double bend) {
        double divisor = divisor(each);
        double[] theirs = Arrays.stream(Tensors.values(each.path("direction")))
                .map(d -> d * divisor)
                .toArray();
        double[] mean = mean(gradients);
        double radius = radius(each).asDouble() * length(mean);
        double away = 0;
        for (int p = 0; p < mean.length; p++) {
            away += (theirs[p] - mean[p]) * (theirs[p] - mean[p]);
        }
        double outside = Math.max(0, Math.sqrt(away) - radius);
        double[] pulled = theirs.clone();
        for (int p = 0; p < mean.length && outside > 0; p++) {
            pulled[p] = mean[p] + (theirs[p] - mean[p]) * radius / Math.sqrt(away);
        }
        double missed = Math.max(0, gain - gain(pulled, gradients));
        double moved = each.path("sensitivity").path("direction_abs_change").asDouble(0);
        double room = Math.sqrt(2 * bend * missed) + outside + divisor * Math.max(1e-8, 10 * moved);
        assertThat(update).as("direction").containsExactly(theirs, within(room));
    }

    private static double gain(double[] update, double[][] gradients) {
        return Arrays.stream(gradients)
                .mapToDouble(g -> Steps.dot(update, g))
                .min()
                .orElseThrow();
    }

    private static double[] mean(double[][] gradients) {
        double[] equal = new double[gradients.length];
        Arrays.fill(equal, 1.0 / gradients.length);
        return Steps.combination(equal, gradients);
    }

    private static double longest(double[][] gradients) {
        return Arrays.stream(gradients).mapToDouble(CaGradGolden::length).max().orElseThrow();
    }

    private static double length(double[] vector) {
        return Math.sqrt(Steps.dot(vector, vector));
    }
}
