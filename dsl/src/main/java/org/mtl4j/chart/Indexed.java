package org.mtl4j.chart;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A picture with a palette of at most 256 colours, a quarter of the bytes: what a notebook stores. The most frequent
 * colours stay as they are; each other one, a shade of an edge, takes the nearest of them.
 */
final class Indexed {

    private static final int COLOURS = 256;

    private final int[] palette;
    private final Map<Integer, Integer> indices = new HashMap<>();

    private Indexed(List<Integer> colours) {
        palette = colours.stream().mapToInt(Integer::intValue).toArray();
        for (int i = 0; i < palette.length; i++) {
            indices.put(palette[i], i);
        }
    }

    /** The same picture with a palette. */
    static BufferedImage of(BufferedImage picture) {
        int width = picture.getWidth();
        int height = picture.getHeight();
        int[] pixels = picture.getRGB(0, 0, width, height, null, 0, width);
        Map<Integer, Integer> counts = new HashMap<>();
        for (int pixel : pixels) {
            counts.merge(pixel, 1, Integer::sum);
        }
        List<Integer> frequent = counts.entrySet().stream()
                .sorted(Map.Entry.<Integer, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(COLOURS)
                .map(Map.Entry::getKey)
                .toList();
        return new Indexed(frequent).draw(pixels, width, height);
    }

    private BufferedImage draw(int[] pixels, int width, int height) {
        IndexColorModel model = new IndexColorModel(8, palette.length, palette, 0, false, -1, DataBuffer.TYPE_BYTE);
        BufferedImage drawn = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, model);
        int[] chosen = new int[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            chosen[i] = indices.computeIfAbsent(pixels[i], this::nearest);
        }
        drawn.getRaster().setPixels(0, 0, width, height, chosen);
        return drawn;
    }

    private int nearest(int colour) {
        int best = 0;
        int least = Integer.MAX_VALUE;
        for (int i = 0; i < palette.length; i++) {
            int distance =
                    square(colour, palette[i], 16) + square(colour, palette[i], 8) + square(colour, palette[i], 0);
            if (distance < least) {
                least = distance;
                best = i;
            }
        }
        return best;
    }

    private static int square(int a, int b, int shift) {
        int d = ((a >> shift) & 255) - ((b >> shift) & 255);
        return d * d;
    }
}
