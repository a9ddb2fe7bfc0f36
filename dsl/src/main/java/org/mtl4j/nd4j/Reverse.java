package org.mtl4j.nd4j;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.linalg.api.ops.impl.loss.BaseLoss;

/**
 * Reverse mode on a SameDiff graph: adds the operations that compute the gradient of sum(output * signal) to the graph
 * itself. Each operation's derivative is ND4J's own ({@code doDiff}).
 *
 * <p>Only the walk is ours: in 1.0.0-M2.1 SameDiff's walk prints a line per operation to {@code System.out}, which nothing
 * can switch off and only a hack that breaks other threads could catch, and its losses ignore the signal that reaches them
 * (twice a loss has the gradient of one).
 */
final class Reverse {

    private final SameDiff graph;
    private final List<SameDiffOp> order = new ArrayList<>();
    private final Set<String> leaves = new LinkedHashSet<>();
    private final Map<String, SDVariable> signals = new HashMap<>();

    private Reverse(SameDiff graph) {
        this.graph = graph;
    }

    /** The names of what a variable is computed from: variables, placeholders and constants, in the order of their use. */
    static Set<String> leaves(SameDiff graph, String output) {
        Reverse walk = new Reverse(graph);
        walk.visit(output, new HashSet<>());
        return Collections.unmodifiableSet(walk.leaves);
    }

    /** The operations that compute a variable, each after those that it needs. */
    static List<SameDiffOp> operations(SameDiff graph, String output) {
        Reverse walk = new Reverse(graph);
        walk.visit(output, new HashSet<>());
        return Collections.unmodifiableList(walk.order);
    }

    /**
     * Adds the gradient to the graph.
     *
     * @param signal dL/doutput, of the output's shape
     * @return dL/dv for each variable and placeholder v that the output has a gradient for
     * @throws IllegalArgumentException if an operation on the way has no derivative
     */
    static Map<String, SDVariable> gradients(SameDiff graph, String output, SDVariable signal) {
        Reverse walk = new Reverse(graph);
        walk.visit(output, new HashSet<>());
        walk.signals.put(output, signal);
        Set<String> moved = walk.moved();
        Collections.reverse(walk.order);
        for (SameDiffOp op : walk.order) {
            if (op.getOutputsOfOp().stream().anyMatch(v -> moved.contains(v) && walk.signals.containsKey(v))) {
                walk.takeDown(op, moved);
            }
        }
        walk.signals.keySet().retainAll(walk.leaves);
        return walk.signals;
    }

    private void visit(String variable, Set<String> seen) {
        String name = Objects.requireNonNull(graph.getVariables().get(variable)).getOutputOfOp();
        if (name == null) {
            leaves.add(variable);
        } else if (seen.add(name)) {
            SameDiffOp op = Objects.requireNonNull(graph.getOps().get(name));
            inputs(op).forEach(input -> visit(input, seen));
            order.add(op);
        }
    }

    private static List<String> inputs(SameDiffOp op) {
        List<String> inputs = op.getInputsToOp();
        return inputs == null ? List.of() : inputs;
    }

    private boolean isReal(String variable) {
        return graph.getVariable(variable).dataType().isFPType();
    }

    /** The real numbers that move with a variable or placeholder: only they take a signal. */
    private Set<String> moved() {
        Set<String> moved = new HashSet<>();
        for (String leaf : leaves) {
            if (isReal(leaf) && graph.getVariable(leaf).getVariableType() != VariableType.CONSTANT) {
                moved.add(leaf);
            }
        }
        for (SameDiffOp op : order) {
            if (inputs(op).stream().anyMatch(moved::contains)) {
                op.getOutputsOfOp().stream().filter(this::isReal).forEach(moved::add);
            }
        }
        return moved;
    }

    private void takeDown(SameDiffOp op, Set<String> moved) {
        List<SDVariable> above = new ArrayList<>();
        for (String output : op.getOutputsOfOp()) {
            SDVariable signal = signals.get(output);
            above.add(signal == null && isReal(output) ? graph.zerosLike(graph.getVariable(output)) : signal);
        }
        List<SDVariable> below = derivative(op, above);
        List<String> inputs = inputs(op);
        for (int i = 0; i < Math.min(inputs.size(), below.size()); i++) {
            if (moved.contains(inputs.get(i)) && below.get(i) != null) {
                signals.merge(inputs.get(i), below.get(i), SDVariable::add);
            }
        }
    }

    private static List<SDVariable> derivative(SameDiffOp op, List<SDVariable> above) {
        DifferentialFunction function = op.getOp();
        List<SDVariable> below;
        try {
            below = function.doDiff(above);
        } catch (UnsupportedOperationException e) {
            throw noDerivative(op, e);
        }
        if (below == null) {
            throw noDerivative(op, null);
        }
        return function instanceof BaseLoss || UNCHAINED.containsKey(function.opName())
                ? below.stream()
                        .map(each -> times(each, above.get(0), function))
                        .toList()
                : below;
    }

    /** The chain rule, which ND4J's losses leave out. */
    private static SDVariable times(SDVariable derivative, SDVariable above, DifferentialFunction loss) {
        if (!derivative.dataType().isFPType()) {
            return derivative;
        }
        boolean vector = UNCHAINED.getOrDefault(loss.opName(), false);
        return derivative.mul(vector ? above.getSameDiff().expandDims(above, 1) : above);
    }

    /** The losses that are no {@link BaseLoss}, and whether they answer a vector [rows] for a matrix [rows, k]. */
    private static final Map<String, Boolean> UNCHAINED = Map.of(
            "l2_loss", false,
            "softmax_cross_entropy_loss_with_logits", true,
            "sparse_softmax_cross_entropy_loss_with_logits", true);

    private static IllegalArgumentException noDerivative(SameDiffOp op, @Nullable Throwable cause) {
        return new IllegalArgumentException(
                "operation '%s' (%s) has no derivative in ND4J"
                        .formatted(op.getName(), op.getOp().opName()),
                cause);
    }
}
