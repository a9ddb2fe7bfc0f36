package org.mtl4j.chart;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The lines along which numbers on a square grid have one value, by marching squares: in each cell, straight between the
 * points that linear interpolation finds on its sides. Where two corners across from one another are higher than the level
 * and two are lower, the mean of the four decides which are joined. Cells with a corner that is not finite have none.
 */
final class Contours {

    private static final int NONE = -1;

    private final double[] values;
    private final int n;
    private final double level;
    /** Both neighbours of each crossing; crossings are named by their side: even across, odd upward. */
    private final int[] neighbours;

    private Contours(double[] values, int n, double level) {
        this.values = values;
        this.n = n;
        this.level = level;
        neighbours = new int[4 * n * n];
        Arrays.fill(neighbours, NONE);
    }

    /**
     * The lines of a level.
     *
     * @param values [n * n], row by row from below
     * @return x0, y0, x1, y1, .. of each line, in cells from the lower left corner
     */
    static List<double[]> of(double[] values, int n, double level) {
        Contours contours = new Contours(values, n, level);
        for (int row = 0; row + 1 < n; row++) {
            for (int column = 0; column + 1 < n; column++) {
                contours.march(row * n + column);
            }
        }
        return contours.lines();
    }

    private void march(int corner) {
        double a = values[corner];
        double b = values[corner + 1];
        double c = values[corner + n + 1];
        double d = values[corner + n];
        double mean = (a + b + c + d) / 4;
        if (!Double.isFinite(mean)) {
            return;
        }
        int[] crossings = new int[4];
        int found = 0;
        found = cross(a, b, 2 * corner, crossings, found); // below
        found = cross(b, c, 2 * (corner + 1) + 1, crossings, found); // right
        found = cross(c, d, 2 * (corner + n), crossings, found); // above
        found = cross(d, a, 2 * corner + 1, crossings, found); // left
        if (found == 2) {
            join(crossings[0], crossings[1]);
        } else if (found == 4 && a >= level == mean >= level) { // the corners b and d are cut off
            join(crossings[0], crossings[1]);
            join(crossings[2], crossings[3]);
        } else if (found == 4) {
            join(crossings[3], crossings[0]);
            join(crossings[1], crossings[2]);
        }
    }

    private int cross(double from, double to, int side, int[] crossings, int found) {
        if (from >= level == to >= level) {
            return found;
        }
        crossings[found] = side;
        return found + 1;
    }

    private void join(int one, int other) {
        neighbours[2 * one + (neighbours[2 * one] == NONE ? 0 : 1)] = other;
        neighbours[2 * other + (neighbours[2 * other] == NONE ? 0 : 1)] = one;
    }

    /** The chains of crossings: first those with two ends, then the rings. */
    private List<double[]> lines() {
        List<double[]> lines = new ArrayList<>();
        for (int side = 0; 2 * side < neighbours.length; side++) {
            if (neighbours[2 * side] != NONE && neighbours[2 * side + 1] == NONE) {
                lines.add(line(side));
            }
        }
        for (int side = 0; 2 * side < neighbours.length; side++) {
            if (neighbours[2 * side] != NONE) {
                lines.add(line(side));
            }
        }
        return lines;
    }

    /** Follows a chain from one crossing on, and takes it out. */
    private double[] line(int start) {
        List<Integer> sides = new ArrayList<>(List.of(start));
        int at = start;
        while (neighbours[2 * at] != NONE) {
            int next = neighbours[2 * at];
            part(at, next);
            sides.add(next);
            at = next;
        }
        return sides.stream()
                .flatMapToDouble(side -> Arrays.stream(point(side)))
                .toArray();
    }

    private void part(int one, int other) {
        for (int[] pair : new int[][] {{one, other}, {other, one}}) {
            int slot = 2 * pair[0];
            if (neighbours[slot] == pair[1]) {
                neighbours[slot] = neighbours[slot + 1];
            }
            neighbours[slot + 1] = NONE;
        }
    }

    private double[] point(int side) {
        int corner = side / 2;
        boolean isUpward = side % 2 == 1;
        double from = values[corner];
        double part = (level - from) / (values[corner + (isUpward ? n : 1)] - from);
        int x = corner % n;
        int y = corner / n;
        return isUpward ? new double[] {x, y + part} : new double[] {x + part, y};
    }
}
