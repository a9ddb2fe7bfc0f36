package org.mtl4j.layer;

import java.util.random.RandomGenerator;
import org.mtl4j.tensor.Embedding;
import org.mtl4j.tensor.Initialiser;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.Recurrent;
import org.mtl4j.tensor.SequenceLayers;
import org.mtl4j.tensor.Shape;
import org.mtl4j.tensor.Tape;

/**
 * Recurrent layers over a text or a series: words get vectors first. Tasks with an answer at each place read the outputs there,
 * others their mean.
 *
 * <p>[length] words or [length, features] -> [length, width], or [length, 2 width] in both directions. Defaults: one layer,
 * vectors of words as wide as the states, no dropout.
 *
 * <pre>{@code
 * biLstm(64).embedding(32).layers(2).dropout(0.1)
 * }</pre>
 *
 * @param cell LSTM or GRU
 * @param direction which way each layer goes
 * @param width of the states of a direction
 * @param embedding the features of a word; {@link #AS_WIDTH} for as many as the states
 * @param layers how many, each on the one before
 * @param dropout probability of a zero in what goes into each layer, in [0, 1)
 */
public record Rnn(
        Recurrent.Cell cell, Recurrent.Direction direction, int width, int embedding, int layers, double dropout)
        implements Encoder {

    /** Stands for vectors of words as wide as the states. */
    public static final int AS_WIDTH = 0;

    /** The number of layers where none is given. */
    public static final int DEFAULT_LAYERS = 1;

    public Rnn {
        if (width < 1) {
            throw new IllegalArgumentException(
                    "%s(%d): the width is not positive.%nGive the features of a state: %s(64)."
                            .formatted(word(cell, direction), width, word(cell, direction)));
        }
        SequenceSettings.require(layers, embedding, dropout);
    }

    /** One layer of this cell. */
    public static Rnn of(Recurrent.Cell cell, Recurrent.Direction direction, int width) {
        return new Rnn(cell, direction, width, AS_WIDTH, DEFAULT_LAYERS, 0);
    }

    /** This encoder with vectors of words of this many features. */
    public Rnn embedding(int features) {
        return new Rnn(cell, direction, width, SequenceSettings.positive("embedding", features), layers, dropout);
    }

    /** This encoder with as many layers. */
    public Rnn layers(int number) {
        return new Rnn(cell, direction, width, embedding, number, dropout);
    }

    /** This encoder with dropout of probability p on what goes into each layer: vectors of words, and outputs below. */
    public Rnn dropout(double p) {
        return new Rnn(cell, direction, width, embedding, layers, p);
    }

    @Override
    public Node record(Tape tape, String prefix, Sources sources, RandomGenerator random) {
        Node top = SequenceSettings.input(this, sources);
        if (top.shape() instanceof Shape.Tokens) {
            int features = embedding == AS_WIDTH ? width : embedding;
            top = SequenceLayers.embedding(tape, prefix + ".embedding", top, features, Embedding.NO_PADDING, random);
        } else if (embedding != AS_WIDTH) {
            top = tape.dense(prefix + ".embedding", top, embedding, SequenceSettings.LINEAR, INITIALISER, random);
        }
        for (int l = 0; l < layers; l++) {
            String name = prefix + "." + l;
            top = dropout > 0 ? tape.dropout(name + ".dropout", top, dropout) : top;
            top = cell == Recurrent.Cell.LSTM
                    ? SequenceLayers.lstm(tape, name, top, width, direction, random)
                    : SequenceLayers.gru(tape, name, top, width, direction, random);
        }
        return top;
    }

    private static final Initialiser INITIALISER = new Initialiser.UniformFanIn();

    private static String word(Recurrent.Cell cell, Recurrent.Direction direction) {
        boolean both = direction == Recurrent.Direction.BOTH;
        return switch (cell) {
            case LSTM -> both ? "biLstm" : "lstm";
            case GRU -> both ? "biGru" : "gru";
        };
    }

    @Override
    public String toString() {
        return word(cell, direction) + "(" + width + ")"
                + (embedding == AS_WIDTH ? "" : ".embedding(" + embedding + ")")
                + (layers == DEFAULT_LAYERS ? "" : ".layers(" + layers + ")")
                + (dropout == 0 ? "" : ".dropout(" + dropout + ")");
    }
}
