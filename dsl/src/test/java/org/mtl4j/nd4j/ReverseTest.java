package org.mtl4j.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.loss.LossReduce;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Our walk beside SameDiff's own, and beside central differences where SameDiff's own is wrong. */
class ReverseTest {

    private static final int ROWS = 3;
    private static final int IN = 4;

    /** What is computed from x [rows, 4] and w [4, 4], named. */
    private record Sample(String name, Body body) {
        @Override
        public String toString() {
            return name;
        }
    }

    private interface Body {
        SDVariable of(SameDiff graph, SDVariable x, SDVariable w);
    }

    static Stream<Sample> graphs() {
        return Stream.of(
                new Sample("a product", (g, x, w) -> x.mmul(w)),
                new Sample("one variable used twice", (g, x, w) -> x.mmul(w).add(x.mmul(w.mul(w)))),
                new Sample("one result used twice", (g, x, w) -> {
                    SDVariable h = g.math().tanh(x.mmul(w));
                    return h.mul(h).add(h);
                }),
                new Sample("a residual layer", (g, x, w) -> x.add(g.nn().relu(x.mmul(w), 0))),
                new Sample("soft attention over numbers", (g, x, w) -> x.mul(g.nn().softmax(x.mmul(w), 1))),
                new Sample(
                        "a layer norm",
                        (g, x, w) -> g.nn().layerNorm(x.mmul(w), g.constant(Nd4j.ones(DataType.FLOAT, 4)), false, 1)),
                new Sample("a split and a concatenation", (g, x, w) -> {
                    SDVariable[] halves = g.split(x.mmul(w), 2, 1);
                    return g.concat(1, halves[1], g.nn().sigmoid(halves[0]));
                }),
                new Sample("a part that is not used", (g, x, w) -> {
                    SDVariable[] halves = g.split(x.mmul(w), 2, 1);
                    return g.math().exp(halves[1]);
                }));
    }

    @ParameterizedTest
    @MethodSource("graphs")
    void gradients_are_those_of_samediffs_own_walk(Sample sample) {
        SameDiff ours = graph(sample.body());
        SameDiff theirs = graph(sample.body());
        long width = ours.outputSingle(Map.of("x", OwnGraphs.uniform(1, ROWS, IN)), "out")
                .size(1);
        Map<String, INDArray> feed = new HashMap<>();
        feed.put("x", OwnGraphs.uniform(1, ROWS, IN));
        feed.put("signal", OwnGraphs.uniform(2, ROWS, width));
        SDVariable signal = ours.placeHolder("signal", DataType.FLOAT, -1, width);
        Map<String, SDVariable> added = Reverse.gradients(ours, "out", signal);
        SDVariable other = theirs.placeHolder("signal", DataType.FLOAT, -1, width);
        theirs.getVariable("out").mul(other).sum("total").markAsLoss();
        Map<String, INDArray> expected = theirs.calculateGradients(feed, "w", "x");
        for (String name : List.of("w", "x")) {
            INDArray found = ours.outputSingle(
                    feed, Objects.requireNonNull(added.get(name)).name());
            assertThat(Floats.of(found))
                    .as(name)
                    .containsExactly(Floats.of(Objects.requireNonNull(expected.get(name))), within(1e-6f));
        }
    }

    private static SameDiff graph(Body body) {
        SameDiff graph = SameDiff.create();
        SDVariable x = graph.placeHolder("x", DataType.FLOAT, -1, IN);
        body.of(graph, x, graph.var("w", OwnGraphs.uniform(3, IN, IN))).rename("out");
        return graph;
    }

    static Stream<Sample> losses() {
        return Stream.of(
                new Sample(
                        "twice a loss",
                        (g, x, w) -> g.loss()
                                .meanSquaredError(g.constant(OwnGraphs.uniform(4, ROWS, IN)), x.mmul(w), null)
                                .mul(2)),
                new Sample(
                        "squared losses per number",
                        (g, x, w) -> g.math()
                                .square(g.loss()
                                        .huberLoss(
                                                g.constant(OwnGraphs.uniform(4, ROWS, IN)),
                                                x.mmul(w),
                                                null,
                                                LossReduce.NONE,
                                                0.3))),
                new Sample(
                        "weighed losses per row",
                        (g, x, w) -> g.loss()
                                .softmaxCrossEntropy(
                                        g.constant(Nd4j.eye(IN)
                                                .castTo(DataType.FLOAT)
                                                .getRows(0, 1, 2)),
                                        x.mmul(w),
                                        null,
                                        LossReduce.NONE,
                                        0)
                                .mul(g.constant(OwnGraphs.uniform(5, ROWS, 1)))),
                new Sample(
                        "sparse losses",
                        (g, x, w) -> g.loss()
                                .sparseSoftmaxCrossEntropy(x.mmul(w), g.constant(Nd4j.createFromArray(2, 0, 1)))
                                .mul(g.constant(OwnGraphs.uniform(5, ROWS)))),
                new Sample(
                        "half a sum of squares",
                        (g, x, w) -> g.loss().l2Loss(x.mmul(w)).mul(3)));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void a_loss_takes_the_signal_that_reaches_it(Sample sample) {
        SameDiff graph = graph(sample.body());
        Map<String, INDArray> feed = Map.of("x", OwnGraphs.uniform(1, ROWS, IN));
        SDVariable total = graph.getVariable("out").sum("total");
        SDVariable gradient = Objects.requireNonNull(
                Reverse.gradients(graph, "total", graph.onesLike(total)).get("w"));
        float[] found = Floats.of(graph.outputSingle(feed, gradient.name()));
        INDArray w = graph.getVariable("w").getArr();
        float step = 1e-2f;
        for (int i = 0; i < IN * IN; i++) {
            float at = w.getFloat(i);
            w.putScalar(i, at + step);
            double up = graph.outputSingle(feed, "total").getDouble(0);
            w.putScalar(i, at - step);
            double down = graph.outputSingle(feed, "total").getDouble(0);
            w.putScalar(i, at);
            assertThat((double) found[i]).isCloseTo((up - down) / (2 * step), within(2e-3));
        }
    }
}
