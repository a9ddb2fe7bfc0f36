package org.mtl4j.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.mtl4j.data.GraphRow;
import org.mtl4j.data.Input;
import org.mtl4j.data.Inputs;

/** The inputs that random numbers are made into: features, images, series and graphs of unequal sizes. */
final class RandomRows {

    /** Pixels of a side of an image. */
    static final int SIDE = 36;
    /** The most steps of a series; the fewest are half as many. */
    static final int STEPS = 16;
    /** The most nodes of a graph; the fewest are half as many. */
    static final int NODES = 12;
    /** Features of a step, or of a node. */
    static final int FEATURES = 16;

    /** The nodes between the ends of a chord of a ring. */
    private static final int CHORD = 3;

    private RandomRows() {}

    /** Numbers of a standard normal distribution. */
    static float[] normal(int size, SplittableRandom random) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    /** @param x [rows, features]. */
    static Input features(int rows, float[] x) {
        List<String> features =
                IntStream.range(0, x.length / rows).mapToObj(f -> "f" + f).toList();
        return Input.Dense.of(features, x);
    }

    /** @param x [rows, SIDE * SIDE]. */
    static Input images(int rows, float[] x) {
        int pixels = SIDE * SIDE;
        float[][] images = new float[rows][];
        for (int r = 0; r < rows; r++) {
            images[r] = Arrays.copyOfRange(x, r * pixels, (r + 1) * pixels);
        }
        return Inputs.images(1, SIDE, SIDE, images);
    }

    /** @param x [rows, STEPS, FEATURES]. */
    static Input series(int rows, float[] x) {
        double[][][] series = new double[rows][][];
        for (int r = 0; r < rows; r++) {
            series[r] = places(x, r * STEPS, length(r, STEPS));
        }
        return Inputs.series(series);
    }

    /** @param x [rows, NODES, FEATURES]. */
    static Input graphs(int rows, float[] x) {
        List<GraphRow> graphs = new ArrayList<>();
        for (int r = 0; r < rows; r++) {
            int nodes = length(r, NODES);
            GraphRow graph = GraphRow.of(places(x, r * NODES, nodes));
            for (int node = 0; node < nodes; node++) {
                graph = graph.edge(node, (node + 1) % nodes);
                if (node % CHORD == 0 && node + CHORD < nodes) {
                    graph = graph.edge(node, node + CHORD);
                }
            }
            graphs.add(graph);
        }
        return Inputs.graphs(graphs);
    }

    /** Half of the most to the most, in turn. */
    private static int length(int row, int most) {
        return most - row % (most / 2 + 1);
    }

    private static double[][] places(float[] x, int from, int count) {
        double[][] places = new double[count][FEATURES];
        for (int p = 0; p < count; p++) {
            for (int c = 0; c < FEATURES; c++) {
                places[p][c] = x[(from + p) * FEATURES + c];
            }
        }
        return places;
    }
}
