package org.mtl4j.tensor;

/**
 * How a kernel slides over an image: its size, by how many pixels it moves, how many zeros lie around the image, and how far
 * its own pixels lie apart. Each for height and width.
 *
 * @param height of the kernel, in its own pixels
 * @param width of the kernel
 * @param strideHeight pixels from one place to the next
 * @param strideWidth pixels from one place to the next
 * @param paddingHeight rows of zeros above and below
 * @param paddingWidth columns of zeros left and right
 * @param dilationHeight pixels of the image from one pixel of the kernel to the next
 * @param dilationWidth pixels of the image from one pixel of the kernel to the next
 */
public record Window(
        int height,
        int width,
        int strideHeight,
        int strideWidth,
        int paddingHeight,
        int paddingWidth,
        int dilationHeight,
        int dilationWidth) {

    public Window {
        atLeast(1, height, width, "A kernel", "pixels");
        atLeast(1, strideHeight, strideWidth, "A stride", "pixels");
        atLeast(0, paddingHeight, paddingWidth, "A padding", "pixels");
        atLeast(1, dilationHeight, dilationWidth, "A dilation", "pixels");
    }

    private static void atLeast(int least, int height, int width, String what, String unit) {
        if (height < least || width < least) {
            throw new IllegalArgumentException("%s of %d x %d %s: it needs at least %d.%nGive whole numbers from %d on."
                    .formatted(what, height, width, unit, least, least));
        }
    }

    /** A kernel of this size with stride 1, no padding and no dilation. */
    public static Window of(int height, int width) {
        return new Window(height, width, 1, 1, 0, 0, 1, 1);
    }

    /** The same with another stride. */
    public Window stride(int down, int right) {
        return new Window(height, width, down, right, paddingHeight, paddingWidth, dilationHeight, dilationWidth);
    }

    /** The same with another padding. */
    public Window padding(int rows, int columns) {
        return new Window(height, width, strideHeight, strideWidth, rows, columns, dilationHeight, dilationWidth);
    }

    /** The same with another dilation. */
    public Window dilation(int down, int right) {
        return new Window(height, width, strideHeight, strideWidth, paddingHeight, paddingWidth, down, right);
    }

    /** The number of the kernel's pixels. */
    int pixels() {
        return height * width;
    }

    /** Rows of the image from its first to its last. */
    int spanHeight() {
        return dilationHeight * (height - 1) + 1;
    }

    /** Columns of the image from its first to its last. */
    int spanWidth() {
        return dilationWidth * (width - 1) + 1;
    }

    /** Places in a column: floor((h + 2 padding - span) / stride) + 1; 0 or less where none fits. */
    int placesDown(int imageHeight) {
        return Math.floorDiv(imageHeight + 2 * paddingHeight - spanHeight(), strideHeight) + 1;
    }

    /** Places in a row. */
    public int placesRight(int imageWidth) {
        return Math.floorDiv(imageWidth + 2 * paddingWidth - spanWidth(), strideWidth) + 1;
    }

    /** Fails where the kernel fits nowhere. @param layer the layer in words. */
    void requireFits(String layer, Node below, Shape.Image image) {
        if (placesDown(image.height()) < 1 || placesRight(image.width()) < 1) {
            throw new IllegalArgumentException(
                    "%s: its kernel spans %d x %d pixels, but '%s' below it gives an image of %s, %d x %d with the padding.%nTake a smaller kernel or less pooling below it, more padding(..), or larger images."
                            .formatted(
                                    layer,
                                    spanHeight(),
                                    spanWidth(),
                                    below.name,
                                    image,
                                    image.height() + 2 * paddingHeight,
                                    image.width() + 2 * paddingWidth));
        }
    }

    /** The withers that differ from {@link #of}: {@code .stride(2).padding(1)}. @param usual the stride left out. */
    String withers(int usualDown, int usualRight) {
        return wither("stride", strideHeight, strideWidth, usualDown, usualRight)
                + wither("padding", paddingHeight, paddingWidth, 0, 0)
                + wither("dilation", dilationHeight, dilationWidth, 1, 1);
    }

    private static String wither(String name, int down, int right, int usualDown, int usualRight) {
        return down == usualDown && right == usualRight ? "" : "." + name + "(" + pair(down, right) + ")";
    }

    /** Two numbers, or one where they are the same. */
    static String pair(int down, int right) {
        return down == right ? String.valueOf(down) : down + ", " + right;
    }
}
