package org.mtl4j.task;

import java.util.List;
import org.mtl4j.data.InputForm;
import org.mtl4j.tensor.Shape;

/**
 * Engine API. The cells that an encoder keeps of an image. In pixels, cell (column, row) has the size {@link #strideX} x {@link
 * #strideY} and its centre at ((column + 1/2) strideX, (row + 1/2) strideY); its number is row * columns + column.
 *
 * @param height of the image, in pixels
 * @param width of the image, in pixels
 * @param rows of cells
 * @param columns of cells
 */
public record Grid(int height, int width, int rows, int columns) {

    /** That of a row with one place. */
    static final Grid NONE = new Grid(1, 1, 1, 1);

    /** The cells of the images among these inputs, all of one size. @param map what an encoder makes of them */
    public static Grid of(List<InputForm> inputs, Shape map) {
        Shape.Image image = inputs.stream()
                .map(InputForm::shape)
                .filter(Shape.Image.class::isInstance)
                .map(Shape.Image.class::cast)
                .findFirst()
                .orElseThrow();
        Shape.Image cells = (Shape.Image) map;
        return new Grid(image.height(), image.width(), cells.height(), cells.width());
    }

    /** The number of cells. */
    public int cells() {
        return rows * columns;
    }

    /** The width of a cell, in pixels. */
    public double strideX() {
        return (double) width / columns;
    }

    /** The height of a cell, in pixels. */
    public double strideY() {
        return (double) height / rows;
    }

    /** x of a cell's centre, in pixels. */
    public double x(int cell) {
        return (cell % columns + 0.5) * strideX();
    }

    /** y of a cell's centre, in pixels. */
    public double y(int cell) {
        return (Math.floorDiv(cell, columns) + 0.5) * strideY();
    }
}
