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
import org.mtl4j.data.InputForm;
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
        } else if (isGraph(file)) {
            List<String> names = ListedGraph.names(file.path("network").path("shared"));
            names.forEach(name -> stems.put(name, "encoder." + names.indexOf(name)));
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

    private static boolean isGraph(JsonNode file) {
        return file.path("batches").path(0).path("inputs").has("edge_index");
    }

    private static JsonNode trunks(JsonNode file) {
        return file.path("network").path("trunks");
    }

    private static Optional<ListedImageLayers> images(JsonNode file) {
        return ListedImageLayers.read(file.path("network"));
    }

    private static boolean knowsHard(JsonNode file) {
        JsonNode network = file.path("network");
        return Set.of("kind", "shared", "heads", "input", "conventions").containsAll(network.propertyNames())
                && (isGraph(file)
                        ? ListedGraph.encoder(network.path("shared")).isPresent()
                        : images(file).isPresent()
                                || !ListedLayers.read(network.path("shared")).isEmpty());
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
        return (isSoft(file) ? knowsSoft(file) : knowsHard(file))
                && !heads(file).isEmpty()
                && heads(file).stream().allMatch(TrajectoryNet::isDense)
                && file.path("tasks")
                        .valueStream()
                        .allMatch(task -> LOSSES.contains(task.path("loss").asString("")))
                && (file.path("initial_buffers").isEmpty() || images(file).isPresent())
                && (isGraph(file) || file.path("batches").path(0).path("inputs").size() == 1);
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
        InputForm form = new InputForm("x", data(0).shape(), data(0).features());
        Graph graph = Graph.build(isSoft(file) ? soft() : hard(), List.of(form), objectives, 1);
        Parameters parameters = graph.tape().parameters();
        file.path("initial_params").properties().forEach(each -> {
            Parameter ours = parameters.get(our(each.getKey()));
            float[] values = Tensors.floats(each.getValue());
            parameters.set(ours, isTurned(each) ? transposed(values, ours) : values);
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
        JsonNode shared = file.path("network").path("shared");
        return hard(
                isGraph(file)
                        ? ListedGraph.encoder(shared).orElseThrow()
                        : new ListedLayers(ListedLayers.read(shared)).encoder());
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

    /** The weights of graph convolutions lie as ours. */
    private boolean isTurned(Map.Entry<String, JsonNode> named) {
        boolean ours = isGraph(file) && our(named.getKey()).startsWith("encoder.");
        return Tensors.shape(named.getValue()).length == 2 && !ours;
    }

    private String our(String name) {
        int dot = name.lastIndexOf('.');
        return stems.get(name.substring(0, dot)) + name.substring(dot);
    }

    /** The input of one batch of the file. */
    private Input data(int batch) {
        JsonNode batches = file.path("batches");
        if (isGraph(file)) {
            int first = IntStream.range(0, batch)
                    .map(b -> ListedGraph.count(batches.path(b).path("inputs")))
                    .sum();
            int count = ListedGraph.count(batches.path(batch).path("inputs"));
            return ListedGraph.graphs(batches)
                    .select(IntStream.range(first, first + count).toArray());
        }
        JsonNode x =
                batches.path(batch).path("inputs").valueStream().findFirst().orElseThrow();
        return Input.Dense.of(numbered(width(x)), Tensors.floats(x));
    }

    /** Our names of the parameters that gradient balancers combine. */
    List<String> shared() {
        return file.path("shared_params")
                .valueStream()
                .map(name -> our(name.asString()))
                .toList();
    }

    /** The batches of the file; rows without a label have none here either. */
    List<Batch> batches() {
        return IntStream.range(0, file.path("batches").size())
                .mapToObj(this::batch)
                .toList();
    }

    private Batch batch(int number) {
        JsonNode batch = file.path("batches").path(number);
        Input features = data(number);
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
        Batch filled = new Batch(MultiTaskData.of(Map.of("x", features), targets), names, features.rows());
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
            if (isTurned(each)) {
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
