package org.mtl4j.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.mtl4j.data.Batch;
import org.mtl4j.data.Input;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.data.TargetColumn;
import org.mtl4j.task.Objective;
import org.mtl4j.task.Task;
import org.mtl4j.tensor.Draws;

/** Random rows of three tasks (two classes, three classes, two numbers), and batches of them. */
final class Steppers {

    static final int WIDTH = 6;
    static final List<String> NAMES = List.of("binary", "classes", "numbers");

    private Steppers() {}

    static List<Objective> objectives() {
        return List.of(
                new Objective(Task.named("binary").binary().weight(0.5), 1, List.of("no", "yes")),
                new Objective(Task.named("classes").classes(), 3, List.of("a", "b", "c")),
                new Objective(Task.named("numbers").regression(), 2, List.of("x", "y")));
    }

    /** A batch in which each row carries each label with this probability. */
    static Batch batch(int rows, double labelled, long seed) {
        return all(data(rows, labelled, seed));
    }

    /** A batch of all rows. */
    static Batch all(MultiTaskData data) {
        Batch batch = new Batch(data, NAMES, data.rows());
        batch.fill(IntStream.range(0, data.rows()).toArray(), 0, data.rows());
        return batch;
    }

    /** Rows of which each carries each label with this probability. */
    static MultiTaskData data(int rows, double labelled, long seed) {
        RandomGenerator random = Draws.generator(seed);
        float[] x = new float[rows * WIDTH];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) (2 * Draws.uniform(random) - 1);
        }
        float[] binary = new float[rows];
        int[] classes = new int[rows];
        float[] numbers = new float[2 * rows];
        for (int r = 0; r < rows; r++) {
            binary[r] = Draws.uniform(random) < labelled ? Draws.below(2, random) : Float.NaN;
            classes[r] = Draws.uniform(random) < labelled ? Draws.below(3, random) : -1;
            boolean has = Draws.uniform(random) < labelled;
            numbers[2 * r] = has ? (float) Draws.uniform(random) : Float.NaN;
            numbers[2 * r + 1] = has ? (float) Draws.uniform(random) : Float.NaN;
        }
        List<String> features = IntStream.range(0, WIDTH).mapToObj(i -> "f" + i).toList();
        List<TargetColumn> targets = new ArrayList<>();
        targets.add(TargetColumn.Reals.of("binary", List.of("binary"), binary)); // 0 or 1, as training encodes it
        targets.add(TargetColumn.Classes.of("classes", List.of("a", "b", "c"), classes));
        targets.add(TargetColumn.Reals.of("numbers", List.of("x", "y"), numbers));
        return MultiTaskData.of(Map.of("features", Input.Dense.of(features, x)), targets);
    }
}
