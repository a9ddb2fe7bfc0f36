package org.mtl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.mtl4j.Mtl.adam;
import static org.mtl4j.Mtl.binaryCrossEntropy;
import static org.mtl4j.Mtl.crossEntropy;
import static org.mtl4j.Mtl.hard;
import static org.mtl4j.Mtl.huber;
import static org.mtl4j.Mtl.loss;
import static org.mtl4j.Mtl.mlp;
import static org.mtl4j.Mtl.mse;
import static org.mtl4j.Mtl.pcgrad;
import static org.mtl4j.Mtl.task;
import static org.mtl4j.Toys.CASUAL;
import static org.mtl4j.Toys.RAIN;
import static org.mtl4j.Toys.REGISTERED;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mtl4j.data.Split;
import org.mtl4j.fitted.Matrix;
import org.mtl4j.fitted.Net;
import org.mtl4j.nd4j.SameDiffLoss;
import org.mtl4j.task.Labelled;
import org.mtl4j.task.Loss;
import org.mtl4j.task.LossKernel;
import org.mtl4j.task.Task;
import org.nd4j.autodiff.loss.LossReduce;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.tribuo.classification.Label;

/** A loss written in SameDiff beside the built-in one that computes the same. */
class OwnLossTest {

    private static final SameDiffLoss SQUARED = (sd, p, y) -> sd.math().square(p.sub(y));
    private static final SameDiffLoss SOFTMAX = (sd, p, y) -> sd.loss().softmaxCrossEntropy(y, p, null);
    private static final SameDiffLoss SOFTMAX_PER_ROW =
            (sd, p, y) -> y.mul(sd.math().log(sd.nn().softmax(p, 1))).sum(1).neg();
    private static final SameDiffLoss SIGMOID = (sd, p, y) -> sd.loss().sigmoidCrossEntropy(y, p, null);
    private static final SameDiffLoss HUBER = (sd, p, y) -> sd.loss().huberLoss(y, p, null, LossReduce.NONE, 0.7);

    /** @param targets numbers per row: 1 for class numbers */
    private record Twin(Loss own, Loss builtIn, int outputs, int targets) {
        @Override
        public String toString() {
            return own.toString();
        }
    }

    static Stream<Twin> twins() {
        return Stream.of(
                new Twin(loss("squared", SQUARED), mse(), 1, 1),
                new Twin(loss("squared of three", SQUARED), mse(), 3, 3),
                new Twin(
                        loss(
                                "mean over rows",
                                (sd, p, y) -> SQUARED.of(sd, p, y).mean(0).mean()),
                        mse(),
                        3,
                        3),
                new Twin(loss("softmax", SOFTMAX), crossEntropy(), 4, 1),
                new Twin(loss("softmax per row", SOFTMAX_PER_ROW), crossEntropy(), 4, 1),
                new Twin(loss("sigmoid", SIGMOID), binaryCrossEntropy(), 1, 1),
                new Twin(loss("huber", HUBER), huber(0.7), 2, 2));
    }

    /** Outputs beside a column that is not the task's, and labels on some rows only. */
    private static final class Sample {
        private final int rows = 9;
        private final float[] signal;
        private final Labelled at;

        Sample(Twin twin, int[] labelled) {
            Random random = new Random(5);
            int stride = twin.outputs() + 1;
            float[] outputs = new float[rows * stride];
            float[] targets = new float[rows * twin.targets()];
            signal = new float[outputs.length];
            for (int i = 0; i < outputs.length; i++) {
                outputs[i] = (float) (2 * random.nextGaussian());
            }
            boolean classes = twin.targets() < twin.outputs();
            boolean binary = twin.builtIn() instanceof Loss.BinaryCrossEntropy;
            for (int i = 0; i < targets.length; i++) {
                targets[i] = classes ? i % twin.outputs() : binary ? i % 2 : (float) random.nextGaussian();
            }
            at = new Labelled()
                    .outputs(outputs, signal, 1, twin.outputs(), stride)
                    .targets(targets, twin.targets(), labelled, labelled.length);
        }
    }

    @ParameterizedTest
    @MethodSource("twins")
    void the_loss_and_its_signal_are_those_of_the_built_in(Twin twin) {
        for (int[] labelled : new int[][] {{0, 1, 2, 3, 4, 5, 6, 7, 8}, {1, 4, 8}, {6}, {}}) {
            Sample own = new Sample(twin, labelled);
            Sample builtIn = new Sample(twin, labelled);
            double expected = new LossKernel(twin.builtIn()).evaluate(builtIn.at, 0.5);
            assertThat(new LossKernel(twin.own()).evaluate(own.at, 0.5)).isCloseTo(expected, within(1e-5));
            assertThat(own.signal).containsExactly(builtIn.signal, within(1e-6f));
        }
    }

    @Test
    void a_training_is_that_of_the_built_in_losses() {
        Task<Label> kind = task("kind").classes();
        var rows = Toys.rows(200, 0.7, 3);
        @Nullable String[] kinds = new String[200];
        for (int r = 0; r < kinds.length; r++) {
            kinds[r] = r % 5 == 0 ? null : List.of("a", "b", "c").get(r % 3);
        }
        Split split = rows.target(kind, kinds).split(0.7, 0.15, 0.15).seed(7);
        Run builtIn = recipe(CASUAL, REGISTERED.loss(huber(0.7)), RAIN, kind).fit(split);
        Run own = recipe(
                        CASUAL.loss(loss("squared", SQUARED)),
                        REGISTERED.loss(loss("huber", HUBER)),
                        RAIN.loss(loss("sigmoid", SIGMOID)),
                        kind.loss(loss("softmax", SOFTMAX_PER_ROW)))
                .fit(split);
        for (Matrix parameter : builtIn.net().parameters()) {
            assertThat(own.net().parameter(parameter.name()).toArray())
                    .as(parameter.name())
                    .containsExactly(parameter.toArray(), within(1e-4f));
        }
        assertThat(own.history().bestEpoch()).isEqualTo(builtIn.history().bestEpoch());
    }

    private static Recipe recipe(Task<?>... tasks) {
        return hard(mlp(8))
                .tasks(tasks)
                .balance(pcgrad())
                .optimise(adam(1e-2))
                .epochs(3)
                .batch(32)
                .seed(7);
    }

    @Test
    void it_prints_as_its_name_and_version() {
        Loss.Own mine = loss("mine", SQUARED);
        assertThat(mine).hasToString("loss(\"mine\")");
        assertThat(mine.version("2")).hasToString("loss(\"mine\").version(\"2\")");
        assertThat(CASUAL.loss(mine)).hasToString("task(\"casual\").regression().loss(loss(\"mine\"))");
        assertThatThrownBy(() -> loss(" ", SQUARED))
                .hasMessage("loss(\" \", ..): the name is blank.\nName it: it prints and is stored as its name.");
    }

    @Test
    void two_trainings_give_the_same_bits() {
        List<Integer> hashes = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Run run = recipe(CASUAL.loss(loss("mine", SQUARED)), RAIN).fit(Toys.split());
            hashes.add(run.net().hashCode());
        }
        assertThat(hashes.get(0)).isEqualTo(hashes.get(1));
    }

    @Test
    void a_net_is_saved_without_its_own_loss_and_says_so_when_it_is_trained(@TempDir Path folder) {
        Run run = recipe(CASUAL.loss(loss("mine", SQUARED).version("3")), RAIN).fit(Toys.split());
        Path file = folder.resolve("net");
        run.save(file.toString());
        Net net = Net.load(file);
        assertThat(net.predict(Toys.split().test()))
                .isEqualTo(run.predict(Toys.split().test()));
        Task<?> loaded = net.objectives().get(0).task();
        assertThat(loaded).hasToString("task(\"casual\").regression().loss(loss(\"mine\").version(\"3\"))");
        assertThatThrownBy(() -> recipe(loaded, RAIN).fit(Toys.split()))
                .hasMessage(
                        "Task 'casual', loss(\"mine\").version(\"3\"): it was read from a file, which holds its name only.\nDeclare it again to train with it: task.loss(loss(\"name\", (sd, predictions, targets) -> ..)).");
    }

    private static void refused(SameDiffLoss loss, String message) {
        assertThatThrownBy(() -> recipe(CASUAL.loss(loss("mine", loss)), RAIN).check(Toys.split()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Task 'casual', loss(\"mine\"): " + message);
    }

    @Test
    void what_cannot_be_trained_on_is_an_error_before_training() {
        refused(
                (sd, p, y) -> sd.concat(1, p, y).mean(0),
                "its answer is FLOAT [2] for 3 rows of 1 outputs, but a loss is one number or one number a row.\nTake the mean over the rows: answer.mean().");
        refused(
                (sd, p, y) -> sd.math().square(y).mean(),
                "it has no gradient with respect to the predictions.\nCompute it from the predictions with operations on real numbers.");
        refused(
                (sd, p, y) -> p.gt(y).castTo(DataType.FLOAT).mean(),
                "it has no gradient with respect to the predictions.\nCompute it from the predictions with operations on real numbers.");
        refused(
                (sd, p, y) -> sd.math()
                        .square(p.mul(sd.var("scale", DataType.FLOAT, 1)).sub(y))
                        .mean(),
                "variable 'scale' would not be trained, since a loss has no parameters.\nMake it a constant, sd.constant(..), or a part of an encoder.");
        refused(
                (sd, p, y) -> sd.math().square(p.sub(y)).mean(1),
                "it cannot be computed from predictions and targets of shape [3, 1]: Cannot invoke \"org.nd4j.linalg.api.ndarray.INDArray.shape()\" because \"this.x\" is null.\nPredictions and targets are [rows, 1] here, and ND4J 1.0.0-M2.1 cannot take .mean(1) or .sum(1) over one number: leave it out.");
        var other = SameDiff.create();
        refused(
                (sd, p, y) -> other.constant(1f),
                "its answer is a variable of another graph.\nCompute it with the graph that it is given.");
    }
}
