package org.mtl4j.chart;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/**
 * Below a map: its colour scale, what the marks of its cells mean, and notes.
 *
 * @param title the title of the scale, with the unit
 * @param ticks the labels of its left end, middle and right end
 * @param colours the same three colours
 * @param marked what a bold frame means; blank if no cell has one
 * @param hatched what hatching means; blank if no cell has any
 * @param notes below
 */
record MapKey(String title, List<String> ticks, List<Color> colours, String marked, String hatched, Foot.Notes notes)
        implements Foot {

    private static final int BAR = 200; // pixels
    /** Steps of the scale: the palette of a small PNG keeps them, where it would tear a gradient into uneven ones. */
    private static final int STEPS = 25;

    private static final int BAR_HEIGHT = 12;
    private static final int KEYS = SIDE + BAR + 40;
    private static final int BOX_WIDTH = 22;
    private static final int BOX_HEIGHT = 14;
    private static final int HEIGHT = 66;

    @Override
    public int height(int width) {
        return HEIGHT + notes.height(width);
    }

    @Override
    public void paint(Graphics2D graphics, int width) {
        graphics.setColor(Look.INK);
        Words.paint(graphics, title, FONT, Words.Side.RIGHT, SIDE, 12);
        scale(graphics, 20);
        double top = 18;
        if (!marked.isBlank()) {
            Rectangle2D box = key(graphics, marked, top);
            TransferCells.frame(graphics, box);
            top += 22;
        }
        if (!hatched.isBlank()) {
            Rectangle2D box = key(graphics, hatched, top);
            TransferCells.hatch(graphics, box);
        }
        graphics.translate(0, HEIGHT);
        notes.paint(graphics, width);
        graphics.translate(0, -HEIGHT);
    }

    private void scale(Graphics2D graphics, int top) {
        int step = BAR / STEPS;
        for (int i = 0; i < STEPS; i++) {
            graphics.setColor(colour(2.0 * i / (STEPS - 1) - 1));
            graphics.fill(new Rectangle2D.Double(SIDE + i * step, top, step, BAR_HEIGHT));
        }
        graphics.setColor(Look.GREY);
        graphics.setStroke(Look.bar(1));
        graphics.draw(new Rectangle2D.Double(SIDE + 0.5, top + 0.5, BAR - 1, BAR_HEIGHT - 1));
        graphics.setColor(Look.INK);
        int baseline = top + BAR_HEIGHT + 14;
        Words.paint(graphics, ticks.get(0), FONT, Words.Side.RIGHT, SIDE, baseline);
        Words.paint(graphics, ticks.get(1), FONT, Words.Side.CENTRE, SIDE + BAR / 2.0, baseline);
        Words.paint(graphics, ticks.get(2), FONT, Words.Side.LEFT, SIDE + BAR, baseline);
    }

    /** The colour at -1, 0, 1 or between two of them. */
    private Color colour(double at) {
        Color end = colours.get(at < 0 ? 0 : 2);
        Color middle = colours.get(1);
        double share = Math.abs(at);
        return new Color(
                mixed(middle.getRed(), end.getRed(), share),
                mixed(middle.getGreen(), end.getGreen(), share),
                mixed(middle.getBlue(), end.getBlue(), share));
    }

    private static int mixed(int from, int to, double share) {
        return (int) Math.round(from + share * (to - from));
    }

    private static Rectangle2D key(Graphics2D graphics, String words, double top) {
        graphics.setColor(Look.INK);
        Words.paint(graphics, words, FONT, Words.Side.RIGHT, KEYS + BOX_WIDTH + 8, top + BOX_HEIGHT - 3);
        return new Rectangle2D.Double(KEYS, top, BOX_WIDTH, BOX_HEIGHT);
    }

    @Override
    public List<String> texts(int width) {
        List<String> texts = new ArrayList<>(notes.texts(width));
        texts.addAll(ticks);
        texts.addAll(List.of(title, marked, hatched));
        return texts;
    }
}
