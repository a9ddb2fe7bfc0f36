package org.mtl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.mtl4j.Mtl.*;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.data.Split;
import org.mtl4j.fitted.Net;
import org.mtl4j.layer.Encoder;
import org.mtl4j.task.Task;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.tribuo.classification.Label;

/** Encoders of images from the DSL: trained, predicted with, kept in files, and read out as SameDiff graphs. */
class ImageRunTest {

    private static final Task<Label> SIDE = task("side").classes();
    private static final Task<?> LIGHT = task("light").regression();
    private static final int LENGTH = 12;

    @TempDir
    Path folder;

    /** Images that are lighter at one side, by how much. */
    private static Split split() {
        Random random = new Random(5);
        int rows = 240;
        double[][] x = new double[rows][LENGTH * LENGTH];
        String[] side = new String[rows];
        double[] light = new double[rows];
        for (int r = 0; r < rows; r++) {
            side[r] = r % 2 == 0 ? "left" : "right";
            light[r] = 0.5 + random.nextDouble();
            for (int p = 0; p < x[r].length; p++) {
                boolean left = p % LENGTH < LENGTH / 2;
                x[r][p] = random.nextGaussian() * 0.3 + (left == (r % 2 == 0) ? light[r] : 0);
            }
        }
        return MultiTaskData.dense(x)
                .target(SIDE, side)
                .target(task("light").regression(), light)
                .split(0.6, 0.2, 0.2)
                .seed(1)
                .images(1, LENGTH, LENGTH);
    }

    private static Run fit(Encoder encoder) {
        return hard(encoder)
                .tasks(SIDE, LIGHT)
                .optimise(adam(5e-3))
                .epochs(8)
                .batch(24)
                .seed(2)
                .fit(split());
    }

    static Stream<Encoder> encoders() {
        return Stream.of(
                lenet().filters(4).width(8),
                resnet(4, 6),
                sequential(
                        conv2d(4, 3).noBias(),
                        batchNorm(),
                        relu(),
                        maxPool(2),
                        residual(conv2d(4, 1)),
                        concat(conv2d(2, 1), conv2d(2, 3).padding(1)),
                        gated(conv2d(3, 1), conv2d(3, 1)),
                        flatten(),
                        layerNorm(),
                        dropout(0.1),
                        dense(8),
                        tanh()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("encoders")
    void a_net_of_images_learns_is_kept_in_a_file_and_read_out_as_a_graph(Encoder encoder) {
        Run run = fit(encoder);
        MultiTaskData test = split().test();

        List<String> labels = run.predict(test).labels(SIDE);
        INDArray images = features(test);
        long right = IntStream.range(0, test.rows())
                .filter(r -> labels.get(r).equals(lighterSide(images.slice(r))))
                .count();
        assertThat(right).isGreaterThan(test.rows() * 9 / 10);

        keepsItsPredictions(run, test);
    }

    @Test
    void a_u_net_is_kept_in_a_file_and_read_out_as_a_graph() {
        keepsItsPredictions(fit(unet(3, 4).norm(groupNorm(1))), split().test());
    }

    private void keepsItsPredictions(Run run, MultiTaskData test) {
        float[] expected = run.predict(test).matrix("side").toArray();
        String file = folder.resolve("net.mtl4j").toString();
        run.save(file);
        assertThat(Net.load(Path.of(file)).predict(test).matrix("side").toArray())
                .containsExactly(expected);

        INDArray found = run.sameDiff().outputSingle(Map.of("features", features(test)), "side");
        float[] graph = found.dup('c').reshape(-1).toFloatVector();
        assertThat(graph).containsExactly(expected, within(1e-5f));
    }

    private static String lighterSide(INDArray image) {
        INDArray left = image.get(NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.interval(0, LENGTH / 2));
        return 2 * left.sumNumber().doubleValue() > image.sumNumber().doubleValue() ? "left" : "right";
    }

    private static INDArray features(MultiTaskData data) {
        float[][] rows = new float[data.rows()][LENGTH * LENGTH];
        for (int r = 0; r < rows.length; r++) {
            data.input("features").copyRow(r, rows[r], 0);
        }
        return Nd4j.createFromArray(rows).reshape(rows.length, 1, LENGTH, LENGTH);
    }

    @Test
    void an_image_smaller_than_the_kernels_is_an_error_before_training() {
        assertThatThrownBy(() -> fit(lenet()))
                .hasMessage(
                        "Layer 'encoder.3', conv2d(20, 5).activation(relu()): its kernel spans 5 x 5 pixels, but 'encoder.2' below it gives an image of 10 x 4 x 4, 4 x 4 with the padding.\nTake a smaller kernel or less pooling below it, more padding(..), or larger images.");
    }
}
