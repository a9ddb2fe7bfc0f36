package org.mtl4j.chart;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The cells of a transfer map: numbers, a bold frame around those that are decided, hatching where there is none. */
final class TransferCells extends Cells {

    private static final Color EMPTY = new Color(0xEDEDED);
    private static final Color HATCH = new Color(0x9A9A9A);
    private static final double FRAME = 2.5; // pixels
    private static final int GAP = 7; // pixels between two lines of the hatching

    private final List<List<Cell>> rows;
    private final Font plain;
    private final Font bold;

    /**
     * One cell.
     *
     * @param text its number; null if there is none
     * @param isMarked whether it has a bold frame and a bold number
     * @param isDiagonal whether there can be none
     */
    record Cell(@Nullable String text, boolean isMarked, boolean isDiagonal) {}

    /** Rows from the top, cells from the left. */
    TransferCells(List<List<Cell>> rows, Font plain, Font bold) {
        super(rows.size(), rows.get(0).size());
        this.rows = rows;
        this.plain = plain;
        this.bold = bold;
    }

    @Override
    void paint(Graphics2D graphics, Rectangle2D area, int row, int column) {
        Cell cell = rows.get(row).get(column);
        if (cell.isDiagonal()) {
            graphics.setColor(EMPTY);
            graphics.fill(area);
        } else if (cell.text() == null) {
            hatch(graphics, area);
        }
        graphics.setColor(Look.GRID);
        graphics.setStroke(Look.bar(1));
        graphics.draw(area);
        if (cell.isMarked()) {
            frame(graphics, inner(area, 1));
        }
        if (cell.text() != null) {
            graphics.setColor(Color.BLACK);
            text(graphics, cell.text(), cell.isMarked() ? bold : plain, area);
        }
    }

    /** A bold frame inside an area. */
    static void frame(Graphics2D graphics, Rectangle2D area) {
        graphics.setColor(Color.BLACK);
        graphics.setStroke(Look.bar(FRAME));
        graphics.draw(inner(area, FRAME / 2));
    }

    /** Grey with slanted lines. */
    static void hatch(Graphics2D graphics, Rectangle2D area) {
        graphics.setColor(EMPTY);
        graphics.fill(area);
        graphics.setColor(HATCH);
        graphics.setStroke(Look.bar(1));
        double width = area.getWidth();
        double height = area.getHeight();
        for (double d = GAP; d < width + height; d += GAP) { // the line x + y = d
            double right = Math.min(d, width);
            double down = Math.min(d, height);
            graphics.draw(new Line2D.Double(
                    area.getX() + right, area.getY() + d - right, area.getX() + d - down, area.getY() + down));
        }
    }

    private static Rectangle2D inner(Rectangle2D area, double by) {
        return new Rectangle2D.Double(
                area.getX() + by, area.getY() + by, area.getWidth() - 2 * by, area.getHeight() - 2 * by);
    }
}
