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
