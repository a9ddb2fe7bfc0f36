package org.mtl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mtl4j.Mtl.adam;
import static org.mtl4j.Mtl.equal;
import static org.mtl4j.Mtl.hard;
import static org.mtl4j.Mtl.mlp;
import static org.mtl4j.Mtl.pcgrad;
import static org.mtl4j.Mtl.uncertainty;
import static org.mtl4j.Toys.CASUAL;
import static org.mtl4j.Toys.RAIN;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mtl4j.balance.Balancer;
import org.mtl4j.data.Batch;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.data.Split;
import org.mtl4j.fitted.Metric;
import org.mtl4j.layer.Mlp;
import org.mtl4j.optimise.Sgd;
import org.mtl4j.sharing.Graph;
import org.mtl4j.sharing.Hard;
import org.mtl4j.task.Task;
import org.mtl4j.tensor.Gram;
import org.mtl4j.tensor.Parameters;
import org.mtl4j.train.Epoch;
import org.mtl4j.train.Prepared;
import org.mtl4j.train.Stepper;

/** Two sources with the same features, each with the labels of one task only, trained as one table. */
class StackedSourcesTest {

    private static final List<Task<?>> TASKS = List.of(CASUAL, RAIN);
    private static final Split SPLIT = MultiTaskData.stack(only("casual", 5), only("rain", 6))
            .split(0.7, 0.15, 0.15)
            .seed(7);

    /** 300 rows of which nothing but one target is known. */
    private static MultiTaskData only(String target, long seed) {
        MultiTaskData rows = Toys.rows(300, 1, seed);
        return MultiTaskData.of(
                Map.of(MultiTaskData.FEATURES, rows.input(MultiTaskData.FEATURES)), List.of(rows.target(target)));
    }

    static Stream<Balancer> balancers() {
        return Stream.of(equal(), uncertainty(), pcgrad());
    }

    @Test
    void every_row_carries_the_label_of_its_own_source_and_no_other() {
        MultiTaskData train = SPLIT.train();
        assertThat(train.rows()).isEqualTo(420);
        assertThat(train.targets()).containsExactly("casual", "rain");
        for (int r = 0; r < train.rows(); r++) {
            assertThat(train.target("casual").isLabelled(r))
                    .isNotEqualTo(train.target("rain").isLabelled(r));
        }
    }

    @ParameterizedTest
    @MethodSource("balancers")
    void both_tasks_learn_in_a_shared_encoder(Balancer balancer) {
        Run run = hard(mlp(16, 8))
                .tasks(CASUAL, RAIN)
                .balance(balancer)
                .optimise(adam(1e-2))
                .epochs(30)
                .batch(16)
                .seed(3)
                .fit(SPLIT);
        assertThat(run.test().value(CASUAL, Metric.R2)).isGreaterThan(0.9);
        assertThat(run.test().value(RAIN, Metric.AUC)).isGreaterThan(0.9);
        for (Epoch epoch : run.history().epochs()) {
            assertThat(epoch.trainLosses()).allMatch(Double::isFinite);
        }
    }

    @ParameterizedTest
    @MethodSource("balancers")
    void a_batch_without_labels_of_a_task_moves_nothing_for_it(Balancer balancer) {
        Prepared prepared = Prepared.of(SPLIT, TASKS);
        MultiTaskData train = prepared.train();
        int[] withCasual = IntStream.range(0, train.rows())
                .filter(row -> train.target("casual").isLabelled(row))
                .limit(16)
                .toArray();
        Batch batch = new Batch(train, List.of("casual", "rain"), withCasual.length);
        batch.fill(withCasual, 0, withCasual.length);
        Graph graph = Graph.build(new Hard(Mlp.of(16)), prepared.inputs(), prepared.objectives(), 3);
        Stepper stepper = new Stepper(graph, balancer, Sgd.of(0.1), 10, withCasual.length, 5);
        stepper.reserveProbes(withCasual.length);

        Gram gram = stepper.probe(batch, 1).total();
        assertThat(gram.get(0, 0)).isPositive();
        assertThat(gram.get(0, 1)).isZero();
        assertThat(gram.get(1, 1)).isZero();

        float[] rainHead = head(graph, "rain");
        float[] casualHead = head(graph, "casual");
        stepper.step(batch);
        assertThat(stepper.losses()[0]).isPositive();
        assertThat(stepper.losses()[1]).isZero();
        assertThat(head(graph, "rain")).containsExactly(rainHead);
        assertThat(head(graph, "casual")).isNotEqualTo(casualHead);
    }

    private static float[] head(Graph graph, String task) {
        Parameters parameters = graph.tape().parameters();
        return parameters.copyOf(parameters.get("head." + task + ".weight"));
    }
}
