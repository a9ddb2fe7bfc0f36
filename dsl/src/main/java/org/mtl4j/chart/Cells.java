package org.mtl4j.chart;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import org.knowm.xchart.internal.chartpart.Annotation;

/** Paints over the cells of a map, one by one. */
abstract class Cells extends Annotation {

    private final int rows;
    private final int columns;

    Cells(int rows, int columns) {
        super(false);
        this.rows = rows;
        this.columns = columns;
    }

    /** Paints one cell; rows count from the top, columns from the left. */
    abstract void paint(Graphics2D graphics, Rectangle2D cell, int row, int column);

    @Override
    public void paint(Graphics2D graphics) {
        double left = getXAxisScreenValueForMin();
        double oneEnd = getYAxisScreenValueForMin(); // the axis runs upwards, the screen downwards
        double otherEnd = getYAxisScreenValueForMax();
        double top = Math.min(oneEnd, otherEnd);
        double height = Math.abs(oneEnd - otherEnd) / rows;
        double width = (getXAxisScreenValueForMax() - left) / columns;
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                paint(graphics, new Rectangle2D.Double(left + c * width, top + r * height, width, height), r, c);
            }
        }
        bounds = new Rectangle2D.Double(left, top, width * columns, height * rows);
    }

    /** Paints a text into the middle of a cell. */
    static void text(Graphics2D graphics, String text, Font font, Rectangle2D cell) {
        Words.paint(
                graphics, text, font, Words.Side.CENTRE, cell.getCenterX(), cell.getCenterY() + 0.35 * font.getSize());
    }
}
