package org.mtl4j.chart;

import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.LinearGradientPaint;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.geom.AffineTransform;
import java.awt.geom.PathIterator;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.mtl4j.show.Html;

/**
 * Writes what is painted on it as SVG elements: the same paint, the same bytes. Mutable.
 *
 * <p>Colour, stroke, transform and clip are kept by VectorGraphics2D; its own SVG writer is not used, since it names clips
 * by hash codes that change from run to run and holds texts as glyph outlines only.
 */
final class SvgCanvas extends VectorGraphics2D {

    private static final String CLOSE = "\"/>\n";

    private final StringBuilder body;
    private final Map<String, String> definitions;
    private final Outlines outlines;
    private final String prefix;
    private String lastStyle = "";
    private String lastPoint = "";
    private int lastEnd = -1;

    /**
     * An empty canvas.
     *
     * @param outlines the texts that may be painted
     * @param prefix begins every id, so that two charts on one page do not share one
     */
    SvgCanvas(Outlines outlines, String prefix) {
        this.body = new StringBuilder(16_384);
        this.definitions = new LinkedHashMap<>();
        this.outlines = outlines;
        this.prefix = prefix;
    }

    @Override
    public FontRenderContext getFontRenderContext() {
        return Outlines.CONTEXT;
    }

    @Override
    public void fill(Shape shape) {
        Outlines.Found found = outlines.find(shape);
        if (found != null) {
            text(found);
            return;
        }
        String paint = getPaint() instanceof LinearGradientPaint gradient ? gradient(gradient) : paint("fill");
        body.append("<path").append(clipPath(shape)).append(paint);
        body.append(" d=\"").append(path(shape)).append("\"/>\n");
    }

    @Override
    public void draw(Shape shape) {
        BasicStroke stroke = (BasicStroke) getStroke();
        String style = "<path fill=\"none\"" + clipPath(shape) + paint("stroke") + " stroke-width=\""
                + number(stroke.getLineWidth()) + '"' + cap(stroke) + " stroke-linejoin=\"round\"" + dashes(stroke)
                + " d=\"";
        String path = path(shape);
        int end = path.indexOf('L');
        if (style.equals(lastStyle) && body.length() == lastEnd) {
            // One more segment of the same line: it goes on where the last ended, or moves.
            body.setLength(lastEnd - CLOSE.length());
            body.append(end > 0 && path.substring(1, end).equals(lastPoint) ? path.substring(end) : path);
        } else {
            body.append(style).append(path);
        }
        body.append(CLOSE);
        lastStyle = style;
        lastEnd = body.length();
        lastPoint = path.substring(Math.max(path.lastIndexOf('L'), 0) + 1);
    }

    /** The finished elements, without the svg element around them. */
    String body() {
        if (definitions.isEmpty()) {
            return body.toString();
        }
        StringBuilder out = new StringBuilder("<defs>");
        definitions.forEach((definition, id) -> out.append(definition.replaceFirst("(?=[ >])", " id=\"" + id + '"')));
        return out.append("</defs>\n").append(body).toString();
    }

    private void text(Outlines.Found found) {
        Point2D at = getTransform().transform(new Point2D.Double(found.x(), found.y()), null);
        String x = number(at.getX());
        String y = number(at.getY());
        body.append("<text x=\"")
                .append(x)
                .append("\" y=\"")
                .append(y)
                .append('"')
                .append(paint("fill"));
        body.append(" font-size=\"").append(found.font().getSize()).append('"');
        if (found.font().getStyle() == Font.BOLD) {
            body.append(" font-weight=\"bold\"");
        }
        // The reader's font may be wider than ours: its glyphs are fitted to the length that the layout left for them.
        body.append(" textLength=\"").append(number(found.length())).append("\" lengthAdjust=\"spacingAndGlyphs\"");
        if (found.degrees() != 0) {
            body.append(" transform=\"rotate(")
                    .append(number(found.degrees()))
                    .append(' ')
                    .append(x)
                    .append(' ');
            body.append(y).append(")\"");
        }
        body.append('>').append(Html.escape(found.text())).append("</text>\n");
    }

    private String paint(String attribute) {
        Color colour = getColor();
        String opacity = colour.getAlpha() == 255
                ? ""
                : " %s-opacity=\"%s\"".formatted(attribute, number(colour.getAlpha() / 255.0));
        return " " + attribute + "=\"" + hex(colour) + '"' + opacity;
    }

    private String gradient(LinearGradientPaint paint) {
        Point2D from = getTransform().transform(paint.getStartPoint(), null);
        Point2D to = getTransform().transform(paint.getEndPoint(), null);
        StringBuilder out = new StringBuilder("<linearGradient gradientUnits=\"userSpaceOnUse\"");
        out.append(" x1=\"").append(number(from.getX())).append("\" y1=\"").append(number(from.getY()));
        out.append("\" x2=\"")
                .append(number(to.getX()))
                .append("\" y2=\"")
                .append(number(to.getY()))
                .append("\">");
        for (int i = 0; i < paint.getFractions().length; i++) {
            out.append("<stop offset=\"").append(number(paint.getFractions()[i]));
            out.append("\" stop-color=\"").append(hex(paint.getColors()[i])).append("\"/>");
        }
        return " fill=\"url(#" + define(out.append("</linearGradient>").toString()) + ")\"";
    }

    /** The id of a definition, which is written into its first tag. */
    private String define(String definition) {
        return definitions.computeIfAbsent(definition, key -> prefix + definitions.size());
    }

    private static String hex(Color colour) {
        return "#%06x".formatted(colour.getRGB() & 0xFFFFFF);
    }

    private String clipPath(Shape shape) {
        @Nullable Shape clip = getClip();
        if (clip == null || contains(clip.getBounds2D(), shape.getBounds2D())) {
            return "";
        }
        String id = define("<clipPath><path d=\"" + path(clip) + "\"/></clipPath>");
        return " clip-path=\"url(#" + id + ")\"";
    }

    private static boolean contains(Rectangle2D outer, Rectangle2D inner) {
        return outer.getMinX() <= inner.getMinX()
                && outer.getMaxX() >= inner.getMaxX()
                && outer.getMinY() <= inner.getMinY()
                && outer.getMaxY() >= inner.getMaxY();
    }

    private String path(Shape shape) {
        AffineTransform transform = getTransform();
        StringBuilder out = new StringBuilder();
        double[] segment = new double[6];
        for (PathIterator path = shape.getPathIterator(transform); !path.isDone(); path.next()) {
            int type = path.currentSegment(segment);
            out.append("MLQCZ".charAt(type));
            for (int i = 0; i < Outlines.coordinates(type); i++) {
                out.append(i == 0 ? "" : " ").append(number(segment[i]));
            }
        }
        return out.toString();
    }

    private static String cap(BasicStroke stroke) {
        return switch (stroke.getEndCap()) {
            case BasicStroke.CAP_ROUND -> " stroke-linecap=\"round\"";
            case BasicStroke.CAP_SQUARE -> " stroke-linecap=\"square\"";
            default -> "";
        };
    }

    private static String dashes(BasicStroke stroke) {
        float @Nullable [] dashes = stroke.getDashArray();
        if (dashes == null) {
            return "";
        }
        StringBuilder out = new StringBuilder(" stroke-dasharray=\"");
        for (int i = 0; i < dashes.length; i++) {
            out.append(i == 0 ? "" : " ").append(number(dashes[i]));
        }
        return out.append('"').toString();
    }

    /** Two decimals at most: a hundredth of a pixel. */
    static String number(double value) {
        long hundredths = Math.round(value * 100);
        if (hundredths % 100 == 0) {
            return Long.toString(hundredths / 100);
        }
        String sign = hundredths < 0 ? "-" : "";
        long size = Math.abs(hundredths);
        String fraction = size % 10 == 0 ? Long.toString(size % 100 / 10) : "%02d".formatted(size % 100);
        return sign + size / 100 + "." + fraction;
    }
}
