package org.mtl4j.tensor;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Engine API. Records layers of sequences on a tape: rows are [length, features], as long as the longest, and what lies
 * beyond a row's own length counts for nothing.
 */
public final class SequenceLayers {

    /** The standard deviation of learned positions at the start, as in BERT and GPT-2. */
    private static final double SD_OF_POSITIONS = 0.02;

    private SequenceLayers() {}

    /**
     * Records a vector for each word, N(0, 1) at the start; that of the padding index is 0.
     *
     * @param tokens an input of {@link Shape.Tokens}
     * @param padding the index that gets no gradient; {@link Embedding#NO_PADDING} for none
     * @return [length, width]
     */
    public static Node embedding(Tape tape, String name, Node tokens, int width, int padding, RandomGenerator random) {
        if (!(tokens instanceof InputNode input && tokens.shape instanceof Shape.Tokens words)) {
            throw new IllegalArgumentException(
                    "Layer '%s': an embedding reads tokens, but '%s' is %s.%nGive it an input of tokens."
                            .formatted(name, tokens.name, tokens.shape));
        }
        Embedding spec = new Embedding(words.vocabulary(), width, padding);
        EmbeddingNode node = new EmbeddingNode(name, spec, input, tape.parameters(), tape.tasks());
        float[] values = tape.parameters().values();
        Draws.normal(values, node.first, node.size, 1, random);
        if (padding != Embedding.NO_PADDING) {
            int from = node.first + padding * width;
            Arrays.fill(values, from, from + width, 0f);
        }
        return tape.add(node);
    }

    /** Records what tells a place from another; learned ones are N(0, 0.02^2) at the start. */
    public static Node positions(Tape tape, String name, Node series, Positions kind, RandomGenerator random) {
        PositionsNode node =
                new PositionsNode(name, kind, requireSeries(name, series), tape.parameters(), tape.tasks());
        Draws.normal(tape.parameters().values(), node.first, node.size, SD_OF_POSITIONS, random);
        return tape.add(node);
    }

    /**
     * Records an LSTM, uniform in +-1/sqrt(width) at the start.
     *
     * @return [length, width], or [length, 2 width] in both directions
     */
    public static Node lstm(
            Tape tape, String name, Node series, int width, Recurrent.Direction direction, RandomGenerator random) {
        return recurrent(tape, name, List.of(series), spec(Recurrent.Cell.LSTM, direction, series, width), random);
    }

    /** Records a GRU, uniform in +-1/sqrt(width) at the start. */
    public static Node gru(
            Tape tape, String name, Node series, int width, Recurrent.Direction direction, RandomGenerator random) {
        return recurrent(tape, name, List.of(series), spec(Recurrent.Cell.GRU, direction, series, width), random);
    }

    private static Recurrent spec(Recurrent.Cell cell, Recurrent.Direction direction, Node series, int width) {
        return new Recurrent(cell, direction, series.features(), width);
    }

    /**
     * Records a recurrent layer.
     *
     * @param inputs the series; then, if it is to begin with other states than 0, the hidden states
     *     [directions x width], and of an LSTM the cells
     */
    public static Node recurrent(Tape tape, String name, List<Node> inputs, Recurrent spec, RandomGenerator random) {
        Node series = requireSeries(name, inputs.get(0));
        List<Node> states = inputs.subList(1, inputs.size());
        for (Node state : states) {
            if (state.width != spec.out()) {
                throw new IllegalArgumentException(
                        "Layer '%s': %s begins with %d numbers, but '%s' has %d.%nGive it states as wide as its output."
                                .formatted(name, spec, spec.out(), state.name, state.width));
            }
        }
        RecurrentNode node = new RecurrentNode(name, spec, series, states, tape.parameters(), tape.tasks());
        double bound = 1 / StrictMath.sqrt((double) spec.width());
        Draws.uniform(tape.parameters().values(), node.first, node.size, bound, random);
        return tape.add(node);
    }

    /** Records where a recurrent layer ends, [directions x width]. */
    public static Node finalState(Tape tape, String name, Node recurrent, FinalState kind) {
        if (!(recurrent instanceof RecurrentNode node)
                || (kind == FinalState.CELL && ((Recurrent) node.spec()).cell() != Recurrent.Cell.LSTM)) {
            throw new IllegalArgumentException("Layer '%s': '%s' has no %s.%nRead it from %s."
                    .formatted(name, recurrent.name, kind, kind == FinalState.CELL ? "an LSTM" : "an LSTM or a GRU"));
        }
        return tape.add(new FinalStateNode(name, kind, node, tape.parameters(), tape.tasks()));
    }

    /** Records layer normalisation of a vector, or of the features at each place of a series; weight 1, bias 0 at the start. */
    public static Node layerNorm(Tape tape, String name, Node input, double epsilon) {
        // its parameters are not drawn
        return new LayerNorm(epsilon).record(tape, name, input, Draws.generator(0));
    }

    /** Records the sum of nodes of one shape. */
    public static Node sum(Tape tape, String name, List<Node> inputs) {
        for (Node input : inputs) {
            if (!input.shape.equals(inputs.get(0).shape)) {
                throw new IllegalArgumentException(
                        "Layer '%s': '%s' is %s, but '%s' is %s.%nA sum takes equal shapes: give the layers one width."
                                .formatted(name, inputs.get(0).name, inputs.get(0).shape, input.name, input.shape));
            }
        }
        return tape.add(new SumNode(name, inputs, tape.parameters(), tape.tasks()));
    }

    static Node requireSeries(String name, Node node) {
        if (!(node.shape instanceof Shape.Series)) {
            throw new IllegalArgumentException(
                    "Layer '%s': it reads features at each of several places, but '%s' is %s.%nGive it tokens through an embedding, or a series."
                            .formatted(name, node.name, node.shape));
        }
        return node;
    }
}
