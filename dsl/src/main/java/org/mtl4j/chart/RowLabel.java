package org.mtl4j.chart;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.knowm.xchart.internal.chartpart.Annotation;

/** A text of some lines left of the plot, at a height of the vertical axis: XChart prints no tick label of more than 20 characters. */
final class RowLabel extends Annotation {

    private static final int GAP = 8; // pixels

    private final List<String> lines;
    private final double y;
    private final Font font;

    RowLabel(List<String> lines, double y, Font font) {
        super(false);
        this.lines = lines;
        this.y = y;
        this.font = font;
    }

    /** Pixels that these lines and their gaps take. */
    static int width(List<String> lines, Font font) {
        double widest = lines.stream()
                .mapToDouble(line -> Words.width(line, font))
                .max()
                .orElse(0);
        return 2 * GAP + (int) Math.ceil(widest);
    }

    @Override
    public void paint(Graphics2D graphics) {
        double x = getXAxisScreenValueForMin() - GAP;
        double step = font.getSize() + 2.0;
        double baseline = getYAxisScreenValue(y) + 0.35 * font.getSize() - step * (lines.size() - 1) / 2;
        bounds = new Rectangle2D.Double(
                x - width(lines, font), baseline - font.getSize(), width(lines, font), step * lines.size());
        graphics.setColor(Look.INK);
        for (String line : lines) {
            Words.paint(graphics, line, font, Words.Side.LEFT, x, baseline);
            baseline += step;
        }
    }
}
