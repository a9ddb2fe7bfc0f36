package org.mtl4j.tensor;

import java.util.List;

/** Engine API. Is told the nodes of a tape, each after the one that it reads: to compute them by something else. */
public interface TapeReader {

    /** A named input. */
    void input(Node node);

    /** y = f(x W + b), with W {@code name.weight} and b {@code name.bias}. */
    void dense(Node node, Node below, Activation activation);

    /** Dropout: outside of training y = x. */
    void dropout(Node node, Node below);

    /** A layer that is computed outside of the engine. */
    void own(Node node, Node below, OwnLayer layer);

    /** Linear heads y = x W + b, with W and b named as in {@link #dense}. */
    void heads(Node below, List<TaskHead> heads);
}
