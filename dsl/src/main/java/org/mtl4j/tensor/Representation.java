package org.mtl4j.tensor;

import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The nodes where a net leaves what tasks share: the lowest shared ones that something of a single task, or a head, reads.
 * The task gradients by their values are the signals that arrive there.
 */
final class Representation {

    private final List<Node> nodes;
    /** Per node of the tape, whether it lies at the representation or below it. */
    private final boolean[] held;

    private final int tasks;
    private final int width;
    private float[] masked = new float[0];

    /** Those of a tape's nodes, each of which stands after the ones that it reads. */
    Representation(List<Node> tape, int tasks) {
        this.tasks = tasks;
        Set<Node> read = new LinkedHashSet<>();
        for (Node node : tape) {
            if (node instanceof OutputNode || !node.isShared()) {
                node.inputs.stream()
                        .filter(input -> input.isShared() && input.differentiable)
                        .forEach(read::add);
            }
        }
        Set<Node> above = new HashSet<>(); // one of these, directly or not
        for (Node node : tape) {
            if (node.inputs.stream().anyMatch(input -> read.contains(input) || above.contains(input))) {
                above.add(node);
            }
        }
        nodes = read.stream().filter(node -> !above.contains(node)).toList();
        width = nodes.stream().mapToInt(node -> node.width).sum();
        held = new boolean[tape.size()];
        Set<Node> below = new HashSet<>(nodes);
        for (int n = held.length - 1; n >= 0; n--) {
            held[n] = below.contains(tape.get(n));
            if (held[n]) {
                below.addAll(tape.get(n).inputs);
            }
        }
    }

    /** Whether the tape's node of this index lies at the representation or below: single tasks' signals need not go there. */
    boolean holds(int index) {
        return held[index];
    }

    /** Numbers of a row, of all its nodes together. */
    int width() {
        return width;
    }

    /**
     * Writes the sum over the rows of each task's signal times the sign of the value.
     *
     * @param into [tasks * width], overwritten
     */
    void agreements(Layout layout, float[] into) {
        Arrays.fill(into, 0f);
        for (int n = 0, first = 0; n < nodes.size(); first += nodes.get(n++).width) {
            Node node = nodes.get(n);
            for (int t = node.reach.nextSetBit(0); t >= 0; t = node.reach.nextSetBit(t + 1)) {
                int[] index = layout.index(t);
                for (int r = 0; r < layout.rows(t); r++) {
                    int value = batchRow(index, r) * node.width;
                    int signal = (node.row(layout, t) + r) * node.width;
                    for (int k = 0; k < node.width; k++) {
                        into[t * width + first + k] += node.signal[signal + k] * Math.signum(node.value[value + k]);
                    }
                }
            }
        }
    }

    /** Sums the tasks' signals, each number by its share, over the rows of the batch. @param kept [tasks * width]. */
    void mask(Layout layout, float[] kept) {
        if (masked.length < layout.batch() * width) {
            masked = new float[layout.batch() * width];
        }
        Arrays.fill(masked, 0, layout.batch() * width, 0f);
        for (int n = 0, first = 0; n < nodes.size(); first += nodes.get(n++).width) {
            Node node = nodes.get(n);
            for (int t = node.reach.nextSetBit(0); t >= 0; t = node.reach.nextSetBit(t + 1)) {
                int[] index = layout.index(t);
                for (int r = 0; r < layout.rows(t); r++) {
                    int to = batchRow(index, r) * width + first;
                    int signal = (node.row(layout, t) + r) * node.width;
                    for (int k = 0; k < node.width; k++) {
                        masked[to + k] += kept[t * width + first + k] * node.signal[signal + k];
                    }
                }
            }
        }
    }

    /** Makes what {@link #mask} summed the one signal at its nodes. */
    void place(Layout combined) {
        for (int n = 0, first = 0; n < nodes.size(); first += nodes.get(n++).width) {
            Node node = nodes.get(n);
            for (int r = 0; r < combined.batch(); r++) {
                System.arraycopy(masked, r * width + first, node.signal, r * node.width, node.width);
            }
            node.signalled[0] = true;
        }
    }

    /** Writes the inner products of the tasks' signals. @param gram [tasks * tasks], overwritten. */
    void gram(Layout layout, double[] gram) {
        Arrays.fill(gram, 0);
        for (int n = 0; n < nodes.size(); n++) {
            Node node = nodes.get(n);
            for (int i = 0; i < tasks; i++) {
                for (int j = 0; j <= i; j++) {
                    if (node.reach.get(i) && node.reach.get(j)) {
                        double product = product(node, layout, i, j);
                        gram[i * tasks + j] += product;
                        gram[j * tasks + i] = gram[i * tasks + j];
                    }
                }
            }
        }
    }

    private static double product(Node node, Layout layout, int i, int j) {
        int[] rows = layout.index(i);
        int[] columns = layout.index(j);
        int from = node.row(layout, i) * node.width;
        int to = node.row(layout, j) * node.width;
        if (rows == null && columns == null) {
            return Blas.dot(layout.rows(i) * node.width, node.signal, from, node.signal, to);
        }
        double sum = 0;
        int c = 0;
        for (int r = 0; r < layout.rows(i); r++) {
            int row = batchRow(rows, r);
            while (c < layout.rows(j) && batchRow(columns, c) < row) {
                c++;
            }
            if (c < layout.rows(j) && batchRow(columns, c) == row) {
                sum += Blas.dot(node.width, node.signal, from + r * node.width, node.signal, to + c * node.width);
            }
        }
        return sum;
    }

    private static int batchRow(int @Nullable [] index, int r) {
        return index == null ? r : index[r];
    }
}
