package org.mtl4j.tensor;

import java.util.List;

/** Engine API. Is told the nodes of a tape, each after the one that it reads: to compute them by something else. */
public interface TapeReader {

    /** A named input. */
    void input(Node node);

    /** The features at the places of an input that says a row's own length before them. */
    void places(Node node, Node input);

    /** y = f(x W + b), with W {@code name.weight} and b {@code name.bias}. */
    void dense(Node node, Node below, Activation activation);

    /** Dropout: outside of training y = x. */
    void dropout(Node node, Node below);

    /** A layer that is computed outside of the engine. */
    void own(Node node, Node below, OwnLayer layer);

    /** A layer that this spec says all of, but for the inputs: {@link Node#inputs}. */
    void layer(Node node, LayerSpec spec);

    /** Linear heads y = x W + b, with W and b named as in {@link #dense}. */
    void heads(Node below, List<TaskHead> heads);

    /** A linear head at each place of a representation. */
    void placeHead(Node below, TaskHead head);

    /** Linear maps of two representations, side by side. */
    void pairHead(List<Node> pair, TaskHead head);
}
