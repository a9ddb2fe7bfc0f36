package org.mtl4j.chart;

import java.awt.Font;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;
import java.awt.geom.PathIterator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the text behind a glyph outline. XChart fills the outlines of its texts; an SVG reads, searches and scales better
 * with the texts themselves, so the outlines of all texts that a chart may print are compared with what it fills.
 *
 * <p>An outline that is not known, or that two texts share (boxes for glyphs that the machine's fonts lack), stays one.
 */
final class Outlines {

    /** How XChart measures its texts. */
    static final FontRenderContext CONTEXT = new FontRenderContext(null, true, false);

    private static final double[] QUARTER_TURNS = {0, -Math.PI / 2};
    private static final double TOLERANCE = 0.01; // of a pixel

    private final Map<Integer, List<Known>> known = new HashMap<>();

    /** A text found: where its baseline starts, in the shape's own coordinates, and its angle in degrees. */
    record Found(String text, Font font, double x, double y, double degrees, double length) {}

    private static final class Known {
        private final String text;
        private final Font font;
        private final double angle;
        private final double length;
        private final double[] points;

        Known(TextLayout layout, String text, Font font, double angle) {
            this.text = text;
            this.font = font;
            this.angle = angle;
            this.length = layout.getAdvance();
            this.points = Outlines.points(layout.getOutline(AffineTransform.getRotateInstance(angle)));
        }
    }

    /** Makes a text known in a font. */
    void add(String text, Font font) {
        if (text.isBlank()) {
            return;
        }
        TextLayout layout = new TextLayout(text, font, CONTEXT);
        for (double angle : QUARTER_TURNS) {
            Known one = new Known(layout, text, font, angle);
            known.computeIfAbsent(one.points.length, length -> new ArrayList<>())
                    .add(one);
        }
    }

    /** The text whose outline this is; null if none or more than one. */
    @Nullable
    Found find(Shape shape) {
        double[] points = points(shape);
        if (points.length == 0) {
            return null;
        }
        Found found = null;
        for (Known each : known.getOrDefault(points.length, List.of())) {
            if (matches(each.points, points)) {
                if (found != null && !found.text().equals(each.text)) {
                    return null;
                }
                double x = points[0] - each.points[0];
                double y = points[1] - each.points[1];
                found = new Found(each.text, each.font, x, y, Math.toDegrees(each.angle), each.length);
            }
        }
        return found;
    }

    private static boolean matches(double[] a, double[] b) {
        for (int i = 2; i < a.length; i++) {
            if (Math.abs(a[i] - a[i % 2] - (b[i] - b[i % 2])) > TOLERANCE) {
                return false;
            }
        }
        return true;
    }

    private static double[] points(Shape shape) {
        double[] points = new double[64];
        double[] segment = new double[6];
        int n = 0;
        for (PathIterator path = shape.getPathIterator(null); !path.isDone(); path.next()) {
            int count = coordinates(path.currentSegment(segment));
            if (n + count > points.length) {
                points = Arrays.copyOf(points, 2 * points.length);
            }
            System.arraycopy(segment, 0, points, n, count);
            n += count;
        }
        return Arrays.copyOf(points, n);
    }

    /** Coordinates that a path segment of this type holds. */
    static int coordinates(int segmentType) {
        return switch (segmentType) {
            case PathIterator.SEG_MOVETO, PathIterator.SEG_LINETO -> 2;
            case PathIterator.SEG_QUADTO -> 4;
            case PathIterator.SEG_CUBICTO -> 6;
            default -> 0;
        };
    }
}
