package org.mtl4j.fitted;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.mtl4j.bytes.Saving;
import org.mtl4j.data.InputForm;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.data.Scale;
import org.mtl4j.data.Standardisation;
import org.mtl4j.sharing.Graph;
import org.mtl4j.sharing.Sharing;
import org.mtl4j.show.Show;
import org.mtl4j.show.Table;
import org.mtl4j.task.Grid;
import org.mtl4j.task.Objective;
import org.mtl4j.task.Task;
import org.mtl4j.tensor.Parameter;
import org.mtl4j.tensor.Parameters;
import org.mtl4j.tensor.Shape;
import org.mtl4j.tensor.Tape;
import org.tribuo.Output;
import org.tribuo.classification.Label;

/**
 * A trained net: all tasks, from the features as a user has them to probabilities and numbers in the target's unit.
 *
 * <p>Immutable, and safe to use from many threads at once. It holds copies of the parameters: what is trained on later
 * does not change it. A row gets the same bits alone, among others, in any place and on any thread.
 */
public final class Net implements Show {

    private final Blueprint blueprint;
    private final Standardisation standardisation;
    private final List<Matrix> parameters;
    private final Seen seen;
    private final Lineage lineage;
    private final Passes passes;

    Net(Blueprint blueprint, Standardisation standardisation, List<Matrix> parameters, Seen seen, Lineage lineage) {
        this.blueprint = blueprint;
        this.standardisation = standardisation;
        this.parameters = List.copyOf(parameters);
        this.seen = seen;
        this.lineage = lineage;
        this.passes = new Passes(blueprint, this.parameters, standardisation);
    }

    /**
     * Engine API. The net as the graph's parameters are now.
     *
     * @param graph the trained graph; its parameters are copied
     * @param train the training part as the user gave it, not standardised: names, class counts and ranges are taken
     *     from it
     * @param standardisation fitted on that part
     * @param lineage how it came to be
     * @throws IllegalArgumentException if the training part does not fit the graph
     */
    public static Net of(Graph graph, MultiTaskData train, Standardisation standardisation, Lineage lineage) {
        List<InputForm> inputs = InputForm.of(train);
        if (!shapes(inputs).equals(shapes(graph.inputs()))) {
            throw new IllegalArgumentException(
                    "The net reads %s, but the training part has %s.\nGive the part that the net was trained on."
                            .formatted(shapes(graph.inputs()), shapes(inputs)));
        }
        List<Objective> objectives =
                graph.objectives().stream().map(Domain::named).toList();
        Blueprint blueprint = new Blueprint(graph.sharing(), inputs, objectives);
        Tape like = blueprint.graph().tape();
        List<Matrix> parameters = copyOf(graph.tape().parameters(), like.parameters());
        parameters.addAll(copyOf(graph.tape().buffers(), like.buffers()));
        return new Net(blueprint, standardisation, parameters, Seen.of(objectives, train), lineage);
    }

    private static List<String> shapes(List<InputForm> inputs) {
        return inputs.stream()
                .map(input -> "'%s' of %s".formatted(input.name(), input.shape()))
                .toList();
    }

    /** The parameters of the layers only: a balancer's own, which lie beside them, are of no use after the training. */
    private static List<Matrix> copyOf(Parameters from, Parameters like) {
        List<Matrix> copies = new ArrayList<>();
        for (Parameter wanted : like.list()) {
            Parameter parameter = from.get(wanted.name());
            copies.add(Matrix.own(parameter.name(), parameter.rows(), parameter.columns(), from.copyOf(parameter)));
        }
        return copies;
    }

    /** The sharing strategy that made it. */
    public Sharing sharing() {
        return blueprint.sharing();
    }

    /** What it reads, in order. */
    public List<InputForm> inputs() {
        return blueprint.inputs();
    }

    /** A name for each number of a row of all inputs: those of the features, or {@code image[0]}, {@code image[1]}, ... */
    public List<String> features() {
        return blueprint.columns();
    }

    /** The tasks, in order. */
    public List<Objective> objectives() {
        return blueprint.objectives();
    }

    /** The standardisation of its features and real targets. */
    public Standardisation standardisation() {
        return standardisation;
    }

    /** The parameters, in the order of the layers, then running statistics where layers keep some. */
    public List<Matrix> parameters() {
        return parameters;
    }

    /**
     * One parameter: {@code encoder.0.weight} [in, out], {@code encoder.0.bias} [1, out].
     *
     * @throws IllegalArgumentException if there is none of this name; the message lists the names
     */
    public Matrix parameter(String name) {
        return parameters.stream()
                .filter(parameter -> parameter.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No parameter '%s'.\nThere are %s."
                        .formatted(name, parameters.stream().map(Matrix::name).collect(Collectors.joining(", ")))));
    }

    /**
     * This net with other parameters, such as those of a file: {@code run.net().with(Npz.weights(file))}.
     *
     * @throws IllegalArgumentException if one is missing, extra or of another shape; the message names all of them
     */
    public Net with(Weights weights) {
        return new Net(blueprint, standardisation, weights.inPlaceOf(parameters), seen, lineage);
    }

    /** How it came to be. */
    public Lineage lineage() {
        return lineage;
    }

    Blueprint blueprint() {
        return blueprint;
    }

    Seen seen() {
        return seen;
    }

    /** The place of a task. */
    int indexOf(String task) {
        return IntStream.range(0, objectives().size())
                .filter(t -> objectives().get(t).task().name().equals(task))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(noTask(task)));
    }

    private String noTask(String task) {
        return "No task '%s' in this net.\nIt has %s."
                .formatted(task, objectives().stream().map(o -> o.task().name()).collect(Collectors.joining(", ")));
    }

    /**
     * Predicts all tasks, from one pass through the net.
     *
     * @param data rows with the net's input; features are matched by name, targets are not looked at
     * @throws IllegalArgumentException if the data lacks the input or a feature, or has a feature more
     */
    public Predictions predict(MultiTaskData data) {
        return predict(Rows.of(data, inputs()));
    }

    /**
     * The same, but that the decoders of sequences read the true words of the data's targets, not their own (teacher forcing).
     *
     * @throws IllegalArgumentException if a target has a word that the net does not know, or is longer than it writes
     */
    Predictions forced(MultiTaskData data) {
        List<float[]> truths = objectives().stream()
                .map(objective -> SequenceScores.truths(objective, data))
                .toList();
        return predict(Rows.of(data, inputs()), new Decoding.Forced(truths));
    }

    Predictions predict(Rows rows) {
        return predict(rows, new Decoding.Greedy());
    }

    private Predictions predict(Rows rows, Decoding decoding) {
        Passes.Outputs outputs = passes.outputs(rows, decoding);
        List<TaskAnswers> answers = new ArrayList<>();
        for (int t = 0; t < objectives().size(); t++) {
            answers.add(answers(rows, outputs, t));
        }
        return new Predictions(rows.count(), answers);
    }

    /** What the head of a task puts out, [rows, places, outputs]. */
    float[] outputs(int task, Rows rows) {
        return passes.outputs(rows, new Decoding.Greedy()).values().get(task);
    }

    private TaskAnswers answers(Rows rows, Passes.Outputs outputs, int t) {
        Objective objective = objectives().get(t);
        float[] of = outputs.values().get(t);
        if (objective.isPlaced()) {
            int places = of.length / objective.outputs() / Math.max(1, rows.count());
            int[] lengths = objective.isSequence() ? outputs.lengths().get(t) : rows.lengths(inputs(), places);
            Matrix values = PlaceLinks.apply(objective, rows.count(), of, own(objective), lengths);
            return new TaskAnswers(objective, values, lengths);
        }
        Matrix values = objective.isOfBoxes()
                ? FoundBoxes.cells(objective, Grid.of(inputs(), passes.reads(t)), rows.count(), of)
                : Links.apply(objective, standardisation, rows.count(), of, own(objective));
        return new TaskAnswers(objective, values, new int[0]);
    }

    /** The parameters of a task's loss, such as the thresholds of an ordinal one; empty where it has none. */
    float[] own(Objective objective) {
        return objective.ownParameters().length == 0
                ? new float[0]
                : parameter(objective.ownName()).toArray();
    }

    /** One task as a Tribuo model. */
    public <T extends Output<T>> TaskModel<T> model(Task<T> task) {
        return TaskModel.of(this, task);
    }

    /** One task as a Tribuo model; {@code castModel} or {@link #model(Task)} gives it its type. */
    public TaskModel<?> model(String task) {
        return TaskModel.of(this, objectives().get(indexOf(task)).task());
    }

    /** The tags of one task as a Tribuo sequence model. */
    public TagModel sequenceModel(Task<Label> task) {
        return TagModel.of(this, task);
    }

    /** The tags of one task as a Tribuo sequence model, by name. */
    public TagModel sequenceModel(String task) {
        return TagModel.of(this, objectives().get(indexOf(task)).task());
    }

    /**
     * Writes all of this net to a file, whole or not at all.
     *
     * @throws UncheckedIOException if the file cannot be written
     * @throws IllegalArgumentException if a part of the net has no form in a file
     */
    public void save(Path file) {
        try {
            Saving.write(file, NetForm.write(this));
        } catch (IOException e) {
            throw new UncheckedIOException("The net was not saved to '%s'.".formatted(file), e);
        }
    }

    /**
     * Reads a net from a file that {@link #save} wrote.
     *
     * @throws UncheckedIOException if the file cannot be read
     * @throws IllegalArgumentException if the file is damaged or holds something else; the message names it
     */
    public static Net load(Path file) {
        try {
            return NetForm.read(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException("The net could not be read from '%s'.".formatted(file), e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("File '%s': %s".formatted(file, e.getMessage()), e);
        }
    }

    private Table table() {
        Table table = Table.titled(sharing().toString()).columns("parameter", "shape", "numbers");
        long total = 0;
        for (Matrix parameter : parameters) {
            int size = parameter.rows() * parameter.columns();
            table = table.row(parameter.name(), parameter.rows() + " x " + parameter.columns(), size);
            total += size;
        }
        String tasks =
                objectives().stream().map(Objective::task).map(Task::name).collect(Collectors.joining(", "));
        String reads = inputs().stream().map(Net::words).collect(Collectors.joining(", "));
        return table.note("%d parameters; tasks: %s; %s".formatted(total, tasks, reads));
    }

    private static String words(InputForm input) {
        return "input '%s' of %s%s"
                .formatted(input.name(), input.shape(), input.shape() instanceof Shape.Vector ? " features" : "");
    }

    /** Whether all bits of both are the same, and they came to be in the same way. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Net net
                && blueprint.equals(net.blueprint)
                && parameters.equals(net.parameters)
                && sameScales(standardisation.inputs(), net.standardisation.inputs())
                && sameScales(standardisation.targets(), net.standardisation.targets())
                && seen.equals(net.seen)
                && lineage.equals(net.lineage);
    }

    private static boolean sameScales(Map<String, Scale> one, Map<String, Scale> two) {
        return one.keySet().equals(two.keySet())
                && one.entrySet().stream().allMatch(entry -> {
                    Scale other = two.getOrDefault(entry.getKey(), entry.getValue());
                    return Arrays.equals(entry.getValue().means(), other.means())
                            && Arrays.equals(entry.getValue().scales(), other.scales());
                });
    }

    @Override
    public int hashCode() {
        return parameters.hashCode();
    }

    @Override
    public String toString() {
        return table().toString();
    }

    @Override
    public String toHtml() {
        return table().toHtml();
    }
}
