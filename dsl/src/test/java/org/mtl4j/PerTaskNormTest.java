package org.mtl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mtl4j.Mtl.adam;
import static org.mtl4j.Mtl.batchNorm;
import static org.mtl4j.Mtl.dense;
import static org.mtl4j.Mtl.hard;
import static org.mtl4j.Mtl.mgda;
import static org.mtl4j.Mtl.pcgrad;
import static org.mtl4j.Mtl.relu;
import static org.mtl4j.Mtl.resnet;
import static org.mtl4j.Mtl.sequential;
import static org.mtl4j.Mtl.single;
import static org.mtl4j.Toys.CASUAL;
import static org.mtl4j.Toys.RAIN;
import static org.mtl4j.Toys.REGISTERED;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.data.Split;
import org.mtl4j.fitted.Matrix;
import org.mtl4j.fitted.Metric;
import org.mtl4j.fitted.Net;
import org.mtl4j.layer.Sequential;

/** Recipes of nets with {@code batchNorm().perTask()}. */
class PerTaskNormTest {

    private static final Sequential NET = sequential(
            dense(16), batchNorm().perTask(), relu(), dense(8), batchNorm().perTask(), relu());
    private static final Split DATA =
            Toys.rows(200, 0.7, 3).split(0.7, 0.15, 0.15).seed(7);

    @TempDir
    private Path folder;

    private static Recipe recipe(Sequential net) {
        return hard(net)
                .tasks(CASUAL, REGISTERED, RAIN)
                .balance(pcgrad())
                .optimise(adam(0.01))
                .epochs(30)
                .batch(32)
                .seed(5);
    }

    @Test
    void it_prints_as_the_line_that_makes_it() {
        assertThat(batchNorm().momentum(0.2).perTask()).hasToString("batchNorm().momentum(0.2).perTask()");
        assertThat(resnet(4, 8).norm(batchNorm().perTask())).hasToString("resnet(4, 8).norm(batchNorm().perTask())");
    }

    @Test
    void a_net_is_trained_and_answers_with_each_tasks_own_statistics() {
        Run run = recipe(NET).fit(DATA);
        assertThat(run.test().value(CASUAL, Metric.R2)).isGreaterThan(0.8);
        assertThat(run.test().value(RAIN, Metric.ACCURACY)).isGreaterThan(0.7);
        assertThat(kept(run, "casual")).isNotEqualTo(kept(run, "rain")).isNotEqualTo(kept(run, "registered"));
    }

    private static Matrix kept(Run run, String task) {
        String name = "encoder.1." + task + ".running_mean";
        return run.net().parameters().stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void the_same_recipe_gives_the_same_bits_and_a_saved_run_the_same_answers() {
        Run run = recipe(NET).fit(DATA);
        assertThat(recipe(NET).fit(DATA).predict(DATA.test()).matrix(RAIN))
                .isEqualTo(run.predict(DATA.test()).matrix(RAIN));
        String file = folder.resolve("net.mtl4j").toString();
        run.save(file);
        assertThat(Net.load(Path.of(file)).predict(DATA.test()).matrix(CASUAL))
                .isEqualTo(run.predict(DATA.test()).matrix(CASUAL));
    }

    @Test
    void where_nothing_is_shared_it_is_the_plain_layer() {
        Sequential plain = sequential(dense(16), batchNorm(), relu(), dense(8), batchNorm(), relu());
        Run apart = single(NET)
                .tasks(CASUAL, RAIN)
                .optimise(adam(0.01))
                .epochs(5)
                .seed(5)
                .fit(DATA);
        Run same = single(plain)
                .tasks(CASUAL, RAIN)
                .optimise(adam(0.01))
                .epochs(5)
                .seed(5)
                .fit(DATA);
        assertThat(apart.predict(DATA.test()).matrix(CASUAL))
                .isEqualTo(same.predict(DATA.test()).matrix(CASUAL));
    }

    @Test
    void there_is_no_one_representation_to_weigh_tasks_by() {
        Recipe recipe = recipe(NET).balance(mgda().atRepresentation());
        assertThatThrownBy(() -> recipe.fit(DATA)).hasMessage("""
                        mgda().atRepresentation(): it compares gradients by one representation of all tasks, but behind batchNorm().perTask() each task has its own.
                        Leave out .atRepresentation(), or take batchNorm() without perTask().""");
    }

    @Test
    void the_table_of_layers_says_which_task_owns_what() {
        Run run = recipe(NET).epochs(1).fit(DATA);
        assertThat(run.conflict().conflict().layers()).containsExactlyElementsOf(List.of("encoder.0", "encoder.3"));
    }

    @Test
    void its_export_names_it() {
        Run run = recipe(NET).epochs(1).fit(DATA);
        assertThatThrownBy(run::sameDiff).hasMessage("""
                        sameDiff(): 'encoder.1' is batchNorm().perTask(), which has no SameDiff form here.
                        Keep its parameters with run.saveNpz(file), or the net with run.save(file).""");
    }
}
