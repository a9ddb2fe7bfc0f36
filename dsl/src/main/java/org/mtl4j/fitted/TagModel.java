package org.mtl4j.fitted;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.oracle.labs.mlrg.olcut.util.Pair;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.mtl4j.bytes.Saving;
import org.mtl4j.data.Input;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.data.TokenFeatures;
import org.mtl4j.show.Html;
import org.mtl4j.show.Show;
import org.mtl4j.task.Task;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;
import org.tribuo.protos.core.SequenceModelProto;
import org.tribuo.provenance.ModelProvenance;
import org.tribuo.sequence.SequenceDataset;
import org.tribuo.sequence.SequenceExample;
import org.tribuo.sequence.SequenceModel;

/**
 * The tags of one task of a net as a Tribuo sequence model: Tribuo's sequence evaluators, provenance and files work on it.
 *
 * <p>Each example of a sequence is a token. Of a net that reads words its feature is the word, with the value 1; a token with no
 * word that the net knows is read as {@code <unk>}, or is an error where the vocabulary lacks that. Of a net that reads a series its
 * features are the numbers of the step by name; an absent one is 0 before standardisation, one that the net does not know is
 * ignored, and a token without any known one is an error, as in Tribuo's own models. A sequence without a token, or longer than the
 * rows that the net was trained on, is an error.
 *
 * <p>The scores of a token are the probabilities of its tags: by softmax the most probable one is predicted. With a CRF they are
 * the marginals, over all paths, while the tags predicted are those of the best path (Viterbi): now and then another than the
 * most probable one at a place. {@code LabelSequenceEvaluation.f1(label)} of Tribuo 4.3.2 answers the label's recall; the F1 is in its
 * {@code asMap()} and in its macro average. Immutable but for its name, and safe to use from many threads.
 */
public final class TagModel extends SequenceModel<Label> implements Show {

    /** The version of the form that {@link #serialize} writes. */
    public static final int CURRENT_VERSION = 0;

    private final transient Net net;
    private final transient TagTask of;

    private TagModel(String name, ModelProvenance provenance, Net net, TagTask of) {
        super(name, provenance, of.featureMap(net), of.labels().info());
        this.net = net;
        this.of = of;
    }

    /**
     * The model of one task.
     *
     * @throws IllegalArgumentException if the net has no such task, has it as another kind, or reads other than one sequence
     */
    public static TagModel of(Net net, Task<?> task) {
        TagTask of = TagTask.of(net, task);
        ModelProvenance provenance = Provenances.tags(
                net, task.name(), of.labels(), of.features().names().size());
        return new TagModel(task.name(), provenance, net, of);
    }

    /** The net that it is a task of. */
    public Net net() {
        return net;
    }

    /** The task. */
    public Task<?> task() {
        return of.objective().task();
    }

    /**
     * Predicts the tokens of one sequence.
     *
     * @throws IllegalArgumentException if it has no token, more than the net's rows, or one with no known feature
     */
    @Override
    public List<Prediction<Label>> predict(SequenceExample<Label> sequence) {
        return predictions(List.of(sequence)).get(0);
    }

    /** Predicts all sequences in one go. */
    @Override
    public List<List<Prediction<Label>>> predict(Iterable<SequenceExample<Label>> sequences) {
        List<SequenceExample<Label>> list = new ArrayList<>();
        sequences.forEach(list::add);
        return predictions(list);
    }

    /** Predicts all sequences in one go. */
    @Override
    public List<List<Prediction<Label>>> predict(SequenceDataset<Label> sequences) {
        return predictions(sequences.getData());
    }

    private List<List<Prediction<Label>>> predictions(List<SequenceExample<Label>> sequences) {
        if (sequences.isEmpty()) {
            return List.of();
        }
        Input input = of.features().read(sequences, TokenFeatures.longest(sequences));
        MultiTaskData data = MultiTaskData.of(net.inputs().get(0).name(), input); // no sequence is empty
        float[] outputs = net.outputs(of.index(), Rows.of(data, net.inputs()));
        int[] lengths = sequences.stream().mapToInt(SequenceExample::size).toArray();
        float[] own = net.own(of.objective());
        Matrix scores = of.isChain()
                ? PlaceLinks.marginals(of.objective(), lengths.length, outputs, own, lengths)
                : PlaceLinks.apply(of.objective(), lengths.length, outputs, own, lengths);
        Matrix chosen = of.isChain() ? PlaceLinks.apply(of.objective(), lengths.length, outputs, own, lengths) : scores;
        return IntStream.range(0, lengths.length)
                .mapToObj(row -> predictions(row, sequences.get(row), scores, chosen))
                .toList();
    }

    /** @param scores [rows, places * tags] @param chosen the same, greatest at the tag that is predicted */
    private List<Prediction<Label>> predictions(
            int row, SequenceExample<Label> sequence, Matrix scores, Matrix chosen) {
        int tags = of.objective().outputs();
        List<Prediction<Label>> predictions = new ArrayList<>();
        for (int p = 0; p < sequence.size(); p++) {
            int first = p * tags;
            int tag = PlaceScores.chosen(chosen, tags, row, p);
            int used = of.features().known(sequence.get(p));
            predictions.add(of.labels().prediction(c -> scores.get(row, first + c), tag, used, sequence.get(p)));
        }
        return predictions;
    }

    /** Empty: a net has no ranking of its features, and Tribuo's word for that is an empty map. */
    @Override
    public Map<String, List<Pair<String, Double>>> getTopFeatures(int n) {
        return Map.of();
    }

    /** Tribuo's form of this model; the net with all its tasks is within, as plain data. */
    @Override
    public SequenceModelProto serialize() {
        return SequenceModelProto.newBuilder()
                .setVersion(CURRENT_VERSION)
                .setClassName(TagModel.class.getName())
                .setSerializedData(TaskModelForm.write(createDataCarrier(), task(), net))
                .build();
    }

    /**
     * Tribuo's way back from a file.
     *
     * @throws InvalidProtocolBufferException if the data is no such message
     * @throws IllegalArgumentException if the bytes are damaged or of another version
     */
    public static TagModel deserializeFromProto(int version, String className, Any message)
            throws InvalidProtocolBufferException {
        TaskModelForm.Held held = TaskModelForm.read(version, CURRENT_VERSION, message);
        return new TagModel(
                held.carrier().name(), held.carrier().provenance(), held.net(), TagTask.of(held.net(), held.task()));
    }

    /** Writes {@link #serialize} to a file, whole or not at all. */
    @Override
    public void serializeToFile(Path file) throws IOException {
        Saving.write(file, serialize().toByteArray());
    }

    /**
     * Reads a model from a file, as {@code SequenceModel.deserializeFromFile} does, with errors that name the file.
     *
     * @throws java.io.UncheckedIOException if the file cannot be read
     * @throws IllegalArgumentException if the file is damaged or holds something else
     */
    public static TagModel load(Path file) {
        return TaskModelForm.load(file, in -> (TagModel) SequenceModel.deserialize(SequenceModelProto.parseFrom(in)));
    }

    @Override
    public String toString() {
        return "Tribuo sequence model '%s' of %s\n%s".formatted(getName(), task(), net);
    }

    @Override
    public String toHtml() {
        String title = Html.escape("Tribuo sequence model '%s' of %s".formatted(getName(), task()));
        return "<div><div style=\"padding:.2em .7em\">" + title + "</div>" + net.toHtml() + "</div>";
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
        throw new NotSerializableException(
                "A task's model has no Java serialisation.\nSave it with serializeToFile(path), and read it with SequenceModel.deserializeFromFile(path).");
    }
}
