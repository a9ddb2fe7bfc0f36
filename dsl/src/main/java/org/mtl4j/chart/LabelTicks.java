package org.mtl4j.chart;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.internal.chartpart.Annotation;

/** Ticks of a horizontal axis at given whole numbers: those of XChart's logarithmic axis stand at 1, 2, 3 .. a decade. */
final class LabelTicks extends Annotation {

    /** Pixels below the plot that these ticks take. */
    static final int HEIGHT = 24;

    private static final int MARK = 4; // pixels
    private static final int GAP = 8; // pixels between two labels at least

    private final List<Integer> ticks;
    private final Font font;

    LabelTicks(List<Integer> ticks, Font font) {
        super(false);
        this.ticks = ticks;
        this.font = font;
    }

    /** {@code 1,000}. */
    static String text(int tick) {
        return String.format(Locale.ROOT, "%,d", tick);
    }

    @Override
    public void paint(Graphics2D graphics) {
        double left = getXAxisScreenValueForMin();
        double right = getXAxisScreenValueForMax();
        double bottom = Math.max(getYAxisScreenValueForMin(), getYAxisScreenValueForMax());
        bounds = new Rectangle2D.Double(left, bottom, right - left, HEIGHT);
        graphics.setColor(Look.GREY);
        graphics.setStroke(Look.bar(1));
        graphics.draw(new Line2D.Double(left, bottom, right, bottom));
        ticks.forEach(tick -> {
            double x = getXAxisScreenValue(tick);
            graphics.draw(new Line2D.Double(x, bottom, x, bottom + MARK));
        });
        graphics.setColor(Look.INK);
        double free = Double.NEGATIVE_INFINITY;
        for (int tick : ticks) { // a label that would touch the last one is left out
            double x = getXAxisScreenValue(tick);
            double half = Words.width(text(tick), font) / 2;
            if (x - half >= free) {
                Words.paint(graphics, text(tick), font, Words.Side.CENTRE, x, bottom + MARK + 4 + font.getSize());
                free = x + half + GAP;
            }
        }
    }
}
