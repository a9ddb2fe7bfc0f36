package org.mtl4j.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.mtl4j.tensor.Activation;
import org.mtl4j.tensor.Attention;
import org.mtl4j.tensor.Conv1d;
import org.mtl4j.tensor.Draws;
import org.mtl4j.tensor.Embedding;
import org.mtl4j.tensor.FinalState;
import org.mtl4j.tensor.Layer;
import org.mtl4j.tensor.LayerNorm;
import org.mtl4j.tensor.LayerRig;
import org.mtl4j.tensor.LayerSpec;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.Parameter;
import org.mtl4j.tensor.Positions;
import org.mtl4j.tensor.Readout;
import org.mtl4j.tensor.Recurrent;
import org.mtl4j.tensor.SequenceLayers;
import org.mtl4j.tensor.Shape;
import org.mtl4j.tensor.TransformerLayers;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.layers.recurrent.config.LSTMActivations;
import org.nd4j.linalg.api.ops.impl.layers.recurrent.config.LSTMDataFormat;
import org.nd4j.linalg.api.ops.impl.layers.recurrent.config.LSTMDirectionMode;
import org.nd4j.linalg.api.ops.impl.layers.recurrent.config.LSTMLayerConfig;
import org.nd4j.linalg.api.ops.impl.layers.recurrent.weights.LSTMLayerWeights;
import org.nd4j.linalg.factory.Nd4j;

/** Holds layers of sequences against the same in ND4J's SameDiff, in double precision: outputs and gradients. */
class SequenceTwinTest {

    private static final int ROWS = 3;
    private static final int LENGTH = 4;
    private static final int[] LENGTHS = {4, 1, 3};

    private final Random random = new Random(11);
    private final SameDiff sd = SameDiff.create();
    private final Map<String, INDArray> feed = new LinkedHashMap<>();

    private float[] draw(int n) {
        float[] drawn = new float[n];
        for (int i = 0; i < n; i++) {
            drawn[i] = (float) random.nextGaussian();
        }
        return drawn;
    }

    private static INDArray array(float[] values, long... shape) {
        return Nd4j.createFromArray(values).reshape(shape).castTo(DataType.DOUBLE);
    }

    private SDVariable given(String name, INDArray values) {
        feed.put(name, values);
        return sd.placeHolder(name, DataType.DOUBLE, values.shape());
    }

    /** The parameters of ours as variables of SameDiff. */
    private Function<String, SDVariable> parameters(LayerRig rig) {
        return name -> {
            Parameter p = rig.tape().parameters().get(name);
            return sd.var(name, array(rig.tape().parameters().copyOf(p), p.rows(), p.columns()));
        };
    }

    private SequenceGraph graph(LayerRig rig) {
        return new SequenceGraph(sd, DataType.DOUBLE, parameters(rig));
    }

    private SDVariable mask() {
        double[][] mask = new double[ROWS][LENGTH];
        for (int r = 0; r < ROWS; r++) {
            Arrays.fill(mask[r], 0, LENGTHS[r], 1);
        }
        return given("mask", Nd4j.createFromArray(mask));
    }

    /** Ours and the twin's output and gradients, from one signal that is 0 beyond a row's length. */
    private void agree(LayerRig rig, Node ours, SDVariable twin, String input) {
        float[] signal = draw(ROWS * ours.width());
        boolean placed = ours.shape() instanceof Shape.Series;
        int features = ours.features();
        for (int i = 0; i < signal.length && placed; i++) {
            int place = i / features % LENGTH;
            signal[i] = place < LENGTHS[i / features / LENGTH] ? signal[i] : 0;
        }
        rig.output("y", ours);
        rig.forward(ROWS, Node.Pass.TRAIN);
        rig.backward(Map.of("y", signal));
        long[] shape = placed ? new long[] {ROWS, LENGTH, features} : new long[] {ROWS, features};
        twin.mul(sd.constant(array(signal, shape))).sum().rename("loss").markAsLoss();
        double[] theirs = doubles(sd.outputSingle(feed, twin.name()));
        float[] value = rig.value("y");
        for (int i = 0; i < value.length; i++) {
            if (!placed || signal[i] != 0) { // what lies beyond a row's length counts for nothing
                assertThat((double) value[i]).as("output %d", i).isCloseTo(theirs[i], within(1e-5));
            }
        }
        List<String> names = rig.tape().parameters().list().stream()
                .map(Parameter::name)
                .filter(sd::hasVariable)
                .toList();
        assertThat(names).isNotEmpty();
        Map<String, INDArray> gradients = sd.calculateGradients(feed, names);
        for (String name : names) {
            double[] expected = doubles(Objects.requireNonNull(gradients.get(name)));
            assertThat(widened(rig.gradient(name))).as(name).containsExactly(expected, within(2e-5));
        }
        if (!input.isEmpty()) {
            INDArray gradient = sd.calculateGradients(feed, input).get(input);
            double[] expected = doubles(Objects.requireNonNull(gradient));
            assertThat(widened(rig.signal("x"))).as("x").containsExactly(expected, within(2e-5));
        }
    }

    private static double[] doubles(INDArray array) {
        return array.dup('c').data().asDouble();
    }

    private static double[] widened(float[] values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }

    /** A series with rows of several lengths on both sides. */
    private Node series(LayerRig rig, int width) {
        float[] x = draw(ROWS * LENGTH * width);
        sd.var("x", array(x, ROWS, LENGTH, width));
        Node series = rig.input("x", new Shape.Series(LENGTH, width));
        rig.give("x", x);
        rig.lengths("x", LENGTHS);
        return series;
    }

    private SDVariable x() {
        return sd.getVariable("x");
    }

    /** ND4J 1.0.0-M2.1 differentiates its gather as if the indices were 0, 1, 2, ..: the gradients are those of a product. */
    @Test
    void an_embedding_gives_what_samediffs_gather_gives_and_has_the_gradients_of_a_product() {
        LayerRig rig = new LayerRig();
        float[] ids = {1, 2, 2, 0, 4, 4, 1, 1, 3, 0, 2, 2};
        Node tokens = rig.bound("x", new Shape.Tokens(LENGTH, 5));
        rig.give("x", new float[] {LENGTH, 1, 2, 2, 0, LENGTH, 4, 4, 1, 1, LENGTH, 3, 0, 2, 2});
        Node ours = SequenceLayers.embedding(rig.tape(), "layer", tokens, 3, Embedding.NO_PADDING, Draws.generator(1));
        double[][] chosen = new double[ids.length][5];
        for (int i = 0; i < ids.length; i++) {
            chosen[i][(int) ids[i]] = 1;
        }
        SDVariable weight = parameters(rig).apply("layer.weight");
        SDVariable twin = sd.constant(Nd4j.createFromArray(chosen)).mmul(weight).reshape(ROWS, LENGTH, 3);
        agree(rig, ours, twin, "");
        SDVariable gathered =
                sd.gather(weight, sd.constant(Nd4j.createFromArray(ids).castTo(DataType.INT32)), 0);
        assertThat(doubles(gathered.eval())).containsExactly(widened(rig.value("y")), within(1e-6));
    }

    @Test
    void layer_norm_is_samediffs_but_for_the_epsilon_that_it_has_not() {
        LayerRig rig = new LayerRig();
        Node ours = SequenceLayers.layerNorm(rig.tape(), "layer", series(rig, 5), 1e-12);
        Function<String, SDVariable> parameters = parameters(rig);
        SDVariable twin = sd.nn()
                .layerNorm(
                        x(),
                        parameters.apply("layer.weight").reshape(5),
                        parameters.apply("layer.bias").reshape(5),
                        false,
                        2);
        agree(rig, ours, twin, "x");
    }

    @Test
    void layer_norm_with_an_epsilon_is_its_formula() {
        LayerRig rig = new LayerRig();
        LayerNorm spec = new LayerNorm(0.1);
        Node ours = SequenceLayers.layerNorm(rig.tape(), "layer", series(rig, 5), 0.1);
        agree(rig, ours, graph(rig).layerNorm("layer", spec, x(), new Shape.Series(LENGTH, 5)), "x");
    }

    @Test
    void an_lstm_over_full_rows_is_samediffs_lstm_layer() {
        LayerRig rig = new LayerRig();
        float[] x = draw(ROWS * LENGTH * 2);
        sd.var("x", array(x, ROWS, LENGTH, 2));
        Node series = rig.input("x", new Shape.Series(LENGTH, 2));
        rig.give("x", x);
        Node ours =
                SequenceLayers.lstm(rig.tape(), "layer", series, 3, Recurrent.Direction.FORWARD, Draws.generator(1));
        Function<String, SDVariable> parameters = parameters(rig);
        SDVariable bias = parameters.apply("layer.bias_ih").add(parameters.apply("layer.bias_hh"));
        LSTMLayerWeights weights = LSTMLayerWeights.builder()
                .weights(parameters.apply("layer.weight_ih"))
                .rWeights(parameters.apply("layer.weight_hh"))
                .bias(bias.reshape(12))
                .build();
        LSTMLayerConfig config = LSTMLayerConfig.builder()
                .lstmdataformat(LSTMDataFormat.NTS)
                .directionMode(LSTMDirectionMode.FWD)
                .gateAct(LSTMActivations.SIGMOID)
                .cellAct(LSTMActivations.TANH)
                .outAct(LSTMActivations.TANH)
                .retFullSequence(true)
                .build();
        agree(rig, ours, sd.rnn().lstmLayer(x(), weights, config)[0], "x");
    }

    @ParameterizedTest
    @CsvSource({"LSTM, FORWARD", "LSTM, BOTH", "GRU, FORWARD", "GRU, BOTH"})
    void a_recurrent_layer_over_rows_of_several_lengths_is_its_formula(
            Recurrent.Cell cell, Recurrent.Direction direction) {
        LayerRig rig = new LayerRig();
        Recurrent spec = new Recurrent(cell, direction, 2, 3);
        Node ours = SequenceLayers.recurrent(rig.tape(), "layer", List.of(series(rig, 2)), spec, Draws.generator(1));
        agree(rig, ours, graph(rig).recurrent("layer", spec, x(), mask(), LENGTH), "x");
    }

    @ParameterizedTest
    @EnumSource(Attention.Mask.class)
    void attention_is_its_formula(Attention.Mask mask) {
        LayerRig rig = new LayerRig();
        Attention spec = new Attention(4, 2, mask);
        Node ours = TransformerLayers.selfAttention(rig.tape(), "layer", series(rig, 4), spec, Draws.generator(1));
        SequenceGraph graph = graph(rig);
        SDVariable in = graph.dense("layer.in_proj", new Activation.Identity(), x(), 4, new Shape.Series(LENGTH, 12));
        SDVariable heads = graph.attention(spec, graph.parts(in, 3), mask(), new int[] {LENGTH, LENGTH});
        SDVariable twin =
                graph.dense("layer.out_proj", new Activation.Identity(), heads, 4, new Shape.Series(LENGTH, 4));
        agree(rig, ours, twin, "x");
    }

    @Test
    void learned_positions_are_their_formula() {
        LayerRig rig = new LayerRig();
        Node ours =
                SequenceLayers.positions(rig.tape(), "layer", series(rig, 3), Positions.LEARNED, Draws.generator(1));
        agree(rig, ours, graph(rig).positions("layer", Positions.LEARNED, x(), new Shape.Series(LENGTH, 3)), "x");
    }

    @ParameterizedTest
    @EnumSource(
            value = Readout.class,
            names = {"SUM", "MEAN", "MAX"})
    void a_readout_is_its_formula(Readout kind) {
        LayerRig rig = new LayerRig();
        Node norm = SequenceLayers.layerNorm(rig.tape(), "layer", series(rig, 3), 0.1);
        Node ours = rig.tape().readout("readout", norm, kind);
        SequenceGraph graph = graph(rig);
        SDVariable below = graph.layerNorm("layer", new LayerNorm(0.1), x(), new Shape.Series(LENGTH, 3));
        agree(rig, ours, graph.readout(kind, below, mask(), LENGTH), "x");
    }

    @Test
    void the_readout_that_weighs_places_itself_is_its_formula() {
        LayerRig rig = new LayerRig();
        Node norm = SequenceLayers.layerNorm(rig.tape(), "layer", series(rig, 3), 0.1);
        Node ours = rig.tape().readout("readout", norm, Readout.ATTENTION);
        float[] values = rig.tape().parameters().values();
        for (int i = 6; i < values.length; i++) { // they begin at 0, where every place counts alike
            values[i] = 0.5f - 0.3f * (i - 6);
        }
        SequenceGraph graph = graph(rig);
        SDVariable below = graph.layerNorm("layer", new LayerNorm(0.1), x(), new Shape.Series(LENGTH, 3));
        agree(rig, ours, graph.attention("readout", below, mask(), norm), "x");
    }

    @ParameterizedTest
    @EnumSource(FinalState.class)
    void the_end_of_a_recurrent_layer_is_its_last_state(FinalState kind) {
        LayerRig rig = new LayerRig();
        Node series = series(rig, 2);
        Recurrent spec = new Recurrent(Recurrent.Cell.LSTM, Recurrent.Direction.BOTH, 2, 3);
        Node recurrent = SequenceLayers.recurrent(rig.tape(), "layer", List.of(series), spec, Draws.generator(1));
        Node ours = SequenceLayers.finalState(rig.tape(), "end", recurrent, kind);
        SequenceGraph graph = graph(rig);
        graph.recurrent("layer", spec, x(), mask(), LENGTH);
        agree(rig, ours, graph.end("layer", kind), "x");
    }

    static Stream<Layer> layersOfSeries() {
        return Stream.of(
                Conv1d.of(4, 3).padding(1).activation(new Activation.Tanh()),
                Conv1d.of(2, 3).padding(1).groups(2),
                Conv1d.of(3, 3).padding(2).dilation(2));
    }

    @ParameterizedTest
    @MethodSource("layersOfSeries")
    void a_convolution_along_a_series_is_that_of_an_image_of_one_row(Layer layer) {
        LayerRig rig = new LayerRig();
        Node series = series(rig, 4);
        Node ours = layer.record(rig.tape(), "layer", series, Draws.generator(1));
        SDVariable twin = SeriesGraph.of(ours, (LayerSpec) layer, List.of(x()), mask(), parameters(rig))
                .orElseThrow();
        agree(rig, ours, twin, "x");
    }
}
