package org.mtl4j.task;

/** Computes {@link SequenceCrossEntropy} and its signal: the cross-entropy of each row's positions by itself. */
final class SequenceKernel implements Kernel {

    private final LossKernel perToken;
    private final Labelled one = new Labelled();
    private int[] rows = new int[0];

    SequenceKernel(SequenceCrossEntropy loss) {
        perToken = new LossKernel(SequenceCrossEntropy.perToken(loss.labelSmoothing()));
    }

    @Override
    public double evaluate(Labelled at, double scale) {
        int sequences = 0;
        for (int r = 0; r < at.count; r = at.endOfRow(r)) {
            sequences++;
        }
        if (rows.length < at.count) {
            rows = new int[at.count];
        }
        one.outputs(at.outputs, at.signal, at.column, at.width, at.stride);
        double sum = 0;
        for (int r = 0; r < at.count; ) {
            int end = at.endOfRow(r);
            System.arraycopy(at.rows, r, rows, 0, end - r);
            one.targets(at.targets, at.targetWidth, rows, end - r);
            sum += perToken.evaluate(one, scale / sequences);
            r = end;
        }
        return sum / sequences;
    }
}
