package org.mtl4j.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.mtl4j.data.Batch;
import org.mtl4j.data.Input;
import org.mtl4j.data.InputForm;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.data.TargetColumn;
import org.mtl4j.optimise.Adam;
import org.mtl4j.sharing.Graph;
import org.mtl4j.sharing.Hard;
import org.mtl4j.task.Objective;
import org.mtl4j.task.Task;
import org.mtl4j.train.Stepper;

/** Mutable: a net in training on four random batches that lie in memory. The data are drawn from fixed seeds. */
final class Stepping {

    /** Batches that are cycled, as in the peers' scripts. */
    static final int BATCHES = 4;

    /** Adam's rate, as in the peers' scripts. */
    static final double RATE = 1e-3;

    private static final long SEED = 1;
    private static final long PLANNED_STEPS = 1_000_000;

    final Stepper stepper;
    private final Workload workload;
    private final Labels labels;
    private final int tasks;
    private final int rows;
    private final Batch[] batches = new Batch[BATCHES];
    private final SplittableRandom random = new SplittableRandom(SEED);
    private int next;

    /** Training of a workload with its own number of tasks. */
    Stepping(Workload workload, Method method, int rows, Labels labels) {
        this(workload, method, rows, labels, workload.tasks);
    }

    Stepping(Workload workload, Method method, int rows, Labels labels, int tasks) {
        this.workload = workload;
        this.tasks = tasks;
        this.labels = labels;
        this.rows = rows;
        MultiTaskData data = data();
        List<Objective> objectives = names().stream()
                .map(name -> Objective.bind(Task.named(name).classes(), data))
                .toList();
        List<InputForm> inputs = InputForm.of(data);
        Graph graph = Graph.build(new Hard(workload.encoder()), inputs, objectives, SEED);
        stepper = new Stepper(graph, method.balancer(), Adam.of(RATE), PLANNED_STEPS, rows, SEED);
        int[] order = IntStream.range(0, BATCHES * rows).toArray();
        for (int b = 0; b < BATCHES; b++) {
            batches[b] = new Batch(data, names(), rows);
            batches[b].fill(order, b * rows, (b + 1) * rows);
        }
    }

    private List<String> names() {
        return IntStream.range(0, tasks).mapToObj(t -> "t" + t).toList();
    }

    private MultiTaskData data() {
        int all = BATCHES * rows;
        float[] x = new float[all * workload.inputs];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) random.nextGaussian();
        }
        List<String> classes =
                IntStream.range(0, workload.classes).mapToObj(String::valueOf).toList();
        List<TargetColumn> targets = new ArrayList<>();
        for (String name : names()) {
            int[] y = random.ints(all, 0, workload.classes).toArray();
            targets.add(TargetColumn.Classes.of(name, classes, y));
        }
        Map<String, Input> inputs = new LinkedHashMap<>();
        inputs.put(MultiTaskData.FEATURES, workload.input(x));
        return MultiTaskData.of(inputs, targets);
    }

    /** The batch of the next step, with new labels where they are {@link Labels#FRESH}. Nothing is allocated. */
    Batch next() {
        Batch batch = batches[next];
        next = (next + 1) % BATCHES;
        if (labels == Labels.FRESH) {
            for (int t = 0; t < tasks; t++) {
                float[] target = batch.target(t);
                for (int r = 0; r < rows; r++) {
                    target[r] = random.nextInt(workload.classes);
                }
            }
        }
        return batch;
    }

    /** Takes steps for this long, so that all of them are compiled. */
    void warmUp(double seconds) {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        while (System.nanoTime() < end) {
            stepper.step(next());
        }
    }
}
