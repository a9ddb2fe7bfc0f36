package org.mtl4j.golden;

import java.util.List;
import java.util.Map;
import org.mtl4j.balance.Balancer;
import org.mtl4j.balance.Equal;
import org.mtl4j.balance.Fixed;
import org.mtl4j.balance.ReplayedPcGrad;
import org.mtl4j.balance.Uncertainty;
import tools.jackson.databind.JsonNode;

/** The balancers of trajectories; PCGrad visits the tasks in the recorded orders. */
final class TrajectoryBalancers {

    private TrajectoryBalancers() {}

    /** Whether the file's balancer is built. */
    static boolean knows(JsonNode file) {
        JsonNode balancer = file.path("balancer");
        return switch (balancer.path("name").asString("")) {
            case "equal", "fixed" -> true;
            case "uncertainty" -> balancer.path("initial_s").isNumber();
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
            default ->
                new ReplayedPcGrad(
                        orders(file),
                        balancer.path("head_gradient").asString("unit").equals("weighted")
                                ? Balancer.Heads.WEIGHTED
                                : Balancer.Heads.UNIT);
        };
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
