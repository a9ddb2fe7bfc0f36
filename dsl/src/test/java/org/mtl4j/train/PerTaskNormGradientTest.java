package org.mtl4j.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mtl4j.data.Inputs;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.layer.Dense;
import org.mtl4j.layer.Sequential;
import org.mtl4j.sharing.Hard;
import org.mtl4j.task.Task;
import org.mtl4j.tensor.Activation;
import org.mtl4j.tensor.BatchNorm;
import org.tribuo.regression.Regressor;

/** Each task's batch statistics are of its own labelled rows: its gradient is that of central differences through them. */
class PerTaskNormGradientTest {

    private static final int ROWS = 12;
    private static final List<Task<Regressor>> TASKS = List.of(
            Task.named("a").regression(),
            Task.named("b").regression(),
            Task.named("c").regression());

    private static MultiTaskData data(long seed) {
        Random random = new Random(seed);
        double[][] x = new double[ROWS][4];
        for (double[] row : x) {
            for (int c = 0; c < row.length; c++) {
                row[c] = random.nextGaussian();
            }
        }
        MultiTaskData rows = MultiTaskData.of("features", Inputs.features(x));
        for (int t = 0; t < TASKS.size(); t++) {
            double[] y = new double[ROWS];
            for (int r = 0; r < ROWS; r++) {
                y[r] = t > 0 && (r + t) % 3 == 0 ? Double.NaN : random.nextGaussian();
            }
            rows = rows.target(TASKS.get(t), y);
        }
        return rows;
    }

    private static LossRig rig(long seed) {
        Sequential net = Sequential.of(
                Dense.of(5),
                new BatchNorm(0.1, 1e-2).perTask(),
                new Activation.Tanh(),
                Dense.of(4),
                new BatchNorm(0.1, 1e-2).perTask(),
                new Activation.Tanh());
        return new LossRig(new Hard(net), data(seed), new ArrayList<>(TASKS), seed);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void the_gradient_is_that_of_central_differences(long seed) {
        rig(seed).checkSlopes(1, 0.02, 1e-3);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void one_stacked_pass_gives_what_a_pass_per_task_gives(long seed) {
        rig(seed).checkGram();
    }
}
