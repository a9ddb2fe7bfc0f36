package org.mtl4j.fitted;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.mtl4j.golden.GoldenFile;
import org.mtl4j.golden.Runner;
import org.mtl4j.golden.Tensors;
import tools.jackson.databind.JsonNode;

/** BLEU against sacreBLEU's, and spans against seqeval's. */
public final class TextMetricGolden implements Runner {

    private static final Set<String> NAMES = Set.of("Bleu", "SpanF1");

    @Override
    public boolean knows(GoldenFile file) {
        return file.schema().equals("mtl-golden/metrics/1") && NAMES.contains(file.name());
    }

    /** Texts are split on blanks or by mteval-v13a; sacreBLEU's other tokenisers are not ours. */
    @Override
    public boolean knowsCase(JsonNode each) {
        return each.has("lenient_conll")
                || Set.of("none", "13a").contains(each.path("tokenize").asString(""));
    }

    @Override
    public void check(JsonNode each) {
        if (each.has("hypotheses")) {
            bleu(each);
        } else {
            spans(each);
        }
    }

    private static void bleu(JsonNode each) {
        List<String> hypotheses = texts(each.path("hypotheses"));
        List<List<String>> references = new ArrayList<>();
        for (int i = 0; i < hypotheses.size(); i++) {
            int sentence = i;
            references.add(each.path("reference_streams")
                    .valueStream()
                    .map(stream -> stream.path(sentence).asString())
                    .toList());
        }
        Bleu.Words words = each.path("tokenize").asString().equals("13a") ? Bleu.Words.MTEVAL_13A : Bleu.Words.BLANKS;
        Bleu ours = Bleu.of(hypotheses, references, words, smoothing(each));
        ClassMetricGolden.close("score", ours.score(), each);
        ClassMetricGolden.close("bp", ours.penalty(), each);
        ClassMetricGolden.close("sys_len", ours.length(), each);
        ClassMetricGolden.close("ref_len", ours.referenceLength(), each);
        boolean added = each.path("smooth_method").asString().equals("add-k"); // theirs lists the grown counts
        double k = added ? each.path("smooth_value").asDouble(1) : 0;
        for (int n = 0; n < 4; n++) {
            double grown = n > 0 ? k : 0;
            assertThat(ours.counts().get(n) + grown)
                    .isEqualTo(each.path("counts").path(n).asDouble());
            assertThat(ours.totals().get(n) + grown)
                    .isEqualTo(each.path("totals").path(n).asDouble());
            double precision = each.path("precisions").path(n).asDouble();
            Tensors.assertClose("precision", ours.precisions().get(n), precision, Tensors.DOUBLE);
        }
    }

    private static Bleu.Smoothing smoothing(JsonNode each) {
        JsonNode value = each.path("smooth_value");
        return switch (each.path("smooth_method").asString()) {
            case "none" -> new Bleu.Smoothing.None();
            case "floor" -> new Bleu.Smoothing.Floor(value.asDouble(0.1));
            case "add-k" -> new Bleu.Smoothing.Add(value.asDouble(1));
            default -> new Bleu.Smoothing.Exponential();
        };
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).toList();
    }

    private static void spans(JsonNode each) {
        List<List<String>> target =
                each.path("target").valueStream().map(TextMetricGolden::texts).toList();
        List<List<String>> pred =
                each.path("pred").valueStream().map(TextMetricGolden::texts).toList();
        found(each.path("lenient_conll"), Spans.score(target, pred, Spans.Rule.LENIENT));
        found(each.path("strict_iob2"), Spans.score(target, pred, Spans.Rule.STRICT));
        listed(each.path("target_entities_lenient"), target);
        listed(each.path("pred_entities_lenient"), pred);
    }

    private static void found(JsonNode theirs, Spans.Found ours) {
        ClassMetricGolden.close("precision", ours.precision(), theirs);
        ClassMetricGolden.close("recall", ours.recall(), theirs);
        ClassMetricGolden.close("f1", ours.f1(), theirs);
        ClassMetricGolden.close("macro_f1", ours.macroF1(), theirs);
    }

    private static void listed(JsonNode theirs, List<List<String>> tags) {
        IntStream.range(0, tags.size()).forEach(row -> {
            List<Spans.Span> expected = theirs.path(row)
                    .valueStream()
                    .map(span -> new Spans.Span(
                            row,
                            span.path(0).asString(),
                            span.path(1).asInt(),
                            span.path(2).asInt()))
                    .toList();
            assertThat(Spans.of(row, tags.get(row), Spans.Rule.LENIENT)).isEqualTo(expected);
        });
    }
}
