package org.mtl4j.tensor;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Recurrent} layer. The products with the inputs are one for all places, those with the states one a step, both over
 * packed places only ({@link Packing}); each gradient by a weight is one product.
 */
final class RecurrentNode extends BlockNode {

    private final Recurrent spec;
    private final Cells[] directions;
    private final int places;
    private final int in;
    private final @Nullable InputNode lengths;
    private final Packing packing;
    private final RecurrentCell.Backward back;
    private float[] x = new float[0];
    private float[] blockX = new float[0];
    private float[] blockHidden = new float[0];
    private float[] dx = new float[0];
    /** The signal at the last cells, [slots, directions x width]: added to by who reads them. */
    private float[] cellSignal = new float[0];

    private boolean cellsAreRead;

    /** A direction with its deltas, which lie where its block has its slots. */
    private static final class Cells {
        final RecurrentCell cell;
        final int offset;
        float[] delta = new float[0];
        float[] deltaHidden = new float[0];

        Cells(RecurrentCell cell, int offset) {
            this.cell = cell;
            this.offset = offset;
        }
    }

    /** @param states the initial hidden states and cells, or none */
    RecurrentNode(String name, Recurrent spec, Node input, List<Node> states, Parameters parameters, int tasks) {
        super(
                name,
                spec,
                new Shape.Series(input.shape.positions(), spec.out()),
                Stream.concat(Stream.of(input), states.stream()).toList(),
                parameters,
                spec.direction().count() * spec.sizeOfDirection(),
                tasks);
        this.spec = spec;
        this.places = input.shape.positions();
        this.in = spec.in();
        this.lengths = input.lengths();
        this.packing = new Packing(places);
        this.back = new RecurrentCell.Backward(new Packing(places), packing);
        this.directions = IntStream.range(0, spec.direction().count())
                .mapToObj(d -> new Cells(cell(d), d * spec.width()))
                .toArray(Cells[]::new);
        for (int d = 0; d < directions.length; d++) {
            name(parameters, d == 0 ? "" : "_reverse", first + d * spec.sizeOfDirection());
        }
    }

    private RecurrentCell cell(int direction) {
        RecurrentCell.Way way = direction == 0 ? RecurrentCell.Way.ONWARD : RecurrentCell.Way.BACKWARD;
        int at = first + direction * spec.sizeOfDirection();
        return spec.cell() == Recurrent.Cell.LSTM
                ? new LstmCell(spec, way, parameters, at)
                : new GruCell(spec, way, parameters, at);
    }

    private void name(Parameters parameters, String suffix, int from) {
        int gates = spec.cell().gates() * spec.width();
        int hidden = from + in * gates;
        int bias = hidden + spec.width() * gates;
        parameters.name(name + ".weight_ih" + suffix, in, gates, from, gates);
        parameters.name(name + ".weight_hh" + suffix, spec.width(), gates, hidden, gates);
        parameters.name(name + ".bias_ih" + suffix, 1, gates, bias, gates);
        parameters.name(name + ".bias_hh" + suffix, 1, gates, bias + gates, gates);
    }

    @Override
    void reserve(int batch, int blocks) {
        super.reserve(batch, blocks);
        int slots = signalRows(batch, blocks);
        packing.reserve(batch);
        back.at.reserve(batch);
        back.rank = new int[batch];
        back.signal = new float[batch * places * spec.width()];
        x = new float[batch * places * in];
        blockX = new float[batch * places * in];
        dx = new float[batch * places * in];
        blockHidden = new float[batch * places * spec.width()];
        cellSignal = new float[cellsAreRead ? slots * spec.out() : 0];
        for (Cells each : directions) {
            each.cell.reserve(batch, batch * places);
            each.delta = new float[slots * places * each.cell.gates];
            each.deltaHidden =
                    spec.cell() == Recurrent.Cell.LSTM ? each.delta : new float[slots * places * each.cell.gates];
        }
    }

    @Override
    void beginPass() {
        super.beginPass();
        Arrays.fill(cellSignal, 0f);
    }

    @Override
    void forward(int rows, Pass pass) {
        // in evaluation all rows are computed in full, so that a row has the same bits whatever rows stand beside it
        boolean full = pass == Pass.EVALUATE;
        packing.of(rows, null, full ? null : lengths);
        pack(packing, null, inputs.get(0).value, x);
        Arrays.fill(value, 0, rows * width, 0f);
        for (Cells each : directions) {
            if (inputs.size() > 1) {
                initial(1, rows, each.offset, each.cell.initial);
            }
            if (inputs.size() > 2) {
                initial(2, rows, each.offset, each.cell.initialCell);
            }
            each.cell.forward(packing, x, inputs.size() > 1, full ? lengths : null);
            spread(each);
        }
    }

    /** Copies the features of packed places. @param into [packed places, in], overwritten. */
    private void pack(Packing at, int @Nullable [] index, float[] from, float[] into) {
        for (int t = 0; t < at.steps(); t++) {
            for (int i = 0; i < at.active(t); i++) {
                int row = index == null ? at.row(i) : index[at.row(i)];
                System.arraycopy(from, (row * places + t) * in, into, (at.start(t) + i) * in, in);
            }
        }
    }

    private void initial(int input, int rows, int offset, float[] into) {
        int h = spec.width();
        for (int i = 0; i < rows; i++) {
            System.arraycopy(inputs.get(input).value, packing.row(i) * spec.out() + offset, into, i * h, h);
        }
    }

    private void spread(Cells each) {
        int h = spec.width();
        for (int t = 0; t < packing.steps(); t++) {
            for (int i = 0; i < packing.active(t); i++) {
                int to = (packing.row(i) * places + t) * spec.out() + each.offset;
                if (t < lengthOf(packing.row(i))) {
                    System.arraycopy(each.cell.hidden, (packing.start(t) + i) * h, value, to, h);
                }
            }
        }
    }

    /** Says that someone will read the last cells. */
    void readCells() {
        cellsAreRead = true;
    }

    /** The cell of a batch row in a direction where it ends, c of {@link Recurrent.Cell#LSTM}. */
    void lastCell(int row, int direction, float[] into, int to) {
        int h = spec.width();
        int length = lengthOf(row);
        int t = direction == 0 ? length - 1 : 0;
        float[] cells = directions[direction].cell.cells();
        if (cells != null && length > 0) {
            System.arraycopy(cells, (packing.start(t) + packing.rank(row)) * h, into, to, h);
        }
    }

    /** The places of a batch row that count. */
    int lengthOf(int row) {
        return lengths == null ? places : lengths.length(row);
    }

    /** What signals at the last cells are added to, [slots, directions x width]. */
    float[] cellSignal() {
        return cellSignal;
    }

    private void lay(Block block) {
        back.at.of(block.rows(), block.index(), lengths);
        for (int i = 0; i < block.rows(); i++) {
            back.rank[i] = packing.rank(block.batchRow(back.at.row(i)));
        }
    }

    @Override
    void propagate(Block block) {
        lay(block);
        Arrays.fill(dx, 0, back.at.total() * in, 0f);
        for (Cells each : directions) {
            gather(block, each);
            each.cell.backward(back, each.delta, each.deltaHidden, block.slot(0) * places);
            if (block.needs(0)) {
                each.cell.toInput(back.at.total(), each.delta, block.slot(0) * places, dx);
            }
            toInitial(block, each);
        }
        if (block.needs(0)) {
            toBelow(block);
        }
    }

    /** The signals of a direction at packed places and at its last cells. */
    private void gather(Block block, Cells each) {
        int h = spec.width();
        Packing at = back.at;
        Arrays.fill(each.cell.carry, 0, block.rows() * h, 0f);
        Arrays.fill(each.cell.carryCell, 0, block.rows() * h, 0f);
        for (int t = 0; t < at.steps(); t++) {
            for (int i = 0; i < at.active(t); i++) {
                int from = block.signalAt(at.row(i)) + t * spec.out() + each.offset;
                System.arraycopy(signal, from, back.signal, (at.start(t) + i) * h, h);
            }
        }
        for (int i = 0; i < block.rows() && cellSignal.length > 0; i++) {
            int from = block.slot(at.row(i)) * spec.out() + each.offset;
            System.arraycopy(cellSignal, from, each.cell.carryCell, i * h, h);
        }
    }

    private void toInitial(Block block, Cells each) {
        int h = spec.width();
        for (int input = 1; input < inputs.size(); input++) {
            float[] from = input == 1 ? each.cell.carry : each.cell.carryCell;
            for (int i = 0; i < block.rows() && block.needs(input); i++) {
                int to = block.belowAt(input, back.at.row(i)) + each.offset;
                Rows.addScaled(1f, from, i * h, block.below(input), to, h);
            }
        }
    }

    private void toBelow(Block block) {
        Packing at = back.at;
        for (int t = 0; t < at.steps(); t++) {
            for (int i = 0; i < at.active(t); i++) {
                int to = block.belowAt(0, at.row(i)) + t * in;
                Rows.addScaled(1f, dx, (at.start(t) + i) * in, block.below(0), to, in);
            }
        }
    }

    @Override
    void gradient(Block block, float[] into, int intoOff) {
        lay(block);
        int total = back.at.total();
        if (total == 0) {
            return;
        }
        pack(back.at, block.index(), inputs.get(0).value, blockX);
        for (int d = 0; d < directions.length; d++) {
            Cells each = directions[d];
            gatherStates(each.cell);
            int from = block.slot(0) * places;
            int to = intoOff + d * spec.sizeOfDirection();
            each.cell.gradient(total, blockX, blockHidden, each.delta, each.deltaHidden, from, into, to);
        }
    }

    /** The states that each packed place of a block begins with. */
    private void gatherStates(RecurrentCell cell) {
        int h = spec.width();
        Packing at = back.at;
        for (int t = 0; t < at.steps(); t++) {
            for (int i = 0; i < at.active(t); i++) {
                int previous = cell.previous(back, t, i);
                float[] from = previous < 0 ? cell.initial : cell.hidden;
                int fromAt = (previous < 0 ? back.rank[i] : previous) * h;
                System.arraycopy(from, fromAt, blockHidden, (at.start(t) + i) * h, h);
            }
        }
    }
}
