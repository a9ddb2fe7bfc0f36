package org.mtl4j.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.mtl4j.fitted.Metric;
import tools.jackson.databind.JsonNode;

/** Checks delta-m against golden files of two schemas: numpy's definition, and published rows of NYUv2. */
public final class DeltaMGolden {

    private static final double TOLERANCE = 1e-10;

    private DeltaMGolden() {}

    /** Whether the file holds delta-m cases, by its content. */
    public static boolean knows(JsonNode file) {
        JsonNode first = file.path("cases").path(0);
        return first.has("delta_m_percent") || first.path("metric").asString("").startsWith("delta_");
    }

    /** Fails unless every case of the file agrees. */
    public static void check(JsonNode file) {
        assertThat(file.path("cases").size()).isPositive();
        for (JsonNode each : file.path("cases")) {
            switch (each.path("metric").asString("by definition")) {
                case "by definition" -> checkDefinition(each);
                case "delta_m_over_all_metrics" -> checkOverAllMetrics(each);
                case "delta_p_task_mean_of_metric_means" -> checkTaskMeans(each);
                default -> throw new AssertionError("Unknown delta-m case: " + each);
            }
        }
    }

    private static void checkDefinition(JsonNode each) {
        List<DeltaM.Term> terms = new ArrayList<>();
        for (int group = 0; group < each.path("groups").size(); group++) {
            for (JsonNode index : each.path("groups").path(group)) {
                int i = index.asInt();
                terms.add(term(
                        "task " + group,
                        "metric " + i,
                        each.path("higher_is_better").path(i),
                        each.path("single").path(i),
                        each.path("multi").path(i)));
            }
        }
        DeltaM delta = new DeltaM(terms);
        assertAgrees(delta.percent(), each.path("delta_m_percent"));
        assertAgrees(-delta.percent(), each.path("nash_mtl_sign_percent"));
        assertAgrees(delta.percentByTask(), each.path("delta_m_grouped_percent"));
    }

    private static void checkOverAllMetrics(JsonNode each) {
        List<DeltaM.Term> terms = new ArrayList<>();
        for (int i = 0; i < each.path("metrics").size(); i++) {
            terms.add(term(
                    "NYUv2",
                    each.path("metrics").path(i).asString(),
                    each.path("higher_is_better").path(i),
                    each.path("baseline").path(i),
                    each.path("result").path(i)));
        }
        assertAgrees(-new DeltaM(terms).percent(), each.path("value"));
    }

    private static void checkTaskMeans(JsonNode each) {
        List<DeltaM.Term> terms = new ArrayList<>();
        each.path("baseline").properties().forEach(task -> {
            for (int i = 0; i < task.getValue().size(); i++) {
                terms.add(term(
                        task.getKey(),
                        "metric " + i,
                        each.path("higher_is_better").path(task.getKey()).path(i),
                        task.getValue().path(i),
                        each.path("result").path(task.getKey()).path(i)));
            }
        });
        assertAgrees(new DeltaM(terms).percentByTask() / 100, each.path("value"));
    }

    private static DeltaM.Term term(String task, String name, JsonNode higher, JsonNode single, JsonNode joint) {
        Metric metric = higher.asInt() == 1 ? Metric.higher(name) : Metric.lower(name);
        return new DeltaM.Term(task, metric, single.asDouble(), joint.asDouble());
    }

    private static void assertAgrees(double actual, JsonNode expected) {
        assertThat(expected.isNumber()).isTrue();
        double value = expected.asDouble();
        assertThat(actual).isCloseTo(value, within(TOLERANCE * Math.max(1, Math.abs(value))));
    }
}
