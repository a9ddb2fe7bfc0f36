package org.mtl4j.chart;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;
import java.util.ArrayList;
import java.util.List;

/** Texts painted as XChart paints its own, as outlines, so that {@link Outlines} finds them; and their widths. */
final class Words {

    /** Where a text stands to its point. */
    enum Side {
        LEFT,
        CENTRE,
        RIGHT
    }

    private Words() {}

    /** Pixels that this text takes. */
    static double width(String text, Font font) {
        return text.isEmpty() ? 0 : new TextLayout(text, font, Outlines.CONTEXT).getAdvance();
    }

    /** Paints a text in the current colour: RIGHT starts at x, LEFT ends there, CENTRE has it in its middle. */
    static void paint(Graphics2D graphics, String text, Font font, Side side, double x, double baseline) {
        if (text.isBlank()) {
            return;
        }
        TextLayout layout = new TextLayout(text, font, graphics.getFontRenderContext());
        double start = switch (side) {
            case RIGHT -> x;
            case CENTRE -> x - layout.getAdvance() / 2;
            case LEFT -> x - layout.getAdvance();
        };
        AffineTransform before = graphics.getTransform();
        graphics.translate(start, baseline);
        graphics.fill(layout.getOutline(null));
        graphics.setTransform(before);
    }

    /** The text in lines of at most this many pixels, broken at spaces; a longer word has its own line. */
    static List<String> wrapped(String text, Font font, double width) {
        List<String> lines = new ArrayList<>();
        String line = "";
        for (String word : text.split(" ", -1)) {
            String longer = line.isEmpty() ? word : line + " " + word;
            if (!line.isEmpty() && width(longer, font) > width) {
                lines.add(line);
                line = word;
            } else {
                line = longer;
            }
        }
        lines.add(line);
        return lines;
    }
}
