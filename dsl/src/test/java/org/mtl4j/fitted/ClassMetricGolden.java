package org.mtl4j.fitted;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.mtl4j.golden.GoldenFile;
import org.mtl4j.golden.Runner;
import org.mtl4j.golden.Tensors;
import tools.jackson.databind.JsonNode;

/** Metrics of classes, of pixels and of scores against scikit-learn's. */
public final class ClassMetricGolden implements Runner {

    private static final Set<String> NAMES = Set.of("Classification", "Segmentation", "RocAuc");

    @Override
    public boolean knows(GoldenFile file) {
        return file.schema().equals("mtl-golden/metrics/1") && NAMES.contains(file.name());
    }

    @Override
    public void check(JsonNode each) {
        if (each.has("roc_auc")) {
            ranking(each);
            return;
        }
        int classes = each.path("classes").asInt();
        double[] target = Tensors.values(each.path("target"));
        double[] pred = Tensors.values(each.path("pred"));
        Confusion confusion = new Confusion(classes);
        for (int i = 0; i < target.length; i++) {
            if (target[i] != each.path("ignore_label").asDouble(-1)) {
                confusion.add((int) target[i], (int) pred[i]);
            }
        }
        if (each.has("iou")) {
            pixels(each, confusion, classes);
        } else {
            classes(each, confusion, classes);
        }
    }

    private static void ranking(JsonNode each) {
        double[] target = Tensors.values(each.path("target"));
        boolean[] positive = new boolean[target.length];
        for (int i = 0; i < target.length; i++) {
            positive[i] = target[i] == 1;
        }
        double[] score = Tensors.values(each.path("score"));
        close("roc_auc", Ranking.auc(score, positive), each);
        close("average_precision", Ranking.averagePrecision(score, positive), each);
    }

    private static void classes(JsonNode each, Confusion confusion, int classes) {
        close("accuracy", confusion.accuracy(), each);
        close("macro_f1_all_classes", confusion.macroF1OfAll(), each);
        close("macro_f1_present_classes", confusion.macroF1(), each);
        close("micro_f1", confusion.accuracy(), each);
        close("weighted_f1", confusion.weightedF1(), each);
        close("balanced_accuracy", confusion.balancedAccuracy(), each);
        close("matthews_corrcoef", confusion.matthews(), each);
        for (int c = 0; c < classes; c++) {
            close("precision", c, confusion.precision(c), each);
            close("recall", c, confusion.recall(c), each);
            close("f1", c, confusion.f1(c), each);
            for (int j = 0; j < classes; j++) {
                assertThat(confusion.count(c, j))
                        .isEqualTo(each.path("confusion_rows_target")
                                .path(c)
                                .path(j)
                                .asLong());
            }
        }
    }

    private static void pixels(JsonNode each, Confusion confusion, int classes) {
        close("mean_iou", confusion.meanIou(), each);
        close("pixel_accuracy", confusion.accuracy(), each);
        for (int c = 0; c < classes; c++) {
            if (each.path("iou").path(c).isNull()) {
                assertThat(confusion.iou(c)).isNaN();
            } else {
                close("iou", c, confusion.iou(c), each);
            }
        }
    }

    static void close(String name, double ours, JsonNode each) {
        assertThat(each.path(name).isNumber()).as(name).isTrue();
        Tensors.assertClose(name, ours, each.path(name).asDouble(), Tensors.DOUBLE);
    }

    private static void close(String name, int c, double ours, JsonNode each) {
        Tensors.assertClose(name, ours, each.path(name).path(c).asDouble(), Tensors.DOUBLE);
    }
}
