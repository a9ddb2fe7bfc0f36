package org.mtl4j.chart;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/** The texts of a map's cells: XChart writes its own in the machine's locale, so with commas on some. */
final class CellTexts extends Cells {

    private final List<List<String>> rows;
    private final Font font;

    /**
     * Texts for every cell, blank for none.
     *
     * @param rows from the top, each from the left
     */
    CellTexts(List<List<String>> rows, Font font) {
        super(rows.size(), rows.get(0).size());
        this.rows = rows;
        this.font = font;
    }

    @Override
    void paint(Graphics2D graphics, Rectangle2D cell, int row, int column) {
        graphics.setColor(Color.BLACK);
        text(graphics, rows.get(row).get(column), font, cell);
    }
}
