package org.mtl4j.golden;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.mtl4j.layer.Mlp;
import org.mtl4j.task.Labelled;
import org.mtl4j.tensor.Draws;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.Parameter;
import org.mtl4j.tensor.Parameters;
import org.mtl4j.tensor.Readout;
import org.mtl4j.tensor.Recurrent;
import org.mtl4j.tensor.SequenceLayers;
import org.mtl4j.tensor.Shape;
import org.mtl4j.tensor.Tape;
import org.mtl4j.tensor.TaskHead;
import org.mtl4j.tensor.TaskOutput;
import tools.jackson.databind.JsonNode;

/**
 * The net and batches of a trajectory over texts: an embedding, recurrent layers, and linear heads at every token or on the
 * mean over a row's tokens. Layers are named as in the file.
 */
final class SequenceNet {

    private static final Set<String> RECURRENT = Set.of("LSTM", "GRU");
    private static final String TOKENS = "tokens";

    private final JsonNode file;
    private final JsonNode network;
    private final List<JsonNode> heads;
    private final Tape tape;

    SequenceNet(JsonNode file) {
        this.file = file;
        this.network = file.path("network");
        this.heads = network.path("heads").valueStream().toList();
        this.tape = new Tape(heads.size());
    }

    /** Whether the net is one that can be built here. */
    static boolean knows(JsonNode file) {
        JsonNode network = file.path("network");
        List<JsonNode> layers = network.path("shared").valueStream().toList();
        return Set.of("kind", "shared", "heads").containsAll(network.propertyNames())
                && layers.size() > 1
                && type(layers.get(0)).equals("Embedding")
                && layers.stream().skip(1).allMatch(layer -> RECURRENT.contains(type(layer)))
                && network.path("heads")
                        .valueStream()
                        .allMatch(head -> head.path("layers").size() == 1
                                && head.path("loss").asString("").equals("ce")
                                && (isAtTokens(head) || on(head).startsWith("mean of")));
    }

    private static String type(JsonNode layer) {
        return layer.path("type").asString("");
    }

    private static String on(JsonNode head) {
        return head.path("on").asString("");
    }

    private static boolean isAtTokens(JsonNode head) {
        return on(head).startsWith("every token");
    }

    /** The tape, with the file's initial parameters. */
    Tape record() {
        int length = Tensors.width(file.path("batches").path(0).path("inputs").path(TOKENS));
        RandomGenerator random = Draws.generator(1);
        JsonNode words = network.path("shared").path(0);
        int vocabulary = words.path("num").asInt();
        Node top = SequenceLayers.embedding(
                tape,
                name(words),
                tape.input(TOKENS, new Shape.Tokens(length, vocabulary)),
                words.path("dim").asInt(),
                EmbeddingGolden.padding(words),
                random);
        for (int l = 1; l < network.path("shared").size(); l++) {
            JsonNode layer = network.path("shared").path(l);
            Recurrent spec = new Recurrent(
                    Recurrent.Cell.valueOf(type(layer)),
                    layer.path("bidirectional").asBoolean() ? Recurrent.Direction.BOTH : Recurrent.Direction.FORWARD,
                    top.features(),
                    layer.path("hidden").asInt());
            top = SequenceLayers.recurrent(tape, name(layer), List.of(top), spec, random);
        }
        recordHeads(top, random);
        setParameters();
        return tape;
    }

    private void recordHeads(Node top, RandomGenerator random) {
        Node mean = tape.readout("readout", top, Readout.MEAN);
        for (int t = 0; t < heads.size(); t++) {
            JsonNode linear = heads.get(t).path("layers").path(0);
            TaskHead head = new TaskHead(t, name(linear), linear.path("out").asInt());
            if (isAtTokens(heads.get(t))) {
                tape.placeHead(top, head, Mlp.DEFAULT_INITIALISER, random);
            } else {
                tape.heads(head.name() + "s", mean, List.of(head), Mlp.DEFAULT_INITIALISER, random);
            }
        }
    }

    private static String name(JsonNode layer) {
        return layer.path("name").asString();
    }

    private void setParameters() {
        Parameters parameters = tape.parameters();
        file.path("initial_params").properties().forEach(each -> {
            Parameter ours = parameters.get(our(each.getKey()));
            float[] theirs = Tensors.floats(each.getValue());
            parameters.set(ours, isTurned(each.getKey(), each.getValue()) ? transposed(theirs, ours) : theirs);
        });
    }

    /** Theirs is [out, in], ours [in, out]. */
    private static float[] transposed(float[] theirs, Parameter ours) {
        return Tensors.transposed(theirs, ours.columns(), ours.rows());
    }

    private static String our(String name) {
        return name.replaceFirst("_l0(_reverse)?$", "$1");
    }

    /** Whether a parameter is [out, in] there and [in, out] here. */
    private boolean isTurned(String name, JsonNode tensor) {
        return Tensors.shape(tensor).length == 2
                && !name.equals(name(network.path("shared").path(0)) + ".weight");
    }

    /** Binds the tokens of a batch. @return its rows */
    int bind(JsonNode batch) {
        JsonNode tokens = batch.path("inputs").path(TOKENS);
        int rows = Tensors.shape(tokens)[0];
        int length = Tensors.width(tokens);
        float[] ids = Tensors.floats(tokens);
        float[] lengths = Tensors.floats(batch.path("inputs").path("lengths"));
        float[] values = new float[rows * (1 + length)];
        for (int r = 0; r < rows; r++) {
            values[r * (1 + length)] = lengths[r];
            System.arraycopy(ids, r * length, values, r * (1 + length) + 1, length);
        }
        tape.bind(TOKENS, values);
        return rows;
    }

    /** A task's outputs beside its targets: of every token that counts, or of every row. */
    Labelled labelled(int task, JsonNode batch) {
        TaskOutput output = tape.output(task);
        float[] targets = Tensors.floats(
                batch.path("targets").path(heads.get(task).path("task").asString()));
        int[] rows = IntStream.range(0, targets.length).toArray();
        if (isAtTokens(heads.get(task))) {
            float[] lengths = Tensors.floats(batch.path("inputs").path("lengths"));
            int places = output.places();
            rows = Arrays.stream(rows)
                    .filter(place -> place % places < lengths[place / places])
                    .toArray();
        }
        return new Labelled()
                .outputs(output.values(), output.signal(), output.column(), output.width(), output.stride())
                .targets(targets, 1, rows, rows.length);
    }

    /** The names of the tasks, in order. */
    List<String> tasks() {
        List<String> names = new ArrayList<>();
        heads.forEach(head -> names.add(head.path("task").asString()));
        return names;
    }

    void assertFinalParameters() {
        file.path("final_params").properties().forEach(each -> {
            Parameter ours = tape.parameters().get(our(each.getKey()));
            float[] values = tape.parameters().copyOf(ours);
            Tensors.assertWithin(
                    each.getKey(),
                    isTurned(each.getKey(), each.getValue())
                            ? Tensors.transposed(values, ours.rows(), ours.columns())
                            : values,
                    Tensors.values(each.getValue()),
                    Tensors.GRADIENT);
        });
    }
}
