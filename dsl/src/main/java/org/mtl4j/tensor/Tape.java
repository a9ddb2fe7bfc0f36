package org.mtl4j.tensor;

import java.util.ArrayList;
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
    private final Backward backward;
    /** Whether a layer's rows depend on each other in training: then a task's signal reaches rows without its label too. */
    private boolean couplesRows;

    /** The tasks that layers may keep statistics of their own for; empty where a net has no such layers. */
    private List<String> apart = List.of();
    /** The copies of the batch, where a layer does. */
    private @Nullable Slabs slabs;

    private int capacity;
    private int stackedCapacity;
    private int rows;
    private long dropoutState;
    private final Downstream downstream = new Downstream();

    /** An empty tape for this many tasks. */
    public Tape(int tasks) {
        this.tasks = tasks;
        this.backward = new Backward(nodes, parameters, tasks);
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
        node.fill(initialiser, random);
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
        node.fill(initialiser, random);
        for (int h = 0; h < heads.size(); h++) {
            output(node, heads.get(h), node.column[h], node.width, 1);
        }
        add(node);
    }

    /** Records a task's linear head at each place of a series or image, and fills it. */
    public void placeHead(Node input, TaskHead head, Initialiser initialiser, RandomGenerator random) {
        PlaceHeadNode node = new PlaceHeadNode(input, head, parameters, tasks);
        node.fill(initialiser, random);
        output(node, head, 0, head.outputs(), node.places);
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
        node.fill(initialiser, random);
        output(node, head, 0, head.outputs(), 1);
        add(node);
    }

    private void output(OutputNode node, TaskHead head, int column, int stride, int places) {
        node.reach(head.task());
        outputs.add(new TaskOutput(node, head, column, stride, places, this));
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
        downstream.clear();
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
        nodes.forEach(node -> node.tell(reader));
    }

    /** Makes room for batches of this many rows. Keeps what it has if that is enough. */
    public void reserve(int batch) {
        if (batch > capacity) {
            capacity = batch;
            stackedCapacity = 0;
            rows = 0;
            nodes.forEach(node -> node.reserve(batch * copies(), 1));
        }
    }

    /** Makes room for stacked signals too. */
    public void reserveStacked(int batch) {
        reserveStacked(batch, LayerGram.Way.CHEAPER);
    }

    /**
     * Makes room for stacked signals and for the gradients of each task by all shared parameters.
     *
     * @throws IllegalArgumentException if those of a layer are too many
     */
    public void reserveTaskGradients(int batch) {
        reserveStacked(batch, LayerGram.Way.DIRECT);
    }

    /** The number of shared parameters, once there is room for stacked signals. */
    public int sharedParameters() {
        return backward.sharedSize();
    }

    void reserveStacked(int batch, LayerGram.Way way) {
        rows = 0;
        capacity = Math.max(batch, capacity);
        stackedCapacity = capacity;
        int blocks = slabs == null ? tasks : 1; // where tasks are apart, their blocks together are all slabs
        nodes.forEach(node -> node.reserve(capacity * copies(), blocks));
        backward.reserve(layers().filter(Node::isShared).toList(), capacity * copies(), way);
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

    /**
     * Computes again, after {@link #forward} and over the same rows, the values that hang on one input: the pass of a batch of
     * which only that input has changed. What only training passes change, such as running statistics, changes again.
     *
     * @throws IllegalStateException if there is no forward pass to go on from
     * @throws IllegalArgumentException if no input has the name
     */
    public void forwardFrom(String input, Node.Pass pass) {
        if (rows == 0) {
            throw new IllegalStateException(
                    "Input '%s': the tape holds no values of a batch yet that a pass from it could go on from.%nCall forward(rows, pass) first."
                            .formatted(input));
        }
        List<Node> reached = downstream.of(input, nodes);
        for (int i = 0; i < reached.size(); i++) {
            reached.get(i).forward(rows, pass);
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
        backward.combined(rows, weights);
    }

    /**
     * Writes the gradient of weights that are known before any Gram, by one pass with the weighted signal: sum_i w_i g_i for
     * shared parameters, h_i g_i for those of task i. Layers of a single task are passed twice.
     *
     * @param shared w: [tasks]
     * @param owned h: [tasks]
     */
    public void backward(double[] shared, double[] owned) {
        backward.combined(rows, shared, owned);
    }

    /** The blocks of the stacked pass that follows: call {@link Layout#block} for each task on the answer. */
    public Layout stack() {
        return backward.stack(rows, couplesRows, copies());
    }

    /**
     * Takes the signals of all tasks down, stacked as {@link #stack} was told, and writes the Grams of the shared layers.
     *
     * @param total [tasks * tasks], overwritten with their sum
     * @param perLayer [shared layers][tasks * tasks], overwritten; null if not wanted
     */
    public void grams(double[] total, double @Nullable [][] perLayer, double[] scratch) {
        signals();
        gramsOfSignals(total, perLayer, scratch);
    }

    /** The first half of {@link #grams}: takes the signals down. */
    public void signals() {
        requireStacked();
        backward.signals();
    }

    /** The second half of {@link #grams}. */
    public void gramsOfSignals(double[] total, double @Nullable [][] perLayer, double[] scratch) {
        backward.grams(total, perLayer, scratch);
    }

    /**
     * Writes the gradient after {@link #grams}: sum_i w_i g_i for shared parameters, h_i g_i for those of task i.
     *
     * @param shared w: [tasks]
     * @param owned h: [tasks]
     */
    public void combine(double[] shared, double[] owned) {
        backward.combine(rows, shared, owned);
    }

    /**
     * Copies the gradients of each task by the shared parameters, layer after layer, after {@link #grams}.
     *
     * @param into [tasks * {@link #sharedParameters}], overwritten
     */
    public void taskGradients(float[] into) {
        backward.taskGradients(into, backward.sharedSize());
    }

    /**
     * Writes the gradient after {@link #grams}: a given one for the shared parameters, h_i g_i for those of task i.
     *
     * @param direction [{@link #sharedParameters}], in the order of {@link #taskGradients}
     * @param owned h: [tasks]
     */
    public void direct(float[] direction, double[] owned) {
        backward.direct(rows, direction, owned);
    }

    /**
     * Takes the signals of all tasks down to what they share, stacked as {@link #stack} was told, and writes the Gram of the
     * gradients by the representation; nothing goes further down.
     *
     * @param gram [tasks * tasks], overwritten
     */
    public void representationGram(double[] gram) {
        signalsToRepresentation();
        representationGramOfSignals(gram);
    }

    /** The first half of {@link #representationGram}: takes the signals down. */
    public void signalsToRepresentation() {
        requireStacked();
        backward.signalsToRepresentation();
    }

    /** The second half of {@link #representationGram}. */
    public void representationGramOfSignals(double[] gram) {
        backward.representationGram(gram);
    }

    /**
     * Writes the gradient after {@link #representationGram}: sum_i w_i g_i for shared parameters, by one pass with the
     * weighted signal, h_i g_i for those of task i.
     *
     * @param shared w: [tasks]
     * @param owned h: [tasks]
     */
    public void combineAtRepresentation(double[] shared, double[] owned) {
        backward.combineAtRepresentation(rows, shared, owned);
    }

    /** Numbers of a row of what tasks share. */
    public int representationWidth() {
        return backward.representationWidth();
    }

    /**
     * Writes, after {@link #representationGram}, the sum over the rows of each task's gradient by the representation times the
     * sign of the representation.
     *
     * @param into [tasks * {@link #representationWidth}], overwritten
     */
    public void representationAgreements(float[] into) {
        backward.representationAgreements(into);
    }

    /**
     * Writes the gradient after {@link #representationGram}: what comes of the tasks' gradients by the representation, each
     * number by its share, and h_i g_i for the parameters of task i; parameters that tasks share above the representation get
     * the sum of theirs.
     *
     * @param kept [tasks * {@link #representationWidth}], for all rows alike
     * @param owned h: [tasks]
     */
    public void maskAtRepresentation(float[] kept, double[] owned) {
        backward.maskAtRepresentation(rows, kept, owned);
    }

    private void requireStacked() {
        if (stackedCapacity * copies() < rows) {
            throw new IllegalStateException("Stacked signals of %d rows were not reserved.".formatted(rows));
        }
    }
}
