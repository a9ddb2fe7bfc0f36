package org.mtl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mtl4j.Mtl.hard;
import static org.mtl4j.Mtl.mlp;
import static org.mtl4j.Mtl.transfer;
import static org.mtl4j.Toys.CASUAL;
import static org.mtl4j.Toys.RAIN;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Same recipe, data and seed give the same bits. */
class DeterminismTest {

    static Collection<Recipe> recipes() {
        return Bits.recipes().values();
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void a_recipe_gives_the_same_bits_again_and_in_two_threads_at_once(Recipe recipe) throws Exception {
        String alone = Bits.digest(recipe.fit(Bits.split()));
        assertThat(Bits.digest(recipe.fit(Bits.split()))).isEqualTo(alone);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<String>> together = List.of(
                    threads.submit(() -> Bits.digest(recipe.fit(Bits.split()))),
                    threads.submit(() -> Bits.digest(recipe.fit(Bits.split()))));
            for (Future<String> each : together) {
                assertThat(each.get()).isEqualTo(alone);
            }
        } finally {
            threads.shutdown();
        }
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void another_seed_gives_another_training(Recipe recipe) {
        Run one = recipe.fit(Bits.split());
        Run two = recipe.seed(8).fit(Bits.split());
        assertThat(one.net().parameters()).isNotEqualTo(two.net().parameters());
        assertThat(one.history().epochs().get(0).trainLosses())
                .isNotEqualTo(two.history().epochs().get(0).trainLosses());
    }

    @Test
    void a_transfer_study_does_not_depend_on_its_workers() {
        TransferStudy study = transfer(
                        hard(mlp(8)).tasks(CASUAL, RAIN).epochs(3).seed(7))
                .seeds(3)
                .rates(1e-3, 1e-2);
        assertThat(study.workers(1).run(Bits.split()))
                .isEqualTo(study.workers(2).run(Bits.split()));
    }

    @Test
    void the_seeds_of_a_transfer_study_redraw_the_split_unless_it_is_the_same() {
        TransferStudy study =
                transfer(hard(mlp(8)).tasks(CASUAL, RAIN).epochs(2)).seeds(2).rates(1e-2);
        TransferView redrawn = study.run(Bits.split());
        TransferView same = study.sameSplit().run(Bits.split());
        assertThat(redrawn.transfer().covers()).isEqualTo("new split, initialisation and order");
        assertThat(same.transfer().covers()).isEqualTo("initialisation and order on one split");
        assertThat(redrawn.transfer().tasks()).isNotEqualTo(same.transfer().tasks());
    }

    static Collection<Bits.Shaped> shaped() {
        return Bits.shaped().values();
    }

    @ParameterizedTest
    @MethodSource("shaped")
    void so_do_recipes_over_images_series_and_graphs_twice_and_in_two_threads_at_once(Bits.Shaped each)
            throws Exception {
        String alone = Bits.digest(each.recipe().fit(each.split()));
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<String>> together = List.of(
                    threads.submit(() -> Bits.digest(each.recipe().fit(each.split()))),
                    threads.submit(() -> Bits.digest(each.recipe().fit(each.split()))));
            for (Future<String> one : together) {
                assertThat(one.get()).isEqualTo(alone);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
