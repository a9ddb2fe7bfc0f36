package org.mtl4j.fitted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mtl4j.data.Input;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.layer.Mlp;
import org.mtl4j.sharing.Graph;
import org.mtl4j.sharing.Hard;
import org.mtl4j.sharing.Single;
import org.mtl4j.task.Objective;
import org.mtl4j.task.Task;
import org.mtl4j.tensor.Activation;
import org.tribuo.classification.Label;

class NetTest {

    @Test
    void a_hard_net_predicts_what_a_hand_computes() {
        Graph graph = Nets.handGraph(new Hard(Mlp.of(2)));
        Nets.set(graph, "encoder.0.weight", 1, -1, 0.5f, 1); // h = relu([1, 2] W + b) = relu([2, 1.5]) = [2, 1.5]
        Nets.set(graph, "encoder.0.bias", 0, 0.5f);
        Nets.set(graph, "head.income.weight", 1, 2);
        Nets.set(graph, "head.income.bias", -4); // 2 + 3 - 4 = 1
        Nets.set(graph, "head.price.weight", 0.5f, -1);
        Nets.set(graph, "head.price.bias", 0.25f); // 1 - 1.5 + 0.25 = -0.25
        Predictions p =
                Net.of(graph, Nets.handData(), Nets.handScales(), Nets.LINEAGE).predict(Nets.handData());
        double positive = 1 / (1 + Math.exp(-1)); // the later class, 'low'
        assertThat(p.probabilities(Nets.INCOME)[0])
                .containsExactly(new double[] {1 - positive, positive}, within(1e-7));
        assertThat(p.labels(Nets.INCOME).get(0)).isEqualTo("low");
        assertThat(p.numbers(Nets.PRICE)[0][0]).isEqualTo(97.5); // 100 - 0.25 * 10
    }

    @Test
    void a_single_net_predicts_what_a_hand_computes() {
        Graph graph = Nets.handGraph(new Single(Mlp.of(1).activation(new Activation.Identity())));
        Nets.set(graph, "encoder.income.0.weight", 1, 1);
        Nets.set(graph, "encoder.income.0.bias", 0);
        Nets.set(graph, "head.income.weight", -1);
        Nets.set(graph, "head.income.bias", 1); // -(1 + 2) + 1 = -2
        Nets.set(graph, "encoder.price.0.weight", 2, -1);
        Nets.set(graph, "encoder.price.0.bias", 1);
        Nets.set(graph, "head.price.weight", 3);
        Nets.set(graph, "head.price.bias", 0); // 3 (2 - 2 + 1) = 3
        Predictions p =
                Net.of(graph, Nets.handData(), Nets.handScales(), Nets.LINEAGE).predict(Nets.handData());
        assertThat(p.probabilities("income")[0][1]).isCloseTo(1 / (1 + Math.exp(2)), within(1e-7));
        assertThat(p.labels("income").get(0)).isEqualTo("high");
        assertThat(p.numbers("price")[0][0]).isEqualTo(130);
    }

    @Test
    void the_log_odds_are_those_of_the_class_that_is_named_positive() {
        Task<Label> high = Task.named("income").positive("high");
        MultiTaskData data = Nets.handData();
        Graph graph = Graph.build(new Hard(Mlp.of(1)), "features", 2, List.of(Objective.bind(high, data)), 1);
        Nets.set(graph, "head.income.weight", 0);
        Nets.set(graph, "head.income.bias", 3);
        Predictions p = Net.of(graph, data, Nets.handScales(), Nets.LINEAGE).predict(data);
        assertThat(p.labels(high)).containsExactly("high", "high");
        assertThat(p.probabilities(high)[0][0]).isCloseTo(1 / (1 + Math.exp(-3)), within(1e-7));
    }

    @Test
    void a_row_has_the_same_bits_alone_and_among_others() {
        Net net = Nets.net(new Hard(Mlp.of(37, 19)));
        MultiTaskData data = Nets.data(150, 5);
        Predictions all = net.predict(data);
        for (int row : new int[] {0, 1, 63, 64, 149}) {
            Predictions one = net.predict(data.select(row));
            for (String task : all.tasks()) {
                assertThat(one.matrix(task).toRows()[0])
                        .isEqualTo(all.matrix(task).toRows()[row]);
            }
        }
    }

    @Test
    void features_in_another_order_give_the_same_bits() {
        MultiTaskData data = Nets.data(30, 2);
        Input.Dense input = (Input.Dense) data.input("features");
        float[] permuted = new float[90];
        for (int r = 0; r < 30; r++) {
            permuted[3 * r] = input.get(r, 2);
            permuted[3 * r + 1] = input.get(r, 0);
            permuted[3 * r + 2] = input.get(r, 1);
        }
        MultiTaskData other = MultiTaskData.of(
                Map.of("features", Input.Dense.of(List.of("hours", "age", "<script>"), permuted)), List.of());
        Net net = Nets.net();
        assertThat(net.predict(other)).isEqualTo(net.predict(data));
    }

    @Test
    void missing_and_extra_features_are_listed() {
        MultiTaskData data = MultiTaskData.of(
                Map.of("features", Input.Dense.of(List.of("age", "height", "hours"), new float[3])), List.of());
        assertThatThrownBy(() -> Nets.net().predict(data))
                .hasMessage(
                        "Input 'features': the net was trained on 3 features; the data lacks <script> and has height beside them.\nGive exactly the features of the training data, in any order.");
    }

    @Test
    void eight_threads_at_once_get_the_same_bits() throws Exception {
        Net net = Nets.net(new Hard(Mlp.of(64, 32)));
        MultiTaskData data = Nets.data(500, 9);
        Predictions expected = net.predict(data);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Predictions>> calls = IntStream.range(0, 64)
                    .<Callable<Predictions>>mapToObj(i -> () -> net.predict(data))
                    .toList();
            List<Predictions> found = new ArrayList<>();
            for (Future<Predictions> call : threads.invokeAll(calls)) {
                found.add(call.get());
            }
            assertThat(found).allMatch(expected::equals);
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void training_on_does_not_change_the_net() {
        Graph graph = Nets.handGraph(new Hard(Mlp.of(2)));
        Net net = Net.of(graph, Nets.handData(), Nets.handScales(), Nets.LINEAGE);
        Predictions before = net.predict(Nets.handData());
        Nets.set(graph, "head.price.bias", 1000);
        assertThat(net.predict(Nets.handData())).isEqualTo(before);
        assertThat(net.parameter("head.price.bias").get(0, 0)).isNotEqualTo(1000);
    }

    @Test
    void a_balancers_own_parameters_are_left_out() {
        Graph graph = Nets.handGraph(new Hard(Mlp.of(2)));
        graph.tape().parameters().addVector("uncertainty.log-variance", new float[2]);
        Net net = Net.of(graph, Nets.handData(), Nets.handScales(), Nets.LINEAGE);
        assertThat(net.parameters())
                .extracting(Matrix::toString)
                .containsExactly(
                        "encoder.0.weight [2, 2]",
                        "encoder.0.bias [1, 2]",
                        "head.income.weight [2, 1]",
                        "head.income.bias [1, 1]",
                        "head.price.weight [2, 1]",
                        "head.price.bias [1, 1]");
        assertThatThrownBy(() -> net.parameter("encoder.9.weight")).hasMessageContaining("encoder.0.weight, encoder.0");
    }
}
