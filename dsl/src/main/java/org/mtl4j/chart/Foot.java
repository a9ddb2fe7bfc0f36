package org.mtl4j.chart;

import java.awt.Font;
import java.awt.Graphics2D;
import java.util.List;

/** What stands below the axes of a chart, across its whole width: XChart has no place for a caption. */
interface Foot {

    Font FONT = Look.font(Font.PLAIN, 11);

    /** Free pixels at either side, those of the chart. */
    int SIDE = 12;

    int LINE = 15; // pixels from one baseline to the next

    /** Pixels that it takes below a chart of this width. */
    int height(int width);

    /** Paints it, its upper left corner at the origin. */
    void paint(Graphics2D graphics, int width);

    /** The texts that it paints, all in {@link #FONT}. */
    List<String> texts(int width);

    /** Sentences, each from a line of its own on, wrapped to the width. */
    record Notes(List<String> sentences) implements Foot {

        /** No foot. */
        static final Notes NONE = new Notes(List.of());

        public Notes {
            sentences = List.copyOf(sentences);
        }

        @Override
        public int height(int width) {
            return sentences.isEmpty() ? 0 : LINE * texts(width).size() + SIDE;
        }

        @Override
        public void paint(Graphics2D graphics, int width) {
            graphics.setColor(Look.INK);
            int baseline = FONT.getSize();
            for (String line : texts(width)) {
                Words.paint(graphics, line, FONT, Words.Side.RIGHT, SIDE, baseline);
                baseline += LINE;
            }
        }

        @Override
        public List<String> texts(int width) {
            return sentences.stream()
                    .flatMap(sentence -> Words.wrapped(sentence, FONT, width - 2 * SIDE).stream())
                    .toList();
        }
    }
}
