package org.mtl4j.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A net whose layers keep tasks apart is a net for each task, on the rows with its label, whose other layers are tied. */
class PerTaskBatchNormTest {

    private static final List<String> TASKS = List.of("a", "b", "c");
    private static final int ROWS = 7;
    private static final BatchNorm NORM = new BatchNorm(0.2, 1e-2);
    private static final int[][] LABELLED = {{0, 1, 2, 3, 4, 5, 6}, {1, 4, 6}, {0, 2, 3, 5}};

    private static Tape tape(int task, long seed) {
        List<String> names = task < 0 ? TASKS : List.of(TASKS.get(task));
        Tape tape = new Tape(names.size());
        tape.allowPerTask(names);
        var random = Draws.generator(seed);
        Node x = tape.input("x", 4);
        Node y = new BatchNorm.PerTask(NORM).record(tape, "first", x, random);
        y = tape.dense("second", y, 5, new Activation.Tanh(), new Initialiser.UniformFanIn(), random);
        y = new BatchNorm.PerTask(NORM).record(tape, "third", y, random);
        y = tape.dense("fourth", y, 3, new Activation.Tanh(), new Initialiser.UniformFanIn(), random);
        List<TaskHead> heads = new ArrayList<>();
        for (int t = 0; t < names.size(); t++) {
            heads.add(new TaskHead(t, "head." + names.get(t), 2));
        }
        tape.heads("heads", y, heads, new Initialiser.UniformFanIn(), random);
        float[] drawn = SampledTape.normal(tape.parameters().values().length, 0.7, random);
        System.arraycopy(drawn, 0, tape.parameters().values(), 0, drawn.length);
        tape.reserveStacked(ROWS);
        return tape;
    }

    /** The name in a net for all of what a net for one task calls so. */
    private static String named(String alone, int task) {
        String layer = alone.substring(0, alone.indexOf('.'));
        boolean apart = layer.equals("first") || layer.equals("third");
        return apart ? layer + "." + TASKS.get(task) + alone.substring(layer.length()) : alone;
    }

    private static Tape alone(Tape joint, int task, float[] rows) {
        Tape tape = tape(task, 1);
        for (Parameter parameter : tape.parameters().list()) {
            Parameter from = joint.parameters().get(named(parameter.name(), task));
            tape.parameters().set(parameter, joint.parameters().copyOf(from));
        }
        float[] some = new float[LABELLED[task].length * 4];
        for (int r = 0; r < LABELLED[task].length; r++) {
            System.arraycopy(rows, LABELLED[task][r] * 4, some, r * 4, 4);
        }
        tape.bind("x", some);
        tape.forward(LABELLED[task].length, Node.Pass.TRAIN);
        return tape;
    }

    /** The signal at output c of a row of the batch. */
    private static float signal(int task, int row, int c) {
        return (float) StrictMath.sin(1 + task * 31 + row * 7 + c * 3);
    }

    private static Tape joint(float[] rows, long seed) {
        Tape tape = tape(-1, seed);
        tape.bind("x", rows);
        for (int t = 0; t < TASKS.size(); t++) {
            tape.labels(t, LABELLED[t], LABELLED[t].length);
        }
        tape.forward(ROWS, Node.Pass.TRAIN);
        tape.clearOutputSignals();
        for (int t = 0; t < TASKS.size(); t++) {
            TaskOutput output = tape.output(t);
            for (int row : LABELLED[t]) {
                for (int c = 0; c < 2; c++) {
                    output.signal()[row * output.stride() + output.column() + c] = signal(t, row, c);
                }
            }
        }
        return tape;
    }

    private static float[] gradientAlone(Tape tape, int task) {
        tape.clearOutputSignals();
        for (int r = 0; r < LABELLED[task].length; r++) {
            for (int c = 0; c < 2; c++) {
                tape.output(0).signal()[r * 2 + c] = signal(task, LABELLED[task][r], c);
            }
        }
        tape.backward(new double[] {1});
        return tape.parameters().gradient().clone();
    }

    private static float[] rows(long seed) {
        return SampledTape.normal(ROWS * 4, 1, Draws.generator(seed));
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 4})
    void outputs_and_running_statistics_are_those_of_a_net_for_each_task(long seed) {
        float[] rows = rows(seed);
        Tape joint = joint(rows, seed);
        for (int t = 0; t < TASKS.size(); t++) {
            Tape alone = alone(joint, t, rows);
            TaskOutput output = joint.output(t);
            for (int r = 0; r < LABELLED[t].length; r++) {
                for (int c = 0; c < 2; c++) {
                    int at = LABELLED[t][r] * output.stride() + output.column() + c;
                    assertThat(output.values()[at])
                            .as("task %d, row %d", t, r)
                            .isCloseTo(alone.output(0).values()[r * 2 + c], within(1e-5f));
                }
            }
            for (Parameter kept : alone.buffers().list()) {
                Parameter same = joint.buffers().get(named(kept.name(), t));
                assertThat(joint.buffers().copyOf(same))
                        .as(kept.name())
                        .containsExactly(alone.buffers().copyOf(kept), within(1e-6f));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 4})
    void one_pass_gives_the_gradient_of_a_net_for_each_task(long seed) {
        float[] rows = rows(seed);
        Tape joint = joint(rows, seed);
        double[] weights = {0.5, 2, -1};
        float[] expected = expected(joint, rows, weights, weights);
        joint.backward(weights);
        assertThat(joint.parameters().gradient()).containsExactly(expected, within(2e-5f));
    }

    /** sum_i w_i g_i, with own weights for what one task owns. */
    private static float[] expected(Tape joint, float[] rows, double[] shared, double[] owned) {
        float[] sum = new float[joint.parameters().values().length];
        for (int t = 0; t < TASKS.size(); t++) {
            Tape alone = alone(joint, t, rows);
            float[] gradient = gradientAlone(alone, t);
            for (Parameter from : alone.parameters().list()) {
                Parameter to = joint.parameters().get(named(from.name(), t));
                boolean own = !from.name().startsWith("second") && !from.name().startsWith("fourth");
                for (int i = 0; i < from.size(); i++) {
                    sum[at(to, i)] += (float) ((own ? owned : shared)[t] * gradient[at(from, i)]);
                }
            }
        }
        return sum;
    }

    private static int at(Parameter p, int i) {
        return p.offset() + i / p.columns() * p.stride() + i % p.columns();
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 4})
    void the_stacked_pass_weighs_what_tasks_share_and_what_they_own_apart(long seed) {
        float[] rows = rows(seed);
        Tape joint = joint(rows, seed);
        Layout layout = joint.stack();
        for (int t = 0; t < TASKS.size(); t++) {
            layout.block(t, LABELLED[t], LABELLED[t].length);
        }
        double[] gram = new double[9];
        joint.grams(gram, null, new double[9]);
        double[] shared = {0.3, 1.5, -0.4};
        double[] owned = {1, 1, 2};
        float[] expected = expected(joint, rows, shared, owned);
        joint.combine(shared, owned);
        assertThat(joint.parameters().gradient()).containsExactly(expected, within(2e-5f));
        assertThat(joint.sharedLayers()).containsExactly("second", "fourth");
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                assertThat(gram[i * 3 + j]).as("%d, %d", i, j).isCloseTo(inner(joint, rows, i, j), within(1e-4));
            }
        }
    }

    private static double inner(Tape joint, float[] rows, int i, int j) {
        double sum = 0;
        float[] a = gradientAlone(alone(joint, i, rows), i);
        float[] b = gradientAlone(alone(joint, j, rows), j);
        Tape net = tape(i, 1);
        for (Parameter p : net.parameters().list()) {
            if (p.name().startsWith("second") || p.name().startsWith("fourth")) {
                for (int k = 0; k < p.size(); k++) {
                    sum += (double) a[at(p, k)] * b[at(p, k)];
                }
            }
        }
        return sum;
    }

    @Test
    void a_task_without_labels_has_no_gradient_and_keeps_its_statistics() {
        Tape tape = tape(-1, 2);
        tape.bind("x", rows(2));
        tape.labels(0, LABELLED[0], 7);
        tape.labels(1, LABELLED[1], 0);
        tape.labels(2, LABELLED[2], 4);
        tape.forward(ROWS, Node.Pass.TRAIN);
        tape.clearOutputSignals();
        Arrays.fill(
                tape.output(0).signal(), tape.output(0).column(), tape.output(0).column() + 2, 1f);
        tape.backward(new double[] {1, 1, 1});
        assertThat(tape.buffers().copyOf(tape.buffers().get("first.b.running_mean")))
                .containsOnly(0f);
        assertThat(tape.buffers().copyOf(tape.buffers().get("first.a.running_mean")))
                .doesNotContain(0f);
        for (String part : List.of("first.b.weight", "third.b.bias", "third.c.weight")) {
            assertThat(tape.parameters().copyOfGradient(tape.parameters().get(part)))
                    .containsOnly(0f);
        }
        assertThat(tape.parameters().gradient()).doesNotContain(Float.NaN);
    }

    @Test
    void evaluation_takes_each_tasks_own_statistics_on_all_rows() {
        float[] rows = rows(5);
        Tape joint = joint(rows, 5);
        joint.forward(ROWS, Node.Pass.EVALUATE);
        for (int t = 0; t < TASKS.size(); t++) {
            Tape alone = alone(joint, t, rows);
            alone.bind("x", rows);
            alone.forward(ROWS, Node.Pass.EVALUATE);
            TaskOutput output = joint.output(t);
            for (int r = 0; r < ROWS; r++) {
                assertThat(output.values()[r * output.stride() + output.column()])
                        .isCloseTo(alone.output(0).values()[r * 2], within(1e-5f));
            }
        }
    }

    @Test
    void a_net_of_one_task_holds_the_plain_layer() {
        List<String> names = tape(1, 3).parameters().list().stream()
                .map(Parameter::name)
                .filter(name -> !name.startsWith("head"))
                .toList();
        assertThat(names)
                .containsExactlyInAnyOrder(
                        "first.weight",
                        "first.bias",
                        "second.weight",
                        "second.bias",
                        "third.weight",
                        "third.bias",
                        "fourth.weight",
                        "fourth.bias");
        assertThat(IntStream.range(0, 1).mapToObj(t -> tape(t, 3).isPerTask())).containsOnly(false);
    }

    @Test
    void both_kinds_in_one_net_are_refused() {
        Tape tape = new Tape(2);
        tape.allowPerTask(List.of("a", "b"));
        Node x = tape.input("x", 4);
        Node y = NORM.record(tape, "encoder.0", x, Draws.generator(1));
        assertThatThrownBy(() -> NORM.perTask().record(tape, "encoder.1", y, Draws.generator(1)))
                .hasMessage("""
                        Layer 'encoder.1': the net has both batchNorm(), whose statistics are of all tasks' rows, and batchNorm().perTask(), which reads each task's rows apart.
                        Take one of them throughout.""");
    }
}
