package org.mtl4j;

import static org.mtl4j.Mtl.task;

import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.data.Split;
import org.mtl4j.task.Task;
import org.tribuo.classification.Label;
import org.tribuo.regression.Regressor;

/** Small data that the tests of the DSL share: four features, two regressions and a class that can be learned. */
public final class Toys {

    static final Task<Regressor> CASUAL = task("casual").regression();
    static final Task<Regressor> REGISTERED = task("registered").regression();
    static final Task<Label> RAIN = task("rain").binary();

    private Toys() {}

    /** Rows of which each carries each label with this probability. */
    static MultiTaskData rows(int rows, double labelled, long seed) {
        Random random = new Random(seed);
        double[][] x = new double[rows][4];
        double[] casual = new double[rows];
        double[] registered = new double[rows];
        @Nullable String[] rain = new String[rows];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < 4; c++) {
                x[r][c] = random.nextGaussian();
            }
            double noise = 0.3 * random.nextGaussian();
            casual[r] = random.nextDouble() < labelled ? 100 + 20 * x[r][0] - 10 * x[r][1] + noise : Double.NaN;
            registered[r] = random.nextDouble() < labelled ? 5 * x[r][0] * x[r][2] + 3 * x[r][1] : Double.NaN;
            rain[r] = random.nextDouble() < labelled ? (x[r][3] + noise > 0 ? "wet" : "dry") : null;
        }
        return MultiTaskData.dense(x)
                .target(CASUAL, casual)
                .target(REGISTERED, registered)
                .target(RAIN, rain);
    }

    /** 140 training, 30 validation and 30 test rows, all labelled. */
    public static Split split() {
        return rows(200, 1, 3).split(0.7, 0.15, 0.15).seed(7);
    }
}
