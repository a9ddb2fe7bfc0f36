package org.mtl4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.mtl4j.balance.Equal;
import org.mtl4j.data.Batch;
import org.mtl4j.data.InputForm;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.optimise.Sgd;
import org.mtl4j.sharing.Graph;
import org.mtl4j.sharing.Sharing;
import org.mtl4j.task.Objective;
import org.mtl4j.task.Task;
import org.mtl4j.tensor.Parameter;

/** The losses of a whole net on all rows of some data, and their gradients: by a pass of each task, by differences, as a Gram. */
final class LossRig {

    private static final double STEP = 1e-3;

    private final Graph graph;
    private final Stepper stepper;
    private final Batch batch;

    LossRig(Sharing sharing, MultiTaskData data, List<Task<?>> tasks, long seed) {
        List<Objective> objectives =
                tasks.stream().map(task -> Objective.bind(task, data)).toList();
        graph = Graph.build(sharing, InputForm.of(data), objectives, seed);
        stepper = new Stepper(graph, new Equal(), Sgd.of(1), 1, data.rows(), seed);
        stepper.reserveProbes(data.rows());
        batch = new Batch(data, graph.tasks(), data.rows());
        batch.fill(IntStream.range(0, data.rows()).toArray(), 0, data.rows());
    }

    private float[] values() {
        return graph.tape().parameters().values();
    }

    /** The loss of each task. */
    double[] losses() {
        stepper.probe(batch, 1);
        return stepper.losses().clone();
    }

    /** The gradient of one task's loss by all parameters of layers, by a pass of its own. */
    float[] gradient(int task) {
        stepper.probe(batch, 1); // writes the signals at the heads
        double[] one = new double[graph.tasks().size()];
        one[task] = 1;
        graph.tape().backward(one);
        return graph.tape().parameters().gradient().clone();
    }

    private double slope(int task, int parameter) {
        float[] values = values();
        float here = values[parameter];
        values[parameter] = (float) (here + STEP);
        double up = values[parameter];
        double above = losses()[task];
        values[parameter] = (float) (here - STEP);
        double below = losses()[task];
        double slope = (above - below) / (up - values[parameter]);
        values[parameter] = here;
        return slope;
    }

    /** A pass of its own gives each task the slopes of central differences, at every n-th parameter. */
    void checkSlopes(int every, double relative, double absolute) {
        for (int task = 0; task < graph.tasks().size(); task++) {
            float[] gradient = gradient(task);
            int moved = 0;
            for (Parameter parameter : graph.tape().parameters().list()) {
                boolean others = parameter.name().startsWith("head.")
                        && !parameter.name().startsWith("head." + graph.tasks().get(task) + ".");
                for (int i = 0; i < parameter.size() && !others; i += every) {
                    int at =
                            parameter.offset() + i / parameter.columns() * parameter.stride() + i % parameter.columns();
                    double slope = slope(task, at);
                    moved += Math.abs(slope) > absolute ? 1 : 0;
                    assertThat((double) gradient[at])
                            .as("task %s, %s[%d]", graph.tasks().get(task), parameter.name(), i)
                            .isCloseTo(slope, within(absolute + relative * Math.abs(slope)));
                }
            }
            assertThat(moved).as("slopes that are not nearly 0").isGreaterThan(10);
        }
    }

    /** One stacked pass gives the inner products of the gradients by a pass of each task, over the layers that they share. */
    void checkGram() {
        int tasks = graph.tasks().size();
        List<String> shared = graph.tape().sharedLayers();
        float[][] gradients = new float[tasks][];
        for (int t = 0; t < tasks; t++) {
            gradients[t] = gradient(t);
        }
        double[] total = stepper.probe(batch, 1).total().toArray();
        for (int i = 0; i < tasks; i++) {
            for (int j = 0; j < tasks; j++) {
                double sum = 0;
                for (Parameter parameter : graph.tape().parameters().list()) {
                    boolean counts =
                            shared.stream().anyMatch(layer -> parameter.name().startsWith(layer + "."));
                    for (int k = parameter.offset(); counts && k < parameter.offset() + parameter.size(); k++) {
                        sum += (double) gradients[i][k] * gradients[j][k];
                    }
                }
                assertThat(Math.abs(sum)).as("[%d, %d]", i, j).isGreaterThan(1e-8);
                assertThat(total[i * tasks + j])
                        .as("[%d, %d]", i, j)
                        .isCloseTo(sum, within(1e-6 + 1e-3 * Math.abs(sum)));
            }
        }
    }
}
