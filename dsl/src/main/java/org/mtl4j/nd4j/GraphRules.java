package org.mtl4j.nd4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.mtl4j.tensor.Draws;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What a user's graph must be to serve as an encoder; checks it on a few random rows. */
final class GraphRules {

    private static final int PROBE = 3;
    private static final float CLOSE = 1e-4f;

    private final FrozenGraph.Names names;
    private final SameDiff graph;
    private final int in;
    private final List<String> variables = new ArrayList<>();
    private final int width;

    /** @throws IllegalArgumentException if the graph breaks a rule; the message names the graph and the variable */
    GraphRules(FrozenGraph.Names names, SameDiff graph) {
        this.names = names;
        this.graph = graph;
        in = width(input());
        collectVariables(leaves());
        width = outputWidth();
        requireGradient();
    }

    SameDiff graph() {
        return graph;
    }

    int in() {
        return in;
    }

    int width() {
        return width;
    }

    /** The trained variables, in the order of their names. */
    List<String> variables() {
        return variables;
    }

    private SDVariable input() {
        SDVariable input = graph.getVariable(names.input());
        List<String> placeholders = graph.inputs();
        if (input == null || input.getVariableType() != VariableType.PLACEHOLDER) {
            String found = input == null
                    ? "the graph has no variable '%s'".formatted(names.input())
                    : "'%s' is no placeholder but %s".formatted(names.input(), described(input));
            throw broken(
                    found,
                    placeholders.isEmpty()
                            ? "Make the features a placeholder: graph.placeHolder(\"x\", DataType.FLOAT, -1, in)."
                            : "Name the placeholder of the features: %s."
                                    .formatted(placeholders.size() == 1 ? placeholders.get(0) : placeholders));
        }
        return input;
    }

    private int width(SDVariable input) {
        long[] shape = input.placeholderShape();
        if (shape == null
                || shape.length != 2
                || shape[0] != -1
                || shape[1] < 1
                || input.dataType() != DataType.FLOAT) {
            throw broken(
                    "placeholder '%s' is %s %s, but features are FLOAT [-1, in]"
                            .formatted(names.input(), input.dataType(), shape == null ? "" : Arrays.toString(shape)),
                    "Make it graph.placeHolder(\"%s\", DataType.FLOAT, -1, in) with the number of features for in."
                            .formatted(names.input()));
        }
        return (int) shape[1];
    }

    private Set<String> leaves() {
        if (!graph.hasVariable(names.output())) {
            throw broken(
                    "the graph has no variable '%s'".formatted(names.output()),
                    "Name the representation: one of %s.".formatted(computed()));
        }
        Set<String> leaves = Reverse.leaves(graph, names.output());
        for (String leaf : leaves) {
            if (graph.getVariable(leaf).isPlaceHolder() && !leaf.equals(names.input())) {
                throw broken(
                        "output '%s' needs placeholder '%s' too, but only '%s' is fed"
                                .formatted(names.output(), leaf, names.input()),
                        "Make '%s' a constant.".formatted(leaf));
            }
        }
        if (!leaves.contains(names.input())) {
            throw broken(
                    "output '%s' does not depend on input '%s'".formatted(names.output(), names.input()),
                    "Name the variable that is computed from it: one of %s.".formatted(computed()));
        }
        return leaves;
    }

    private List<String> computed() {
        return graph.variables().stream()
                .filter(each -> each.getVariableType() == VariableType.ARRAY)
                .map(SDVariable::name)
                .toList();
    }

    private void collectVariables(Set<String> leaves) {
        for (String leaf : leaves.stream().sorted().toList()) {
            SDVariable variable = graph.getVariable(leaf);
            if (variable.getVariableType() == VariableType.VARIABLE) {
                if (variable.dataType() != DataType.FLOAT) {
                    throw broken(
                            "variable '%s' is %s, but parameters are FLOAT".formatted(leaf, typed(variable)),
                            "Make its array FLOAT: array.castTo(DataType.FLOAT).");
                }
                variables.add(leaf);
            }
        }
        if (variables.isEmpty()) {
            throw broken(
                    "output '%s' depends on no variable that can be trained: %s"
                            .formatted(
                                    names.output(),
                                    leaves.stream()
                                            .sorted()
                                            .map(graph::getVariable)
                                            .map(GraphRules::described)
                                            .toList()),
                    "Make its weights with graph.var(..): constants are not trained.");
        }
    }

    private int outputWidth() {
        float[] x = new float[PROBE * in];
        RandomGenerator random = Draws.generator(1);
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) (2 * Draws.uniform(random) - 1);
        }
        INDArray three = output(x, PROBE);
        if (three.rank() != 2 || three.size(0) != PROBE || three.dataType() != DataType.FLOAT) {
            throw broken(
                    "output '%s' is %s %s for %d rows, but a representation is FLOAT [rows, width]"
                            .formatted(names.output(), three.dataType(), Arrays.toString(three.shape()), PROBE),
                    "Name a variable with one row of numbers per row of '%s'.".formatted(names.input()));
        }
        float[] first = Floats.of(three);
        if (!close(first, Floats.of(output(x, PROBE)))) {
            throw broken(
                    "output '%s' differs between two passes over the same rows, but same seed means same bits"
                            .formatted(names.output()),
                    "Take the random operations out; mlp(..).dropout(p) draws from the recipe's seed.");
        }
        if (!close(Floats.of(output(x, PROBE - 1)), first)) {
            throw broken(
                    "output '%s' of a row changes with the rows beside it, so a prediction would depend on its neighbours"
                            .formatted(names.output()),
                    "Take statistics over a row's numbers, not over the rows.");
        }
        return (int) three.size(1);
    }

    private INDArray output(float[] x, int rows) {
        try {
            return graph.outputSingle(Map.of(names.input(), Floats.array(x, 0, rows, in)), names.output());
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    message(
                            "it cannot compute '%s' from '%s' of shape [%d, %d]: %s"
                                    .formatted(names.output(), names.input(), rows, in, e.getMessage()),
                            "Try it: graph.outputSingle(Map.of(\"%s\", Nd4j.rand(%d, %d)), \"%s\")."
                                    .formatted(names.input(), rows, in, names.output())),
                    e);
        }
    }

    /** Whether the numbers that both have are about equal. */
    private static boolean close(float[] some, float[] all) {
        for (int i = 0; i < some.length; i++) {
            if (Math.abs(some[i] - all[i]) > CLOSE * Math.max(1, Math.abs(all[i]))) {
                return false;
            }
        }
        return true;
    }

    private void requireGradient() {
        SDVariable signal = graph.placeHolder(graph.generateNewVarName("signal", 0), DataType.FLOAT, -1, width);
        Map<String, SDVariable> found;
        try {
            found = Reverse.gradients(graph, names.output(), signal);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    message(
                            "output '%s' has no gradient: %s".formatted(names.output(), e.getMessage()),
                            "Leave that operation out, or make what it is computed from constants."),
                    e);
        }
        if (variables.stream().noneMatch(found::containsKey)) {
            throw broken(
                    "output '%s' has no gradient with respect to any of its variables %s: an operation between them gives whole numbers or truth values"
                            .formatted(names.output(), variables),
                    "Compute it with operations on real numbers.");
        }
        runBackward(signal.name(), found);
    }

    /** ND4J finds some mistakes only when it runs. */
    private void runBackward(String signal, Map<String, SDVariable> gradients) {
        Map<String, INDArray> feed = new HashMap<>();
        feed.put(names.input(), Floats.array(new float[PROBE * in], 0, PROBE, in));
        feed.put(signal, Floats.array(new float[PROBE * width], 0, PROBE, width));
        try {
            graph.output(feed, gradients.values().stream().map(SDVariable::name).toList());
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    message(
                            "the gradient of '%s' cannot be computed: %s".formatted(names.output(), e.getMessage()),
                            "Try graph.calculateGradients(..) with it; ND4J 1.0.0-M2.1 has operations whose derivative fails."),
                    e);
        }
    }

    private static String described(SDVariable variable) {
        return "%s '%s' %s"
                .formatted(
                        switch (variable.getVariableType()) {
                            case VARIABLE -> "variable";
                            case CONSTANT -> "constant";
                            case PLACEHOLDER -> "placeholder";
                            default -> "computed variable";
                        },
                        variable.name(),
                        typed(variable));
    }

    private static String typed(SDVariable variable) {
        long[] shape = variable.getShape();
        return shape == null ? variable.dataType().name() : variable.dataType() + " " + Arrays.toString(shape);
    }

    private IllegalArgumentException broken(String found, String remedy) {
        return new IllegalArgumentException(message(found, remedy));
    }

    private String message(String found, String remedy) {
        return "Encoder %s: %s.%n%s".formatted(names, found, remedy);
    }
}
