package org.mtl4j.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mtl4j.data.Inputs;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.data.SequenceTargets;
import org.mtl4j.layer.Decoder;
import org.mtl4j.layer.Transformer;
import org.mtl4j.sharing.Hard;
import org.mtl4j.task.Loss;
import org.mtl4j.task.Task;
import org.tribuo.classification.Label;

class SequenceGradientTest {

    private static final int ROWS = 6;
    private static final Task<Label> SPELL = Task.named("spell").sequence(Decoder.of(2, 1));
    private static final Task<Label> BACK =
            Task.named("back").sequence(Decoder.of(1, 1).normFirst());
    private static final Task<Label> MOOD = Task.named("mood").binary();
    private static final Hard SHARING = new Hard(Transformer.of(4, 2, 1));

    /** Words of several lengths, of some rows no sequence, of others no mood. */
    private static MultiTaskData data(long seed) {
        Random random = new Random(seed);
        List<List<String>> texts = new ArrayList<>();
        List<@Nullable List<String>> spell = new ArrayList<>();
        List<@Nullable List<String>> back = new ArrayList<>();
        @Nullable String[] mood = {"glad", "sad", null, "glad", null, "sad"};
        for (int r = 0; r < ROWS; r++) {
            texts.add(words(1 + r % 4, random));
            spell.add(r == 2 ? null : words(1 + (r + 1) % 3, random));
            back.add(r == 0 ? null : words(1 + r % 3, random));
        }
        return MultiTaskData.of("letters", Inputs.tokens(texts))
                .with(SequenceTargets.words(SPELL, spell, List.of("a", "b", "c")))
                .with(SequenceTargets.words(BACK, back, List.of("a", "b", "c")))
                .target(MOOD, mood);
    }

    private static List<String> words(int length, Random random) {
        List<String> words = new ArrayList<>();
        for (int p = 0; p < length; p++) {
            words.add(String.valueOf((char) ('a' + random.nextInt(3))));
        }
        return words;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.2})
    void the_gradient_is_that_of_central_differences(double smoothing) {
        Task<Label> spell = SPELL.loss(new Loss.CrossEntropy(smoothing, List.of(), Loss.Reduction.MEAN));
        LossRig rig = new LossRig(SHARING, data(3), List.of(spell, BACK, MOOD), 5);
        assertThat(rig.losses()[0]).isPositive();
        rig.checkSlopes(3, 0.03, 2e-3);
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5})
    void one_stacked_pass_gives_what_a_pass_per_task_gives(long seed) {
        new LossRig(SHARING, data(seed), List.of(SPELL, BACK, MOOD), seed).checkGram();
    }
}
