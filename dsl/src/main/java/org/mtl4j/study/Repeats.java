package org.mtl4j.study;

import java.util.List;
import java.util.stream.LongStream;
import org.mtl4j.data.Split;

/**
 * How often each training is repeated, and what a seed draws.
 *
 * @param seeds how often
 * @param first the first seed; the others follow it
 * @param splits whether a seed draws the split too
 */
public record Repeats(int seeds, long first, Splits splits) {

    /** Whether each seed draws its own split. */
    public enum Splits {
        REDRAWN,
        SAME
    }

    public Repeats {
        if (seeds < 1) {
            throw new IllegalArgumentException(
                    "seeds(%d): a study has at least 1.%nGive a positive number, such as seeds(5).".formatted(seeds));
        }
    }

    /** The seeds, in order. */
    public List<Long> list() {
        return LongStream.range(0, seeds).map(i -> first + i).boxed().toList();
    }

    /** The split of one seed. */
    Split split(Split given, long seed) {
        return splits == Splits.SAME ? given : given.redraw(seed);
    }
}
