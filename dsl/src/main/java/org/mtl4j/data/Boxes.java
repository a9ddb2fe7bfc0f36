package org.mtl4j.data;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.mtl4j.tensor.Shape;

/**
 * The boxes of each row's image: none, one or several, or nothing is known of the row. {@link BoxTargets} makes them. Immutable.
 */
public final class Boxes implements TargetColumn {

    /** Engine API. Numbers per box: class index, left, top, right, bottom; NaN behind the last box of a row. */
    public static final int NUMBERS = 5;

    private final String name;
    private final List<String> classes;
    private final Shape.Image image;
    private final int most;
    private final float[] values;
    private final BitSet known;
    private final int rows;

    /** @param values [rows, most, NUMBERS]; kept, not copied */
    private Boxes(
            String name, List<String> classes, Shape.Image image, int most, float[] values, BitSet known, int rows) {
        this.name = name;
        this.classes = List.copyOf(classes);
        this.image = image;
        this.most = most;
        this.values = values;
        this.known = known;
        this.rows = rows;
    }

    /** A column of boxes. @param known the rows of which all boxes are known, be they none */
    static Boxes of(
            String name, List<String> classes, Shape.Image image, List<? extends List<Box>> boxes, BitSet known) {
        int most = Math.max(1, boxes.stream().mapToInt(List::size).max().orElse(1));
        float[] values = new float[boxes.size() * most * NUMBERS];
        Arrays.fill(values, Float.NaN);
        for (int r = 0; r < boxes.size(); r++) {
            for (int b = 0; b < boxes.get(r).size(); b++) {
                Box box = boxes.get(r).get(b);
                int at = (r * most + b) * NUMBERS;
                values[at] = classes.indexOf(box.label());
                values[at + 1] = (float) box.left();
                values[at + 2] = (float) box.top();
                values[at + 3] = (float) box.right();
                values[at + 4] = (float) box.bottom();
            }
        }
        return new Boxes(name, classes, image, most, values, known, boxes.size());
    }

    /** The class names, in index order. */
    public List<String> classes() {
        return classes;
    }

    /** The images that the boxes lie in. */
    public Shape.Image image() {
        return image;
    }

    /** The most boxes of a row, at least 1. */
    public int most() {
        return most;
    }

    /** The boxes of a row; empty for none, and for a row without a label. */
    public List<Box> boxes(int row) {
        return IntStream.range(0, count(row)).mapToObj(b -> box(row, b)).toList();
    }

    private Box box(int row, int b) {
        int at = (row * most + b) * NUMBERS;
        return new Box(classes.get((int) values[at]), values[at + 1], values[at + 2], values[at + 3], values[at + 4]);
    }

    /** The number of boxes of a row. */
    public int count(int row) {
        int count = 0;
        while (count < most && !Float.isNaN(values[(row * most + count) * NUMBERS])) {
            count++;
        }
        return count;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int width() {
        return most * NUMBERS;
    }

    @Override
    public int rows() {
        return rows;
    }

    /** Whether its boxes are known: a row with no box at all is labelled if that is known. */
    @Override
    public boolean isLabelled(int row) {
        return known.get(row);
    }

    /** A number of box column / NUMBERS; NaN behind the last one. */
    @Override
    public float get(int row, int column) {
        return values[row * width() + column];
    }

    @Override
    public int labelled() {
        return known.cardinality();
    }

    @Override
    public Boxes select(int[] chosen) {
        BitSet selected = new BitSet();
        for (int r = 0; r < chosen.length; r++) {
            selected.set(r, known.get(chosen[r]));
        }
        return new Boxes(name, classes, image, most, Rows.select(values, width(), chosen), selected, chosen.length);
    }

    @Override
    public Boxes keep(BitSet kept) {
        BitSet both = (BitSet) known.clone();
        both.and(kept);
        return new Boxes(name, classes, image, most, Rows.keep(values, width(), kept), both, rows);
    }

    /** The same number of rows without any label. */
    Boxes unlabelled(int count) {
        float[] none = new float[count * width()];
        Arrays.fill(none, Float.NaN);
        return new Boxes(name, classes, image, most, none, new BitSet(), count);
    }

    /** These rows, then those of another column of the same images. */
    Boxes followedBy(Boxes other) {
        int wider = Math.max(most, other.most);
        List<String> union = Stacking.union(classes, other.classes);
        Boxes above = renumber(union).fit(wider);
        Boxes below = other.renumber(union).fit(wider);
        float[] all = Arrays.copyOf(above.values, above.values.length + below.values.length);
        System.arraycopy(below.values, 0, all, above.values.length, below.values.length);
        BitSet both = (BitSet) known.clone();
        other.known.stream().forEach(row -> both.set(rows + row));
        return new Boxes(name, union, image, wider, all, both, rows + other.rows);
    }

    /** Engine API. The same boxes with their classes numbered in this order, which has them all. */
    public Boxes renumber(List<String> order) {
        if (order.equals(classes)) {
            return this;
        }
        float[] numbered = values.clone();
        for (int at = 0; at < numbered.length; at += NUMBERS) {
            if (!Float.isNaN(numbered[at])) {
                numbered[at] = order.indexOf(classes.get((int) numbered[at]));
            }
        }
        return new Boxes(name, order, image, most, numbered, known, rows);
    }

    /**
     * Engine API. The same boxes with room for as many a row.
     *
     * @throws IllegalArgumentException if a row has more
     */
    public Boxes fit(int wanted) {
        if (wanted == most) {
            return this;
        }
        float[] fitted = new float[rows * wanted * NUMBERS];
        Arrays.fill(fitted, Float.NaN);
        for (int r = 0; r < rows; r++) {
            int count = count(r);
            if (count > wanted) {
                throw new IllegalArgumentException(
                        "Task '%s': row %d has %d boxes, but there is room for %d a row.%nBind the task to the data that have most."
                                .formatted(name, r, count, wanted));
            }
            System.arraycopy(values, r * width(), fitted, r * wanted * NUMBERS, count * NUMBERS);
        }
        return new Boxes(name, classes, image, wanted, fitted, known, rows);
    }
}
