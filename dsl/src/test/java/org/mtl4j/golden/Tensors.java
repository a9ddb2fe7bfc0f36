package org.mtl4j.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import tools.jackson.databind.JsonNode;

/** Reads tensors of golden files and compares with them, within the tolerances of the golden values' README. */
public final class Tensors {

    /** Of code that computes in double, times max(1, |b|). */
    public static final double DOUBLE = 1e-10;

    /** Of outputs and losses in float, times max(1, |b|). */
    public static final double OUTPUT = 1e-5;

    /** Of gradients in float, times max(1, the largest |b| of the tensor); of final parameters. */
    public static final double GRADIENT = 5e-5;

    private Tensors() {}

    /** The numbers of a tensor or of nested lists, row-major. */
    public static double[] values(JsonNode node) {
        return node.has("values")
                ? flat(node.path("values")).toArray()
                : flat(node).toArray();
    }

    private static DoubleStream flat(JsonNode node) {
        return node.isArray() ? node.valueStream().flatMapToDouble(Tensors::flat) : DoubleStream.of(node.asDouble());
    }

    /** The numbers as floats. */
    public static float[] floats(JsonNode node) {
        return floats(values(node));
    }

    /** These numbers as floats. */
    public static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    /** The shape of a tensor. */
    public static int[] shape(JsonNode tensor) {
        return tensor.path("shape").valueStream().mapToInt(JsonNode::asInt).toArray();
    }

    /** The last dimension of a tensor; 1 for a scalar. */
    public static int width(JsonNode tensor) {
        int[] shape = shape(tensor);
        return shape.length == 0 ? 1 : shape[shape.length - 1];
    }

    /** The numbers with one dimension brought to the end; the others keep their order. */
    public static double[] lastDimension(double[] values, int[] shape, int dim) {
        int inner = 1;
        for (int d = dim + 1; d < shape.length; d++) {
            inner *= shape[d];
        }
        int length = shape.length == 0 ? 1 : shape[dim];
        double[] result = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            int outer = i / (length * inner);
            int along = i / inner % length;
            result[(outer * inner + i % inner) * length + along] = values[i];
        }
        return result;
    }

    /** The transpose of a [rows, columns] matrix. */
    public static float[] transposed(float[] matrix, int rows, int columns) {
        float[] result = new float[matrix.length];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                result[c * rows + r] = matrix[r * columns + c];
            }
        }
        return result;
    }

    /** Fails unless |a - b| is at most the tolerance times max(1, |b|). */
    public static void assertClose(String what, double actual, double expected, double tolerance) {
        assertThat(actual).as(what).isCloseTo(expected, within(tolerance * Math.max(1, Math.abs(expected))));
    }

    /** The same for each number. */
    public static void assertClose(String what, double[] actual, double[] expected, double tolerance) {
        assertThat(actual).as(what).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertClose(what + "[" + i + "]", actual[i], expected[i], tolerance);
        }
    }

    /** The same for each number. */
    public static void assertClose(String what, float[] actual, double[] expected, double tolerance) {
        assertClose(what, doubles(actual), expected, tolerance);
    }

    /** Fails unless each |a - b| is at most the tolerance times max(1, the largest |b|). */
    public static void assertGradient(String what, float[] actual, double[] expected) {
        double scale = Math.max(1, Arrays.stream(expected).map(Math::abs).max().orElse(0));
        assertThat(doubles(actual)).as(what).containsExactly(expected, within(GRADIENT * scale));
    }

    /** Fails unless each |a - b| is at most the tolerance. */
    public static void assertWithin(String what, float[] actual, double[] expected, double tolerance) {
        assertThat(doubles(actual)).as(what).containsExactly(expected, within(tolerance));
    }

    private static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < doubles.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }
}
