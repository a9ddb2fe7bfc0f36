package org.mtl4j.fitted;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.mtl4j.data.Box;
import org.mtl4j.show.Show;
import org.mtl4j.show.Table;
import org.mtl4j.task.Fcos;
import org.mtl4j.task.Grid;
import org.mtl4j.task.Objective;
import org.mtl4j.task.Task;

/**
 * The boxes that a net finds in each image, by descending score. Immutable; prints the first ones as a table.
 *
 * <p>Each cell and class is a candidate, its score the probability of the class x the center-ness (Tian et al. 2019, FCOS, arXiv
 * 1904.01355; torchvision takes the root of this product). Of those above {@link #THRESHOLD} the {@link #CANDIDATES}
 * best are taken in turn: one that overlaps a better one of its class by an IoU above {@link #OVERLAP} is dropped (non-maximum
 * suppression). The {@link #MOST} best stay. The threshold is on the product, as in torchvision on its root; the authors' code
 * has it on the probability alone.
 *
 * @param task the task's name
 * @param rows [rows][boxes]
 */
public record FoundBoxes(String task, List<List<ScoredBox>> rows) implements Show {

    /** A candidate's least score, not included. */
    public static final double THRESHOLD = 0.05;

    /** The most candidates of an image. */
    public static final int CANDIDATES = 1000;

    /** The IoU above which of two boxes of a class the better one stays. */
    public static final double OVERLAP = 0.6;

    /** The most boxes of an image. */
    public static final int MOST = 100;

    /** How many boxes it prints. */
    public static final int SHOWN_BOXES = 20;

    /** Numbers of a box. */
    private static final int SIDES = 4;

    public FoundBoxes {
        rows = rows.stream().map(List::copyOf).toList();
    }

    /**
     * What a head of boxes says at each cell, in units that a user reads: the probability of each class, the left, upper, right
     * and lower side in pixels, cut at the image's border, and the probability that stands for the center-ness.
     *
     * @param outputs [rows, cells, classes + 5] as {@link Fcos} has them, modified
     * @return [rows, cells * (classes + 5)]
     */
    static Matrix cells(Objective objective, Grid grid, int rows, float[] outputs) {
        int k = objective.outputs();
        int classes = k - Task.Kind.Boxes.BESIDE_CLASSES;
        for (int at = 0, cell = 0; at < outputs.length; at += k, cell = (cell + 1) % grid.cells()) {
            for (int c = 0; c < classes; c++) {
                outputs[at + c] = sigmoid(outputs[at + c]);
            }
            for (int side = 0; side < SIDES; side++) {
                outputs[at + classes + side] = side(outputs[at + classes + side], side, grid, cell);
            }
            outputs[at + k - 1] = sigmoid(outputs[at + k - 1]);
        }
        return Matrix.own(objective.task().name(), rows, grid.cells() * k, outputs);
    }

    private static float side(float logDistance, int side, Grid grid, int cell) {
        boolean horizontal = side % 2 == 0;
        double distance = (horizontal ? grid.strideX() : grid.strideY()) * StrictMath.exp(logDistance);
        double at = (horizontal ? grid.x(cell) : grid.y(cell)) + (side < 2 ? -distance : distance);
        return (float) Math.max(0, Math.min(horizontal ? grid.width() : grid.height(), at));
    }

    private static float sigmoid(float x) {
        return (float) (1 / (1 + StrictMath.exp(-(double) x)));
    }

    /** The boxes of all rows. @param cells {@link #cells} */
    static FoundBoxes of(Objective objective, Matrix cells) {
        return new FoundBoxes(
                objective.task().name(),
                IntStream.range(0, cells.rows())
                        .mapToObj(row -> suppress(candidates(objective, cells, row)))
                        .toList());
    }

    private static List<ScoredBox> candidates(Objective objective, Matrix cells, int row) {
        int k = objective.outputs();
        int classes = k - Task.Kind.Boxes.BESIDE_CLASSES;
        List<ScoredBox> candidates = new ArrayList<>();
        for (int at = 0; at < cells.columns(); at += k) {
            double left = cells.get(row, at + classes);
            double top = cells.get(row, at + classes + 1);
            double right = cells.get(row, at + classes + 2);
            double bottom = cells.get(row, at + classes + 3);
            for (int c = 0; c < classes; c++) {
                double score = (double) cells.get(row, at + c) * cells.get(row, at + k - 1);
                if (score > THRESHOLD && left < right && top < bottom) {
                    Box box = new Box(objective.labels().get(c), left, top, right, bottom);
                    candidates.add(new ScoredBox(box, score));
                }
            }
        }
        return candidates;
    }

    /** Non-maximum suppression by class; of equal scores the earlier candidate goes first. */
    static List<ScoredBox> suppress(List<ScoredBox> candidates) {
        List<ScoredBox> kept = new ArrayList<>();
        candidates.stream()
                .sorted(Comparator.comparingDouble((ScoredBox each) -> -each.score())) // stable
                .limit(CANDIDATES)
                .filter(each -> kept.stream().noneMatch(better -> covers(better.box(), each.box())))
                .forEachOrdered(kept::add);
        return List.copyOf(kept.subList(0, Math.min(MOST, kept.size())));
    }

    private static boolean covers(Box better, Box other) {
        return better.label().equals(other.label()) && better.iou(other) > OVERLAP;
    }

    /** The boxes of one row. */
    public List<ScoredBox> row(int row) {
        return rows.get(row);
    }

    /** The first boxes of a row in a word each. */
    String words(int row) {
        List<ScoredBox> found = rows.get(row);
        if (found.isEmpty()) {
            return "none";
        }
        String first = found.stream().limit(3).map(ScoredBox::toString).collect(Collectors.joining(", "));
        return first + (found.size() > 3 ? " and %d more".formatted(found.size() - 3) : "");
    }

    private Table table() {
        Table table =
                Table.titled("Boxes of " + task).columns("row", "class", "score", "left", "top", "right", "bottom");
        int all = 0;
        for (int row = 0; row < rows.size(); row++) {
            for (ScoredBox found : rows.get(row)) {
                Box box = found.box();
                if (all++ < SHOWN_BOXES) {
                    table = table.row(
                            row,
                            box.label(),
                            found.score(),
                            pixels(box.left()),
                            pixels(box.top()),
                            pixels(box.right()),
                            pixels(box.bottom()));
                }
            }
        }
        return table.note(
                "%d of %d boxes in %d rows; sides in pixels".formatted(Math.min(all, SHOWN_BOXES), all, rows.size()));
    }

    private static String pixels(double x) {
        return String.format(Locale.ROOT, "%.1f", x);
    }

    @Override
    public String toString() {
        return table().toString();
    }

    @Override
    public String toHtml() {
        return table().toHtml();
    }
}
