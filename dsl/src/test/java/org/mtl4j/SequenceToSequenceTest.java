package org.mtl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.mtl4j.Mtl.adam;
import static org.mtl4j.Mtl.decoder;
import static org.mtl4j.Mtl.hard;
import static org.mtl4j.Mtl.mgda;
import static org.mtl4j.Mtl.pcgrad;
import static org.mtl4j.Mtl.task;
import static org.mtl4j.Mtl.transformer;
import static org.mtl4j.ToyWords.BACKWARDS;
import static org.mtl4j.ToyWords.FIRST;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.data.Inputs;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.data.SequenceTargets;
import org.mtl4j.data.Split;
import org.mtl4j.fitted.Metric;
import org.mtl4j.fitted.Net;
import org.mtl4j.fitted.Predictions;
import org.mtl4j.task.Task;
import org.tribuo.classification.Label;

/** Short words are written backwards, while their first letter and their length are told from the same encoder. */
class SequenceToSequenceTest {

    private static final Split WORDS =
            ToyWords.rows(900, 1).split(0.8, 0.1, 0.1).seed(3);
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

    @Test
    void it_writes_words_up_to_the_end_and_says_nothing_behind_it() {
        Predictions written = RUN.predict(WORDS.test());
        List<List<String>> sequences = written.sequences(BACKWARDS);
        assertThat(sequences).hasSize(WORDS.test().rows());
        assertThat(written.sequences("backwards")).isEqualTo(sequences);
        for (int r = 0; r < sequences.size(); r++) {
            assertThat(sequences.get(r)).hasSizeBetween(0, 4).doesNotContain(SequenceTargets.END);
            int behind = sequences.get(r).size() + 1;
            for (int p = 0; p < 5; p++) {
                double sum = 0;
                for (int word = 0; word < 6; word++) {
                    sum += written.matrix("backwards").get(r, p * 6 + word);
                }
                assertThat(sum).isCloseTo(p < behind ? 1 : 0, within(1e-5));
            }
        }
        assertThat(written.toString()).contains(String.join(" ", sequences.get(0)));
    }

    @Test
    void a_row_without_a_sequence_teaches_nothing_and_is_not_scored() {
        MultiTaskData test = WORDS.test();
        long labelled = test.target("backwards").labelled();
        assertThat(labelled).isLessThan(test.rows());
        assertThat(RUN.test().task(BACKWARDS).labelled()).isEqualTo((int) labelled);
    }

    @Test
    void the_same_recipe_gives_the_same_bits_and_a_file_gives_the_net_back(@TempDir Path folder) {
        Recipe few = RECIPE.epochs(2);
        Run once = few.fit(WORDS);
        assertThat(few.fit(WORDS).net().parameters()).isEqualTo(once.net().parameters());
        Path file = folder.resolve("net.mtl4j");
        RUN.save(file.toString());
        Net loaded = Net.load(file);
        assertThat(loaded).isEqualTo(RUN.net());
        assertThat(loaded.predict(WORDS.test())).isEqualTo(RUN.predict(WORDS.test()));
    }

    @Test
    void tasks_are_balanced_at_the_representation_that_a_decoder_attends_to() {
        Run run = RECIPE.balance(mgda().atRepresentation()).fit(WORDS);
        assertThat(run.test().value(BACKWARDS, Metric.TOKEN_ACCURACY)).isGreaterThan(0.9);
        assertThat(run.test().value(FIRST, Metric.ACCURACY)).isGreaterThan(0.9);
    }

    @Test
    void a_decoder_of_a_stated_length_writes_no_more() {
        Task<Label> two = task("backwards").sequence(decoder(2, 1).longest(2));
        assertThatThrownBy(
                        () -> hard(transformer(32, 2, 1)).tasks(two).epochs(1).fit(WORDS))
                .hasMessageMatching(
                        "Task 'backwards': row \\d+ holds a sequence of [34] words, but the decoder writes up to 2\\.\nDeclare decoder\\(\\.\\.\\)\\.longest\\([34]\\), or cut the sequence\\.");
        Task<Label> ten = task("backwards").sequence(decoder(2, 1).longest(10));
        Run run = hard(transformer(32, 2, 1)).tasks(ten).epochs(1).fit(WORDS);
        assertThat(run.predict(WORDS.test()).matrix("backwards").columns()).isEqualTo(11 * 6);
        assertThat(run.predict(WORDS.test()).sequences(ten))
                .allSatisfy(words -> assertThat(words).hasSizeLessThanOrEqualTo(10));
    }

    @Test
    void what_does_not_fit_is_an_error_before_anything_is_trained() {
        Task<Label> five = task("backwards").sequence(decoder(5, 1));
        assertThatThrownBy(
                        () -> hard(transformer(32, 2, 1)).tasks(five).epochs(1).fit(WORDS))
                .hasMessage(
                        "Task 'backwards': the 5 heads of decoder(5, 1) do not divide the 32 features that encoder transformer(32, 2, 1) ends in at each place.\nGive a number of heads that does: decoder(1, 1).");
        assertThatThrownBy(() -> hard(transformer(32, 2, 1))
                        .tasks(task("backwards").classes())
                        .epochs(1)
                        .fit(WORDS))
                .hasMessageStartingWith(
                        "Task 'backwards': the task predicts classes but column 'backwards' holds sequences");
        assertThatThrownBy(() -> RUN.predict(WORDS.test()).sequences(FIRST))
                .hasMessage(
                        "Task 'first' writes no sequences.\nAsk for labels(\"first\") or probabilities(\"first\").");
        assertThatThrownBy(() -> RUN.predict(WORDS.test()).probabilities("backwards"))
                .hasMessage(
                        "Task 'backwards' predicts a sequence of words, not one class a row.\nAsk for sequences(\"backwards\"), or for matrix(\"backwards\").");
        assertThatThrownBy(RUN::sameDiff)
                .hasMessage(
                        "sameDiff(): 'head.backwards' is the end of a decoder, which reads its own words, which has no SameDiff form here.\nKeep its parameters with run.saveNpz(file), or the net with run.save(file).");
    }

    @Test
    void targets_that_are_no_sequences_are_named() {
        List<String> ab = List.of("a", "b");
        assertThatThrownBy(() -> SequenceTargets.words(BACKWARDS, List.of(List.of("a", "b"), List.of())))
                .hasMessage(
                        "Target 'backwards': row 1 holds an empty sequence: there is no word to learn.\nGive it a word, or null for no label.");
        assertThatThrownBy(() -> SequenceTargets.words(BACKWARDS, List.of(List.of("c")), ab))
                .hasMessage(
                        "Target 'backwards': row 0 holds 'c', which is not in the vocabulary of 2 words.\nAdd it, or add \""
                                + Inputs.UNKNOWN + "\" to stand for such words.");
        assertThatThrownBy(() -> SequenceTargets.numbers(BACKWARDS, new int[][] {{0, 2}}, ab))
                .hasMessage(
                        "Target 'backwards': row 0 holds word number 2 at place 1, but the vocabulary has numbers 0 to 1.\nGive a larger vocabulary, or stand-ins for rare words.");
        assertThatThrownBy(() -> SequenceTargets.words(BACKWARDS, List.of(List.of("a"))))
                .hasMessage(
                        "Target 'backwards': its vocabulary holds one word only, 'a', so there is nothing to choose from.\nGive sequences of at least 2 words.");
        assertThatThrownBy(() -> SequenceTargets.words(
                        BACKWARDS, List.of(List.of("a", SequenceTargets.END)), List.of("a", "</s>")))
                .hasMessage(
                        "Target 'backwards': its vocabulary holds '</s>', which ends every sequence by itself.\nLeave it out of vocabulary and sequences.");
    }

    @Test
    void it_prints_as_the_line_that_makes_it() {
        assertThat(BACKWARDS).hasToString("task(\"backwards\").sequence(decoder(2, 1))");
        assertThat(task("x").sequence()).hasToString("task(\"x\").sequence()");
        assertThat(decoder(4, 2).normFirst().dropout(0.1).longest(40))
                .hasToString("decoder(4, 2).normFirst().dropout(0.1).longest(40)");
    }
}
