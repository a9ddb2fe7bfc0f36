package org.mtl4j.train;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.mtl4j.data.Batch;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.sharing.Graph;
import org.mtl4j.task.Labelled;
import org.mtl4j.task.LossKernel;
import org.mtl4j.task.Objective;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.Tape;
import org.mtl4j.tensor.TaskOutput;

/** Mutable, reused: the losses of a graph on rows that it is not trained on. */
final class Validation {

    private final Graph graph;
    private final List<String> names;
    private final MultiTaskData data;
    private final Stopping stopping;
    private final Batch batch;
    private final int[] order;
    private final LossKernel[] kernels;
    private final Labelled[] labelled;

    Validation(Graph graph, MultiTaskData data, Stopping stopping, int chunk) {
        this.graph = graph;
        this.data = data;
        this.stopping = stopping;
        names = graph.tasks();
        order = IntStream.range(0, data.rows()).toArray();
        batch = new Batch(data, names, chunk);
        kernels = graph.objectives().stream()
                .map(o -> new LossKernel(o.task().loss()))
                .toArray(LossKernel[]::new);
        labelled =
                IntStream.range(0, names.size()).mapToObj(t -> new Labelled()).toArray(Labelled[]::new);
        for (int t = 0; t < labelled.length; t++) {
            graph.bindOwn(t, labelled[t]);
        }
    }

    /** The mean loss per task over its labelled rows, unweighted; NaN without any. */
    List<Double> losses() {
        double[] sums = new double[kernels.length];
        int[] counts = new int[kernels.length];
        for (int from = 0; from < data.rows(); from += batch.capacity()) {
            batch.fill(order, from, Math.min(data.rows(), from + batch.capacity()));
            add(sums, counts);
        }
        List<Double> losses = new ArrayList<>();
        for (int t = 0; t < sums.length; t++) {
            losses.add(counts[t] == 0 ? Double.NaN : sums[t] / counts[t]);
        }
        return losses;
    }

    private void add(double[] sums, int[] counts) {
        Tape tape = graph.tape();
        graph.bind(batch);
        tape.forward(batch.rows(), Node.Pass.EVALUATE);
        for (int t = 0; t < kernels.length; t++) {
            TaskOutput output = tape.output(t);
            labelled[t].outputs(output.values(), output.signal(), output.column(), output.width(), output.stride());
            labelled[t].places(output.places());
            int width = graph.objectives().get(t).targetWidth();
            labelled[t].targets(batch.target(t), width, batch.labelledPlaces(t), batch.places(t));
            sums[t] += kernels[t].evaluate(labelled[t], 0) * batch.places(t);
            counts[t] += batch.places(t);
        }
    }

    /** The first task with labels here whose loss is not finite; -1 for none. */
    int broken(List<Double> losses) {
        return IntStream.range(0, losses.size())
                .filter(t -> !Double.isFinite(losses.get(t))
                        && data.target(names.get(t)).labelled() > 0)
                .findFirst()
                .orElse(-1);
    }

    /** What early stopping watches; NaN where the part has no label for it. */
    double criterion(List<Double> losses) {
        if (!stopping.task().isEmpty()) {
            return losses.get(names.indexOf(stopping.task()));
        }
        double sum = 0;
        int counted = 0;
        for (int t = 0; t < losses.size(); t++) {
            if (!Double.isNaN(losses.get(t))) {
                Objective objective = graph.objectives().get(t);
                sum += objective.task().weight() * losses.get(t);
                counted++;
            }
        }
        return counted == 0 ? Double.NaN : sum;
    }
}
