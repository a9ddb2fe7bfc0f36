package org.mtl4j.show;

/** A value that shows itself as a picture: SVG, PNG and one sentence with its numbers. */
public interface Picture extends Show {

    /** The picture as a self-contained SVG document with {@code <title>} and an opaque background. */
    String toSvg();

    /** The picture as PNG bytes, at twice the SVG's nominal size. */
    byte[] toPng();

    /** One or two sentences that say what the picture shows, with its numbers: the alt text and the text/plain form. */
    String altText();
}
