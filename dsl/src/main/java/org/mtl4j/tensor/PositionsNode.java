package org.mtl4j.tensor;

import java.util.List;

/** {@link Positions} added to the features at each place. */
final class PositionsNode extends BlockNode {

    private static final double LONGEST = 10_000;

    private final Positions kind;
    private final int places;
    /** [places, features]; of a learned encoding it lies among the parameters. */
    private final float[] table;

    PositionsNode(String name, Positions kind, Node input, Parameters parameters, int tasks) {
        super(
                name,
                kind,
                input.shape,
                List.of(input),
                parameters,
                kind == Positions.LEARNED ? input.shape.size() : 0,
                tasks);
        this.kind = kind;
        this.places = input.shape.positions();
        this.table = kind == Positions.SINUSOIDAL ? sinusoids(places, features()) : new float[0];
        if (kind == Positions.LEARNED) {
            parameters.name(name + ".weight", places, features(), first, features());
        }
    }

    /** [places, width]: sines at even, cosines at odd features. */
    static float[] sinusoids(int places, int width) {
        float[] table = new float[places * width];
        for (int p = 0; p < places; p++) {
            for (int c = 0; c < width; c++) {
                double angle = p / StrictMath.pow(LONGEST, (double) (c - c % 2) / width);
                table[p * width + c] = (float) (c % 2 == 0 ? StrictMath.sin(angle) : StrictMath.cos(angle));
            }
        }
        return table;
    }

    @Override
    void forward(int rows, Pass pass) {
        System.arraycopy(below().value, 0, value, 0, rows * width);
        for (int r = 0; r < rows && kind != Positions.NONE; r++) {
            float[] from = kind == Positions.LEARNED ? parameters.values() : table;
            Rows.addScaled(1f, from, kind == Positions.LEARNED ? first : 0, value, r * width, width);
        }
    }

    @Override
    void propagate(Block block) {
        if (block.needs(0)) {
            Rows.addScaled(1f, signal, block.signalAt(0), block.below(0), block.belowAt(0, 0), block.rows() * width);
        }
    }

    @Override
    void gradient(Block block, float[] into, int intoOff) {
        for (int r = 0; r < block.rows(); r++) {
            Rows.addScaled(1f, signal, block.signalAt(r), into, intoOff, width);
        }
    }
}
