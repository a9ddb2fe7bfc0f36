package org.mtl4j;

import org.mtl4j.layer.Decoder;
import org.mtl4j.layer.Fusion;
import org.mtl4j.layer.Gat;
import org.mtl4j.layer.Gcn;
import org.mtl4j.layer.Mlp;
import org.mtl4j.layer.Mpnn;
import org.mtl4j.layer.Rnn;
import org.mtl4j.layer.Transformer;
import org.mtl4j.nd4j.SameDiffEncoder;
import org.mtl4j.tensor.Activation;
import org.mtl4j.tensor.Initialiser;
import org.mtl4j.tensor.Positions;
import org.mtl4j.tensor.Readout;
import org.mtl4j.tensor.Recurrent;
import org.nd4j.autodiff.samediff.SameDiff;

/** The words for encoders, activations and initialisers. {@link Mtl} brings them. */
abstract class EncoderWords extends LayerWords {

    EncoderWords() {}

    /** A multi-layer perceptron with these widths: dense layers with ReLU. */
    public static Mlp mlp(int... widths) {
        return Mlp.of(widths);
    }

    /** Graph convolutions of these widths (Kipf and Welling 2017), for inputs of graphs. */
    public static Gcn gcn(int... widths) {
        return Gcn.of(widths);
    }

    /** Graph attention with heads of these widths (Veličković et al. 2018): {@code gat(16, 16).heads(4)}. */
    public static Gat gat(int... widths) {
        return Gat.of(widths);
    }

    /** Message passing of these widths, with edge features where the data have them (Gilmer et al. 2017). */
    public static Mpnn mpnn(int... widths) {
        return Mpnn.of(widths);
    }

    /**
     * An encoder for data with several inputs, each with an encoder of its own: {@code fusion().input("image",
     * mlp(64)).input("text", biLstm(64)).late(128)}.
     */
    public static Fusion.Empty fusion() {
        return new Fusion.Empty();
    }

    /** A readout: the sum over nodes, words or pixels, feature by feature. */
    public static Readout sum() {
        return Readout.SUM;
    }

    /** A readout: the mean over nodes, words or pixels, feature by feature. */
    public static Readout mean() {
        return Readout.MEAN;
    }

    /** A readout: the greatest number over nodes, words or pixels, feature by feature. */
    public static Readout max() {
        return Readout.MAX;
    }

    /** A readout: the mean over nodes, words or pixels, weighed by a trained attention. */
    public static Readout attention() {
        return Readout.ATTENTION;
    }

    /** An LSTM of this width a direction, both ways over a text or a series. */
    public static Rnn biLstm(int width) {
        return Rnn.of(Recurrent.Cell.LSTM, Recurrent.Direction.BOTH, width);
    }

    /** An LSTM of this width over a text or a series, from the first place on. */
    public static Rnn lstm(int width) {
        return Rnn.of(Recurrent.Cell.LSTM, Recurrent.Direction.FORWARD, width);
    }

    /** A GRU of this width a direction, both ways over a text or a series. */
    public static Rnn biGru(int width) {
        return Rnn.of(Recurrent.Cell.GRU, Recurrent.Direction.BOTH, width);
    }

    /** A GRU of this width over a text or a series, from the first place on. */
    public static Rnn gru(int width) {
        return Rnn.of(Recurrent.Cell.GRU, Recurrent.Direction.FORWARD, width);
    }

    /** The encoder of a transformer over a text or a series: {@code transformer(64, 4, 2)}. */
    public static Transformer transformer(int width, int heads, int layers) {
        return Transformer.of(width, heads, layers);
    }

    /** What writes the sequences of a task from the features of a shared encoder: {@code task("german").sequence(decoder(4, 2))}. */
    public static Decoder decoder(int heads, int layers) {
        return Decoder.of(heads, layers);
    }

    /** Sines and cosines of many wave lengths tell a transformer's places apart. */
    public static Positions sinusoidalPositions() {
        return Positions.SINUSOIDAL;
    }

    /** A trained vector for each place tells a transformer's places apart. */
    public static Positions learnedPositions() {
        return Positions.LEARNED;
    }

    /** A transformer that takes its input as a set. */
    public static Positions noPositions() {
        return Positions.NONE;
    }

    /**
     * An encoder of one's own: an ND4J SameDiff graph from a placeholder of the features, FLOAT [-1, in], to a
     * representation, [rows, width]. Its variables are trained.
     */
    public static SameDiffEncoder sameDiff(SameDiff graph, String input, String output) {
        return SameDiffEncoder.of("", graph, input, output);
    }

    /** An encoder of one's own with a name that it prints and is stored as. */
    public static SameDiffEncoder sameDiff(String name, SameDiff graph, String input, String output) {
        return SameDiffEncoder.of(name, graph, input, output);
    }

    /** max(x, 0). */
    public static Activation relu() {
        return new Activation.Relu();
    }

    /** x for x &gt; 0, else slope x. */
    public static Activation leakyRelu(double slope) {
        return new Activation.LeakyRelu(slope);
    }

    /** x for x &gt; 0, else alpha (e^x - 1). */
    public static Activation elu(double alpha) {
        return new Activation.Elu(alpha);
    }

    /** x Phi(x). */
    public static Activation gelu() {
        return new Activation.Gelu();
    }

    /** x sigmoid(x). */
    public static Activation silu() {
        return new Activation.Silu();
    }

    /** tanh x. */
    public static Activation tanh() {
        return new Activation.Tanh();
    }

    /** 1 / (1 + e^-x). */
    public static Activation sigmoid() {
        return new Activation.Sigmoid();
    }

    /** log(1 + e^x). */
    public static Activation softplus() {
        return new Activation.Softplus();
    }

    /** Normal weights of variance 2 / fan-in (He et al. 2015). */
    public static Initialiser heNormal() {
        return new Initialiser.HeNormal();
    }

    /** Uniform weights of variance 2 / fan-in (He et al. 2015). */
    public static Initialiser heUniform() {
        return new Initialiser.HeUniform();
    }

    /** Normal weights of variance 2 / (fan-in + fan-out) (Glorot and Bengio 2010). */
    public static Initialiser glorotNormal() {
        return new Initialiser.GlorotNormal();
    }

    /** Uniform weights of variance 2 / (fan-in + fan-out) (Glorot and Bengio 2010). */
    public static Initialiser glorotUniform() {
        return new Initialiser.GlorotUniform();
    }
}
