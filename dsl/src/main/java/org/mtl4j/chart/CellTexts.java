package org.mtl4j.chart;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.knowm.xchart.internal.chartpart.Annotation;

/** The texts of a map's cells: XChart writes its own in the machine's locale, so with commas on some. */
final class CellTexts extends Annotation {

    private final List<List<String>> rows;
    private final Font font;

    /**
     * Texts for every cell, blank for none.
     *
     * @param rows from the top, each from the left
     */
    CellTexts(List<List<String>> rows, Font font) {
        super(false);
        this.rows = rows;
        this.font = font;
    }

    @Override
    public void paint(Graphics2D graphics) {
        double left = getXAxisScreenValueForMin();
        double oneEnd = getYAxisScreenValueForMin(); // the axis runs upwards, the screen downwards
        double otherEnd = getYAxisScreenValueForMax();
        double top = Math.min(oneEnd, otherEnd);
        double height = Math.abs(oneEnd - otherEnd) / rows.size();
        double width = (getXAxisScreenValueForMax() - left) / rows.get(0).size();
        graphics.setColor(Color.BLACK);
        for (int r = 0; r < rows.size(); r++) {
            for (int c = 0; c < rows.get(r).size(); c++) {
                paint(graphics, rows.get(r).get(c), left + (c + 0.5) * width, top + (r + 0.5) * height);
            }
        }
        bounds = new Rectangle2D.Double(left, top, width * rows.get(0).size(), height * rows.size());
    }

    private void paint(Graphics2D graphics, String text, double x, double y) {
        if (text.isBlank()) {
            return;
        }
        TextLayout layout = new TextLayout(text, font, Outlines.CONTEXT);
        AffineTransform before = graphics.getTransform();
        graphics.translate(x - layout.getAdvance() / 2, y + 0.35 * font.getSize());
        graphics.fill(layout.getOutline(null));
        graphics.setTransform(before);
    }
}
