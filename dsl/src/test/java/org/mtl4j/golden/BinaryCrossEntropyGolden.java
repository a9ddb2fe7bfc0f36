package org.mtl4j.golden;

import org.mtl4j.task.Loss;
import tools.jackson.databind.JsonNode;

/**
 * PyTorch's binary_cross_entropy_with_logits against {@link Loss.BinaryCrossEntropy}. Ours has one positive weight: where
 * theirs has one per column, each column is a loss of its own, and a mean is the mean of the columns'.
 */
final class BinaryCrossEntropyGolden implements Runner {

    @Override
    public boolean knows(GoldenFile file) {
        return file.schema().equals("mtl-golden/losses/1") && file.name().equals("BCEWithLogits");
    }

    @Override
    public void check(JsonNode each) {
        JsonNode inputs = each.path("inputs");
        float[] logits = Tensors.floats(inputs.path("logits"));
        float[] target = Tensors.floats(inputs.path("target"));
        double[] weights =
                inputs.path("pos_weight").isObject() ? Tensors.values(inputs.path("pos_weight")) : new double[] {1};
        Loss.Reduction reduction =
                LossProbe.reduction(each.path("config").path("reduction").asString("mean"));
        int columns = weights.length;
        double share = reduction == Loss.Reduction.MEAN ? 1.0 / columns : 1;
        double value = 0;
        float[] signal = new float[logits.length];
        for (int c = 0; c < columns; c++) {
            Loss loss = new Loss.BinaryCrossEntropy(weights[c], reduction);
            LossProbe probe =
                    new LossProbe(loss, column(logits, c, columns), 1, column(target, c, columns), 1, row -> true);
            value += share * probe.value();
            for (int i = c, r = 0; i < signal.length; i += columns, r++) {
                signal[i] = (float) share * probe.signal()[r];
            }
        }
        Tensors.assertClose("value", value, each.path("value").asDouble(), Tensors.OUTPUT);
        Tensors.assertGradient(
                "logits", signal, Tensors.values(each.path("grads").path("logits")));
    }

    /** Every {@code columns}th number from c on: all numbers where there is one column. */
    private static float[] column(float[] matrix, int c, int columns) {
        float[] column = new float[matrix.length / columns];
        for (int r = 0; r < column.length; r++) {
            column[r] = matrix[r * columns + c];
        }
        return column;
    }
}
