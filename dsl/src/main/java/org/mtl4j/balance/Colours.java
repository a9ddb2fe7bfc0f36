package org.mtl4j.balance;

import java.util.Arrays;
import org.mtl4j.bytes.State;

/**
 * Mutable: colours of the nodes of a graph, greedily, the nodes with more edges first (Welsh and Powell); of nodes with as many,
 * the earlier one first. Each takes the first colour that no neighbour has. At first all nodes have one colour.
 */
final class Colours {

    private static final long NONE = -1;

    private final int nodes;
    private final long[] colours;
    private final int[] order;
    private final int[] degrees;
    private int size = 1;

    Colours(int nodes) {
        this.nodes = nodes;
        colours = new long[nodes];
        order = new int[nodes];
        degrees = new int[nodes];
    }

    /** How many colours there are. */
    int size() {
        return size;
    }

    /** The colour of a node, from 0. */
    int of(int node) {
        return (int) colours[node];
    }

    /** Colours anew. @param edges [nodes * nodes], symmetric, none from a node to itself. */
    void colour(boolean[] edges) {
        sort(edges);
        Arrays.fill(colours, NONE);
        size = 0;
        for (int node : order) {
            int colour = 0;
            while (isTaken(colour, node, edges)) {
                colour++;
            }
            colours[node] = colour;
            size = Math.max(size, colour + 1);
        }
    }

    /** Writes the nodes by falling number of edges: by insertion, which keeps the order of equals. */
    private void sort(boolean[] edges) {
        for (int node = 0; node < nodes; node++) {
            degrees[node] = 0;
            for (int other = 0; other < nodes; other++) {
                degrees[node] += edges[node * nodes + other] ? 1 : 0;
            }
            int place = node;
            while (place > 0 && degrees[order[place - 1]] < degrees[node]) {
                order[place] = order[place - 1];
                place--;
            }
            order[place] = node;
        }
    }

    private boolean isTaken(int colour, int node, boolean[] edges) {
        for (int other = 0; other < nodes; other++) {
            if (edges[node * nodes + other] && colours[other] == colour) {
                return true;
            }
        }
        return false;
    }

    void state(State state) {
        state.numbers("colours", colours);
        size = (int) state.number("number of colours", size);
    }
}
