package org.mtl4j.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Set;
import org.mtl4j.golden.GoldenFile;
import org.mtl4j.golden.Runner;
import org.mtl4j.golden.Tensors;
import tools.jackson.databind.JsonNode;

/**
 * LibMTL's and TorchJD's IMTL-G and Aligned-MTL, and TorchJD's ConFIG, against ours.
 *
 * <p>Where their own direction moves by more than 1e-3 under a change of 1e-9 of the gradients it is rounding, and ours need
 * only be finite. Where their IMTL-G has unequal projections, as the threshold of a pseudo-inverse leaves out gradients that
 * are short beside others, ours is held to its definition. Aligned-MTL's threshold is the file's for LibMTL; TorchJD 0.18.0
 * takes the precision of the matrix, whatever PyTorch's default type is; its least eigenvalue is known to the rounding of the
 * largest, and no better is asked of ours.
 */
public final class SpectralGolden implements Runner {

    private static final Set<String> METHODS = Set.of("imtl_g", "aligned_mtl", "config");
    private static final double NOISE = 1e-3;

    @Override
    public boolean knows(GoldenFile file) {
        return file.schema().equals("mtl-golden-1") && METHODS.contains(file.name());
    }

    @Override
    public boolean knowsCase(JsonNode each) {
        JsonNode params = each.path("params");
        return each.has("gradients")
                && Set.of("min", "median", "rmse")
                        .contains(params.path("scale_mode").asString("min"))
                && Set.of("finfo(float32).eps", "finfo(float64).eps")
                        .contains(params.path("rank_eps").asString("finfo(float32).eps"))
                && params.path("pref").asString("ones").equals("ones");
    }

    private static Balancer balancer(JsonNode each) {
        return switch (each.path("method").asString("")) {
            case "imtl_g" -> ImtlG.asPublished();
            case "config" -> ConFig.asPublished();
            default -> aligned(each);
        };
    }

    private static AlignedMtl aligned(JsonNode each) {
        AlignedMtl published = AlignedMtl.asPublished();
        AlignedMtl scaled = switch (each.path("params").path("scale_mode").asString("min")) {
            case "median" -> published.median();
            case "rmse" -> published.rmse();
            default -> published;
        };
        boolean isLibMtl = each.path("source").path("project").asString("").equals("LibMTL");
        boolean inDouble = isLibMtl
                ? each.path("params").path("rank_eps").asString("").equals("finfo(float64).eps")
                : each.path("dtype").asString("").equals("float64");
        AlignedMtl precise = inDouble ? scaled.rankEps(Math.ulp(1.0)) : scaled;
        return isLibMtl ? precise : precise.averaged();
    }

    @Override
    public void check(JsonNode each) {
        double[][] gradients =
                each.path("gradients").valueStream().map(Tensors::values).toArray(double[][]::new);
        WeighingStep step = Steps.ofGradients(gradients, 1);
        double[] weights = new double[gradients.length];
        balancer(each).start(step.names()).weigh(step, weights);
        assertThat(weights).doesNotContain(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);
        double moved = each.path("sensitivity").path("direction_abs_change").asDouble(0);
        if (each.path("status").asString("ok").equals("ok") && moved < NOISE) {
            double[] ours = Steps.combination(weights, gradients);
            double[] theirs = Tensors.values(each.path("direction"));
            boolean isImtl = each.path("method").asString("").equals("imtl_g");
            boolean isMoreImpartial =
                    isImtl && partiality(theirs, gradients) > 1e-6 && partiality(ours, gradients) < 1e-6;
            if (!isMoreImpartial) {
                double rounding = each.path("method").asString("").equals("aligned_mtl")
                        ? Math.sqrt(Steps.dot(theirs, theirs)) * rounding(step)
                        : 0;
                assertThat(ours).as("direction").containsExactly(theirs, within(Math.max(1e-8, 10 * moved) + rounding));
            }
        }
    }

    /** What of the least eigenvalue is rounding where all are known to that of the largest: at scales of 1e8 all of it. */
    private static double rounding(WeighingStep step) {
        Eigen eigen = new Eigen(step.tasks());
        eigen.decompose(step.gram(), step.tasks());
        double bound = step.tasks() * Math.ulp(eigen.largest());
        double least = eigen.largest();
        for (int k = 0; k < step.tasks(); k++) {
            least = eigen.value(k) > bound ? Math.min(least, eigen.value(k)) : least;
        }
        return bound / least;
    }

    /** How far projections onto the gradients are apart, beside the largest; 0 for an update of 0. */
    private static double partiality(double[] update, double[][] gradients) {
        double most = Double.NEGATIVE_INFINITY;
        double least = Double.POSITIVE_INFINITY;
        for (double[] gradient : gradients) {
            double length = Math.sqrt(Steps.dot(gradient, gradient));
            if (length > 0) {
                most = Math.max(most, Steps.dot(update, gradient) / length);
                least = Math.min(least, Steps.dot(update, gradient) / length);
            }
        }
        double size = Math.max(Math.abs(most), Math.abs(least));
        return size > 1e-12 ? (most - least) / size : 0;
    }
}
