package org.mtl4j.fitted;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.oracle.labs.mlrg.olcut.util.Pair;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.bytes.Saving;
import org.mtl4j.show.Html;
import org.mtl4j.show.Show;
import org.mtl4j.task.Task;
import org.tribuo.Example;
import org.tribuo.Excuse;
import org.tribuo.Feature;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.Model;
import org.tribuo.Output;
import org.tribuo.Prediction;
import org.tribuo.RealInfo;
import org.tribuo.VariableInfo;
import org.tribuo.impl.ModelDataCarrier;
import org.tribuo.protos.core.ModelProto;
import org.tribuo.provenance.ModelProvenance;
import org.tribuo.regression.Regressor;

/**
 * One task of a net as a Tribuo model: Tribuo's evaluators, provenance and files work on it.
 *
 * <p>A feature that an example lacks is 0 before standardisation; a feature that the net does not know is ignored; an
 * example without any known feature is an error, as in Tribuo's own models. Class and label tasks give probabilities. Immutable
 * but for its name, and safe to use from many threads.
 *
 * @param <T> the Tribuo type of the task's values
 */
public final class TaskModel<T extends Output<T>> extends Model<T> implements Show {

    /** The version of the form that {@link #serialize} writes. */
    public static final int CURRENT_VERSION = 0;

    private final transient Net net;
    private final transient Task<T> task;
    private final transient Typed<T> typed;
    private final transient Map<String, Integer> columns;

    private TaskModel(String name, ModelProvenance provenance, Net net, Task<T> task, Typed<T> typed) {
        super(name, provenance, featureMap(net), typed.info(), task.outputType() != Regressor.class);
        this.net = net;
        this.task = task;
        this.typed = typed;
        this.columns = new HashMap<>();
        net.features().forEach(feature -> columns.put(feature, columns.size()));
    }

    /**
     * The model of one task.
     *
     * @throws IllegalArgumentException if the net has no such task, or has it as another kind
     */
    public static <T extends Output<T>> TaskModel<T> of(Net net, Task<T> task) {
        Typed<T> typed = Typed.of(net, task);
        return new TaskModel<>(task.name(), Provenances.model(net, task.name(), typed), net, task, typed);
    }

    /** Engine API. The model of one task that a Tribuo trainer made. */
    public static <T extends Output<T>> TaskModel<T> of(Net net, Task<T> task, Trained by) {
        Typed<T> typed = Typed.of(net, task);
        return new TaskModel<>(task.name(), Provenances.trained(net, task.name(), by), net, task, typed);
    }

    /** The features as Tribuo describes them: count, range, mean and variance in the training part. */
    private static ImmutableFeatureMap featureMap(Net net) {
        List<VariableInfo> infos = new ArrayList<>();
        for (int c = 0; c < net.features().size(); c++) {
            Moments m = net.seen().features().get(c);
            infos.add(new RealInfo(net.features().get(c), (int) m.count(), m.max(), m.min(), m.mean(), m.sumSquares()));
        }
        return new ImmutableFeatureMap(infos);
    }

    /** The net that it is a task of. */
    public Net net() {
        return net;
    }

    Typed<T> typed() {
        return typed;
    }

    /** The task. */
    public Task<T> task() {
        return task;
    }

    /**
     * Predicts one example.
     *
     * @throws IllegalArgumentException if it has no feature that the net knows
     */
    @Override
    public Prediction<T> predict(Example<T> example) {
        return innerPredict(List.of(example)).get(0);
    }

    /** Predicts all examples in one go. */
    @Override
    protected List<Prediction<T>> innerPredict(Iterable<Example<T>> examples) {
        List<Example<T>> list = new ArrayList<>();
        examples.forEach(list::add);
        int[] used = list.stream().mapToInt(this::known).toArray();
        Matrix matrix = net.predict(rows(list)).matrix(task);
        List<Prediction<T>> predictions = new ArrayList<>();
        for (int row = 0; row < used.length; row++) {
            predictions.add(typed.prediction(matrix, row, used[row], list.get(row)));
        }
        return predictions;
    }

    private int known(Example<T> example) {
        int known = 0;
        for (Feature feature : example) {
            known += columns.containsKey(feature.getName()) ? 1 : 0;
        }
        if (known == 0) {
            throw new IllegalArgumentException("No features found in Example " + example); // Tribuo's own words
        }
        return known;
    }

    private Rows rows(List<Example<T>> examples) {
        return new Rows() {
            @Override
            public int count() {
                return examples.size();
            }

            @Override
            public void copy(int row, int input, float[] into, int offset) {
                int first = firstColumn(input);
                int width = net.inputs().get(input).shape().inputSize();
                Arrays.fill(into, offset, offset + width, 0f);
                for (Feature feature : examples.get(row)) {
                    Integer column = columns.get(feature.getName());
                    if (column != null && column >= first && column < first + width) {
                        into[offset + column - first] = (float) feature.getValue();
                    }
                }
            }
        };
    }

    /** The place of an input's first number among the columns. */
    private int firstColumn(int input) {
        return net.inputs().subList(0, input).stream()
                .mapToInt(each -> each.shape().inputSize())
                .sum();
    }

    /** Empty: a net has no ranking of its features, and Tribuo's word for that is an empty map. */
    @Override
    public Map<String, List<Pair<String, Double>>> getTopFeatures(int n) {
        return Map.of();
    }

    /** Empty: a net does not excuse its predictions. */
    @Override
    public Optional<Excuse<T>> getExcuse(Example<T> example) {
        return Optional.empty();
    }

    @Override
    protected TaskModel<T> copy(String newName, ModelProvenance newProvenance) {
        return new TaskModel<>(newName, newProvenance, net, task, typed);
    }

    /** Tribuo's form of this model; the net with all its tasks is within, as plain data. */
    @Override
    public ModelProto serialize() {
        return ModelProto.newBuilder()
                .setVersion(CURRENT_VERSION)
                .setClassName(TaskModel.class.getName())
                .setSerializedData(TaskModelForm.write(createDataCarrier(), task, net))
                .build();
    }

    /**
     * Tribuo's way back from a file.
     *
     * @throws InvalidProtocolBufferException if the data is no such message
     * @throws IllegalArgumentException if the bytes are damaged or of another version
     */
    public static TaskModel<?> deserializeFromProto(int version, String className, Any message)
            throws InvalidProtocolBufferException {
        return restored(TaskModelForm.read(version, CURRENT_VERSION, message));
    }

    private static TaskModel<?> restored(TaskModelForm.Held held) {
        return restored(held.carrier(), held.net(), held.task());
    }

    private static <T extends Output<T>> TaskModel<T> restored(ModelDataCarrier<?> carrier, Net net, Task<T> task) {
        return new TaskModel<>(carrier.name(), carrier.provenance(), net, task, Typed.of(net, task));
    }

    /** Writes {@link #serialize} to a file, whole or not at all. */
    @Override
    public void serializeToFile(Path file) throws IOException {
        Saving.write(file, serialize().toByteArray());
    }

    /**
     * Reads a model from a file, as {@code Model.deserializeFromFile} does, with errors that name the file.
     *
     * @throws java.io.UncheckedIOException if the file cannot be read
     * @throws IllegalArgumentException if the file is damaged or holds something else
     */
    public static TaskModel<?> load(Path file) {
        return TaskModelForm.load(file, in -> (TaskModel<?>) Model.deserialize(ModelProto.parseFrom(in)));
    }

    @Override
    public String toString() {
        return "Tribuo model '%s' of %s\n%s".formatted(getName(), task, net);
    }

    @Override
    public String toHtml() {
        String title = Html.escape("Tribuo model '%s' of %s".formatted(getName(), task));
        return "<div><div style=\"padding:.2em .7em\">" + title + "</div>" + net.toHtml() + "</div>";
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
        throw new NotSerializableException(
                "A task's model has no Java serialisation.\nSave it with serializeToFile(path), and read it with Model.deserializeFromFile(path).");
    }
}
