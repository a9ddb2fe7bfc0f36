package org.mtl4j.chart;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import org.knowm.xchart.internal.chartpart.Annotation;

/** A text left of the plot at a height of the vertical axis: XChart prints no tick label of more than 20 characters. */
final class RowLabel extends Annotation {

    private static final int GAP = 8; // pixels

    private final String text;
    private final double y;
    private final Font font;

    RowLabel(String text, double y, Font font) {
        super(false);
        this.text = text;
        this.y = y;
        this.font = font;
    }

    /** Pixels that this text and its gaps take. */
    static int width(String text, Font font) {
        return text.isEmpty()
                ? GAP
                : 2 * GAP + (int) Math.ceil(new TextLayout(text, font, Outlines.CONTEXT).getAdvance());
    }

    @Override
    public void paint(Graphics2D graphics) {
        TextLayout layout = new TextLayout(text, font, Outlines.CONTEXT);
        double x = getXAxisScreenValueForMin() - GAP - layout.getAdvance();
        double baseline = getYAxisScreenValue(y) + 0.35 * font.getSize();
        AffineTransform before = graphics.getTransform();
        graphics.setColor(Look.INK);
        graphics.translate(x, baseline);
        graphics.fill(layout.getOutline(null));
        graphics.setTransform(before);
        bounds = new Rectangle2D.Double(x, baseline - font.getSize(), layout.getAdvance(), font.getSize());
    }
}
