package org.mtl4j.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * What every layer must do: its gradients are those of central differences, and one stacked pass gives what a pass per task
 * gives, also where tasks have labels on some rows only.
 *
 * <p>The inputs of the layer are themselves computed, by a dense layer each, so that the signals below it are seen in those
 * layers' gradients.
 */
public final class LayerProbe {

    /** Records the layer under test, and answers what it puts out. */
    @FunctionalInterface
    public interface Recorded {
        Node record(Tape tape, List<Node> inputs, RandomGenerator random);
    }

    private static final int TASKS = 3;
    private static final int ROWS = 6;
    private static final double STEP = 1e-2;

    private final Map<String, Shape> shapes = new LinkedHashMap<>();
    private final Recorded layer;
    private Node.Pass pass = Node.Pass.TRAIN;

    private LayerProbe(Recorded layer) {
        this.layer = layer;
    }

    /** Probes a layer whose inputs have these shapes. Series and graphs have rows of several lengths. */
    public static LayerProbe of(Recorded layer, Shape... inputs) {
        LayerProbe probe = new LayerProbe(layer);
        for (int i = 0; i < inputs.length; i++) {
            probe.shapes.put("x" + i, inputs[i]);
        }
        return probe;
    }

    /** Runs all checks, with these samples. */
    public void check(long... seeds) {
        for (long seed : seeds) {
            gradients(seed);
            stacked(seed);
        }
    }

    /** Runs the check of the stacked pass alone: for nets so deep that steps of differences cross kinks. */
    public void checkPasses(long... seeds) {
        for (long seed : seeds) {
            stacked(seed);
        }
    }

    /** A tape with the layer, and its batch. */
    private final class Net {
        private final Tape tape = new Tape(TASKS);
        private final Map<String, float[]> batch = new LinkedHashMap<>();
        private final float[][] signals = new float[TASKS][];
        private final int[][] labelled = new int[TASKS][];
        private final RandomGenerator random;

        Net(long seed) {
            random = Draws.generator(seed);
            List<Node> inputs = new ArrayList<>();
            shapes.forEach((name, shape) -> {
                inputs.add(input(name, shape));
                batch.put(name, sample(shape));
            });
            Node out = layer.record(tape, inputs, random);
            for (int t = 0; t < TASKS; t++) {
                TaskHead head = new TaskHead(t, "head." + t, 2);
                if (out.shape() instanceof Shape.Vector) {
                    tape.heads("heads." + t, out, List.of(head), new Initialiser.UniformFanIn(), random);
                } else {
                    tape.placeHead(out, head, new Initialiser.UniformFanIn(), random);
                }
            }
            tape.reserveStacked(ROWS);
            batch.forEach(tape::bind);
            drawSignals(out);
        }

        /** An input that a dense layer has computed, where a dense layer can. */
        private Node input(String name, Shape shape) {
            Node input = tape.input(name, shape);
            if (shape instanceof Shape.Tokens || shape instanceof Shape.Graph) {
                return input;
            }
            int width = shape instanceof Shape.Image ? shape.size() : input.features();
            Initialiser initialiser = new Initialiser.UniformFanIn();
            Node below = tape.dense("below." + name, input, width, new Activation.Tanh(), initialiser, random);
            return shape instanceof Shape.Image
                    ? new Reshape(shape).record(tape, "below." + name + ".shape", below, random)
                    : below;
        }

        private void drawSignals(Node out) {
            for (int t = 0; t < TASKS; t++) {
                int n = tape.output(t).values().length;
                signals[t] = SampledTape.normal(n, 1, random);
                int task = t;
                labelled[t] = IntStream.range(0, ROWS)
                        .filter(row -> task == 0 || Draws.uniform(random) < 0.6)
                        .toArray();
                float[] kept = new float[n];
                int width = n / ROWS;
                for (int row : labelled[t]) {
                    int places = width / 2;
                    InputNode lengths = out.lengths();
                    int count = lengths == null ? places : lengths.length(row);
                    System.arraycopy(signals[t], row * width, kept, row * width, count * 2);
                }
                signals[t] = kept;
            }
        }

        private float[] sample(Shape shape) {
            float[] values = new float[ROWS * shape.inputSize()];
            for (int row = 0; row < ROWS; row++) {
                sample(shape, row, values, row * shape.inputSize());
            }
            return values;
        }

        private void sample(Shape shape, int row, float[] into, int at) {
            float[] features = SampledTape.normal(shape.size(), 1, random);
            int most = shape.positions();
            int length = row == 0 ? most : 1 + random.nextInt(most);
            if (shape instanceof Shape.Tokens tokens) {
                into[at] = length;
                for (int p = 0; p < length; p++) {
                    into[at + 1 + p] = random.nextInt(tokens.vocabulary());
                }
            } else if (shape instanceof Shape.Series) {
                into[at] = length;
                System.arraycopy(features, 0, into, at + 1, features.length);
            } else if (shape instanceof Shape.Graph graph) {
                graph(graph, row == 1 ? 0 : graph.edges() - row % 2, length, into, at);
                System.arraycopy(features, 0, into, at + graph.nodesAt(), features.length);
            } else {
                System.arraycopy(features, 0, into, at, features.length);
            }
        }

        private void graph(Shape.Graph graph, int edges, int nodes, float[] into, int at) {
            into[at] = nodes;
            into[at + 1] = edges;
            for (int e = 0; e < edges; e++) {
                into[at + graph.sourcesAt() + e] = random.nextInt(nodes);
                into[at + graph.targetsAt() + e] = random.nextInt(nodes);
            }
            float[] features = SampledTape.normal(graph.edges() * graph.edgeFeatures(), 1, random);
            System.arraycopy(features, 0, into, at + graph.edgeFeaturesAt(), features.length);
        }

        double loss(double[] weights) {
            tape.seedDropout(5);
            tape.forward(ROWS, pass);
            double loss = 0;
            for (int t = 0; t < TASKS; t++) {
                float[] y = tape.output(t).values();
                for (int i = 0; i < y.length; i++) {
                    loss += weights[t] * y[i] * signals[t][i];
                }
            }
            return loss;
        }

        float[] gradient(double[] weights) {
            loss(weights);
            writeSignals();
            tape.backward(weights);
            return tape.parameters().gradient().clone();
        }

        void writeSignals() {
            tape.clearOutputSignals();
            for (int t = 0; t < TASKS; t++) {
                System.arraycopy(signals[t], 0, tape.output(t).signal(), 0, signals[t].length);
            }
        }
    }

    private void gradients(long seed) {
        Net net = new Net(seed);
        double[] weights = {0.5, 1, -0.7};
        float[] gradient = net.gradient(weights);
        float[] values = net.tape.parameters().values();
        double largest = 1;
        for (float each : gradient) {
            largest = Math.max(largest, Math.abs(each));
        }
        int checked = 0;
        int kinks = 0;
        for (int i : sampled(net)) {
            float old = values[i];
            double[] wide = differences(net, weights, i, old, STEP);
            double[] fine = differences(net, weights, i, old, STEP / 2);
            values[i] = old;
            // a greatest number, or the side of a kink, changes on the way
            boolean jumps =
                    Math.abs(wide[0] - fine[0]) > 2e-3 * largest || Math.abs(wide[1] - 2 * fine[1]) > 4e-3 * largest;
            if (jumps) {
                kinks++;
                continue;
            }
            checked++;
            assertThat((double) gradient[i])
                    .as("gradient of number %d (%s), seed %d", i, nameOf(net, i), seed)
                    .isCloseTo((4 * fine[0] - wide[0]) / 3, within(2e-3 * largest));
        }
        assertThat(kinks)
                .as("differences across a kink, of %d", checked + kinks)
                .isLessThanOrEqualTo(checked / 4);
    }

    /** The numbers that are checked: some of the layers below, most of the layer's own. */
    private static int[] sampled(Net net) {
        return net.tape.parameters().list().stream()
                .flatMapToInt(p -> {
                    int most = p.name().startsWith("below") ? 40 : 80;
                    int step = Math.max(1, p.size() / most);
                    return IntStream.range(0, p.size())
                            .filter(k -> k % step == 0)
                            .map(k -> p.offset() + k);
                })
                .toArray();
    }

    /** The central difference, and by how much those to both sides differ: of order step where the loss is smooth. */
    private static double[] differences(Net net, double[] weights, int i, float old, double step) {
        float[] values = net.tape.parameters().values();
        values[i] = old;
        double here = net.loss(weights);
        values[i] = (float) (old + step);
        double high = values[i];
        double up = net.loss(weights);
        values[i] = (float) (old - step);
        double low = values[i];
        double down = net.loss(weights);
        return new double[] {(up - down) / (high - low), (up - here) / (high - old) - (here - down) / (old - low)};
    }

    private static String nameOf(Net net, int i) {
        return net.tape.parameters().list().stream()
                .filter(p -> p.offset() <= i && i < p.offset() + p.size())
                .map(Parameter::name)
                .findFirst()
                .orElse("?");
    }

    private void stacked(long seed) {
        Net net = new Net(seed);
        float[][] alone = new float[TASKS][];
        for (int t = 0; t < TASKS; t++) {
            double[] one = new double[TASKS];
            one[t] = 1;
            alone[t] = net.gradient(one);
        }
        net.loss(new double[TASKS]);
        net.writeSignals();
        Layout layout = net.tape.stack();
        for (int t = 0; t < TASKS; t++) {
            layout.block(t, net.labelled[t], net.labelled[t].length);
        }
        double[] gram = new double[TASKS * TASKS];
        net.tape.grams(gram, null, new double[TASKS * TASKS]);
        double[] weights = {0.3, 1.5, -0.4};
        net.tape.combine(weights, weights);
        float[] together = net.tape.parameters().gradient().clone();
        List<Parameter> shared = net.tape.parameters().list().stream()
                .filter(p -> !p.name().startsWith("head"))
                .toList();
        for (int i = 0; i < TASKS; i++) {
            for (int j = 0; j < TASKS; j++) {
                double expected = 0;
                double scale = 1;
                for (Parameter p : shared) {
                    for (int k = p.offset(); k < p.offset() + p.size(); k++) {
                        expected += (double) alone[i][k] * alone[j][k];
                        scale += Math.abs((double) alone[i][k] * alone[j][k]);
                    }
                }
                assertThat(gram[i * TASKS + j])
                        .as("Gram of %d and %d, seed %d", i, j, seed)
                        .isCloseTo(expected, within(1e-5 * scale));
            }
        }
        double largest = 1;
        for (float each : together) {
            largest = Math.max(largest, Math.abs(each));
        }
        for (int k = 0; k < together.length; k++) {
            double expected = 0;
            for (int t = 0; t < TASKS; t++) {
                expected += weights[t] * alone[t][k];
            }
            assertThat((double) together[k])
                    .as("number %d (%s), seed %d", k, nameOf(net, k), seed)
                    .isCloseTo(expected, within(1e-5 * largest));
        }
        assertThat(Arrays.equals(together, new float[together.length])).isFalse();
    }
}
