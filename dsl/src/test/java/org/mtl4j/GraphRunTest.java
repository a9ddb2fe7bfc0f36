package org.mtl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mtl4j.Mtl.adam;
import static org.mtl4j.Mtl.attention;
import static org.mtl4j.Mtl.fusion;
import static org.mtl4j.Mtl.gat;
import static org.mtl4j.Mtl.gcn;
import static org.mtl4j.Mtl.hard;
import static org.mtl4j.Mtl.max;
import static org.mtl4j.Mtl.mean;
import static org.mtl4j.Mtl.mlp;
import static org.mtl4j.Mtl.mpnn;
import static org.mtl4j.Mtl.pcgrad;
import static org.mtl4j.Mtl.soft;
import static org.mtl4j.Mtl.sum;
import static org.mtl4j.Mtl.task;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mtl4j.data.GraphRow;
import org.mtl4j.data.Inputs;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.data.Split;
import org.mtl4j.fitted.Net;
import org.mtl4j.layer.Encoder;
import org.mtl4j.task.Task;
import org.tribuo.regression.Regressor;

/** Trainings on small molecules: rings and chains of two kinds of atoms, bonds of two kinds, some without any bond. */
class GraphRunTest {

    private static final Task<Regressor> BONDS = task("bonds").regression();
    private static final Task<Regressor> MIXED = task("mixed").regression();

    @TempDir
    Path folder;

    private static MultiTaskData molecules(int rows) {
        Random random = new Random(4);
        List<GraphRow> graphs = new ArrayList<>();
        double[] bonds = new double[rows];
        double[] mixed = new double[rows];
        for (int r = 0; r < rows; r++) {
            double[][] atoms = new double[r % 10 == 0 ? 1 : 2 + random.nextInt(5)][];
            for (int a = 0; a < atoms.length; a++) {
                atoms[a] = random.nextBoolean() ? new double[] {1, 0} : new double[] {0, 1};
            }
            GraphRow graph = GraphRow.of(atoms);
            for (int a = 1; a < atoms.length; a++) {
                double kind = random.nextBoolean() ? 1 : 2;
                graph = graph.edge(a - 1, a, kind);
                bonds[r] += kind;
                mixed[r] += atoms[a][0] == atoms[a - 1][0] ? 0 : 1;
            }
            graphs.add(graph);
        }
        return MultiTaskData.of("molecule", Inputs.graphs(graphs))
                .target(BONDS, bonds)
                .target(MIXED, mixed);
    }

    private static Split split() {
        return molecules(300).split(0.7, 0.15, 0.15).seed(7);
    }

    static List<Encoder> encoders() {
        return List.of(
                gcn(16, 16).readout(sum()),
                gcn(16, 16).residual().dropout(0.05),
                gat(8, 8).heads(2).readout(max()),
                mpnn(16).readout(sum()),
                mpnn(16, 16).gru().readout(attention()));
    }

    @ParameterizedTest
    @MethodSource("encoders")
    void a_graph_encoder_learns_tasks_together_and_comes_back_from_a_file(Encoder encoder) {
        Split data = split();
        Recipe recipe = hard(encoder)
                .tasks(BONDS, MIXED)
                .balance(pcgrad())
                .optimise(adam(0.01))
                .epochs(30)
                .batch(32)
                .seed(1);
        Run run = recipe.fit(data);
        double before = run.history().epochs().get(0).trainLosses().get(0);
        double after = run.history().epochs().get(29).trainLosses().get(0);
        assertThat(after).isLessThan(0.75 * before);
        Path file = folder.resolve("net");
        run.net().save(file);
        assertThat(Net.load(file)).isEqualTo(run.net());
        assertThat(Net.load(file).predict(data.test())).isEqualTo(run.predict(data.test()));
    }

    @Test
    void messages_read_the_features_of_edges() {
        Split data = split();
        Recipe recipe = hard(mpnn(32).readout(sum()))
                .tasks(BONDS, MIXED)
                .optimise(adam(0.01))
                .epochs(60)
                .batch(32)
                .seed(1);
        Run seeing = recipe.fit(data);
        List<Double> losses = seeing.history().epochs().get(59).trainLosses();
        assertThat(losses.get(0)).isLessThan(0.01);
    }

    @Test
    void a_recipe_prints_its_graph_encoder_and_lists_its_layers_once_data_are_known() {
        Recipe recipe = hard(gat(8).heads(2).readout(mean())).tasks(BONDS, MIXED);
        assertThat(recipe.toString()).contains("hard(gat(8).heads(2).readout(mean()))");
        assertThat(recipe.layers(split()).toString()).contains("encoder.0").contains("head.bonds");
    }

    @Test
    void each_task_may_have_a_graph_encoder_of_its_own() {
        Run run = soft(gcn(8).readout(mean()))
                .tasks(BONDS, MIXED)
                .epochs(2)
                .batch(32)
                .seed(1)
                .fit(split());
        assertThat(run.predict(split().test()).toString()).contains("bonds");
    }

    @Test
    void a_fusion_learns_from_two_inputs_and_comes_back_from_a_file() {
        MultiTaskData molecules = molecules(200);
        double[][] seen = new double[200][2];
        double[] product = new double[200];
        Random random = new Random(5);
        for (int r = 0; r < seen.length; r++) {
            seen[r][0] = random.nextGaussian();
            product[r] = seen[r][0] * molecules.target("bonds").get(r, 0);
        }
        Task<Regressor> both = task("product").regression();
        Split data = molecules
                .with("seen", Inputs.features(seen))
                .target(both, product)
                .split(0.7, 0.15, 0.15)
                .seed(7);
        for (Encoder encoder : List.of(
                fusion().input("molecule", mpnn(16).readout(sum()))
                        .input("seen", mlp(16))
                        .late(32),
                fusion().input("molecule", mpnn(16)).input("seen", mlp(16)).crossAttention(16, 4))) {
            Run run = hard(encoder)
                    .tasks(BONDS, both)
                    .optimise(adam(0.01))
                    .epochs(40)
                    .batch(32)
                    .seed(1)
                    .fit(data);
            double before = run.history().epochs().get(0).trainLosses().get(1);
            assertThat(run.history().epochs().get(39).trainLosses().get(1)).isLessThan(0.75 * before);
            Path file = folder.resolve("net");
            run.net().save(file);
            assertThat(Net.load(file)).isEqualTo(run.net());
        }
    }

    @Test
    void inputs_and_encoders_that_do_not_fit_are_named_before_training() {
        Split graphs = split();
        assertThatThrownBy(() -> hard(mlp(8)).tasks(BONDS, MIXED).fit(graphs))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Encoder mlp(8): it takes features or an image, but input 'molecule' of the data is a graph of up to 6 x 2, 10 edges x 1.%nGive the data such an input, or take an encoder for what they have."
                                .formatted());
        assertThatThrownBy(
                        () -> hard(gcn(8)).tasks(Toys.CASUAL, Toys.REGISTERED).fit(Toys.split()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Encoder gcn(8): it takes a graph, but input 'features' of the data is features, 4.%nGive the data such an input, or take an encoder for what they have."
                                .formatted());
    }
}
