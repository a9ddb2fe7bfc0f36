package org.mtl4j.jupyter;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.mtl4j.show.Html;
import org.mtl4j.show.Picture;
import org.mtl4j.show.Show;

/**
 * One value in the forms that a front end chooses from.
 *
 * @param data MIME type to content; PNG as base64
 * @param metadata MIME type to the front end's hints: width, height and alt text of a picture
 */
record Bundle(Map<String, String> data, Map<String, Map<String, Object>> metadata) {

    static final String TEXT = "text/plain";
    static final String HTML = "text/html";
    static final String SVG = "image/svg+xml";
    static final String PNG = "image/png";

    /** Bytes before the width in a PNG: the signature (8), then length and type of the header chunk (8). */
    private static final int PNG_WIDTH_AT = 16;

    Bundle {
        data = Map.copyOf(data);
        metadata = Map.copyOf(metadata);
    }

    /** HTML and its plain form. */
    static Bundle html(String html, String text) {
        return new Bundle(Map.of(HTML, html, TEXT, text), Map.of());
    }

    /** The value in all its forms. */
    static Bundle of(Show value) {
        return of(value, mime -> true);
    }

    /**
     * The value in those of its forms that are wanted.
     *
     * <p>A picture comes as SVG and PNG: front ends show one of the two (JupyterLab the SVG, or the PNG of a notebook
     * that it does not trust; GitHub the PNG). It has HTML only for someone who asks for that alone, since HTML would go
     * before both and lose its SVG in an untrusted notebook.
     */
    static Bundle of(Show value, Predicate<String> wanted) {
        if (value instanceof Picture picture) {
            return of(picture, wanted);
        }
        Map<String, String> data = new LinkedHashMap<>();
        data.put(TEXT, value.toString());
        if (wanted.test(HTML)) {
            data.put(HTML, value.toHtml());
        }
        return new Bundle(data, Map.of());
    }

    private static Bundle of(Picture picture, Predicate<String> wanted) {
        Map<String, String> data = new LinkedHashMap<>();
        Map<String, Map<String, Object>> metadata = new LinkedHashMap<>();
        String alt = picture.altText();
        data.put(TEXT, alt);
        if (wanted.test(SVG)) {
            data.put(SVG, labelled(picture.toSvg(), alt));
            metadata.put(SVG, Map.of("alt", alt));
        }
        if (wanted.test(PNG)) {
            byte[] png = picture.toPng();
            ByteBuffer header = ByteBuffer.wrap(png);
            // Twice the nominal size, so that it stays sharp: the metadata brings it back to that size.
            int width = header.getInt(PNG_WIDTH_AT) / 2;
            int height = header.getInt(PNG_WIDTH_AT + Integer.BYTES) / 2;
            data.put(PNG, Base64.getEncoder().encodeToString(png));
            metadata.put(PNG, Map.of("width", width, "height", height, "alt", alt));
        }
        if (data.size() == 1 && wanted.test(HTML)) {
            data.put(HTML, picture.toHtml());
        }
        return new Bundle(data, metadata);
    }

    /** The SVG without its XML prologue, which has no place inside a page, and with its alt text for screen readers. */
    private static String labelled(String svg, String alt) {
        String element = svg.substring(Math.max(0, svg.indexOf("<svg")));
        return element.startsWith("<svg") && !element.contains("aria-label=")
                ? "<svg role=\"img\" aria-label=\"" + Html.escape(alt) + "\"" + element.substring("<svg".length())
                : element;
    }
}
