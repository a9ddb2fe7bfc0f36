package org.mtl4j.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Engine API. A net as a list of fused kernels, recorded once and replayed every step: forward, then backward with one
 * combined signal or with the signals of all tasks stacked. Mutable; buffers are reused, nothing is allocated in a step.
 *
 * <p>The backward pass is linear in the signal at one fixed forward pass. So one pass serves all tasks: their signals
 * are stacked as blocks of rows ({@link Layout}), and each layer takes them down with one product.
 */
public final class Tape {

    private final int tasks;
    private final Parameters parameters = new Parameters();
    private final Parameters buffers = new Parameters();
    private final List<Node> nodes = new ArrayList<>();
    private final List<TaskOutput> outputs = new ArrayList<>();
    private final List<LayerGram> grams = new ArrayList<>();
    private final Layout layout;
    /** Whether a layer's rows depend on each other in training: then a task's signal reaches rows without its label too. */
    private boolean couplesRows;

    /** The tasks that layers may keep statistics of their own for; empty where a net has no such layers. */
    private List<String> apart = List.of();
    /** The copies of the batch, where a layer does. */
    private @Nullable Slabs slabs;

    private @Nullable Representation representation;
    private int capacity;
    private int stackedCapacity;
    private int rows;
    private long dropoutState;

    /** An empty tape for this many tasks. */
    public Tape(int tasks) {
        this.tasks = tasks;
        this.layout = new Layout(tasks);
    }

    /** Records an input of features, [width]. */
    public Node input(String name, int width) {
        return input(name, new Shape.Vector(width));
    }

    /**
     * Records an input. Its array is bound by this name; see {@link Shape#inputSize} for what it holds.
     *
     * @return the features: of a graph those of its nodes, [nodes, features]
     */
    public Node input(String name, Shape shape) {
        InputNode input = new InputNode(name, shape, this);
        add(input);
        if (shape instanceof Shape.Series) {
            return add(new PlacesNode(input, 1, tasks));
        } else if (shape instanceof Shape.Graph graph) {
            return add(new PlacesNode(input, graph.nodesAt(), tasks));
        }
        return input;
    }

    /** Records y = f(x W + b), at each place of a series alike, and fills W and b. */
    public Node dense(
            String name,
            Node input,
            int width,
            Activation activation,
            Initialiser initialiser,
            RandomGenerator random) {
        DenseNode node = new DenseNode(name, input, width, activation, parameters, tasks);
        initialiser.fill(parameters.values(), node.first, node.in, width, random);
        initialiser.fillBias(parameters.values(), node.bias, node.in, width, random);
        return add(node);
    }

    /** Records one vector of all places of a series or image. */
    public Node readout(String name, Node input, Readout kind) {
        return add(
                kind == Readout.ATTENTION
                        ? new AttentionReadoutNode(name, input, parameters, tasks)
                        : new ReadoutNode(name, kind, input, parameters, tasks));
    }

    /**
     * Records a layer of the caller's own.
     *
     * @param initial its parameters' values, in the order of its shapes; copied
     */
    public Node own(String name, Node input, OwnLayer layer, float[] initial) {
        OwnNode node = new OwnNode(name, input, layer, parameters, tasks);
        System.arraycopy(initial, 0, parameters.values(), node.first, node.size);
        return add(node);
    }

    /** Records dropout with probability p of a zero. */
    public Node dropout(String name, Node input, double p) {
        return add(new DropoutNode(name, input, p, this, tasks));
    }

    /** Records the linear heads of these tasks on one representation, and fills them. */
    public void heads(String name, Node input, List<TaskHead> heads, Initialiser initialiser, RandomGenerator random) {
        HeadsNode node = new HeadsNode(name, input, heads, parameters, tasks);
        for (int h = 0; h < heads.size(); h++) {
            float[] weight = new float[node.in * node.outputs[h]];
            initialiser.fill(weight, 0, node.in, node.outputs[h], random);
            parameters.set(parameters.get(heads.get(h).name() + ".weight"), weight);
            initialiser.fillBias(parameters.values(), node.bias + node.column[h], node.in, node.outputs[h], random);
            node.reach(heads.get(h).task());
            outputs.add(new TaskOutput(node, heads.get(h), node.column[h], node.width, 1, this));
        }
        add(node);
    }

    /** Records a task's linear head at each place of a series or image, and fills it. */
    public void placeHead(Node input, TaskHead head, Initialiser initialiser, RandomGenerator random) {
        PlaceHeadNode node = new PlaceHeadNode(input, head, parameters, tasks);
        Parameter weight = parameters.get(head.name() + ".weight");
        initialiser.fill(parameters.values(), weight.offset(), node.in, head.outputs(), random);
        initialiser.fillBias(parameters.values(), weight.offset() + weight.size(), node.in, head.outputs(), random);
        node.reach(head.task());
        outputs.add(new TaskOutput(node, head, 0, head.outputs(), node.places, this));
        add(node);
    }

    /**
     * Records a task's linear maps of two representations, their outputs side by side, and fills them.
     *
     * @param pair what is mapped
     * @param names what their parameters' names end in
     * @param head its outputs are those of both maps
     */
    public void pairHead(
            List<Node> pair, List<String> names, TaskHead head, Initialiser initialiser, RandomGenerator random) {
        PairHeadNode node = new PairHeadNode(pair, names, head, parameters, tasks);
        for (int side = 0; side < 2; side++) {
            int in = pair.get(side).width;
            initialiser.fill(parameters.values(), node.weights[side], in, head.outputs() / 2, random);
        }
        node.reach(head.task());
        outputs.add(new TaskOutput(node, head, 0, head.outputs(), 1, this));
        add(node);
    }

    /** Records a node that was made for this tape. */
    Node add(Node node) {
        boolean couples = node instanceof BlockNode block && block.spec().couplesRows();
        couplesRows |= couples;
        if (couplesRows && slabs != null) {
            throw new IllegalArgumentException(
                    "Layer '%s': the net has both batchNorm(), whose statistics are of all tasks' rows, and batchNorm().perTask(), which reads each task's rows apart.%nTake one of them throughout."
                            .formatted(node.name));
        }
        nodes.add(node);
        return node;
    }

    /** Allows layers that each of these tasks has statistics of its own in, as one net for all of them may hold. */
    public void allowPerTask(List<String> names) {
        apart = names.size() > 1 ? List.copyOf(names) : List.of();
    }

    /** The tasks that a layer may keep apart; empty where it must not. */
    List<String> apart() {
        return apart;
    }

    /** The copies of the batch, one a task, from now on. */
    Slabs part() {
        if (slabs == null) {
            slabs = new Slabs(apart);
        }
        return slabs;
    }

    @Nullable
    Slabs slabs() {
        return slabs;
    }

    /** Whether a layer keeps tasks apart: then each task has a representation of its own. */
    public boolean isPerTask() {
        return slabs != null;
    }

    private int copies() {
        return slabs == null ? 1 : slabs.size();
    }

    /** The number of tasks. */
    int tasks() {
        return tasks;
    }

    /** Numbers that a net keeps beside its parameters and no optimiser moves, such as running statistics. */
    public Parameters buffers() {
        return buffers;
    }

    /** The parameters and their gradient. */
    public Parameters parameters() {
        return parameters;
    }

    /** The outputs of a task. */
    public TaskOutput output(int task) {
        return outputs.stream()
                .filter(output -> output.task() == task)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Task %d has no head.".formatted(task)));
    }

    /** The names of the layers whose parameters more than one task reaches, from the input on. */
    public List<String> sharedLayers() {
        return layers().filter(Node::isShared).map(Node::name).toList();
    }

    private Stream<LayerNode> layers() {
        return nodes.stream()
                .filter(LayerNode.class::isInstance)
                .map(LayerNode.class::cast)
                .filter(node -> node.size > 0);
    }

    /** The layers with parameters, from the input on. */
    public List<LayerEntry> entries() {
        List<LayerEntry> entries = new ArrayList<>();
        nodes.forEach(node -> entries.addAll(node.entries()));
        return entries;
    }

    /** Tells a reader all nodes, each after the one that it reads. */
    public void read(TapeReader reader) {
        for (Node node : nodes) {
            if (node instanceof InputNode) {
                reader.input(node);
            } else if (node instanceof DenseNode dense) {
                reader.dense(node, node.below(), dense.activation);
            } else if (node instanceof OwnNode own) {
                reader.own(node, node.below(), own.layer());
            } else if (node instanceof HeadsNode heads) {
                reader.heads(node.below(), heads.heads);
            } else if (node instanceof PlaceHeadNode place) {
                reader.placeHead(node.below(), place.head);
            } else if (node instanceof PairHeadNode pair) {
                reader.pairHead(pair.inputs, pair.head);
            } else if (node instanceof PlacesNode) {
                reader.places(node, node.below());
            } else if (node instanceof BlockNode block) {
                reader.layer(node, block.spec());
            } else if (node instanceof DropoutNode) {
                reader.dropout(node, node.below());
            }
        }
    }

    /** Makes room for batches of this many rows. Keeps what it has if that is enough. */
    public void reserve(int batch) {
        if (batch > capacity) {
            capacity = batch;
            stackedCapacity = 0;
            nodes.forEach(node -> node.reserve(batch * copies(), 1));
        }
    }

    /** Makes room for stacked signals too. */
    public void reserveStacked(int batch) {
        reserveStacked(batch, LayerGram.Way.CHEAPER);
    }

    void reserveStacked(int batch, LayerGram.Way way) {
        capacity = Math.max(batch, capacity);
        stackedCapacity = capacity;
        grams.clear();
        int blocks = slabs == null ? tasks : 1; // where tasks are apart, their blocks together are all slabs
        nodes.forEach(node -> node.reserve(capacity * copies(), blocks));
        layers().filter(Node::isShared).forEach(node -> {
            LayerGram gram = new LayerGram(node, parameters, tasks, way);
            gram.reserve(capacity * copies());
            grams.add(gram);
        });
    }

    /** Binds the array of an input for the passes that follow. @param values [rows, width], read only. */
    public void bind(String input, float[] values) {
        for (int i = 0; i < nodes.size(); i++) {
            if (nodes.get(i) instanceof InputNode each && each.name.equals(input)) {
                each.bind(values);
            }
        }
    }

    /**
     * Says which rows of the batch that follows carry a label of a task, for layers that keep tasks apart.
     *
     * @param rows ascending, the first {@code count} of them; kept, not copied
     */
    public void labels(int task, int[] rows, int count) {
        if (slabs != null) {
            slabs.labels(task, rows, count);
        }
    }

    /** What the dropout masks of the next training pass are drawn from. */
    public long dropoutSeed() {
        return dropoutState;
    }

    /** Sets what the dropout masks of the next training pass are drawn from. */
    public void seedDropout(long seed) {
        dropoutState = seed;
    }

    long nextDropoutSeed() {
        dropoutState += 0x9e3779b97f4a7c15L;
        return dropoutState;
    }

    /** Computes all values of a batch. @param batchRows rows of the bound inputs, at most those reserved. */
    public void forward(int batchRows, Node.Pass pass) {
        rows = batchRows * copies();
        if (slabs != null) {
            slabs.begin(batchRows);
        }
        for (int i = 0; i < nodes.size(); i++) {
            nodes.get(i).forward(rows, pass);
        }
    }

    /** Zeroes the signals of all outputs, before the losses write theirs. */
    public void clearOutputSignals() {
        for (int i = 0; i < nodes.size(); i++) {
            if (nodes.get(i) instanceof OutputNode output) {
                output.clear(rows);
            }
        }
    }

    /** Writes the gradient of sum_i w_i L_i, for all parameters, from the signals at the outputs. @param weights [tasks]. */
    public void backward(double[] weights) {
        layout.combine(rows);
        weighOutputs(weights);
        takeDown();
        for (int i = 0; i < nodes.size(); i++) {
            if (nodes.get(i) instanceof LayerNode layer) {
                layer.gradient(layout);
            }
        }
        headGradients();
    }

    /** The blocks of the stacked pass that follows: call {@link Layout#block} for each task on the answer. */
    public Layout stack() {
        layout.stack(rows, couplesRows, copies());
        return layout;
    }

    /**
     * Takes the signals of all tasks down, stacked as {@link #stack} was told, and writes the Grams of the shared layers.
     *
     * @param total [tasks * tasks], overwritten with their sum
     * @param perLayer [shared layers][tasks * tasks], overwritten; null if not wanted
     */
    public void grams(double[] total, double @Nullable [][] perLayer, double[] scratch) {
        requireStacked();
        takeDown();
        Arrays.fill(total, 0);
        for (int l = 0; l < grams.size(); l++) {
            double[] into = perLayer == null ? scratch : perLayer[l];
            grams.get(l).gram(layout, into);
            for (int i = 0; i < total.length; i++) {
                total[i] += into[i];
            }
        }
    }

    /**
     * Writes the gradient after {@link #grams}: sum_i w_i g_i for shared parameters, h_i g_i for those of task i.
     *
     * @param shared w: [tasks]
     * @param owned h: [tasks]
     */
    public void combine(double[] shared, double[] owned) {
        for (int l = 0; l < grams.size(); l++) {
            grams.get(l).combine(layout, shared);
        }
        for (int i = 0; i < nodes.size(); i++) {
            if (nodes.get(i) instanceof LayerNode layer && layer.size > 0 && !layer.isShared()) {
                ownedGradient(layer, owned);
            }
        }
        weighOutputs(owned);
        headGradients();
    }

    /**
     * Takes the signals of all tasks down to what they share, stacked as {@link #stack} was told, and writes the Gram of the
     * gradients by the representation; nothing goes further down.
     *
     * @param gram [tasks * tasks], overwritten
     */
    public void representationGram(double[] gram) {
        requireStacked();
        Representation representation = representation();
        for (int i = 0; i < nodes.size(); i++) {
            nodes.get(i).beginPass();
        }
        for (int i = nodes.size() - 1; i >= 0; i--) {
            if (!representation.holds(i)) {
                nodes.get(i).propagate(layout);
            }
        }
        representation.gram(layout, gram);
    }

    /** Which weight the parameters that one task owns get. */
    public enum Owned {
        /** 1. */
        UNIT,
        /** The task's weight. */
        WEIGHTED
    }

    /**
     * Writes the gradient after {@link #representationGram}: sum_i w_i g_i for shared parameters, by one pass with the
     * weighted signal.
     *
     * @param weights w: [tasks]
     * @param owned what those of a single task get
     * @param ones [tasks] of 1
     */
    public void combineAtRepresentation(double[] weights, Owned owned, double[] ones) {
        double[] own = owned == Owned.WEIGHTED ? weights : ones;
        for (int i = 0; i < nodes.size(); i++) {
            if (nodes.get(i) instanceof LayerNode layer && layer.size > 0 && !layer.isShared()) {
                ownedGradient(layer, own);
            }
        }
        if (owned == Owned.UNIT) {
            headGradients();
            weighOutputs(weights);
        } else {
            weighOutputs(weights);
            headGradients();
        }
        layout.combine(rows);
        takeDown();
        for (int i = 0; i < nodes.size(); i++) {
            if (nodes.get(i) instanceof LayerNode layer && layer.size > 0 && layer.isShared()) {
                layer.gradient(layout);
            }
        }
    }

    private Representation representation() {
        if (representation == null) {
            representation = new Representation(nodes, tasks);
        }
        return representation;
    }

    private void requireStacked() {
        if (stackedCapacity * copies() < rows) {
            throw new IllegalStateException("Stacked signals of %d rows were not reserved.".formatted(rows));
        }
    }

    private void ownedGradient(LayerNode node, double[] owned) {
        int task = node.reach.nextSetBit(0);
        float[] gradient = parameters.gradient();
        if (task < 0) { // what joins inputs, where the only task compares them
            Arrays.fill(gradient, node.first, node.first + node.size, 0f);
            return;
        }
        node.taskGradient(layout, task, gradient, node.first);
        if (owned[task] != 1) {
            Rows.scaled((float) owned[task], gradient, node.first, gradient, node.first, node.size);
        }
    }

    private void weighOutputs(double[] weights) {
        for (int i = 0; i < nodes.size(); i++) {
            if (nodes.get(i) instanceof OutputNode output) {
                output.scale(rows, weights);
            }
        }
    }

    private void takeDown() {
        for (int i = 0; i < nodes.size(); i++) {
            nodes.get(i).beginPass();
        }
        for (int i = nodes.size() - 1; i >= 0; i--) {
            nodes.get(i).propagate(layout);
        }
    }

    private void headGradients() {
        for (int i = 0; i < nodes.size(); i++) {
            if (nodes.get(i) instanceof OutputNode output) {
                output.gradient(rows);
            }
        }
    }
}
