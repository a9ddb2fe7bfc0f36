package org.mtl4j.tensor;

import java.util.List;

/**
 * Engine API. A layer y = f(x; p) that is computed outside of the engine, from x [rows, in] and its parameters p to y
 * [rows, width]. One per tape: it may keep scratch, and is called by one thread at a time.
 */
public interface OwnLayer {

    /**
     * A part of p.
     *
     * @param name its name below the layer's
     * @param rows rows
     * @param columns columns
     */
    record Shape(String name, int rows, int columns) {

        /** The number of numbers. */
        public int size() {
            return rows * columns;
        }
    }

    /** The parts of p, in their order. */
    List<Shape> shapes();

    /** The width of y. */
    int width();

    /**
     * Computes y.
     *
     * @param x [rows, in], read only
     * @param p p from {@code offset} on, read only
     * @param y [rows, width], overwritten
     */
    void forward(float[] x, int rows, float[] p, int offset, float[] y);

    /**
     * Computes the gradient of sum(y * s) with respect to p.
     *
     * @param s [rows, width], read only
     * @param into p's gradient from {@code intoOff} on, overwritten
     */
    void gradient(float[] x, int rows, float[] p, int offset, float[] s, float[] into, int intoOff);

    /**
     * Computes the gradient of sum(y * s) with respect to x.
     *
     * @param s [rows, width], read only
     * @param into [rows, in], overwritten
     */
    void inputGradient(float[] x, int rows, float[] p, int offset, float[] s, float[] into);
}
