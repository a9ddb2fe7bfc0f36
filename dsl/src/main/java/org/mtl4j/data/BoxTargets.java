package org.mtl4j.data;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.mtl4j.tensor.Shape;
import org.tribuo.classification.Label;

/**
 * Makes targets that are boxes around the objects of images.
 *
 * <pre>{@code
 * data.with(BoxTargets.of(task("objects").boxes(), data.input("image"), boxes))
 * }</pre>
 *
 * A row with an empty list has no object, which is to be learnt as well; a row of null carries no label.
 */
public final class BoxTargets {

    private BoxTargets() {}

    /**
     * The boxes of each image; classes are all labels in them, in sorted order.
     *
     * @param images {@link Inputs#images}, in which the boxes lie
     * @param boxes [rows][boxes], null for no label
     * @throws IllegalArgumentException if the input has no images or other rows, a box reaches out of its image, or there is no
     *     box at all
     */
    public static TargetColumn of(Target<Label> target, Input images, List<? extends @Nullable List<Box>> boxes) {
        TreeSet<String> labels = new TreeSet<>();
        for (List<Box> row : boxes) {
            if (row != null) {
                row.forEach(box -> labels.add(box.label()));
            }
        }
        if (labels.isEmpty()) {
            throw new IllegalArgumentException(
                    "Target '%s': no row has a box, so its classes are not known.%nGive a row with one, or name them: BoxTargets.of(task, List.of(\"cat\", \"dog\"), images, boxes)."
                            .formatted(target.name()));
        }
        return of(target, List.copyOf(labels), images, boxes);
    }

    /**
     * The boxes of each image, of these classes.
     *
     * @param classes the class names, in index order
     * @throws IllegalArgumentException if a box has another class; and as above
     */
    public static TargetColumn of(
            Target<Label> target, List<String> classes, Input images, List<? extends @Nullable List<Box>> boxes) {
        if (!(images.shape() instanceof Shape.Image image)) {
            throw new IllegalArgumentException(
                    "Target '%s': boxes lie in images, but the input is %s.%nGive an input of Inputs.images(..)."
                            .formatted(target.name(), images.shape()));
        }
        if (boxes.size() != images.rows()) {
            throw new IllegalArgumentException(
                    "Target '%s': there are boxes of %d rows, but images of %d.%nGive a list for each image: empty for no object, null for no label."
                            .formatted(target.name(), boxes.size(), images.rows()));
        }
        List<List<Box>> all = new ArrayList<>();
        BitSet known = new BitSet();
        for (int r = 0; r < boxes.size(); r++) {
            List<Box> row = boxes.get(r);
            known.set(r, row != null);
            all.add(row == null ? List.of() : row);
            for (Box exact : all.get(r)) {
                Box box = exact.rounded();
                within(target.name(), r, box, image);
                known(target.name(), r, box, classes);
            }
        }
        return Boxes.of(target.name(), classes, image, all, known);
    }

    private static void within(String target, int row, Box box, Shape.Image image) {
        boolean inside =
                box.left() >= 0 && box.top() >= 0 && box.right() <= image.width() && box.bottom() <= image.height();
        if (!inside) {
            throw new IllegalArgumentException(
                    "Target '%s': row %d has the box %s, which reaches out of its image of %d x %d pixels (width x height).%nCut it at the border, or correct it."
                            .formatted(target, row, box, image.width(), image.height()));
        }
    }

    private static void known(String target, int row, Box box, Collection<String> classes) {
        if (!classes.contains(box.label())) {
            throw new IllegalArgumentException(
                    "Target '%s': row %d has the box %s, but the classes are %s.%nName its class among them, or leave the box out."
                            .formatted(target, row, box, String.join(", ", classes)));
        }
    }
}
