package org.mtl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.mtl4j.Mtl.adam;
import static org.mtl4j.Mtl.baseline;
import static org.mtl4j.Mtl.clip;
import static org.mtl4j.Mtl.crossEntropy;
import static org.mtl4j.Mtl.fusion;
import static org.mtl4j.Mtl.hard;
import static org.mtl4j.Mtl.infoNce;
import static org.mtl4j.Mtl.mlp;
import static org.mtl4j.Mtl.ntXent;
import static org.mtl4j.Mtl.pcgrad;
import static org.mtl4j.Mtl.single;
import static org.mtl4j.Mtl.task;
import static org.mtl4j.ToyViews.MATCH;
import static org.mtl4j.ToyViews.MOOD;
import static org.mtl4j.ToyViews.OTHER;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.data.PairTargets;
import org.mtl4j.data.Split;
import org.mtl4j.data.TribuoExamples;
import org.mtl4j.fitted.Metric;
import org.mtl4j.fitted.Net;
import org.mtl4j.fitted.Predictions;
import org.mtl4j.fitted.Retrieval;
import org.mtl4j.layer.Fusion;
import org.mtl4j.task.Task;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.baseline.DummyClassifierTrainer;
import org.tribuo.classification.evaluation.LabelEvaluation;
import org.tribuo.classification.evaluation.LabelEvaluator;

/** Pairs of two inputs, from the data to the scores and back from a file, beside a task that shares the encoder. */
class PairTasksTest {

    private static final Fusion ENCODER =
            fusion().input("image", mlp(32)).input("text", mlp(32)).late(16);

    private static final Split VIEWS =
            ToyViews.rows(400, 1).split(0.7, 0.15, 0.15).seed(3);
    private static final Recipe RECIPE = hard(ENCODER)
            .tasks(MATCH, MOOD)
            .balance(pcgrad())
            .optimise(adam(1e-2))
            .epochs(20)
            .batch(70)
            .seed(7);
    private static final Run RUN = RECIPE.fit(VIEWS);

    @Test
    void a_tribuo_model_reads_the_examples_of_several_inputs() {
        MutableDataset<Label> examples = TribuoExamples.dataset(VIEWS.test(), MOOD);
        assertThat(examples.getFeatureMap()
                        .get("image/" + VIEWS.test().input("image").features().get(0)))
                .isNotNull();
        LabelEvaluation evaluation = new LabelEvaluator().evaluate(RUN.model(MOOD), examples);
        assertThat(evaluation.accuracy()).isEqualTo(RUN.test().value(MOOD, Metric.ACCURACY));
    }

    @Test
    void pairs_and_a_class_are_learned_together() {
        int candidates = VIEWS.test().target("match").labelled();
        assertThat(candidates).isBetween(45, 59);
        double chance = 1.0 / candidates;
        assertThat(RUN.test().value(MATCH, Metric.RECALL_AT_1)).isGreaterThan(20 * chance);
        assertThat(RUN.test().value(MATCH, Metric.RECALL_AT_1_BACK)).isGreaterThan(20 * chance);
        assertThat(RUN.test().value(MATCH, Metric.RECALL_AT_5)).isGreaterThan(0.8);
        assertThat(RUN.test().value(MATCH, Metric.RECALL_AT_5_BACK)).isGreaterThan(0.8);
        assertThat(RUN.test().value(MOOD, Metric.ACCURACY)).isGreaterThan(0.8);
        assertThat(RUN.test().main(MATCH).metric()).isEqualTo(Metric.RECALL_AT_1);
        assertThat(RUN.toString())
                .contains(
                        "recall@1",
                        "recall@5 back",
                        "match: recall@k of the test part is among " + candidates
                                + " candidates; back is from the second input to the first");
    }

    @Test
    void predictions_say_what_finds_what() {
        MultiTaskData test = VIEWS.test();
        Predictions predictions = RUN.predict(test);
        Retrieval retrieval = predictions.retrieval(MATCH);
        int found = 0;
        int there = 0;
        for (int r = 0; r < test.rows(); r++) {
            boolean paired = test.target("match").isLabelled(r);
            there += paired ? 1 : 0;
            found += paired && retrieval.best(r) == r ? 1 : 0;
        }
        assertThat((double) found / there).isGreaterThan(0.3); // among all rows, those without a pair too
        double[][] image = retrieval.vectors("image");
        double[][] text = retrieval.vectors("text");
        assertThat(image[0]).hasSize(16);
        double dot = 0;
        double square = 0;
        for (int c = 0; c < 16; c++) {
            dot += image[2][c] * text[5][c];
            square += text[5][c] * text[5][c];
        }
        assertThat(square).isCloseTo(1, within(1e-6));
        assertThat(retrieval.similarity(2, 5)).isCloseTo(dot, within(1e-12));
        assertThat(retrieval.toString()).contains("Retrieval of text by image", "finds row of text", "10 of 60 rows");
        assertThat(predictions.toString()).contains("row " + retrieval.best(0));
        assertThatThrownBy(() -> retrieval.vectors("sound"))
                .hasMessage("No input 'sound' in task 'match', which compares image and text.\nName one of them.");
        assertThatThrownBy(() -> predictions.retrieval(MOOD))
                .hasMessage(
                        "Task 'mood' compares no two inputs.\nAsk for labels(\"mood\") or probabilities(\"mood\").");
        assertThatThrownBy(() -> predictions.labels(MATCH))
                .hasMessage("Task 'match' predicts pairs, not classes.\nAsk for retrieval(\"match\").");
        assertThatThrownBy(() -> predictions.numbers(MATCH))
                .hasMessage("Task 'match' predicts pairs, not numbers.\nAsk for retrieval(\"match\").");
    }

    @Test
    void the_temperature_is_learned_and_saved(@TempDir Path folder) {
        float scale = RUN.net().parameter("head.match.scale").get(0, 0);
        assertThat((double) scale).isNotCloseTo(2.65926, within(1e-3));
        Path file = folder.resolve("views.net");
        RUN.save(file.toString());
        Net loaded = Net.load(file);
        assertThat(loaded).isEqualTo(RUN.net());
        assertThat(loaded.predict(VIEWS.test())).isEqualTo(RUN.predict(VIEWS.test()));
    }

    @Test
    void same_seed_same_bits_and_alone_it_leaves_the_joined_layer_as_it_was() {
        Run one = RECIPE.epochs(2).fit(VIEWS);
        assertThat(RECIPE.epochs(2).fit(VIEWS).net().parameters())
                .isEqualTo(one.net().parameters());
        Task<Label> other = MATCH.loss(infoNce(0.2));
        Recipe alone = hard(ENCODER).tasks(other).optimise(adam(1e-2)).batch(70).seed(7);
        assertThat(alone.epochs(2).fit(VIEWS).net().parameter("encoder.fusion.weight"))
                .isEqualTo(alone.epochs(1).fit(VIEWS).net().parameter("encoder.fusion.weight"));
        Recipe both =
                hard(ENCODER).tasks(other, OTHER).optimise(adam(1e-2)).batch(70).seed(7);
        assertThat(both.balance(pcgrad()).epochs(1).fit(VIEWS).net().parameter("encoder.fusion.weight"))
                .isEqualTo(both.epochs(2).fit(VIEWS).net().parameter("encoder.fusion.weight"));
        Run apart = single(ENCODER)
                .tasks(MATCH.loss(ntXent(0.2)), MOOD)
                .optimise(adam(1e-2))
                .epochs(10)
                .batch(70)
                .seed(7)
                .fit(VIEWS);
        assertThat(apart.test().value(MATCH, Metric.RECALL_AT_5)).isGreaterThan(0.5);
    }

    @Test
    void a_part_without_pairs_has_no_score_and_a_batch_of_one_pair_no_loss() {
        boolean[] few = new boolean[400];
        MultiTaskData rows = ToyViews.rows(400, 1);
        few[0] = true;
        few[1] = true;
        few[2] = true;
        MultiTaskData data = MultiTaskData.of(
                        Map.of("image", rows.input("image"), "text", rows.input("text")), List.of())
                .with(PairTargets.of(MATCH, few))
                .with(rows.target("mood"));
        int[] train = new int[300];
        Arrays.setAll(train, r -> r);
        int[] rest = new int[100];
        Arrays.setAll(rest, r -> 300 + r);
        Split split = Split.of(data.select(train), data.select(rest), data.select(rest));
        Run run = hard(ENCODER)
                .tasks(MATCH, MOOD)
                .optimise(adam(1e-2))
                .epochs(2)
                .batch(1)
                .seed(7)
                .fit(split);
        assertThat(run.test().value(MATCH, Metric.RECALL_AT_1)).isNaN();
        assertThat(run.toString()).contains("match: no row of the test part has a label");
        assertThat(run.history().epochs().get(1).trainLosses().get(0)).isZero();
    }

    @Test
    void the_data_print_their_pairs_and_keep_them_when_stacked() {
        assertThat(VIEWS.train().toString()).contains("match", "pairs");
        MultiTaskData all = MultiTaskData.stack(VIEWS.train(), VIEWS.test());
        assertThat(all.target("match").labelled())
                .isEqualTo(VIEWS.train().target("match").labelled()
                        + VIEWS.test().target("match").labelled());
        assertThat(all.target("match").isLabelled(280))
                .isEqualTo(VIEWS.test().target("match").isLabelled(0));
        assertThat(PairTargets.all(MATCH, 7).labelled()).isEqualTo(7);
    }

    @Test
    void it_prints_as_the_line_that_makes_it() {
        assertThat(MATCH).hasToString("task(\"match\").pairs(\"image\", \"text\", 16)");
        assertThat(task("match").pairs("image", "text").loss(infoNce(0.1)).weight(0.5))
                .hasToString("task(\"match\").pairs(\"image\", \"text\").loss(infoNce(0.1)).weight(0.5)");
        assertThat(MATCH.loss(clip())).isEqualTo(MATCH);
    }

    @Test
    void what_does_not_fit_is_an_error_before_anything_is_trained() {
        assertThatThrownBy(() -> task("match").pairs("image", "image"))
                .hasMessage(
                        "Task 'match': pairs(\"image\", \"image\") does not name two inputs and a positive width.\n"
                                + "Name both inputs of a pair and the width of the vectors that are compared: pairs(\"image\", \"text\", 64).");
        assertThatThrownBy(() -> MATCH.loss(crossEntropy()))
                .hasMessage("Task 'match': crossEntropy() does not fit pairs(\"image\", \"text\", 16).\n"
                        + "It takes clip(), infoNce(0.07) or ntXent(0.1).");
        assertThatThrownBy(() -> MOOD.loss(clip()))
                .hasMessageStartingWith("Task 'mood': clip() does not fit binary().");
        Fusion cross = ENCODER.crossAttention(8, 2);
        assertThatThrownBy(() -> hard(cross).tasks(MATCH).epochs(1).fit(VIEWS))
                .hasMessage(
                        "Task 'match': it compares what the encoder makes of 'image' alone and of 'text' alone, but encoder "
                                + cross + " keeps no input apart.\n"
                                + "Take a fusion with an encoder for each, joined late: fusion().input(\"image\", ..).input(\"text\", ..).late(64).");
        Fusion half = fusion().input("image", mlp(4));
        assertThatThrownBy(() -> hard(half).tasks(MATCH).epochs(1).fit(VIEWS))
                .hasMessageContaining("encoder " + half + " keeps only image apart.");
        Task<Label> sound = task("match").pairs("image", "sound");
        assertThatThrownBy(() -> hard(ENCODER).tasks(sound).epochs(1).fit(VIEWS))
                .hasMessage("Task 'match': it compares input 'sound', which the data do not have.\n"
                        + "Name two of their inputs: image, text.");
        assertThatThrownBy(() ->
                        hard(ENCODER).tasks(task("match").binary()).epochs(1).fit(VIEWS))
                .hasMessage("Task 'match': the task predicts classes but column 'match' holds pairs of inputs ("
                        + VIEWS.train().target("match").labelled()
                        + " pairs).\nDeclare it as a pairs(..) task, or give the column as classes.");
        assertThatThrownBy(() -> RUN.model(MATCH))
                .hasMessage(
                        "Task 'match': it says which rows of two inputs belong together, for which Tribuo's Model has no type.\n"
                                + "Ask run.predict(data) for retrieval(\"match\").");
        assertThatThrownBy(() -> baseline(MATCH, DummyClassifierTrainer.createMostFrequentTrainer()))
                .hasMessage(
                        "baseline(): no trainer of Tribuo's gives the answers of task(\"match\").pairs(\"image\", \"text\", 16).\n"
                                + "Take single(..) for a control.");
    }
}
