package org.mtl4j.tensor;

import java.util.Arrays;

/**
 * Lays the pixels under a kernel out as columns, one for each of its places, so that a convolution is a product (im2col, of
 * Chellapilla et al. 2006), and adds such columns back. [channels, height, width] to [channels * kernel, places].
 */
final class Columns {

    final int channels;
    final int height;
    final int width;
    final Window window;
    private final boolean image;
    /** Places of the kernel in a column of the image. */
    final int down;
    /** Places of the kernel in a row of the image. */
    final int right;
    /** Numbers of a column. */
    final int rows;
    /** Places of the kernel. */
    final int places;
    /**
     * The pixels under one column of the kernel at all of its places, and at those that its lower rows add: what lies under
     * each of its rows is then one stretch of it. Empty where the kernel moves down by more than a pixel.
     */
    private final float[] strip;

    Columns(int channels, int height, int width, Window window) {
        this.channels = channels;
        this.height = height;
        this.width = width;
        this.window = window;
        this.image = window.equals(Window.of(1, 1));
        this.down = window.placesDown(height);
        this.right = window.placesRight(width);
        this.rows = channels * window.pixels();
        this.places = down * right;
        this.strip = new float[window.strideHeight() == 1 ? (down + window.spanHeight() - 1) * right : 0];
    }

    /** Whether the columns are the image itself. */
    boolean isImage() {
        return image;
    }

    /** Writes the columns. @param x [channels, height, width] from xOff. @param into [rows, places], overwritten. */
    void gather(float[] x, int xOff, float[] into) {
        for (int c = 0; c < channels; c++) {
            int plane = xOff + c * height * width;
            for (int kw = 0; kw < window.width(); kw++) {
                if (strip.length > 0) {
                    gatherRows(x, plane, -window.paddingHeight(), kw, strip, 0, strip.length / right);
                }
                for (int kh = 0; kh < window.height(); kh++) {
                    int at = ((c * window.height() + kh) * window.width() + kw) * places;
                    int top = kh * window.dilationHeight();
                    if (strip.length > 0) {
                        System.arraycopy(strip, top * right, into, at, places);
                    } else {
                        gatherRows(x, plane, top - window.paddingHeight(), kw, into, at, down);
                    }
                }
            }
        }
    }

    /** Writes the pixels under one column of the kernel, in rows of the image from top on. @param into [n, right] from at. */
    private void gatherRows(float[] x, int plane, int top, int kw, float[] into, int at, int n) {
        int stride = window.strideWidth();
        int left = kw * window.dilationWidth() - window.paddingWidth();
        int first = firstInside(left, stride);
        int end = endInside(left, stride);
        for (int i = 0; i < n; i++, at += right) {
            int row = top + i * window.strideHeight();
            if (row < 0 || row >= height) {
                Arrays.fill(into, at, at + right, 0f);
                continue;
            }
            if (first > 0 || end < right) {
                Arrays.fill(into, at, at + right, 0f);
            }
            int from = plane + row * width + left;
            if (stride == 1) {
                System.arraycopy(x, from + first, into, at + first, end - first);
            } else {
                for (int j = first; j < end; j++) {
                    into[at + j] = x[from + j * stride];
                }
            }
        }
    }

    /** Adds columns to the pixels that they come from. @param columns [rows, places]. @param x from xOff, modified. */
    void scatter(float[] columns, float[] x, int xOff) {
        for (int c = 0; c < channels; c++) {
            int plane = xOff + c * height * width;
            for (int kw = 0; kw < window.width(); kw++) {
                Arrays.fill(strip, 0f);
                for (int kh = 0; kh < window.height(); kh++) {
                    int at = ((c * window.height() + kh) * window.width() + kw) * places;
                    int top = kh * window.dilationHeight();
                    if (strip.length > 0) {
                        Rows.addScaled(1f, columns, at, strip, top * right, places);
                    } else {
                        scatterRows(columns, at, x, plane, top - window.paddingHeight(), kw, down);
                    }
                }
                if (strip.length > 0) {
                    scatterRows(strip, 0, x, plane, -window.paddingHeight(), kw, strip.length / right);
                }
            }
        }
    }

    private void scatterRows(float[] from, int at, float[] x, int plane, int top, int kw, int n) {
        int stride = window.strideWidth();
        int left = kw * window.dilationWidth() - window.paddingWidth();
        int first = firstInside(left, stride);
        int end = endInside(left, stride);
        for (int i = 0; i < n; i++, at += right) {
            int row = top + i * window.strideHeight();
            if (row < 0 || row >= height) {
                continue;
            }
            int to = plane + row * width + left;
            for (int j = first; j < end; j++) {
                x[to + j * stride] += from[at + j];
            }
        }
    }

    /** The first place whose pixel lies in the image. */
    private int firstInside(int left, int stride) {
        return Math.min(right, left >= 0 ? 0 : (-left + stride - 1) / stride);
    }

    /** Behind the last place whose pixel lies in the image. */
    private int endInside(int left, int stride) {
        int end = left >= width ? 0 : (width - 1 - left) / stride + 1;
        return Math.max(firstInside(left, stride), Math.min(right, end));
    }
}
