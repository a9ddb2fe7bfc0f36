package org.mtl4j.show;

/**
 * A value that shows itself: {@code toString()} as aligned plain text, {@link #toHtml()} as HTML.
 *
 * <p>Both carry the same words and numbers. The HTML is self-contained: inline styles only, no script, no link, every
 * user-given name escaped.
 */
public interface Show {

    /** The value as an HTML fragment that reads in light and dark themes. */
    String toHtml();
}
