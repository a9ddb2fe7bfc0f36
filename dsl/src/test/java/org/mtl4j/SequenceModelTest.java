package org.mtl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.mtl4j.Mtl.adam;
import static org.mtl4j.Mtl.biLstm;
import static org.mtl4j.Mtl.crf;
import static org.mtl4j.Mtl.gcn;
import static org.mtl4j.Mtl.hard;
import static org.mtl4j.Mtl.lstm;
import static org.mtl4j.Mtl.task;

import com.oracle.labs.mlrg.olcut.provenance.ProvenanceUtil;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.data.GraphRow;
import org.mtl4j.data.Inputs;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.data.PlaceTargets;
import org.mtl4j.data.Split;
import org.mtl4j.data.TribuoSequences;
import org.mtl4j.fitted.Metric;
import org.mtl4j.fitted.Predictions;
import org.mtl4j.fitted.Scores;
import org.mtl4j.fitted.TagModel;
import org.mtl4j.fitted.TaskModel;
import org.mtl4j.show.Show;
import org.mtl4j.task.Task;
import org.tribuo.OutputFactory;
import org.tribuo.Prediction;
import org.tribuo.RealIDInfo;
import org.tribuo.classification.ImmutableLabelInfo;
import org.tribuo.classification.Label;
import org.tribuo.classification.evaluation.LabelMetrics;
import org.tribuo.classification.sequence.LabelSequenceEvaluation;
import org.tribuo.classification.sequence.LabelSequenceEvaluator;
import org.tribuo.evaluation.metrics.MetricID;
import org.tribuo.evaluation.metrics.MetricTarget;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.DataSourceProvenance;
import org.tribuo.provenance.ModelProvenance;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.sequence.MutableSequenceDataset;
import org.tribuo.sequence.SequenceDataSource;
import org.tribuo.sequence.SequenceExample;
import org.tribuo.sequence.SequenceModel;

/** Tags of tokens as Tribuo's sequence models, from its data sets to its evaluators and files. */
class SequenceModelTest {

    private static final Task<Label> NER = task("ner").spans().loss(crf());
    private static final Task<Label> POS = task("pos").tags();
    private static final Task<Label> SOME = task("some").tags();
    private static final Task<Label> MOOD = task("mood").binary();

    private static final Split TEXTS = sentences(160).split(0.6, 0.15, 0.25).seed(3);
    private static final Run RUN = hard(biLstm(8))
            .tasks(NER, POS, SOME, MOOD)
            .optimise(adam(2e-2))
            .epochs(4)
            .batch(16)
            .seed(7)
            .fit(TEXTS);
    private static final MultiTaskData TEST = TEXTS.test();

    /** Sentences in which the same words are names behind 'mr' and none elsewhere; some tags are not given. */
    private static MultiTaskData sentences(int rows) {
        Random random = new Random(1);
        List<List<String>> texts = new ArrayList<>();
        List<List<String>> spans = new ArrayList<>();
        List<List<String>> kinds = new ArrayList<>();
        List<List<@Nullable String>> some = new ArrayList<>();
        String[] mood = new String[rows];
        for (int r = 0; r < rows; r++) {
            List<String> text = new ArrayList<>();
            List<String> span = new ArrayList<>();
            List<String> kind = new ArrayList<>();
            List<@Nullable String> given = new ArrayList<>();
            int length = 2 + random.nextInt(6);
            for (int p = 0; p < length; p++) {
                boolean named = p > 0 && text.get(p - 1).equals("mr");
                String word = random.nextInt(3) == 0 ? "mr" : "w" + random.nextInt(4);
                text.add(word);
                span.add(named ? "B-PER" : p > 1 && span.get(p - 1).equals("B-PER") ? "I-PER" : "O");
                kind.add(word.equals("mr") ? "T" : random.nextInt(4) == 0 ? "V" : "N"); // V by chance
                given.add(random.nextInt(3) == 0 ? null : kind.get(p));
            }
            texts.add(text);
            spans.add(span);
            kinds.add(kind);
            some.add(given);
            mood[r] = text.contains("w0") ? "glad" : "sad";
        }
        return MultiTaskData.of("text", Inputs.tokens(texts))
                .with(PlaceTargets.tags(NER, spans))
                .with(PlaceTargets.tags(POS, kinds))
                .with(PlaceTargets.tags(SOME, some))
                .target(MOOD, mood);
    }

    /** A sequence of one feature a token. */
    private static SequenceExample<Label> words(String... words) {
        SequenceExample<Label> sequence = new SequenceExample<>();
        for (String word : words) {
            sequence.addExample(new ArrayExample<>(new Label("N"), new String[] {word}, new double[] {1}));
        }
        return sequence;
    }

    private static List<List<String>> tags(List<List<Prediction<Label>>> predictions) {
        return predictions.stream()
                .map(row -> SequenceModel.toMaxLabels(row).stream()
                        .map(Label::getLabel)
                        .toList())
                .toList();
    }

    private static double[] scores(Prediction<Label> prediction) {
        return prediction.getOutputScores().values().stream()
                .mapToDouble(Label::getScore)
                .toArray();
    }

    private static void assertSame(List<Prediction<Label>> found, List<Prediction<Label>> expected) {
        assertThat(found).hasSameSizeAs(expected);
        for (int p = 0; p < found.size(); p++) {
            assertThat(found.get(p).getOutput().getLabel())
                    .isEqualTo(expected.get(p).getOutput().getLabel());
            assertThat(scores(found.get(p))).isEqualTo(scores(expected.get(p)));
        }
    }

    @Test
    void each_token_gets_the_tag_and_the_probabilities_that_the_run_predicts() {
        SequenceModel<Label> model = RUN.sequenceModel(POS);
        Predictions all = RUN.predict(TEST);
        List<List<Prediction<Label>>> found = model.predict(TribuoSequences.dataset(TEST, POS));
        assertThat(tags(found)).isEqualTo(all.tags(POS));
        for (int r = 0; r < found.size(); r++) {
            for (int p = 0; p < found.get(r).size(); p++) {
                Prediction<Label> token = found.get(r).get(p);
                assertThat(token.getOutputScores().keySet()).containsExactly("N", "T", "V");
                for (int c = 0; c < 3; c++) {
                    assertThat(scores(token)[c]).isEqualTo(all.matrix(POS).get(r, 3 * p + c));
                }
                assertThat(token.getOutput().getScore())
                        .isEqualTo(Arrays.stream(scores(token)).max().orElseThrow());
                assertThat(token.getNumActiveFeatures()).isOne();
                assertThat(token.hasProbabilities()).isTrue();
            }
        }
        assertThat(RUN.sequenceModel("pos").predict(TribuoSequences.unlabelled(TEST, POS)))
                .hasSameSizeAs(found);
    }

    @Test
    void a_crf_predicts_the_tags_of_the_best_path_and_scores_them_by_their_marginals() {
        SequenceModel<Label> model = RUN.sequenceModel(NER);
        List<List<Prediction<Label>>> found = model.predict(TribuoSequences.dataset(TEST, NER));
        assertThat(tags(found)).isEqualTo(RUN.predict(TEST).tags(NER));
        boolean unsure = false;
        for (List<Prediction<Label>> row : found) {
            for (Prediction<Label> token : row) {
                assertThat(Arrays.stream(scores(token)).sum()).isCloseTo(1, within(1e-5));
                String tag = token.getOutput().getLabel();
                assertThat(token.getOutputScores())
                        .hasEntrySatisfying(
                                tag,
                                scored ->
                                        assertThat(token.getOutput().getScore()).isEqualTo(scored.getScore()));
                unsure |= token.getOutput().getScore() < 0.999;
            }
        }
        assertThat(unsure).isTrue();
    }

    @Test
    void tribuos_sequence_evaluator_agrees_with_the_runs_scores() {
        for (Task<Label> each : List.of(NER, POS)) {
            MutableSequenceDataset<Label> set = TribuoSequences.dataset(TEST, each);
            LabelSequenceEvaluation evaluation = new LabelSequenceEvaluator().evaluate(RUN.sequenceModel(each), set);
            assertThat(evaluation.accuracy()).isEqualTo(RUN.test().value(each, Metric.ACCURACY));
            assertThat(evaluation.accuracy()).isBetween(0.5, 0.9999);
            List<List<String>> predicted = RUN.predict(TEST).tags(each);
            for (Label tag : set.getOutputs()) {
                MetricID<Label> f1 =
                        LabelMetrics.F1.forTarget(new MetricTarget<>(tag)).getID();
                assertThat(evaluation.asMap().get(f1)).isCloseTo(f1(tag, set, predicted), within(1e-12));
                assertThat(evaluation.f1(tag))
                        .as("Tribuo 4.3.2 answers another number, as the Javadoc of the model says")
                        .isEqualTo(evaluation.recall(tag));
            }
            assertThat(new LabelSequenceEvaluator()
                            .evaluate(RUN.sequenceModel(each), new Source(set))
                            .accuracy())
                    .isEqualTo(evaluation.accuracy());
        }
        LabelSequenceEvaluation tags =
                new LabelSequenceEvaluator().evaluate(RUN.sequenceModel(POS), TribuoSequences.dataset(TEST, POS));
        assertThat(tags.macroAveragedF1()).isCloseTo(RUN.test().value(POS, Metric.MACRO_F1), within(1e-12));
    }

    private static double f1(Label tag, MutableSequenceDataset<Label> set, List<List<String>> predicted) {
        double right = 0;
        double all = 0;
        for (int r = 0; r < set.size(); r++) {
            for (int p = 0; p < set.getExample(r).size(); p++) {
                boolean there = set.getExample(r).get(p).getOutput().getLabel().equals(tag.getLabel());
                boolean named = predicted.get(r).get(p).equals(tag.getLabel());
                right += there && named ? 2 : 0;
                all += (there ? 1 : 0) + (named ? 1 : 0);
            }
        }
        return right / all;
    }

    /** A data source over a data set. */
    private record Source(MutableSequenceDataset<Label> set) implements SequenceDataSource<Label> {
        @Override
        public OutputFactory<Label> getOutputFactory() {
            return set.getOutputFactory();
        }

        @Override
        public DataSourceProvenance getProvenance() {
            return new SimpleDataSourceProvenance("toy", set.getOutputFactory());
        }

        @Override
        public Iterator<SequenceExample<Label>> iterator() {
            return set.iterator();
        }
    }

    @Test
    void tokens_without_a_tag_are_predicted_and_left_out_before_tribuo_evaluates() {
        SequenceModel<Label> model = RUN.sequenceModel(SOME);
        MutableSequenceDataset<Label> set = TribuoSequences.dataset(TEST, SOME);
        assertThatThrownBy(() -> new LabelSequenceEvaluator().evaluate(model, set))
                .hasMessage("Prediction with unknown ground truth. Unable to evaluate."); // Tribuo's rule
        List<List<Prediction<Label>>> known = new ArrayList<>();
        for (List<Prediction<Label>> row : model.predict(set)) {
            known.add(row.stream()
                    .filter(token -> !token.getExample().getOutput().getLabel().equals(Label.UNKNOWN))
                    .toList());
        }
        LabelSequenceEvaluation evaluation = new LabelSequenceEvaluator().evaluate(model, known, set.getProvenance());
        assertThat(evaluation.accuracy()).isEqualTo(RUN.test().value(SOME, Metric.ACCURACY));
    }

    @Test
    void a_sequence_gets_the_same_bits_alone_and_among_others() {
        for (Task<Label> each : List.of(NER, POS)) {
            SequenceModel<Label> model = RUN.sequenceModel(each);
            MutableSequenceDataset<Label> set = TribuoSequences.dataset(TEST, each);
            List<List<Prediction<Label>>> all = model.predict(set);
            for (int r = 0; r < set.size(); r++) {
                assertSame(model.predict(set.getExample(r)), all.get(r));
            }
        }
        assertThat(RUN.sequenceModel(POS).predict(List.of())).isEmpty();
    }

    @Test
    void a_word_that_the_net_does_not_know_is_read_as_the_run_reads_it() {
        List<List<String>> texts = List.of(List.of("mr", "zebra", "w1"));
        MultiTaskData rows =
                MultiTaskData.of("text", Inputs.tokens(texts, TEST.input("text").features()));
        List<Prediction<Label>> found = RUN.sequenceModel(NER).predict(words("mr", "zebra", "w1"));
        assertThat(tags(List.of(found))).isEqualTo(RUN.predict(rows).tags(NER));
        assertThat(found.get(1).getNumActiveFeatures()).isZero();
        SequenceExample<Label> beside = words("mr", "zebra");
        beside.addExample(
                new ArrayExample<>(new Label("N"), new String[] {"suffix=1", "w1", "w2"}, new double[] {1, 1, 0}));
        assertSame(RUN.sequenceModel(NER).predict(beside), found);
    }

    @Test
    void a_net_trained_on_tribuos_sequences_evaluates_on_them() {
        MutableSequenceDataset<Label> ner = TribuoSequences.dataset(TEXTS.train(), NER);
        MutableSequenceDataset<Label> pos = TribuoSequences.dataset(TEXTS.train(), POS);
        MultiTaskData data = TribuoSequences.tokens(NER, ner).and(POS, pos).join();
        Run run = hard(lstm(6))
                .tasks(NER, POS)
                .optimise(adam(3e-2))
                .epochs(4)
                .batch(8)
                .seed(1)
                .fit(data.split(0.7, 0.15, 0.15).seed(2));
        double accuracy = new LabelSequenceEvaluator()
                .evaluate(run.sequenceModel(NER), ner)
                .accuracy();
        assertThat(accuracy)
                .isEqualTo(Scores.of(run.net(), data, "all").value(NER, Metric.ACCURACY))
                .isGreaterThan(0.8);
    }

    @Test
    void next_words_are_labels_of_their_own() {
        MultiTaskData texts = MultiTaskData.of("text", TEST.input("text"));
        Task<Label> next = task("next").nextToken();
        MultiTaskData data = texts.with(PlaceTargets.nextTokens(next, texts.input("text")));
        Run run = hard(lstm(6))
                .tasks(next)
                .epochs(1)
                .batch(8)
                .seed(1)
                .fit(data.split(0.6, 0.2, 0.2).seed(2));
        SequenceModel<Label> model = run.sequenceModel(next);
        assertThat(tags(model.predict(TribuoSequences.unlabelled(data, next))))
                .isEqualTo(run.predict(data).tags(next));
        assertThat(model.getOutputIDInfo().size())
                .isEqualTo(texts.input("text").features().size());
    }

    @Test
    void steps_of_a_series_are_read_by_the_names_of_their_numbers() {
        double[][][] x = new double[80][][];
        List<List<String>> tags = new ArrayList<>();
        Random random = new Random(5);
        for (int r = 0; r < x.length; r++) {
            x[r] = new double[1 + random.nextInt(5)][];
            List<String> row = new ArrayList<>();
            for (int p = 0; p < x[r].length; p++) {
                x[r][p] = new double[] {3 + random.nextGaussian(), 10 * random.nextGaussian()};
                row.add(x[r][p][1] > 0 ? "up" : "down");
            }
            tags.add(row);
        }
        MultiTaskData data = MultiTaskData.of("x", Inputs.series(x)).with(PlaceTargets.tags(POS, tags));
        Split split = data.split(0.6, 0.2, 0.2).seed(2);
        Run run = hard(lstm(6))
                .tasks(POS)
                .optimise(adam(2e-2))
                .epochs(3)
                .batch(8)
                .seed(1)
                .fit(split);
        SequenceModel<Label> model = run.sequenceModel(POS);
        List<List<Prediction<Label>>> found = model.predict(TribuoSequences.unlabelled(data, POS));
        assertThat(tags(found)).isEqualTo(run.predict(data).tags(POS));
        assertThat(scores(found.get(3).get(0))[0])
                .isEqualTo(run.predict(data).matrix(POS).get(3, 0));
        SequenceExample<Label> sparse = new SequenceExample<>(
                List.of(new ArrayExample<>(new Label("up"), new String[] {"x1", "height"}, new double[] {4, 180})));
        SequenceExample<Label> dense = new SequenceExample<>(
                List.of(new ArrayExample<>(new Label("up"), new String[] {"x1", "x0"}, new double[] {4, 0})));
        assertSame(model.predict(sparse), model.predict(dense));
        assertThat(model.predict(sparse).get(0).getNumActiveFeatures()).isOne();
        assertThatThrownBy(() -> model.predict(words("height")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("No features found in Example ");
        MutableSequenceDataset<Label> train = TribuoSequences.dataset(split.train(), POS);
        RealIDInfo observed = (RealIDInfo) train.getFeatureIDMap().get("x0");
        RealIDInfo told = (RealIDInfo) model.getFeatureIDMap().get("x0");
        assertThat(told.getCount()).isEqualTo(observed.getCount());
        assertThat(told.getMean()).isCloseTo(observed.getMean(), within(1e-9));
        assertThat(told.getVariance()).isCloseTo(observed.getVariance(), within(1e-9));
        assertThat(told.getMax()).isEqualTo(observed.getMax());
    }

    @Test
    void the_domains_and_the_provenance_tell_the_training_part() {
        SequenceModel<Label> model = RUN.sequenceModel(POS);
        MutableSequenceDataset<Label> train = TribuoSequences.dataset(TEXTS.train(), POS);
        ImmutableLabelInfo info = (ImmutableLabelInfo) model.getOutputIDInfo();
        ImmutableLabelInfo observed = (ImmutableLabelInfo) train.getOutputIDInfo();
        for (Label tag : observed.getDomain()) {
            assertThat(info.getLabelCount(tag)).isEqualTo(observed.getLabelCount(tag));
        }
        assertThat(model.getFeatureIDMap().keySet())
                .containsExactlyInAnyOrderElementsOf(TEST.input("text").features());
        assertThat(model.validate(Label.class)).isTrue();
        assertThat(model.getTopFeatures(3)).isEmpty();
        ModelProvenance provenance = model.getProvenance();
        assertThat(provenance.getDatasetProvenance().getNumExamples()).isEqualTo(96);
        assertThat(provenance.getDatasetProvenance().getNumFeatures()).isEqualTo(7);
        assertThat(provenance.getDatasetProvenance().isSequence()).isTrue();
        assertThat(provenance.getDatasetProvenance().isDense()).isFalse();
        assertThat(provenance.toString())
                .contains("hard(biLstm(8)).tasks(task(\"ner\").spans().loss(crf()), ", "TagModel");
        assertThat(ProvenanceUtil.unmarshalProvenance(ProvenanceUtil.marshalProvenance(provenance)))
                .isEqualTo(provenance);
    }

    @Test
    void a_reloaded_model_predicts_the_same_bits(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("ner.model");
        for (Task<Label> each : List.of(NER, POS)) {
            SequenceModel<Label> model = RUN.sequenceModel(each);
            model.setName("mine");
            model.serializeToFile(file);
            MutableSequenceDataset<Label> set = TribuoSequences.dataset(TEST, each);
            TagModel loaded = TagModel.load(file);
            for (int r = 0; r < set.size(); r++) {
                assertSame(loaded.predict(set.getExample(r)), model.predict(set.getExample(r)));
            }
            SequenceModel<?> tribuo = SequenceModel.deserializeFromFile(file);
            assertThat(tribuo.getName()).isEqualTo("mine");
            assertThat(tribuo.getProvenance()).isEqualTo(model.getProvenance());
            assertThat(tribuo.getOutputIDInfo()).isEqualTo(model.getOutputIDInfo());
            assertThat(tribuo.getFeatureIDMap().keySet())
                    .isEqualTo(model.getFeatureIDMap().keySet());
            assertThat(loaded.net()).isEqualTo(RUN.net());
            assertThat(loaded.task()).isEqualTo(each);
        }
    }

    @Test
    void a_cut_changed_missing_or_other_file_is_an_error_that_names_it(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("model");
        RUN.sequenceModel(NER).serializeToFile(file);
        byte[] whole = Files.readAllBytes(file);
        for (int length : new int[] {0, 3, 100, whole.length - 1}) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> TagModel.load(file))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("File '" + file + "': it is damaged or no model of mtl4j.\n"
                            + "Save it again with serializeToFile(path), and copy the file whole. (");
        }
        whole[whole.length / 2] ^= 1;
        Files.write(file, whole);
        assertThatThrownBy(() -> TagModel.load(file)).hasMessageContaining("its checksum does not fit");
        Files.delete(file);
        assertThatThrownBy(() -> TagModel.load(file))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("The model could not be read from '" + file + "'.");
        RUN.model(MOOD).serializeToFile(file);
        assertThatThrownBy(() -> TagModel.load(file)).hasMessageStartingWith("File '" + file + "': ");
        RUN.sequenceModel(NER).serializeToFile(file);
        assertThatThrownBy(() -> TaskModel.load(file)).hasMessageStartingWith("File '" + file + "': ");
        assertThatThrownBy(
                        () -> new ObjectOutputStream(new ByteArrayOutputStream()).writeObject(RUN.sequenceModel(NER)))
                .isInstanceOf(NotSerializableException.class)
                .hasMessage(
                        "A task's model has no Java serialisation.\n"
                                + "Save it with serializeToFile(path), and read it with SequenceModel.deserializeFromFile(path).");
    }

    @Test
    void a_sequence_that_the_net_cannot_read_is_the_error_of_its_rows() {
        SequenceModel<Label> model = RUN.sequenceModel(POS);
        assertThatThrownBy(() -> model.predict(List.of(words("mr"), new SequenceExample<>())))
                .hasMessage("Input 'text': row 1 is empty: a sequence or graph has at least one place.\n"
                        + "Drop the row, or give it one.");
        assertThatThrownBy(() -> model.predict(words("a", "b", "c", "d", "e", "f", "g", "h")))
                .hasMessage("Input 'text': the net was trained on rows of 7 tokens of 7; these are 8 tokens of 7.\n"
                        + "Give rows of the same kind and names, no longer than those; cut longer sequences.");
        SequenceExample<Label> two = new SequenceExample<>(
                List.of(new ArrayExample<>(new Label("N"), new String[] {"mr", "w1"}, new double[] {1, 1})));
        assertThatThrownBy(() -> model.predict(two))
                .hasMessage("Sequence 0, token 0 has 'mr' and 'w1': a word is one feature of value 1.\n"
                        + "Leave one, or train on TribuoSequences.series(..), which takes any numbers.");
        MultiTaskData closed = MultiTaskData.of(
                        "text",
                        Inputs.tokens(List.of(List.of("a", "b"), List.of("b"), List.of("a")), List.of("a", "b")))
                .with(PlaceTargets.tags(POS, List.of(List.of("A", "B"), List.of("B"), List.of("A"))));
        SequenceModel<Label> small = hard(lstm(2))
                .tasks(POS)
                .epochs(1)
                .batch(3)
                .seed(1)
                .fit(Split.of(closed, closed, closed))
                .sequenceModel(POS);
        assertThatThrownBy(() -> small.predict(words("a", "zebra")))
                .hasMessage("tokens(..): row 0 holds 'zebra', which is not in the vocabulary of 2 words.\n"
                        + "Add it, or add \"<unk>\" to stand for such words.");
    }

    @Test
    void tasks_and_nets_without_tokens_have_no_sequence_model() {
        assertThatThrownBy(() -> RUN.sequenceModel(MOOD))
                .hasMessage("Task 'mood': it has no tag at each token, so Tribuo's SequenceModel does not fit it.\n"
                        + "Ask for run.model(\"mood\").");
        assertThatThrownBy(() -> RUN.sequenceModel(task("ner").tags()))
                .hasMessage(
                        "Task 'ner' was trained as task(\"ner\").spans().loss(crf()), not as task(\"ner\").tags().\n"
                                + "Ask for the task as it was trained.");
        assertThatThrownBy(() -> RUN.sequenceModel("wages"))
                .hasMessage("No task 'wages' in this net.\nIt has ner, pos, some, mood.");
        List<GraphRow> graphs =
                List.of(GraphRow.of(new double[][] {{1}, {2}}).edge(0, 1), GraphRow.of(new double[][] {{3}, {4}}));
        MultiTaskData data = MultiTaskData.of("graph", Inputs.graphs(graphs))
                .with(PlaceTargets.tags(POS, List.of(List.of("A", "B"), List.of("B", "A"))));
        Run run = hard(gcn(2)).tasks(POS).epochs(1).batch(2).seed(1).fit(Split.of(data, data, data));
        assertThatThrownBy(() -> run.sequenceModel(POS))
                .hasMessage(
                        "Task 'pos': a Tribuo sequence has features at each token, but a row here has 'graph' of "
                                + "graph of up to 2 x 1, 2 edges.\n"
                                + "Give one input, of Inputs.tokens(..) or Inputs.series(..); run.predict(data) takes all others.");
    }

    @Test
    void it_prints_its_task_and_the_layers() {
        SequenceModel<Label> model = RUN.sequenceModel(NER);
        assertThat(model.toString())
                .startsWith("Tribuo sequence model 'ner' of task(\"ner\").spans().loss(crf())\n")
                .contains("head.ner.transitions");
        assertThat(((Show) model).toHtml()).contains("Tribuo sequence model &#39;ner&#39;", "<table");
    }
}
