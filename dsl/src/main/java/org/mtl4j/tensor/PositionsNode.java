package org.mtl4j.tensor;

import java.util.List;

/** {@link Positions} added to the features at each place. */
final class PositionsNode extends BlockNode {

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
        this.table = kind == Positions.SINUSOIDAL ? Positions.sinusoids(places, features()) : new float[0];
        if (kind == Positions.LEARNED) {
            parameters.name(name + ".weight", places, features(), first, features());
        }
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
