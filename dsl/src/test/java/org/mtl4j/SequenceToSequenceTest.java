package org.mtl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mtl4j.Mtl.adam;
import static org.mtl4j.Mtl.decoder;
import static org.mtl4j.Mtl.hard;
import static org.mtl4j.Mtl.pcgrad;
import static org.mtl4j.Mtl.task;
import static org.mtl4j.Mtl.transformer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.mtl4j.data.Inputs;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.data.SequenceTargets;
import org.mtl4j.data.Split;
import org.mtl4j.fitted.Metric;
import org.mtl4j.task.Task;
import org.tribuo.classification.Label;

/** Short words are written backwards, while their first letter and their length are told from the same encoder. */
class SequenceToSequenceTest {

    private static final Task<Label> BACKWARDS = task("backwards").sequence(decoder(2, 1));
    private static final Task<Label> FIRST = task("first").classes();

    private static MultiTaskData words(int rows, long seed) {
        Random random = new Random(seed);
        List<List<String>> texts = new ArrayList<>();
        List<@Nullable List<String>> targets = new ArrayList<>();
        String[] first = new String[rows];
        for (int r = 0; r < rows; r++) {
            List<String> text = new ArrayList<>();
            int length = 2 + random.nextInt(3);
            for (int p = 0; p < length; p++) {
                text.add(String.valueOf((char) ('a' + random.nextInt(5))));
            }
            texts.add(text);
            List<String> backwards = new ArrayList<>(text);
            Collections.reverse(backwards);
            targets.add(random.nextInt(10) == 0 ? null : backwards);
            first[r] = text.get(0);
        }
        return MultiTaskData.of("letters", Inputs.tokens(texts))
                .with(SequenceTargets.words(BACKWARDS, targets))
                .target(FIRST, first);
    }

    private static final Split WORDS = words(900, 1).split(0.8, 0.1, 0.1).seed(3);
    private static final Recipe RECIPE = hard(transformer(32, 2, 1))
            .tasks(BACKWARDS, FIRST)
            .balance(pcgrad())
            .optimise(adam(3e-3))
            .epochs(30)
            .batch(32)
            .seed(7);
    private static final Run RUN = RECIPE.fit(WORDS);

    @Test
    void a_sequence_and_a_class_are_learned_from_one_encoder() {
        assertThat(RUN.test().value(BACKWARDS, Metric.TOKEN_ACCURACY)).isGreaterThan(0.95);
        assertThat(RUN.test().value(BACKWARDS, Metric.BLEU)).isGreaterThan(90);
        assertThat(RUN.test().value(BACKWARDS, Metric.EXACT_MATCH)).isGreaterThan(0.9);
        assertThat(RUN.test().value(FIRST, Metric.ACCURACY)).isGreaterThan(0.95);
        assertThat(RUN.test().main(BACKWARDS).metric()).isEqualTo(Metric.TOKEN_ACCURACY);
        assertThat(RUN.toString()).contains("token accuracy", "BLEU", "exact match");
    }
}
