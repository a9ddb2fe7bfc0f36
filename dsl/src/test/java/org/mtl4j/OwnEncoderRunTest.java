package org.mtl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mtl4j.Mtl.adam;
import static org.mtl4j.Mtl.glorotUniform;
import static org.mtl4j.Mtl.hard;
import static org.mtl4j.Mtl.loss;
import static org.mtl4j.Mtl.pcgrad;
import static org.mtl4j.Mtl.sameDiff;
import static org.mtl4j.Mtl.single;
import static org.mtl4j.Toys.CASUAL;
import static org.mtl4j.Toys.RAIN;
import static org.mtl4j.Toys.REGISTERED;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mtl4j.fitted.Metric;
import org.mtl4j.nd4j.OwnGraphs;
import org.mtl4j.nd4j.SameDiffEncoder;

/** A SameDiff encoder in recipes, as a user writes them. */
class OwnEncoderRunTest {

    private static SameDiffEncoder mine() {
        return sameDiff("mine", OwnGraphs.tanh(4, 8, 5), "x", "out");
    }

    private static Recipe recipe(Architecture architecture) {
        return architecture
                .tasks(
                        CASUAL,
                        REGISTERED,
                        RAIN.loss(loss("sigmoid", (sd, p, y) -> sd.loss().sigmoidCrossEntropy(y, p, null))))
                .optimise(adam(1e-2))
                .epochs(3)
                .batch(32)
                .seed(7);
    }

    @Test
    void it_prints_as_the_line_that_makes_it_with_its_variables_counted() {
        assertThat(mine()).hasToString("sameDiff(\"mine\", graph, \"x\", \"out\")");
        assertThat(sameDiff(OwnGraphs.tanh(4, 8, 5), "x", "out")).hasToString("sameDiff(graph, \"x\", \"out\")");
        assertThat(mine().version("2").initialiser(glorotUniform()))
                .hasToString("sameDiff(\"mine\", graph, \"x\", \"out\").version(\"2\").initialiser(glorotUniform())");
        assertThat(hard(mine()).tasks(CASUAL, RAIN).toString())
                .contains("hard(sameDiff(\"mine\", graph, \"x\", \"out\"))")
                .containsPattern("encoder +4 -> 8 +40 ")
                .contains("shared: encoder");
        assertThat(single(mine()).tasks(CASUAL, RAIN).toString())
                .containsPattern("encoder.casual +4 -> 8 +40 ")
                .containsPattern("encoder.rain +4 -> 8 +40 ");
    }

    @Test
    void a_run_has_conflict_scores_and_parameters_by_the_graphs_names() {
        Run run = recipe(hard(mine())).watchConflict(2).fit(Toys.split());
        assertThat(run.history().probes()).isNotEmpty();
        assertThat(run.parameter("encoder.w").shape()).containsExactly(4, 8);
        assertThat(run.parameter("encoder.b").shape()).containsExactly(1, 8);
        assertThat(run.net().toString()).contains("encoder.w");
        assertThat(run.test().value(CASUAL, Metric.R2)).isFinite();
    }

    @Test
    void its_values_are_the_graphs_own_whatever_the_seed_unless_they_are_drawn() {
        float[] one = recipe(hard(mine()))
                .seed(1)
                .initial(Toys.split())
                .parameter("encoder.w")
                .toArray();
        assertThat(recipe(hard(mine()))
                        .seed(2)
                        .initial(Toys.split())
                        .parameter("encoder.w")
                        .toArray())
                .containsExactly(one);
        assertThat(OwnGraphs.uniform(5, 4, 8).data().asFloat()).containsExactly(one);
        Recipe drawn = recipe(hard(mine().initialiser(glorotUniform())));
        float[] first =
                drawn.seed(1).initial(Toys.split()).parameter("encoder.w").toArray();
        assertThat(first).isNotEqualTo(one);
        assertThat(drawn.seed(2).initial(Toys.split()).parameter("encoder.w").toArray())
                .isNotEqualTo(first);
    }

    @Test
    void trainings_side_by_side_give_the_bits_of_one_alone() throws Exception {
        Recipe recipe = recipe(hard(mine())).balance(pcgrad());
        int alone = recipe.fit(Toys.split()).net().hashCode();
        try (Pool pool = new Pool(Executors.newFixedThreadPool(3))) {
            List<Future<Integer>> runs = IntStream.range(0, 6)
                    .mapToObj(i -> pool.service()
                            .submit(() -> recipe.fit(Toys.split()).net().hashCode()))
                    .toList();
            for (Future<Integer> run : runs) {
                assertThat(run.get()).isEqualTo(alone);
            }
        }
    }

    private record Pool(ExecutorService service) implements AutoCloseable {
        @Override
        public void close() {
            service.shutdownNow();
        }
    }

    @Test
    void a_net_of_ones_own_encoder_is_not_saved_and_says_what_is() {
        Run run = recipe(hard(mine())).epochs(1).fit(Toys.split());
        assertThatThrownBy(() -> run.save("never-written"))
                .hasMessage(
                        "sameDiff(\"mine\", graph, \"x\", \"out\") has no form in a file.\nKeep the recipe's lines and train again, or keep run.sameDiff() or run.saveNpz(file), which hold its parameters.");
    }
}
