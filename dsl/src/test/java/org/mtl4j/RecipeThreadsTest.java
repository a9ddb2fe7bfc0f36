package org.mtl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mtl4j.Mtl.ablate;
import static org.mtl4j.Mtl.balancer;
import static org.mtl4j.Mtl.hard;
import static org.mtl4j.Mtl.mlp;
import static org.mtl4j.Mtl.pcgrad;
import static org.mtl4j.Toys.CASUAL;
import static org.mtl4j.Toys.RAIN;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.balance.Balancer;
import org.mtl4j.data.Split;
import org.mtl4j.train.Ending;
import org.mtl4j.train.History;
import org.mtl4j.train.Training;
import org.mtl4j.train.TrainingListener;

class RecipeThreadsTest {

    private static final Split SPLIT =
            Toys.rows(300, 0.9, 3).split(0.7, 0.15, 0.15).seed(7);

    /** Products of 128 x 200 x 120, which are divided. */
    private static final Recipe RECIPE = hard(mlp(200, 120))
            .tasks(CASUAL, RAIN)
            .balance(pcgrad())
            .batch(128)
            .epochs(3)
            .seed(7);

    @TempDir
    Path folder;

    /** The threads that work beside a training's own when it ends. */
    private static int hands(Recipe recipe) {
        Set<Thread> hands = new HashSet<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void started(Started event) {}

            @Override
            public void progress(Progress event) {}

            @Override
            public void ended(History history) {
                hands.addAll(hands());
            }
        };
        Set<Thread> others = hands();
        recipe.fit(SPLIT, new Training.Audience("", listener));
        hands.removeAll(others);
        return hands.size();
    }

    private static Set<Thread> hands() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("mtl4j-hand"))
                .collect(Collectors.toSet());
    }

    @Test
    void a_run_has_the_same_bits_on_any_number_of_threads() {
        String one = Bits.digest(RECIPE.threads(1).fit(SPLIT));
        for (Recipe recipe : List.of(RECIPE, RECIPE.threads(2), RECIPE.threads(3))) {
            assertThat(Bits.digest(recipe.fit(SPLIT))).isEqualTo(one);
        }
    }

    @Test
    void a_training_has_the_threads_that_it_is_told() {
        assertThat(hands(RECIPE.threads(3))).isEqualTo(2);
        assertThat(hands(RECIPE.threads(1))).isZero();
    }

    @Test
    void without_a_word_a_training_has_those_of_the_property() {
        System.setProperty("mtl4j.threads", "4");
        try {
            assertThat(hands(RECIPE)).isEqualTo(3);
        } finally {
            System.clearProperty("mtl4j.threads");
        }
    }

    @Test
    void a_net_of_small_layers_stays_on_one_thread() {
        assertThat(hands(RECIPE.batch(16).threads(4))).isZero();
    }

    @Test
    void trainings_of_a_study_are_on_one_thread_each() {
        Set<Thread> others = hands();
        Set<Thread> during = new HashSet<>();
        Balancer spying = balancer("spying", step -> {
            during.addAll(hands());
            return new double[] {1, 1};
        });
        ablate(RECIPE.threads(3).epochs(1).balance(spying))
                .subsets()
                .seeds(1)
                .workers(1)
                .run(SPLIT);
        during.removeAll(others);
        assertThat(during).isEmpty();
    }

    @Test
    void a_training_that_stopped_on_one_thread_goes_on_with_the_same_bits_on_two() {
        String file = folder.resolve("state").toString();
        Balancer interrupting = new Interrupting(pcgrad(), 3);
        Run part = RECIPE.balance(interrupting).threads(1).checkpoint(file).fit(SPLIT);
        assertThat(part.history().ending()).isInstanceOf(Ending.Interrupted.class);
        Run rest = RECIPE.threads(2).resume(file).fit(SPLIT);
        assertThat(Bits.digest(rest)).isEqualTo(Bits.digest(RECIPE.fit(SPLIT)));
    }

    @Test
    void an_interrupt_stops_a_training_on_several_threads_and_keeps_what_was_learned() {
        Run one = RECIPE.balance(new Interrupting(pcgrad(), 3)).threads(1).fit(SPLIT);
        Run two = RECIPE.balance(new Interrupting(pcgrad(), 3)).threads(2).fit(SPLIT);
        assertThat(two.history().ending()).isInstanceOf(Ending.Interrupted.class);
        assertThat(Bits.digest(two)).isEqualTo(Bits.digest(one));
    }

    @Test
    void threads_are_printed_where_they_are_said_and_are_no_part_of_what_is_learned() {
        assertThat(RECIPE.threads(2).toString()).contains("\n    .threads(2)\n");
        assertThat(RECIPE.toString()).doesNotContain("threads");
        String lineage = RECIPE.threads(2).initial(SPLIT).lineage().recipe().toString();
        assertThat(lineage).doesNotContain("threads");
    }

    @Test
    void a_number_that_is_none_of_threads_is_named() {
        assertThatThrownBy(() -> RECIPE.threads(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "threads(0): a training has 1 to 256 threads.%nGive 1 for one thread, or leave it out for the cores of the machine."
                                .formatted());
    }
}
