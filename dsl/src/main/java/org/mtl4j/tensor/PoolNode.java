package org.mtl4j.tensor;

import java.util.List;

/** {@link Pool}: y[c, i, j] is the greatest or the mean of x[c, rows of window i, columns of window j]. */
final class PoolNode extends BlockNode {

    private final boolean greatest;
    /** Whether it is the greatest of 2 x 2 pixels, moving by 2. */
    private final boolean pairs;

    private final int planes;
    private final int inPlane;
    private final int inRow;
    private final Spans down;
    private final Spans right;
    /** Of each output the pixel of the row that it is, [batch, outputs]; for the greatest only. */
    private int[] winner = new int[0];

    /** Images that are worth a thread. */
    private final int least;

    private final Piecework forth = this::forth;
    private final Piecework back = this::back;

    // of the loop at work
    private int rows;
    private Block block = new Block(this);

    PoolNode(String name, Pool pool, Node input, Parameters parameters, int tasks) {
        super(name, pool, shape(pool, (Shape.Image) input.shape), List.of(input), parameters, 0, tasks);
        Shape.Image image = (Shape.Image) input.shape;
        this.greatest = pool instanceof Pool.Max;
        this.pairs = pool.equals(Pool.max(2, 2));
        this.planes = image.channels();
        this.inPlane = image.positions();
        this.inRow = image.width();
        this.down = Spans.down(pool, image);
        this.right = Spans.right(pool, image);
        this.least = 1 + Crew.STREAMED / image.size();
    }

    private static Shape shape(Pool pool, Shape.Image image) {
        return new Shape.Image(
                image.channels(),
                Spans.down(pool, image).size(),
                Spans.right(pool, image).size());
    }

    @Override
    void reserve(int batch, int blocks) {
        super.reserve(batch, blocks);
        winner = new int[greatest ? batch * width : 0];
    }

    @Override
    void forward(int batch, Pass pass) {
        rows = batch;
        Crew.share(forth, batch, least);
    }

    private void forth(int piece, int pieces) {
        float[] x = below().value;
        int first = Piecework.row(rows, piece, pieces);
        int at = first * width;
        for (int r = first; r < Piecework.row(rows, piece + 1, pieces); r++) {
            int row = r * planes * inPlane;
            for (int plane = row; plane < row + planes * inPlane; plane += inPlane) {
                for (int i = 0; i < down.size(); i++) {
                    if (pairs) {
                        greatestOfPairs(x, row, plane + 2 * i * inRow, at);
                    } else if (greatest) {
                        greatest(x, row, plane, i, at);
                    } else {
                        mean(x, plane, i, at);
                    }
                    at += right.size();
                }
            }
        }
    }

    /** The same for windows of 2 x 2 that move by 2, without a loop for each. */
    private void greatestOfPairs(float[] x, int row, int upper, int at) {
        int lower = upper + inRow;
        int w = upper;
        for (int j = at; j < at + right.size(); j++, w += 2, lower += 2) {
            float a = x[w];
            float b = x[w + 1];
            float c = x[lower];
            float d = x[lower + 1];
            float top = Math.max(Math.max(a, b), Math.max(c, d));
            value[j] = top;
            int inUpper = a == top ? w : w + 1;
            int inLower = c == top ? lower : lower + 1;
            winner[j] = (Math.max(a, b) == top ? inUpper : inLower) - row;
        }
    }

    private void greatest(float[] x, int row, int plane, int i, int at) {
        for (int j = 0; j < right.size(); j++) {
            int best = plane + down.from[i] * inRow + right.from[j];
            for (int h = down.from[i]; h < down.to[i]; h++) {
                int line = plane + h * inRow;
                for (int w = line + right.from[j]; w < line + right.to[j]; w++) {
                    best = x[w] > x[best] ? w : best;
                }
            }
            value[at + j] = x[best];
            winner[at + j] = best - row;
        }
    }

    private void mean(float[] x, int plane, int i, int at) {
        for (int j = 0; j < right.size(); j++) {
            float sum = 0;
            for (int h = down.from[i]; h < down.to[i]; h++) {
                int line = plane + h * inRow;
                for (int w = line + right.from[j]; w < line + right.to[j]; w++) {
                    sum += x[w];
                }
            }
            value[at + j] = sum / (down.count[i] * right.count[j]);
        }
    }

    @Override
    void propagate(Block at) {
        if (at.needs(0)) {
            block = at;
            Crew.share(back, at.rows(), least);
        }
    }

    private void back(int piece, int pieces) {
        float[] below = block.below(0);
        for (int r = Piecework.row(block.rows(), piece, pieces);
                r < Piecework.row(block.rows(), piece + 1, pieces);
                r++) {
            int from = block.signalAt(r);
            int to = block.belowAt(0, r);
            if (greatest) {
                int won = block.batchRow(r) * width;
                for (int i = 0; i < width; i++) {
                    below[to + winner[won + i]] += signal[from + i];
                }
            } else {
                spread(from, below, to);
            }
        }
    }

    /** Gives each pixel under a window its share of the signal. */
    private void spread(int from, float[] below, int to) {
        int at = from;
        for (int plane = to; plane < to + planes * inPlane; plane += inPlane) {
            for (int i = 0; i < down.size(); i++) {
                for (int j = 0; j < right.size(); j++, at++) {
                    float share = signal[at] / (down.count[i] * right.count[j]);
                    for (int h = down.from[i]; h < down.to[i]; h++) {
                        int line = plane + h * inRow;
                        for (int w = line + right.from[j]; w < line + right.to[j]; w++) {
                            below[w] += share;
                        }
                    }
                }
            }
        }
    }

    @Override
    void gradient(Block at, float[] into, int intoOff) {
        // it has no parameters
    }
}
