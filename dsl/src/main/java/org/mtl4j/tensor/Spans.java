package org.mtl4j.tensor;

/** Engine API. The windows of a {@link Pool} along one side of an image: window i holds the pixels from {@code from[i]} to below {@code to[i]}. */
public final class Spans {

    final int[] from;
    final int[] to;
    /** What a mean divides by. */
    final int[] count;

    private Spans(int n) {
        from = new int[n];
        to = new int[n];
        count = new int[n];
    }

    /** The number of windows. */
    public int size() {
        return from.length;
    }

    /** The first pixel of a window. */
    public int from(int window) {
        return from[window];
    }

    /** Behind the last pixel of a window. */
    public int to(int window) {
        return to[window];
    }

    /** What a mean over a window divides by. */
    public int count(int window) {
        return count[window];
    }

    /** Windows of this size that move by a stride. */
    static Spans sliding(int side, int kernel, int stride, int padding, Pool.Rounding rounding, Pool.Border border) {
        int room = side + 2 * padding - kernel + (rounding == Pool.Rounding.UP ? stride - 1 : 0);
        int n = room / stride + 1;
        if (rounding == Pool.Rounding.UP && (n - 1) * stride >= side + padding) {
            n--; // the last window must begin inside of the image or in its left padding
        }
        Spans spans = new Spans(n);
        for (int i = 0; i < n; i++) {
            int begin = i * stride - padding;
            int end = Math.min(begin + kernel, side + padding);
            spans.from[i] = Math.max(begin, 0);
            spans.to[i] = Math.min(end, side);
            spans.count[i] = border == Pool.Border.COUNTED ? end - begin : spans.to[i] - spans.from[i];
        }
        return spans;
    }

    /** This many parts of equal size, which share pixels where they do not fit. */
    static Spans parts(int side, int n) {
        Spans spans = new Spans(n);
        for (int i = 0; i < n; i++) {
            spans.from[i] = i * side / n;
            spans.to[i] = ((i + 1) * side + n - 1) / n;
            spans.count[i] = spans.to[i] - spans.from[i];
        }
        return spans;
    }

    /** The windows along a column. */
    public static Spans down(Pool pool, Shape.Image image) {
        if (pool instanceof Pool.AdaptiveAverage adaptive) {
            return parts(image.height(), adaptive.height());
        }
        Window w = window(pool);
        return sliding(image.height(), w.height(), w.strideHeight(), w.paddingHeight(), rounding(pool), border(pool));
    }

    /** The windows along a row. */
    public static Spans right(Pool pool, Shape.Image image) {
        if (pool instanceof Pool.AdaptiveAverage adaptive) {
            return parts(image.width(), adaptive.width());
        }
        Window w = window(pool);
        return sliding(image.width(), w.width(), w.strideWidth(), w.paddingWidth(), rounding(pool), border(pool));
    }

    private static Window window(Pool pool) {
        return pool instanceof Pool.Average average ? average.window() : ((Pool.Max) pool).window();
    }

    private static Pool.Rounding rounding(Pool pool) {
        return pool instanceof Pool.Average average ? average.rounding() : ((Pool.Max) pool).rounding();
    }

    private static Pool.Border border(Pool pool) {
        return pool instanceof Pool.Average average ? average.border() : Pool.Border.LEFT_OUT;
    }
}
