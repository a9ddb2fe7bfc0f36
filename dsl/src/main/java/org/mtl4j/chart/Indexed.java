package org.mtl4j.chart;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A picture with a palette of at most 256 colours, a quarter of the bytes: what a notebook stores. The most frequent
 * colours stay as they are, and so do some that are far from all of those, such as the ends of a colour scale; each other
 * one, a shade of an edge, takes the nearest of them.
 */
final class Indexed {

    private static final int FREQUENT = 216;
    private static final int FAR = 40;

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
                .map(Map.Entry::getKey)
                .toList();
        return new Indexed(palette(frequent)).draw(pixels, width, height);
    }

    /** The first of these colours, then, one by one, the colour farthest from all that are taken. */
    private static List<Integer> palette(List<Integer> colours) {
        List<Integer> taken = new ArrayList<>(colours.subList(0, Math.min(FREQUENT, colours.size())));
        List<Integer> left = colours.subList(taken.size(), colours.size());
        int[] distances = left.stream()
                .mapToInt(colour -> taken.stream()
                        .mapToInt(each -> distance(colour, each))
                        .min()
                        .orElse(Integer.MAX_VALUE))
                .toArray();
        for (int k = 0; k < Math.min(FAR, left.size()); k++) {
            int farthest = 0;
            for (int i = 1; i < distances.length; i++) {
                farthest = distances[i] > distances[farthest] ? i : farthest;
            }
            int chosen = left.get(farthest);
            taken.add(chosen);
            for (int i = 0; i < distances.length; i++) {
                distances[i] = Math.min(distances[i], distance(left.get(i), chosen));
            }
            distances[farthest] = -1;
        }
        return taken;
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
            int distance = distance(colour, palette[i]);
            if (distance < least) {
                least = distance;
                best = i;
            }
        }
        return best;
    }

    private static int distance(int a, int b) {
        return square(a, b, 16) + square(a, b, 8) + square(a, b, 0);
    }

    private static int square(int a, int b, int shift) {
        int d = ((a >> shift) & 255) - ((b >> shift) & 255);
        return d * d;
    }
}
