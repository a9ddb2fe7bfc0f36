package org.mtl4j.task;

import java.util.Arrays;
import org.mtl4j.data.Boxes;

/** Which box each cell of an image is to find, by {@link Fcos}. Static, stateless. */
final class Assignment {

    /** A cell that is to find none. */
    static final int NONE = -1;

    private Assignment() {}

    /**
     * Writes for each cell the number of its box, or {@link #NONE}.
     *
     * @param boxes [.., most, 5] from {@code from} on: class, left, top, right, bottom; NaN behind the last
     * @param most boxes of a row
     * @param radius of center sampling, in cells; 0 for any distance
     * @param into [cells], overwritten
     */
    static void of(float[] boxes, int from, int most, Grid grid, double radius, int[] into) {
        Arrays.fill(into, 0, grid.cells(), NONE);
        for (int cell = 0; cell < grid.cells(); cell++) {
            double least = Double.POSITIVE_INFINITY;
            for (int b = 0, at = from; b < most && !Float.isNaN(boxes[at]); b++, at += Boxes.NUMBERS) {
                double area = ((double) boxes[at + 3] - boxes[at + 1]) * ((double) boxes[at + 4] - boxes[at + 2]);
                if (area < least && holds(boxes, at, grid, cell, radius)) {
                    least = area;
                    into[cell] = b;
                }
            }
        }
    }

    private static boolean holds(float[] boxes, int at, Grid grid, int cell, double radius) {
        double x = grid.x(cell);
        double y = grid.y(cell);
        boolean inside = x > boxes[at + 1] && x < boxes[at + 3] && y > boxes[at + 2] && y < boxes[at + 4];
        if (!inside || radius == 0) {
            return inside;
        }
        double middleX = ((double) boxes[at + 1] + boxes[at + 3]) / 2;
        double middleY = ((double) boxes[at + 2] + boxes[at + 4]) / 2;
        return Math.abs(x - middleX) < radius * grid.strideX() && Math.abs(y - middleY) < radius * grid.strideY();
    }

    /** sqrt(min(l, r) / max(l, r) x min(t, b) / max(t, b)). */
    static double centerness(double left, double top, double right, double bottom) {
        return Math.sqrt(
                Math.min(left, right) / Math.max(left, right) * (Math.min(top, bottom) / Math.max(top, bottom)));
    }
}
