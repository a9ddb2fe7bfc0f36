package org.mtl4j.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tribuo.Example;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.sequence.MutableSequenceDataset;
import org.tribuo.sequence.SequenceExample;

/**
 * Tribuo's sequences, one {@code SequenceDataset} or {@code SequenceDataSource} per target, made into rows with a tag at each
 * token, and back. Each example of a sequence is a token; Tribuo's unknown output is no tag there.
 *
 * <p>{@link #tokens} reads words: a token has one feature, whose name is the word and whose value is 1. {@link #series} reads
 * numbers: a token has any features, ordered as in Tribuo's feature map (by name), and one that it lacks is 0.
 *
 * <pre>{@code
 * var data = TribuoSequences.tokens(ner, nerSet).and(pos, posSet).join(); // the same sentences
 * var more = TribuoSequences.tokens(ner, news).and(pos, tweets).stack();  // other sentences
 * }</pre>
 */
public final class TribuoSequences {

    /** The sequences of one target. */
    private record Part(Target<Label> target, List<SequenceExample<Label>> sequences) {}

    /** Finds the features in all sequences. */
    private interface Reading {
        TokenFeatures in(List<SequenceExample<Label>> sequences);
    }

    private final Reading reading;
    private final List<Part> parts;

    private TribuoSequences(Reading reading, List<Part> parts) {
        this.reading = reading;
        this.parts = List.copyOf(parts);
    }

    /**
     * Sequences of words.
     *
     * @param sequences a Tribuo {@code SequenceDataset} or {@code SequenceDataSource}, or a list of sequences
     */
    public static TribuoSequences tokens(Target<Label> target, Iterable<SequenceExample<Label>> sequences) {
        return new TribuoSequences(WordFeatures::in, List.of()).and(target, sequences);
    }

    /**
     * Sequences of numbers.
     *
     * @param sequences a Tribuo {@code SequenceDataset} or {@code SequenceDataSource}, or a list of sequences
     */
    public static TribuoSequences series(Target<Label> target, Iterable<SequenceExample<Label>> sequences) {
        return new TribuoSequences(StepFeatures::in, List.of()).and(target, sequences);
    }

    /** These sequences and those of one more target. */
    public TribuoSequences and(Target<Label> target, Iterable<SequenceExample<Label>> sequences) {
        List<SequenceExample<Label>> list = new ArrayList<>();
        for (SequenceExample<Label> sequence : sequences) {
            if (sequence.getWeight() != SequenceExample.DEFAULT_WEIGHT) {
                throw new IllegalArgumentException(
                        "Task '%s': sequence %d has weight %s, but rows have no weights.%nLeave the weights of sequences at 1 and weigh the task instead."
                                .formatted(target.name(), list.size(), sequence.getWeight()));
            }
            list.add(sequence);
        }
        if (list.isEmpty()) {
            throw new IllegalArgumentException(
                    "Task '%s': its data set holds 0 sequences: data need at least one.%nCheck what was read."
                            .formatted(target.name()));
        }
        return new TribuoSequences(
                reading,
                Stream.concat(parts.stream(), Stream.of(new Part(target, list))).toList());
    }

    /**
     * One row per position: sequence i of every data set is the same row with another target.
     *
     * @throws IllegalArgumentException if two data sets differ in rows or in a token
     */
    public MultiTaskData join() {
        TokenFeatures features = reading.in(all());
        return parts.stream()
                .map(part -> MultiTaskData.of(
                                MultiTaskData.FEATURES,
                                features.read(part.sequences, TokenFeatures.longest(part.sequences)))
                        .with(PlaceTargets.tags(
                                part.target,
                                part.sequences.stream()
                                        .map(TribuoSequences::tags)
                                        .toList())))
                .reduce(MultiTaskData::join)
                .orElseThrow();
    }

    /** The sequences of all data sets below one another, as long as the longest; each carries its own targets only. */
    public MultiTaskData stack() {
        List<SequenceExample<Label>> all = all();
        int longest = TokenFeatures.longest(all);
        Map<String, Target<Label>> targets = new LinkedHashMap<>();
        parts.forEach(part -> targets.putIfAbsent(part.target.name(), part.target));
        MultiTaskData data =
                MultiTaskData.of(MultiTaskData.FEATURES, reading.in(all).read(all, longest));
        for (Target<Label> target : targets.values()) {
            List<List<@Nullable String>> tags = new ArrayList<>();
            for (Part part : parts) {
                boolean own = part.target.name().equals(target.name());
                part.sequences.forEach(sequence ->
                        tags.add(own ? tags(sequence) : Collections.<@Nullable String>nCopies(longest, null)));
            }
            data = data.with(PlaceTargets.tags(target, tags));
        }
        return data;
    }

    private List<SequenceExample<Label>> all() {
        return parts.stream().flatMap(part -> part.sequences.stream()).toList();
    }

    private static List<@Nullable String> tags(SequenceExample<Label> sequence) {
        List<@Nullable String> tags = new ArrayList<>();
        for (Example<Label> token : sequence) {
            Label label = token.getOutput();
            tags.add(TribuoOutputs.isKnown(label) ? label.getLabel() : null);
        }
        return tags;
    }

    /**
     * The rows that carry a tag of the target, as a Tribuo data set for Tribuo's own trainers and evaluators. A token without a
     * tag has Tribuo's unknown output there. It is predicted as the others, but Tribuo's evaluators refuse it: leave such
     * predictions out and hand over the rest, {@code evaluate(model, predictions, provenance)}.
     *
     * @param data rows of one input, of words or a series
     */
    public static MutableSequenceDataset<Label> dataset(MultiTaskData data, Target<Label> target) {
        data.requireTargets(List.of(target));
        TargetColumn column = data.target(target.name());
        if (!(column instanceof PlaceClasses tags) || tags.along() != PlaceClasses.Along.AN_INPUT) {
            throw new IllegalArgumentException(
                    "Task '%s': its column holds %s, not a tag at each token.%nTake TribuoExamples.dataset(data, task) for one label a row; Tribuo has no type for others."
                            .formatted(target.name(), DataTable.kind(column)));
        }
        LabelFactory factory = new LabelFactory();
        Label unknown = factory.getUnknownOutput();
        int[] rows = IntStream.range(0, data.rows()).filter(column::isLabelled).toArray();
        List<SequenceExample<Label>> sequences = sequences(
                data,
                target,
                rows,
                (row, place) -> place < column.places() && column.isLabelled(row, place)
                        ? new Label(tags.classes().get((int) column.get(row, place)))
                        : unknown);
        return new MutableSequenceDataset<>(
                sequences, new SimpleDataSourceProvenance(data.origin().title(), factory), factory);
    }

    /** All rows as Tribuo sequences of unknown outputs, for a model to predict. */
    public static List<SequenceExample<Label>> unlabelled(MultiTaskData data, Target<Label> target) {
        Label unknown = new LabelFactory().getUnknownOutput();
        int[] rows = IntStream.range(0, data.rows()).toArray();
        return sequences(data, target, rows, (row, place) -> unknown);
    }

    private static List<SequenceExample<Label>> sequences(
            MultiTaskData data, Target<Label> target, int[] rows, BiFunction<Integer, Integer, Label> output) {
        TokenFeatures features = TokenFeatures.of(target, InputForm.of(data));
        ShapedInput input = (ShapedInput) data.input(data.inputs().get(0));
        List<SequenceExample<Label>> sequences = new ArrayList<>();
        for (int row : rows) {
            List<Example<Label>> tokens = new ArrayList<>();
            for (int place = 0; place < input.length(row); place++) {
                tokens.add(features.write(output.apply(row, place), input, row, place));
            }
            sequences.add(new SequenceExample<>(tokens));
        }
        return sequences;
    }
}
