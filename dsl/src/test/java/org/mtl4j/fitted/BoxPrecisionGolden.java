package org.mtl4j.fitted;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.mtl4j.golden.GoldenFile;
import org.mtl4j.golden.Runner;
import org.mtl4j.golden.Tensors;
import tools.jackson.databind.JsonNode;

/** Average precision and recall of boxes against pycocotools'. */
public final class BoxPrecisionGolden implements Runner {

    @Override
    public boolean knows(GoldenFile file) {
        return file.schema().equals("mtl-golden/metrics/1") && file.name().equals("BoxAP");
    }

    @Override
    public void check(JsonNode each) {
        int classes = each.path("classes").asInt();
        List<BoxPrecision.Truth> truths = each.path("ground_truth")
                .valueStream()
                .map(box -> new BoxPrecision.Truth(
                        box.path("image").asInt(),
                        box.path("class").asInt(),
                        box(box),
                        box.path("iscrowd").asInt(0) == 1))
                .toList();
        List<BoxPrecision.Detection> detections = each.path("detections")
                .valueStream()
                .map(box -> new BoxPrecision.Detection(
                        box.path("image").asInt(),
                        box.path("class").asInt(),
                        box(box),
                        box.path("score").asDouble()))
                .toList();
        BoxPrecision ours = new BoxPrecision(truths, detections, classes);
        ClassMetricGolden.close("ap_50_95", ours.mean(), each);
        ClassMetricGolden.close("ap_50", ours.at50(), each);
        ClassMetricGolden.close("ap_75", ours.at75(), each);
        ClassMetricGolden.close("ar_1", ours.averageRecall(1), each);
        ClassMetricGolden.close("ar_10", ours.averageRecall(10), each);
        ClassMetricGolden.close("ar_100", ours.averageRecall(BoxPrecision.MOST), each);
        JsonNode table = each.path("ap_by_threshold_and_class");
        assertThat(table.size()).isEqualTo(10);
        for (int t = 0; t < table.size(); t++) {
            for (int c = 0; c < classes; c++) {
                JsonNode expected = table.path(t).path(c);
                if (expected.isNull()) {
                    assertThat(ours.of(t, c)).isNaN();
                } else {
                    Tensors.assertClose("AP", ours.of(t, c), expected.asDouble(), Tensors.DOUBLE);
                }
            }
        }
    }

    private static BoxPrecision.Box box(JsonNode each) {
        double[] corners = Tensors.values(each.path("box"));
        return new BoxPrecision.Box(corners[0], corners[1], corners[2], corners[3]);
    }
}
