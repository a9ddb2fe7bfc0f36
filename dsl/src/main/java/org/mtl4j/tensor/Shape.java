package org.mtl4j.tensor;

/**
 * How the numbers of one row lie: a row is a sample, whatever it is made of.
 *
 * <p>Row-major, without gaps between rows. Where samples differ in length, rows are as long as the longest; what lies beyond
 * a row's own length is arbitrary and gets a zero signal.
 */
public sealed interface Shape {

    /** Numbers of a row of this shape, as layers hold it. */
    int size();

    /** Numbers of a row of an input of this shape: its size, and before that what its rows differ in. */
    default int inputSize() {
        return size();
    }

    /** The number of places that a row has features at: tokens, nodes or pixels; 1 where the row is one place. */
    default int positions() {
        return 1;
    }

    /** Features, [width]. */
    record Vector(int width) implements Shape {
        public Vector {
            positive(width, "features");
        }

        @Override
        public int size() {
            return width;
        }

        @Override
        public String toString() {
            return String.valueOf(width);
        }
    }

    /** An image or feature map, [channels, height, width]. */
    record Image(int channels, int height, int width) implements Shape {
        public Image {
            positive(channels, "channels");
            positive(height, "rows of pixels");
            positive(width, "columns of pixels");
        }

        @Override
        public int size() {
            return channels * height * width;
        }

        @Override
        public int positions() {
            return height * width;
        }

        @Override
        public String toString() {
            return channels + " x " + height + " x " + width;
        }
    }

    /** Features at each of several places in order, [length, width]; as an input, the row's own length stands before them. */
    record Series(int length, int width) implements Shape {
        public Series {
            positive(length, "places");
            positive(width, "features");
        }

        @Override
        public int size() {
            return length * width;
        }

        @Override
        public int inputSize() {
            return 1 + size();
        }

        @Override
        public int positions() {
            return length;
        }

        @Override
        public String toString() {
            return length + " x " + width;
        }
    }

    /** Indices in a vocabulary, [length]; as an input, the row's own length stands before them. */
    record Tokens(int length, int vocabulary) implements Shape {
        public Tokens {
            positive(length, "places");
            positive(vocabulary, "words");
        }

        @Override
        public int size() {
            return length;
        }

        @Override
        public int inputSize() {
            return 1 + length;
        }

        @Override
        public int positions() {
            return length;
        }

        @Override
        public String toString() {
            return length + " tokens of " + vocabulary;
        }
    }

    /**
     * A graph: as an input, its own numbers of nodes and edges, then node features [nodes, features], the source node of each
     * edge [edges], the target node [edges], and edge features [edges, edgeFeatures].
     *
     * @param nodes the most nodes of a row
     * @param features per node
     * @param edges the most edges of a row; an undirected edge is two
     * @param edgeFeatures per edge
     */
    record Graph(int nodes, int features, int edges, int edgeFeatures) implements Shape {
        public Graph {
            positive(nodes, "nodes");
            positive(features, "node features");
        }

        /** That of its node features. */
        @Override
        public int size() {
            return nodes * features;
        }

        @Override
        public int inputSize() {
            return 2 + size() + edges * (2 + edgeFeatures);
        }

        @Override
        public int positions() {
            return nodes;
        }

        /** Where the node features begin in a row of the input. */
        public int nodesAt() {
            return 2;
        }

        /** Where the source nodes begin in a row of the input. */
        public int sourcesAt() {
            return 2 + size();
        }

        /** Where the target nodes begin in a row of the input. */
        public int targetsAt() {
            return sourcesAt() + edges;
        }

        /** Where the edge features begin in a row of the input. */
        public int edgeFeaturesAt() {
            return targetsAt() + edges;
        }

        @Override
        public String toString() {
            return "graph of up to " + nodes + " x " + features + ", " + edges + " edges"
                    + (edgeFeatures == 0 ? "" : " x " + edgeFeatures);
        }
    }

    private static void positive(int number, String what) {
        if (number < 1) {
            throw new IllegalArgumentException(
                    "A shape of %d %s: it needs at least 1.%nCheck the shape of the input, and that no layer takes more than it is given."
                            .formatted(number, what));
        }
    }
}
