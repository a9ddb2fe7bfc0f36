package org.mtl4j.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mtl4j.balance.Balancer;
import org.mtl4j.balance.CaGrad;
import org.mtl4j.balance.Dwa;
import org.mtl4j.balance.Equal;
import org.mtl4j.balance.Fixed;
import org.mtl4j.balance.Mgda;
import org.mtl4j.balance.NashMtl;
import org.mtl4j.balance.ReplayedPcGrad;
import org.mtl4j.balance.Uncertainty;
import tools.jackson.databind.JsonNode;

/** The balancers of trajectories; PCGrad visits the tasks in the recorded orders. */
final class TrajectoryBalancers {

    /** The length of an epoch, which the definition of DWA tells in words. */
    private static final Pattern EPOCH = Pattern.compile("epoch = (\\d+) steps");

    private static final Map<String, CaGrad.Rescale> RESCALES =
            Map.of("none", CaGrad.Rescale.NONE, "1/(1+c^2)", CaGrad.Rescale.SQUARE, "1/(1+c)", CaGrad.Rescale.LINEAR);

    private TrajectoryBalancers() {}

    /** Whether the file's balancer is built. */
    static boolean knows(JsonNode file) {
        JsonNode balancer = file.path("balancer");
        return switch (balancer.path("name").asString("")) {
            case "equal", "fixed" -> true;
            case "uncertainty" -> balancer.path("initial_s").isNumber();
            case "mgda" -> Set.of("name", "head_gradient", "definition").containsAll(balancer.propertyNames());
            case "dwa" ->
                balancer.path("temperature").isNumber() && epoch(balancer).find();
            case "cagrad" -> balancer.path("c").isNumber() && RESCALES.containsKey(rescale(balancer));
            case "nash" -> Set.of("name", "definition").containsAll(balancer.propertyNames());
            case "pcgrad" -> file.path("steps").path(0).has("order");
            default -> false;
        };
    }

    /** The file's balancer. */
    static Balancer of(JsonNode file) {
        JsonNode balancer = file.path("balancer");
        return switch (balancer.path("name").asString()) {
            case "equal" -> new Equal();
            case "fixed" -> fixed(file, Tensors.values(balancer.path("weights")));
            case "uncertainty" -> new Uncertainty(balancer.path("initial_s").asDouble());
            case "mgda" -> new Mgda(Mgda.Normalisation.NONE, Mgda.Update.NORMALISED, heads(balancer));
            case "dwa" -> dwa(balancer);
            case "cagrad" -> cagrad(balancer);
            case "nash" -> NashMtl.asPublished();
            default -> new ReplayedPcGrad(orders(file), heads(balancer));
        };
    }

    private static Balancer.Heads heads(JsonNode balancer) {
        return balancer.path("head_gradient").asString("unit").equals("weighted")
                ? Balancer.Heads.WEIGHTED
                : Balancer.Heads.UNIT;
    }

    private static Matcher epoch(JsonNode balancer) {
        return EPOCH.matcher(balancer.path("definition").asString(""));
    }

    private static Balancer dwa(JsonNode balancer) {
        Matcher epoch = epoch(balancer);
        assertThat(epoch.find()).isTrue();
        return new Dwa(balancer.path("temperature").asDouble(), Integer.parseInt(epoch.group(1)));
    }

    private static String rescale(JsonNode balancer) {
        return balancer.path("rescale").asString("none");
    }

    private static CaGrad cagrad(JsonNode balancer) {
        CaGrad.Rescale rescale = RESCALES.getOrDefault(rescale(balancer), CaGrad.Rescale.NONE);
        return new CaGrad(balancer.path("c").asDouble(), rescale, heads(balancer));
    }

    /** Our weights of a step as the file has them: CAGrad's are those of g_w, before the mean is added. */
    static double[] asWritten(JsonNode file, double[] weights) {
        JsonNode balancer = file.path("balancer");
        if (!balancer.path("name").asString("").equals("cagrad")) {
            return weights;
        }
        double c = balancer.path("c").asDouble();
        double divisor = switch (cagrad(balancer).rescale()) {
            case NONE -> 1;
            case SQUARE -> 1 + c * c;
            case LINEAR -> 1 + c;
        };
        double[] inner = Arrays.stream(weights)
                .map(w -> w * divisor - 1.0 / weights.length)
                .toArray();
        double sum = Arrays.stream(inner).sum();
        return Arrays.stream(inner).map(w -> w / sum).toArray();
    }

    private static Balancer fixed(JsonNode file, double[] weights) {
        Fixed fixed = new Fixed(Map.of());
        for (int t = 0; t < weights.length; t++) {
            fixed = fixed.with(file.path("tasks").path(t).path("name").asString(), weights[t]);
        }
        return fixed;
    }

    private static List<int[][]> orders(JsonNode file) {
        return file.path("steps")
                .valueStream()
                .map(step -> step.path("order")
                        .valueStream()
                        .map(order ->
                                order.valueStream().mapToInt(JsonNode::asInt).toArray())
                        .toArray(int[][]::new))
                .toList();
    }
}
