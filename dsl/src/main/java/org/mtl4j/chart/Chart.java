package org.mtl4j.chart;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.internal.chartpart.AxesChart;
import org.knowm.xchart.style.AxesChartStyler;
import org.mtl4j.show.Html;
import org.mtl4j.show.Picture;

/**
 * An XChart chart that shows itself in a notebook: as SVG with real text, as PNG, and as a sentence with its numbers.
 *
 * <p>{@link Charts} makes them. To restyle one, change what {@link #xchart()} answers before it is shown.
 */
public final class Chart implements Picture {

    private static final int PNG_SCALE = 2;
    /** First the fonts as wide as those that Java lays texts out with on Linux; every text is fitted to that length. */
    private static final String FONTS = "'DejaVu Sans',Verdana,Geneva,'Helvetica Neue',Arial,sans-serif";

    private final AxesChart<?, ?> xchart;
    private final Labels labels;
    private final Foot foot;
    private final String altText;

    Chart(AxesChart<?, ?> xchart, Labels labels, Foot foot, String altText) {
        this.xchart = xchart;
        this.labels = labels;
        this.foot = foot;
        this.altText = altText;
    }

    Chart(AxesChart<?, ?> xchart, Labels labels, String altText) {
        this(xchart, labels, Foot.Notes.NONE, altText);
    }

    /** Pixels across. */
    public int width() {
        return xchart.getWidth();
    }

    /** Pixels down: the XChart chart and the notes below it. */
    public int height() {
        return xchart.getHeight() + foot.height(xchart.getWidth());
    }

    /** The XChart chart behind this picture, an {@code XYChart} or a {@code HeatMapChart}; changes to it show. */
    public AxesChart<?, ?> xchart() {
        return xchart;
    }

    @Override
    public String toSvg() {
        int width = width();
        int height = height();
        String prefix = "c" + Integer.toHexString((altText + width + 'x' + height).hashCode()) + "-";
        measure(); // tick labels are known once the chart was laid out
        SvgCanvas canvas = new SvgCanvas(outlines(), prefix);
        paint(canvas);
        String alt = Html.escape(altText);
        return """
                <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" role="img" \
                aria-label="%s" style="max-width:100%%;height:auto;background:#ffffff" font-family="%s">
                <title>%s</title>
                <desc>%s</desc>
                %s</svg>
                """.formatted(
                        width, height, width, height, alt, FONTS, Html.escape(xchart.getTitle()), alt, canvas.body());
    }

    @Override
    public byte[] toPng() {
        BufferedImage image = image(PNG_SCALE);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageIO.write(Indexed.of(image), "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
        return bytes.toByteArray();
    }

    private BufferedImage image(int scale) {
        BufferedImage image = new BufferedImage(scale * width(), scale * height(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.scale(scale, scale);
        paint(graphics);
        graphics.dispose();
        return image;
    }

    private void paint(Graphics2D graphics) {
        xchart.paint(graphics, xchart.getWidth(), xchart.getHeight());
        int below = foot.height(width());
        if (below > 0) {
            AffineTransform before = graphics.getTransform();
            graphics.translate(0, xchart.getHeight());
            graphics.setColor(xchart.getStyler().getChartBackgroundColor());
            graphics.fill(new Rectangle2D.Double(0, 0, width(), below));
            foot.paint(graphics, width());
            graphics.setTransform(before);
        }
    }

    private void measure() {
        Graphics2D graphics = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
        xchart.paint(graphics, xchart.getWidth(), xchart.getHeight());
        graphics.dispose();
    }

    private Outlines outlines() {
        Outlines outlines = new Outlines();
        AxesChartStyler styler = xchart.getStyler();
        xchart.getTitle().lines().forEach(line -> outlines.add(line, styler.getChartTitleFont()));
        outlines.add(xchart.getXAxisTitle(), styler.getAxisTitleFont());
        outlines.add(xchart.getYAxisTitle(), styler.getAxisTitleFont());
        xchart.getSeriesCollection()
                .forEach(series ->
                        series.getLabel().lines().forEach(line -> outlines.add(line, styler.getLegendFont())));
        for (String label : labels.printed()) {
            outlines.add(label, styler.getAxisTickLabelsFont());
        }
        labels.inFont().forEach((font, texts) -> texts.forEach(text -> outlines.add(text, font)));
        foot.texts(width()).forEach(text -> outlines.add(text, Foot.FONT));
        if (xchart instanceof HeatMapChart map) {
            Font values = map.getStyler().getValueFont();
            labels.printed().forEach(label -> outlines.add(label, values));
            labels.printed().forEach(label -> outlines.add(label, styler.getLegendFont()));
        }
        return outlines;
    }

    @Override
    public String toHtml() {
        return "<div style=\"max-width:100%;overflow-x:auto\">" + toSvg() + "</div>";
    }

    @Override
    public String altText() {
        return altText;
    }

    /** The alt text. */
    @Override
    public String toString() {
        return altText;
    }
}
