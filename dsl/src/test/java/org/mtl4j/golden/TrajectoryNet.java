package org.mtl4j.golden;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.mtl4j.data.Batch;
import org.mtl4j.data.Input;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.data.TargetColumn;
import org.mtl4j.layer.Encoder;
import org.mtl4j.layer.Mlp;
import org.mtl4j.layer.Sources;
import org.mtl4j.sharing.Graph;
import org.mtl4j.sharing.Hard;
import org.mtl4j.sharing.Sharing;
import org.mtl4j.sharing.Soft;
import org.mtl4j.task.NamedTask;
import org.mtl4j.task.Objective;
import org.mtl4j.task.Task;
import org.mtl4j.tensor.Activation;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.Parameter;
import org.mtl4j.tensor.Parameters;
import org.mtl4j.tensor.Tape;
import org.mtl4j.tensor.TaskHead;
import tools.jackson.databind.JsonNode;

/**
 * The net, tasks and batches of a trajectory of dense layers or of layers for images, hard-shared (each head a stack of dense layers) or soft-shared
 * (a trunk per task, linear heads).
 */
final class TrajectoryNet {

    private static final Set<String> LOSSES = Set.of("ce", "bce", "mse");

    private final JsonNode file;
    private final List<Objective> objectives;
    /** Our parameter names' stems by the file's: {@code shared.0} is {@code encoder.0}. */
    private final Map<String, String> stems = new LinkedHashMap<>();

    TrajectoryNet(JsonNode file) {
        this.file = file;
        this.objectives =
                file.path("tasks").valueStream().map(TrajectoryNet::objective).toList();
        if (isSoft(file)) {
            trunks(file)
                    .properties()
                    .forEach(trunk -> name("encoder." + trunk.getKey(), ListedLayers.read(trunk.getValue())));
        } else if (images(file).isPresent()) {
            images(file).get().places().forEach((name, place) -> stems.put(name, "encoder." + place));
        } else {
            name("encoder", ListedLayers.read(file.path("network").path("shared")));
        }
        for (JsonNode head : heads(file)) {
            List<ListedLayers.Listed> layers = ListedLayers.read(head.path("layers"));
            String task = head.path("task").asString();
            name("head." + task, layers.subList(0, layers.size() - 1));
            stems.put(layers.get(layers.size() - 1).name(), "head." + task);
        }
    }

    private void name(String prefix, List<ListedLayers.Listed> layers) {
        for (int l = 0; l < layers.size(); l++) {
            stems.put(layers.get(l).name(), prefix + "." + l);
        }
    }

    private static List<JsonNode> heads(JsonNode file) {
        return file.path("network").path("heads").valueStream().toList();
    }

    private static boolean isSoft(JsonNode file) {
        return file.path("network").has("trunks");
    }

    private static JsonNode trunks(JsonNode file) {
        return file.path("network").path("trunks");
    }

    private static Optional<ListedImageLayers> images(JsonNode file) {
        return ListedImageLayers.read(file.path("network"));
    }

    private static boolean knowsHard(JsonNode network) {
        return Set.of("kind", "shared", "heads", "input").containsAll(network.propertyNames())
                && (!ListedLayers.read(network.path("shared")).isEmpty()
                        || ListedImageLayers.read(network).isPresent());
    }

    /** A trunk of the same layers for each task, in the order of the tasks, tied by their squared distances. */
    private static boolean knowsSoft(JsonNode file) {
        JsonNode network = file.path("network");
        List<String> tasks = file.path("tasks")
                .valueStream()
                .map(task -> task.path("name").asString(""))
                .toList();
        return Set.of("kind", "trunks", "heads", "input", "coupling").containsAll(network.propertyNames())
                && List.copyOf(trunks(file).propertyNames()).equals(tasks)
                && !trunk(file).isEmpty()
                && trunks(file).valueStream().map(ListedLayers::read).allMatch(layers -> alike(layers, trunk(file)))
                && heads(file).stream().allMatch(head -> head.path("layers").size() == 1)
                && network.path("coupling").path("formula").asString("").matches(TIE);
    }

    private static final String TIE = ".*lambda \\* sum over .*\\|\\|theta_\\w+ - theta_\\w+\\|\\|\\^2.*";

    private static List<ListedLayers.Listed> trunk(JsonNode file) {
        return trunks(file).valueStream().findFirst().map(ListedLayers::read).orElse(List.of());
    }

    private static boolean alike(List<ListedLayers.Listed> one, List<ListedLayers.Listed> two) {
        return one.size() == two.size()
                && IntStream.range(0, one.size())
                        .allMatch(l -> one.get(l).width() == two.get(l).width()
                                && one.get(l).activation().equals(two.get(l).activation()));
    }

    /** Whether the net is one that can be built here. */
    static boolean knows(JsonNode file) {
        return (isSoft(file) ? knowsSoft(file) : knowsHard(file.path("network")))
                && !heads(file).isEmpty()
                && heads(file).stream().allMatch(TrajectoryNet::isDense)
                && file.path("tasks")
                        .valueStream()
                        .allMatch(task -> LOSSES.contains(task.path("loss").asString("")))
                && (file.path("initial_buffers").isEmpty() || images(file).isPresent())
                && file.path("batches").path(0).path("inputs").size() == 1;
    }

    private static boolean isDense(JsonNode head) {
        List<ListedLayers.Listed> layers = ListedLayers.read(head.path("layers"));
        return !layers.isEmpty() && layers.get(layers.size() - 1).activation() instanceof Activation.Identity;
    }

    private static Objective objective(JsonNode task) {
        NamedTask named = Task.named(task.path("name").asString());
        int outputs = task.path("outputs").asInt();
        return switch (task.path("loss").asString()) {
            case "ce" -> new Objective(named.classes(outputs), outputs, numbered(outputs));
            case "bce" -> new Objective(named.binary(), outputs, numbered(2));
            default -> new Objective(named.regression(), outputs, numbered(outputs));
        };
    }

    private static List<String> numbered(int n) {
        return IntStream.range(0, n).mapToObj(i -> "n" + i).toList();
    }

    /** A new graph at the initial parameters. */
    Graph graph() {
        Graph graph = Graph.build(isSoft(file) ? soft() : hard(), input(), width(inputOf(0)), objectives, 1);
        Parameters parameters = graph.tape().parameters();
        file.path("initial_params").properties().forEach(each -> {
            Parameter ours = parameters.get(our(each.getKey()));
            float[] values = Tensors.floats(each.getValue());
            parameters.set(ours, isMatrix(each.getValue()) ? transposed(values, ours) : values);
        });
        setBuffers(graph);
        return graph;
    }

    /** Numbers of a row. */
    private static int width(JsonNode tensor) {
        return Tensors.values(tensor).length / Tensors.shape(tensor)[0];
    }

    private void setBuffers(Graph graph) {
        Parameters buffers = graph.tape().buffers();
        file.path("initial_buffers")
                .properties()
                .forEach(each -> buffers.set(buffers.get(our(each.getKey())), Tensors.floats(each.getValue())));
    }

    private Sharing hard() {
        if (images(file).isPresent()) {
            return hard(images(file).get().sequential());
        }
        Encoder encoder =
                new ListedLayers(ListedLayers.read(file.path("network").path("shared"))).encoder();
        return hard(encoder);
    }

    private Sharing hard(Encoder encoder) {
        boolean linear =
                heads(file).stream().allMatch(head -> head.path("layers").size() == 1);
        return linear ? new Hard(encoder) : new DeepHeads(encoder, heads(file));
    }

    private Sharing soft() {
        double lambda = file.path("network").path("coupling").path("lambda").asDouble();
        return new Soft(new ListedLayers(trunk(file)).encoder(), Soft.Penalty.DISTANCE, lambda, List.of());
    }

    /** Theirs is [out, in], ours [in, out]. */
    private static float[] transposed(float[] theirs, Parameter ours) {
        return Tensors.transposed(theirs, ours.columns(), ours.rows());
    }

    private static boolean isMatrix(JsonNode tensor) {
        return Tensors.shape(tensor).length == 2;
    }

    private String our(String name) {
        int dot = name.lastIndexOf('.');
        return stems.get(name.substring(0, dot)) + name.substring(dot);
    }

    private String input() {
        return file.path("batches")
                .path(0)
                .path("inputs")
                .propertyNames()
                .iterator()
                .next();
    }

    private JsonNode inputOf(int batch) {
        return file.path("batches").path(batch).path("inputs").path(input());
    }

    /** Our names of the parameters that gradient balancers combine. */
    List<String> shared() {
        return file.path("shared_params")
                .valueStream()
                .map(name -> our(name.asString()))
                .toList();
    }

    /** One batch of the file; rows without a label have none here either. */
    Batch batch(JsonNode batch) {
        JsonNode x = batch.path("inputs").path(input());
        Input.Dense features = Input.Dense.of(numbered(width(x)), Tensors.floats(x));
        List<TargetColumn> targets = new ArrayList<>();
        for (Objective objective : objectives) {
            String name = objective.task().name();
            float[] values = Tensors.floats(batch.path("targets").path(name));
            JsonNode mask = batch.path("masks").path(name);
            double[] labelled = mask.isMissingNode()
                    ? IntStream.range(0, features.rows()).mapToDouble(r -> 1).toArray()
                    : Tensors.values(mask);
            targets.add(column(objective, values, labelled));
        }
        List<String> names = objectives.stream().map(o -> o.task().name()).toList();
        Batch filled = new Batch(MultiTaskData.of(Map.of(input(), features), targets), names, features.rows());
        filled.fill(IntStream.range(0, features.rows()).toArray(), 0, features.rows());
        return filled;
    }

    private static TargetColumn column(Objective objective, float[] values, double[] labelled) {
        String name = objective.task().name();
        if (objective.task().kind() instanceof Task.Kind.Classes) {
            int[] classes = IntStream.range(0, values.length)
                    .map(r -> labelled[r] == 0 ? -1 : (int) values[r])
                    .toArray();
            return TargetColumn.Classes.of(name, objective.labels(), classes);
        }
        int width = objective.outputs(); // a binary task's target is 0 or 1, as training encodes it
        for (int i = 0; i < values.length; i++) {
            values[i] = labelled[i / width] == 0 ? Float.NaN : values[i];
        }
        return TargetColumn.Reals.of(name, numbered(width), values);
    }

    void assertFinalParameters(Graph graph) {
        Parameters parameters = graph.tape().parameters();
        file.path("final_params").properties().forEach(each -> {
            Parameter ours = parameters.get(our(each.getKey()));
            float[] values = parameters.copyOf(ours);
            if (isMatrix(each.getValue())) {
                values = Tensors.transposed(values, ours.rows(), ours.columns());
            }
            Tensors.assertWithin(each.getKey(), values, Tensors.values(each.getValue()), Tensors.GRADIENT);
        });
        Parameters buffers = graph.tape().buffers();
        file.path("final_buffers").properties().forEach(each -> {
            float[] values = buffers.copyOf(buffers.get(our(each.getKey())));
            Tensors.assertWithin(each.getKey(), values, Tensors.values(each.getValue()), Tensors.GRADIENT);
        });
    }

    /** Hard sharing whose heads have layers of their own below the last. */
    private record DeepHeads(Encoder encoder, List<JsonNode> heads) implements Sharing {
        @Override
        public void record(Tape tape, Sources sources, List<Objective> tasks, RandomGenerator random) {
            Node shared = encoder.record(tape, "encoder", sources, random);
            for (int t = 0; t < tasks.size(); t++) {
                String name = "head." + tasks.get(t).task().name();
                List<ListedLayers.Listed> layers =
                        ListedLayers.read(heads.get(t).path("layers"));
                Node own = new ListedLayers(layers.subList(0, layers.size() - 1))
                        .record(tape, name, Sources.of(shared), random);
                List<TaskHead> head = List.of(new TaskHead(t, name, tasks.get(t).outputs()));
                tape.heads(name, own, head, Mlp.DEFAULT_INITIALISER, random);
            }
        }
    }
}
