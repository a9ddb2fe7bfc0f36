package org.mtl4j.fitted;

import java.util.Locale;
import org.mtl4j.data.Box;

/**
 * A box that a net finds in an image.
 *
 * @param box where, and of which class
 * @param score how sure it is, in (0, 1): probability of the class x center-ness
 */
public record ScoredBox(Box box, double score) {

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s %.2f", box.label(), score);
    }
}
