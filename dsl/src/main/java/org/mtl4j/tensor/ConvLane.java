package org.mtl4j.tensor;

/** Mutable: what a thread needs of its own to take images through a {@link ConvNode} and their signals back. */
final class ConvLane {

    final Columns columns;
    final Overlay overlay;
    final FilterGradient filterGradient;
    private final int part;
    private final float[] packed;

    /**
     * A lane for images of this shape.
     *
     * @param filters of a group
     */
    ConvLane(Shape.Image image, Window window, int groups, int filters) {
        columns = new Columns(image.channels() / groups, image.height(), image.width(), window);
        overlay = new Overlay(columns, groups, filters);
        filterGradient = new FilterGradient(columns, groups, filters);
        part = image.size() / groups;
        packed = new float[columns.isImage() ? 0 : columns.rows * columns.places];
    }

    /** The columns of a group of an image: laid out, or the image itself. @param at where the image begins */
    float[] columns(float[] images, int at, int group) {
        if (columns.isImage()) {
            return images;
        }
        columns.gather(images, at + group * part, packed);
        return packed;
    }

    /** Where they begin. */
    int columnsAt(int at, int group) {
        return columns.isImage() ? at + group * part : 0;
    }
}
