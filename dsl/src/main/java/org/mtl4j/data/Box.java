package org.mtl4j.data;

import java.util.Locale;

/**
 * A rectangle around an object in an image, in pixels: pixel (x, y) covers [x, x + 1] times [y, y + 1], so the whole image is
 * (0, 0, width, height). Corners as torchvision has them; {@link #ofSize} takes COCO's form.
 *
 * <pre>{@code
 * new Box("cat", 3, 4, 10, 12)        // from (3, 4) to (10, 12)
 * Box.ofSize("cat", 3, 4, 7, 8)       // the same
 * }</pre>
 *
 * @param label the object's class
 * @param left x of the left side
 * @param top y of the upper side
 * @param right x of the right side, above left
 * @param bottom y of the lower side, above top: y grows downwards
 */
public record Box(String label, double left, double top, double right, double bottom) {

    public Box {
        if (label.isBlank()) {
            throw new IllegalArgumentException(
                    "The box %s has a blank label.%nName its class: new Box(\"cat\", 3, 4, 10, 12)."
                            .formatted(words(left, top, right, bottom)));
        }
        if (!(Double.isFinite(left) && Double.isFinite(top) && Double.isFinite(right) && Double.isFinite(bottom))) {
            throw new IllegalArgumentException(
                    "The box '%s' %s has a side that is not a finite number.%nGive pixels: new Box(\"%s\", left, top, right, bottom)."
                            .formatted(label, words(left, top, right, bottom), label));
        }
        if (!(left < right && top < bottom)) {
            throw new IllegalArgumentException(
                    "The box '%s' %s has no area: left lies before right, and top above bottom.%nGive the corners, or Box.ofSize(\"%s\", x, y, width, height)."
                            .formatted(label, words(left, top, right, bottom), label));
        }
    }

    /** The box of this upper left corner and size, as COCO writes boxes. */
    public static Box ofSize(String label, double x, double y, double width, double height) {
        return new Box(label, x, y, x + width, y + height);
    }

    /** Its width in pixels. */
    public double width() {
        return right - left;
    }

    /** Its height in pixels. */
    public double height() {
        return bottom - top;
    }

    /** Its area in square pixels. */
    public double area() {
        return width() * height();
    }

    /** Intersection over union of both, in [0, 1]; labels do not matter. */
    public double iou(Box other) {
        double over = Math.min(right, other.right) - Math.max(left, other.left);
        double down = Math.min(bottom, other.bottom) - Math.max(top, other.top);
        double inter = over > 0 && down > 0 ? over * down : 0;
        return inter / (area() + other.area() - inter);
    }

    /** The box in single precision, which must leave it an area. */
    Box rounded() {
        return new Box(label, (float) left, (float) top, (float) right, (float) bottom);
    }

    /** {@code (3, 4, 10, 12)}. */
    static String words(double left, double top, double right, double bottom) {
        return "(%s, %s, %s, %s)".formatted(number(left), number(top), number(right), number(bottom));
    }

    private static String number(double x) {
        return x == Math.rint(x) && Math.abs(x) < 1e9 ? String.format(Locale.ROOT, "%.0f", x) : String.valueOf(x);
    }

    @Override
    public String toString() {
        return label + " " + words(left, top, right, bottom);
    }
}
