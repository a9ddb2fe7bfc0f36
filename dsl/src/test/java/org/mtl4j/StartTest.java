package org.mtl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mtl4j.Mtl.hard;
import static org.mtl4j.Mtl.mlp;
import static org.mtl4j.Mtl.transfer;
import static org.mtl4j.Toys.CASUAL;
import static org.mtl4j.Toys.RAIN;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.fitted.Matrix;
import org.mtl4j.fitted.Net;
import org.mtl4j.fitted.Weights;
import org.mtl4j.nd4j.Nd4jArrays;
import org.mtl4j.nd4j.Npz;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Parameters from a file: as the start of a recipe, and in the place of a net's. */
class StartTest {

    @TempDir
    Path folder;

    private Path file = Path.of("");
    private final Recipe recipe =
            hard(mlp(5)).tasks(CASUAL, RAIN).epochs(2).batch(32).seed(3);

    @BeforeEach
    void file() {
        file = folder.resolve("w.npz");
    }

    @Test
    void a_recipe_starts_from_what_a_run_saved() throws Exception {
        Run first = recipe.fit(Toys.split());
        first.saveNpz(file.toString());
        Recipe again = recipe.seed(9).start(file.toString());
        Files.delete(file); // it was read when it was named
        assertThat(again.initial(Toys.split()).parameters())
                .isEqualTo(first.net().parameters());
        assertThat(again.lines()).endsWith(".seed(9)\n    .start(\"" + file + "\")");
        Run second = again.epochs(1).fit(Toys.split());
        assertThat(second.net().parameters()).isNotEqualTo(first.net().parameters());
        assertThat(second.history().epochs().get(0).trainLosses().get(1))
                .isLessThan(first.history().epochs().get(0).trainLosses().get(1));
    }

    @Test
    void a_net_takes_other_parameters_and_predicts_with_them() {
        Run one = recipe.fit(Toys.split());
        Net other = recipe.seed(4).initial(Toys.split());
        one.saveNpz(file.toString());
        Net with = other.with(Npz.weights(file));
        assertThat(with.parameters()).isEqualTo(one.net().parameters());
        assertThat(with.predict(Toys.split().test()))
                .isEqualTo(one.predict(Toys.split().test()));
        assertThat(other).isEqualTo(other.with(new Weights("itself", named(other))));
    }

    private static Map<String, Matrix> named(Net net) {
        Map<String, Matrix> named = new LinkedHashMap<>();
        net.parameters().forEach(parameter -> named.put(parameter.name(), parameter));
        return named;
    }

    @Test
    void all_that_is_missing_extra_or_of_another_shape_is_named_at_once_and_nothing_is_taken() {
        Net net = recipe.initial(Toys.split());
        Map<String, INDArray> arrays = Nd4jArrays.parameters(net);
        arrays.put("encoder.0.weight", Nd4j.ones(DataType.FLOAT, 5, 4));
        arrays.remove("head.casual.bias");
        arrays.put("more", Nd4j.ones(DataType.FLOAT, 1, 2));
        Npz.write(file, arrays);
        String message = "Parameters of '" + file
                + "': encoder.0.weight [5, 4] should be [4, 5]; there is no head.casual.bias [1, 1]; the net has no more [1, 2].\nWeights are [in, out]: transpose those of a PyTorch Linear, which are [out, in].";
        assertThatThrownBy(() -> recipe.start(file.toString()).fit(Toys.split()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> net.with(Npz.weights(file))).hasMessage(message);
        assertThat(net.parameters()).isEqualTo(recipe.initial(Toys.split()).parameters());
        arrays.put("encoder.0.weight", Nd4j.ones(DataType.FLOAT, 4, 5));
        arrays.remove("more");
        Npz.write(file, arrays);
        assertThatThrownBy(() -> net.with(Npz.weights(file)))
                .hasMessage(
                        "Parameters of '" + file
                                + "': there is no head.casual.bias [1, 1].\nGive one array for each of encoder.0.weight [4, 5], encoder.0.bias [1, 5], head.casual.weight [5, 1], head.casual.bias [1, 1], head.rain.weight [5, 1], head.rain.bias [1, 1].");
    }

    @Test
    void a_study_refuses_a_recipe_that_starts_from_a_file() {
        recipe.fit(Toys.split()).saveNpz(file.toString());
        assertThatThrownBy(
                        () -> transfer(recipe.start(file.toString())).seeds(2).run(Toys.split()))
                .hasMessage(
                        "start(\"" + file
                                + "\"): a study trains nets of other tasks too, which these parameters do not fit.\nLeave start(..) out of the recipe of a study.");
    }
}
