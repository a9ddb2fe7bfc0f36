package org.mtl4j.fitted;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.mtl4j.data.Input;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.data.Origin;
import org.mtl4j.data.Scale;
import org.mtl4j.data.Standardisation;
import org.mtl4j.data.TargetColumn;
import org.mtl4j.layer.Mlp;
import org.mtl4j.sharing.Graph;
import org.mtl4j.sharing.Hard;
import org.mtl4j.sharing.Sharing;
import org.mtl4j.task.Objective;
import org.mtl4j.task.Task;
import org.tribuo.classification.Label;
import org.tribuo.regression.Regressor;

/** Small nets and data that the tests of this package share. */
final class Nets {

    static final Task<Label> INCOME = Task.named("income").binary();
    static final Task<Label> SHAPE = Task.named("shape").classes();
    static final Task<Regressor> PRICE = Task.named("price").regression();
    static final Origin ORIGIN =
            Origin.titled("Toy <script>alert(1)</script>").licence("CC0").sha256("ab".repeat(32));
    static final Lineage LINEAGE = Lineage.of(
            List.of("hard(mlp(5)).tasks(income, shape, price)", "    .balance(pcgrad())", "    .seed(7)"),
            7,
            ORIGIN,
            OffsetDateTime.parse("2026-01-02T03:04:05Z"));

    private Nets() {}

    /** Rows with three features; a fifth of the labels of each task is missing. */
    static MultiTaskData data(int rows, long seed) {
        Random random = new Random(seed);
        float[] x = new float[rows * 3];
        int[] income = new int[rows];
        int[] shape = new int[rows];
        float[] price = new float[rows];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < 3; c++) {
                x[r * 3 + c] = (float) (random.nextGaussian() * (c + 1) + 10 * c);
            }
            income[r] = random.nextInt(5) == 0 ? -1 : random.nextInt(2);
            shape[r] = random.nextInt(5) == 0 ? -1 : random.nextInt(3);
            price[r] = random.nextInt(5) == 0 ? Float.NaN : (float) (100 + 20 * random.nextGaussian());
        }
        return MultiTaskData.of(
                        Map.of("features", Input.Dense.of(List.of("age", "<script>", "hours"), x)),
                        List.of(
                                TargetColumn.Classes.of("income", List.of("high", "low"), income),
                                TargetColumn.Classes.of("shape", List.of("circle", "line", "square"), shape),
                                TargetColumn.Reals.of("price", List.of("DIM-0"), price)))
                .origin(ORIGIN);
    }

    /** A net with parameters from a seed, fitted on {@link #data} of 200 rows. */
    static Net net() {
        return net(new Hard(Mlp.of(5)));
    }

    static Net net(Sharing sharing) {
        MultiTaskData train = data(200, 1);
        List<Objective> objectives = new ArrayList<>();
        List.of(INCOME, SHAPE, PRICE).forEach(task -> objectives.add(Objective.bind(task, train)));
        Graph graph = Graph.build(sharing, "features", 3, objectives, 11);
        return Net.of(graph, train, Standardisation.fit(train), LINEAGE);
    }

    /** Features a and b, untouched by standardisation; price has mean 100 and scale 10. */
    static Standardisation handScales() {
        return Standardisation.of(
                Map.of("features", Scale.of(new double[] {0, 0}, new double[] {1, 1})),
                Map.of("price", Scale.of(new double[] {100}, new double[] {10})));
    }

    /** One row of the features a = 1 and b = 2. */
    static MultiTaskData handData() {
        return MultiTaskData.of(
                Map.of("features", Input.Dense.of(List.of("a", "b"), new float[] {1, 2, 0, 0})),
                List.of(
                        TargetColumn.Classes.of("income", List.of("high", "low"), new int[] {0, 1}),
                        TargetColumn.Reals.of("price", List.of("DIM-0"), new float[] {90, 110})));
    }

    /** A graph of income and price for {@link #handData}. */
    static Graph handGraph(Sharing sharing) {
        MultiTaskData data = handData();
        List<Objective> objectives = List.of(Objective.bind(INCOME, data), Objective.bind(PRICE, data));
        return Graph.build(sharing, "features", 2, objectives, 3);
    }

    static void set(Graph graph, String parameter, float... numbers) {
        graph.tape().parameters().set(graph.tape().parameters().get(parameter), numbers);
    }
}
