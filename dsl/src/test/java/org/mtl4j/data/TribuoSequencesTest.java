package org.mtl4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mtl4j.task.Task;
import org.mtl4j.tensor.Shape;
import org.tribuo.Example;
import org.tribuo.Feature;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.sequence.MutableSequenceDataset;
import org.tribuo.sequence.SequenceExample;

class TribuoSequencesTest {

    private static final Task<Label> NER = Task.named("ner").tags();
    private static final Task<Label> POS = Task.named("pos").tags();
    private static final LabelFactory LABELS = new LabelFactory();

    /** A sequence of {@code word/tag}; a tag of ? is Tribuo's unknown output. */
    private static SequenceExample<Label> words(String... tokens) {
        SequenceExample<Label> sequence = new SequenceExample<>();
        for (String token : tokens) {
            int slash = token.indexOf('/');
            String tag = token.substring(slash + 1);
            Label label = tag.equals("?") ? LABELS.getUnknownOutput() : new Label(tag);
            sequence.addExample(new ArrayExample<>(label, new String[] {token.substring(0, slash)}, new double[] {1}));
        }
        return sequence;
    }

    private static MutableSequenceDataset<Label> set(List<SequenceExample<Label>> sequences) {
        return new MutableSequenceDataset<>(sequences, new SimpleDataSourceProvenance("toy", LABELS), LABELS);
    }

    private static MutableSequenceDataset<Label> ner() {
        return set(List.of(words("mr/O", "smith/PER", "ran/?"), words("mr/O", "lee/PER")));
    }

    private static Example<Label> step(String tag, String[] names, double... values) {
        return new ArrayExample<>(new Label(tag), names, values);
    }

    private static List<Float> row(MultiTaskData data, int row) {
        Input input = data.input(MultiTaskData.FEATURES);
        return IntStream.range(0, input.width())
                .mapToObj(c -> input.get(row, c))
                .toList();
    }

    private static List<String> texts(Iterable<SequenceExample<Label>> sequences) {
        List<String> texts = new ArrayList<>();
        for (SequenceExample<Label> sequence : sequences) {
            List<String> tokens = new ArrayList<>();
            for (Example<Label> token : sequence) {
                Feature word = token.iterator().next();
                assertThat(word.getValue()).isEqualTo(1);
                tokens.add(word.getName() + "/" + token.getOutput().getLabel());
            }
            texts.add(String.join(" ", tokens));
        }
        return texts;
    }

    @Test
    void words_are_numbered_as_those_of_texts_and_tribuos_unknown_output_is_no_tag() {
        MultiTaskData data = TribuoSequences.tokens(NER, ner()).join();
        Input input = data.input(MultiTaskData.FEATURES);
        assertThat(input.shape()).isEqualTo(new Shape.Tokens(3, 6));
        assertThat(input.features()).containsExactly("<pad>", "<unk>", "mr", "lee", "ran", "smith");
        assertThat(row(data, 0)).containsExactly(3f, 2f, 5f, 4f);
        assertThat(row(data, 1)).containsExactly(2f, 2f, 3f, 0f);
        PlaceClasses tags = (PlaceClasses) data.target("ner");
        assertThat(tags.classes()).containsExactly("O", "PER");
        assertThat(tags.get(0, 1)).isEqualTo(1);
        assertThat(tags.isLabelled(0, 2)).isFalse();
        assertThat(tags.isLabelled(1, 2)).isFalse();
    }

    @Test
    void steps_have_features_in_the_order_of_tribuos_feature_map_and_absent_ones_are_0() {
        SequenceExample<Label> one = new SequenceExample<>(
                List.of(step("A", new String[] {"z", "a"}, 1.5, -2), step("B", new String[] {"m"}, 4)));
        SequenceExample<Label> two = new SequenceExample<>(List.of(step("A", new String[] {"z"}, 7)));
        MultiTaskData data = TribuoSequences.series(NER, set(List.of(one, two))).join();
        assertThat(data.input(MultiTaskData.FEATURES).shape()).isEqualTo(new Shape.Series(2, 3));
        assertThat(data.input(MultiTaskData.FEATURES).features()).containsExactly("a", "m", "z");
        assertThat(row(data, 0)).containsExactly(2f, -2f, 0f, 1.5f, 0f, 4f, 0f);
        assertThat(row(data, 1)).containsExactly(1f, 0f, 0f, 7f, 0f, 0f, 0f);
    }

    @Test
    void the_same_sentences_are_joined_and_others_are_refused() {
        List<SequenceExample<Label>> pos = List.of(words("mr/T", "smith/N", "ran/V"), words("mr/T", "lee/N"));
        MultiTaskData data = TribuoSequences.tokens(NER, ner()).and(POS, pos).join();
        assertThat(data.rows()).isEqualTo(2);
        assertThat(data.targets()).containsExactly("ner", "pos");
        assertThat(data.target("pos").get(0, 2)).isEqualTo(2);
        List<SequenceExample<Label>> other = List.of(words("mr/T", "jones/N", "ran/V"), words("mr/T", "lee/N"));
        assertThatThrownBy(
                        () -> TribuoSequences.tokens(NER, ner()).and(POS, other).join())
                .hasMessageStartingWith("Cannot join: row 0, column 'features[2]' of input 'features' is ");
    }

    @Test
    void other_sentences_are_stacked_as_long_as_the_longest_with_their_own_tags_only() {
        List<SequenceExample<Label>> tweets = List.of(words("lol/X", "mr/T", "smith/N", "ran/V"));
        MultiTaskData data = TribuoSequences.tokens(NER, ner())
                .and(POS, tweets)
                .and(NER, List.of(words("oslo/LOC")))
                .stack();
        assertThat(data.rows()).isEqualTo(4);
        assertThat(data.input(MultiTaskData.FEATURES).shape()).isEqualTo(new Shape.Tokens(4, 8));
        PlaceClasses ner = (PlaceClasses) data.target("ner");
        PlaceClasses pos = (PlaceClasses) data.target("pos");
        assertThat(ner.classes()).containsExactly("LOC", "O", "PER");
        assertThat(ner.places()).isEqualTo(4);
        assertThat(pos.places()).isEqualTo(4);
        assertThat(List.of(ner.isLabelled(0), ner.isLabelled(2), ner.isLabelled(3)))
                .containsExactly(true, false, true);
        assertThat(List.of(pos.isLabelled(0), pos.isLabelled(2), pos.isLabelled(3)))
                .containsExactly(false, true, false);
        data.requireTargets(List.of(NER, POS));
    }

    @Test
    void rows_with_a_tag_go_back_to_tribuo_and_return_unchanged() {
        MultiTaskData data = TribuoSequences.tokens(NER, ner())
                .and(POS, List.of(words("oslo/N")))
                .stack()
                .origin(new Origin("News", "a.conll", "CC0", "", List.of()));
        MutableSequenceDataset<Label> back = TribuoSequences.dataset(data, NER);
        assertThat(texts(back)).isEqualTo(texts(ner())).contains("mr/O smith/PER ran/" + Label.UNKNOWN);
        assertThat(texts(TribuoSequences.dataset(data, POS))).containsExactly("oslo/N");
        assertThat(back.getOutputs()).containsExactlyInAnyOrder(new Label("O"), new Label("PER"));
        assertThat(back.getProvenance().toString()).contains("News");
        assertThat(TribuoSequences.tokens(NER, back).join().toString())
                .isEqualTo(TribuoSequences.tokens(NER, ner()).join().toString());
        assertThat(texts(TribuoSequences.unlabelled(data, NER)))
                .hasSize(3)
                .last()
                .isEqualTo("oslo/" + Label.UNKNOWN);
    }

    @Test
    void series_go_back_to_tribuo_with_all_their_numbers() {
        MultiTaskData data = MultiTaskData.of("x", Inputs.series(new double[][][] {{{1, 0}, {0.5, -3}}, {{2, 4}}}))
                .with(PlaceTargets.tags(NER, List.of(List.of("A", "B"), List.of("A"))));
        MutableSequenceDataset<Label> back = TribuoSequences.dataset(data, NER);
        assertThat(back.getExample(0).get(1)).isEqualTo(step("B", new String[] {"x0", "x1"}, 0.5, -3));
        assertThat(back.getExample(0).get(0)).isEqualTo(step("A", new String[] {"x0", "x1"}, 1, 0));
        assertThat(row(TribuoSequences.series(NER, back).join(), 1)).containsExactly(1f, 2f, 4f, 0f, 0f);
    }

    @Test
    void tokens_of_several_words_of_other_values_or_of_none_are_errors() {
        String remedy =
                ": a word is one feature of value 1.\nLeave one, or train on TribuoSequences.series(..), which takes any numbers.";
        SequenceExample<Label> two = new SequenceExample<>(
                List.of(step("A", new String[] {"a"}, 1), step("A", new String[] {"b", "c", "d"}, 0, 1, 1)));
        assertThatThrownBy(() -> TribuoSequences.tokens(NER, List.of(two)).join())
                .hasMessage("Sequence 0, token 1 has 'c' and 'd'" + remedy);
        SequenceExample<Label> half = new SequenceExample<>(List.of(step("A", new String[] {"a"}, 0.5)));
        assertThatThrownBy(() -> TribuoSequences.tokens(NER, List.of(half)).join())
                .hasMessage("Sequence 0, token 0 has 'a' of value 0.5" + remedy);
        SequenceExample<Label> none = new SequenceExample<>(List.of(new ArrayExample<>(new Label("A"))));
        assertThatThrownBy(() -> TribuoSequences.tokens(NER, List.of(none)).join())
                .hasMessageStartingWith("No features found in Example ");
        assertThatThrownBy(
                        () -> TribuoSequences.series(NER, List.of(none, half)).join())
                .hasMessageStartingWith("No features found in Example ");
    }

    @Test
    void no_sequences_empty_ones_and_weighted_ones_are_errors() {
        assertThatThrownBy(() -> TribuoSequences.tokens(NER, List.of()))
                .hasMessage(
                        "Task 'ner': its data set holds 0 sequences: data need at least one.\nCheck what was read.");
        assertThatThrownBy(() -> TribuoSequences.tokens(NER, List.of(words("a/A"), new SequenceExample<>()))
                        .join())
                .hasMessage(
                        "Input 'features': row 1 is empty: a sequence or graph has at least one place.\nDrop the row, or give it one.");
        SequenceExample<Label> heavy = words("a/A");
        heavy.setWeight(2);
        assertThatThrownBy(() -> TribuoSequences.tokens(NER, List.of(heavy)))
                .hasMessage("Task 'ner': sequence 0 has weight 2.0, but rows have no weights.\n"
                        + "Leave the weights of sequences at 1 and weigh the task instead.");
    }

    @Test
    void rows_that_are_no_sequences_have_no_form_in_tribuo() {
        MultiTaskData flat =
                MultiTaskData.dense(new double[][] {{1, 2}, {3, 4}}).target(Targets.classes("kind"), new int[] {0, 1});
        assertThatThrownBy(() -> TribuoSequences.dataset(flat, Targets.classes("kind")))
                .hasMessage(
                        "Task 'kind': its column holds 2 classes, not a tag at each token.\n"
                                + "Take TribuoExamples.dataset(data, task) for one label a row; Tribuo has no type for others.");
        assertThatThrownBy(() -> TribuoSequences.unlabelled(flat, NER))
                .hasMessage(
                        "Task 'ner': a Tribuo sequence has features at each token, but a row here has 'features' of 2.\n"
                                + "Give one input, of Inputs.tokens(..) or Inputs.series(..); run.predict(data) takes all others.");
        MultiTaskData twice = MultiTaskData.of("text", Inputs.tokens(new int[][] {{0, 1}}, List.of("a", "a")));
        assertThatThrownBy(() -> TribuoSequences.unlabelled(twice, NER))
                .hasMessage(
                        "Input 'text': the word 'a' stands twice in its vocabulary, but Tribuo tells words apart by name.\n"
                                + "Give every word a name of its own.");
    }
}
