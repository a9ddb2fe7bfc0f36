package org.mtl4j.nd4j;

import java.util.function.IntToDoubleFunction;
import org.mtl4j.tensor.Pool;
import org.mtl4j.tensor.Shape;
import org.mtl4j.tensor.Spans;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A linear map of an image's pixels that goes along its columns and its rows apart, plane by plane: Y = U X V^T. What
 * interpolates, averages, pads with zeros or crops is one.
 *
 * @param down U, [new height][height]
 * @param right V, [new width][width]
 */
@SuppressWarnings("ArrayRecordComponent") // made here, read here, never compared
record PixelMap(double[][] down, double[][] right) {

    /** One side of such a map. */
    private interface Side {
        /** What pixel j gives to the new pixel i. */
        double weight(int i, int j);
    }

    private static double[][] side(int to, int from, Side side) {
        double[][] weights = new double[to][from];
        for (int i = 0; i < to; i++) {
            for (int j = 0; j < from; j++) {
                weights[i][j] = side.weight(i, j);
            }
        }
        return weights;
    }

    /** The pixel at floor(i h / H). */
    static PixelMap nearest(Shape.Image from, Shape.Image to) {
        return between(from, to, (h, size) -> i -> Math.floorDiv(i * h, size));
    }

    /** Between the two pixels around max(0, (i + 0.5) h / H - 0.5). */
    static PixelMap bilinear(Shape.Image from, Shape.Image to) {
        return between(from, to, (h, size) -> i -> Math.min(h - 1, Math.max(0, (i + 0.5) * h / size - 0.5)));
    }

    /** Where a new pixel is read, by the old and new size of a side. */
    private interface Places {
        IntToDoubleFunction of(int from, int to);
    }

    private static PixelMap between(Shape.Image from, Shape.Image to, Places places) {
        return new PixelMap(
                interpolated(from.height(), to.height(), places), interpolated(from.width(), to.width(), places));
    }

    private static double[][] interpolated(int from, int to, Places places) {
        IntToDoubleFunction place = places.of(from, to);
        return side(to, from, (i, j) -> Math.max(0, 1 - Math.abs(place.applyAsDouble(i) - j)));
    }

    /** The means under the windows of a pool. */
    static PixelMap means(Pool pool, Shape.Image image) {
        return new PixelMap(
                means(Spans.down(pool, image), image.height()), means(Spans.right(pool, image), image.width()));
    }

    private static double[][] means(Spans spans, int side) {
        return side(spans.size(), side, (i, j) -> j >= spans.from(i) && j < spans.to(i) ? 1.0 / spans.count(i) : 0);
    }

    /** The pixels from a row and a column on; zeros where there are none. */
    static PixelMap crop(Shape.Image from, Shape.Image to, int top, int left) {
        return new PixelMap(
                side(to.height(), from.height(), (i, j) -> j == i + top ? 1 : 0),
                side(to.width(), from.width(), (i, j) -> j == i + left ? 1 : 0));
    }

    /** @param x [rows, channels, height, width] */
    SDVariable of(SDVariable x, int channels) {
        int oldHeight = down[0].length;
        int newWidth = right.length;
        SDVariable wide = x.reshape(-1, right[0].length).mmul(turned(x, right));
        SDVariable high = wide.reshape(-1, oldHeight, newWidth)
                .permute(0, 2, 1)
                .reshape(-1, oldHeight)
                .mmul(turned(x, down));
        return high.reshape(-1, newWidth, down.length).permute(0, 2, 1).reshape(-1, channels, down.length, newWidth);
    }

    /** A side as a constant [old, new] of x's type. */
    private static SDVariable turned(SDVariable x, double[][] side) {
        return x.getSameDiff()
                .constant(Nd4j.createFromArray(side).transpose().dup('c').castTo(x.dataType()));
    }
}
