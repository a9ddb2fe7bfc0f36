package org.mtl4j.tensor;

import java.util.Arrays;

/**
 * The way back of {@link Columns}: adds W^T s to the pixels that the kernel lies on, with W [filters, channels * kernel] and
 * s [filters, places], for each group of filters.
 *
 * <p>Where the kernel moves by one pixel, s is laid out in lines as long as the image's own, once for each column of the
 * kernel, moved by as many pixels. Then what one row of the kernel gives is one product, which adds to the image itself.
 */
final class Overlay {

    private final Columns columns;
    private final Window window;
    private final int groups;
    private final int filters;
    private final boolean byLines;
    /** Rows of the image with its padding. */
    private final int tall;
    /** Columns of the image with its padding. */
    private final int line;
    /** Numbers of the lines that s is laid out in. */
    private final int stretch;
    /** W by rows of the kernel, [groups, kernel height, channels, filters * kernel width]. */
    private final float[] byRows;
    /** s once for each column of the kernel, [filters * kernel width, stretch]. */
    private final float[] lines;
    /** W^T s, where it is scattered. */
    private final float[] product;
    /** The image with its padding; empty without one. */
    private final float[] padded;

    Overlay(Columns columns, int groups, int filters) {
        this.columns = columns;
        this.window = columns.window;
        this.groups = groups;
        this.filters = filters;
        this.tall = columns.height + 2 * window.paddingHeight();
        this.line = columns.width + 2 * window.paddingWidth();
        this.stretch = columns.down * line;
        boolean byOne = window.strideHeight() == 1 && window.strideWidth() == 1;
        // beyond that the longer products cost more than they save
        this.byLines = byOne && !columns.isImage() && 2 * line <= 3 * columns.right;
        boolean scatters = !byLines && !columns.isImage();
        this.byRows = new float[byLines ? groups * filters * columns.rows : 0];
        this.lines = new float[byLines ? filters * window.width() * stretch : 0];
        this.product = new float[scatters ? columns.rows * columns.places : 0];
        this.padded = new float[byLines && isPadded() ? columns.channels * tall * line : 0];
    }

    private boolean isPadded() {
        return window.paddingHeight() + window.paddingWidth() > 0;
    }

    /** Takes the weights that {@link #add} multiplies by. @param p W of all groups from w. */
    void weights(float[] p, int w) {
        if (byLines) {
            int from = w;
            for (int g = 0; g < groups; g++) {
                for (int f = 0; f < filters; f++) {
                    for (int c = 0; c < columns.channels; c++, from += window.pixels()) {
                        layOut(p, from, g, f, c);
                    }
                }
            }
        }
    }

    private void layOut(float[] p, int from, int group, int filter, int channel) {
        int wide = window.width();
        for (int kh = 0; kh < window.height(); kh++) {
            int row = (group * window.height() + kh) * columns.channels + channel;
            System.arraycopy(p, from + kh * wide, byRows, (row * filters + filter) * wide, wide);
        }
    }

    /** Adds W^T s. @param p W of all groups from w. @param s from sAt. @param x [channels, height, width] from xOff, modified. */
    void add(float[] p, int w, int group, float[] s, int sAt, float[] x, int xOff) {
        int k = columns.rows;
        int places = columns.places;
        int first = w + group * filters * k;
        if (columns.isImage()) {
            Blas.tn(k, places, filters, p, first, k, s, sAt, places, 1f, x, xOff, places);
        } else if (!byLines) {
            Blas.tn(k, places, filters, p, first, k, s, sAt, places, 0f, product, 0, places);
            columns.scatter(product, x, xOff);
        } else {
            layOut(s, sAt);
            if (padded.length > 0) {
                Arrays.fill(padded, 0f);
                addLines(group, padded, 0);
                addInside(x, xOff);
            } else {
                addLines(group, x, xOff);
            }
        }
    }

    private void layOut(float[] s, int sAt) {
        int wide = window.width();
        int from = sAt;
        for (int f = 0; f < filters; f++) {
            int row = f * wide * stretch;
            for (int i = 0, to = row; i < columns.down; i++, from += columns.right, to += line) {
                System.arraycopy(s, from, lines, to, columns.right);
            }
            for (int kw = 1; kw < wide; kw++) {
                int moved = kw * window.dilationWidth(); // only zeros lie at the end that is left out
                System.arraycopy(lines, row, lines, row + kw * stretch + moved, stretch - moved);
            }
        }
    }

    private void addLines(int group, float[] x, int xOff) {
        int channels = columns.channels;
        int each = filters * window.width();
        for (int kh = 0; kh < window.height(); kh++) {
            int w = (group * window.height() + kh) * channels * each;
            int to = xOff + kh * window.dilationHeight() * line;
            Blas.nn(channels, stretch, each, byRows, w, each, lines, 0, stretch, 1f, x, to, tall * line);
        }
    }

    /** Adds what lies within the padding. */
    private void addInside(float[] x, int xOff) {
        int to = xOff;
        for (int c = 0; c < columns.channels; c++) {
            int from = (c * tall + window.paddingHeight()) * line + window.paddingWidth();
            for (int i = 0; i < columns.height; i++, from += line, to += columns.width) {
                Rows.addScaled(1f, padded, from, x, to, columns.width);
            }
        }
    }
}
