package org.mtl4j.tensor;

/**
 * Mutable: whether a crew shares its next loop. Where other programs hold the cores, a hand that has taken a piece may be
 * stopped in it, and to wait for it costs more than all hands save. After {@link #STRETCH} loops in which that was so, none is
 * shared for a while, which doubles each time that it is so again.
 */
final class Worth {

    /** Loops after which is asked. */
    static final int STRETCH = 64;

    /** Loops that are not shared then, at first and at most. */
    static final int SHORTEST_REST = 256;

    static final int LONGEST_REST = 1 << 14;

    /** Longer pieces count as this long, in nanoseconds: their own thread was stopped in between. */
    static final long LONGEST_PIECE = 2_000_000;

    private int loops;
    private double saved;
    private double waited;
    private int rest = SHORTEST_REST;
    private int left;

    /** Whether to share the next loop. */
    boolean shares() {
        if (left > 0) {
            left--;
            return false;
        }
        return true;
    }

    /**
     * Hears of a loop that was shared.
     *
     * @param pieces of it
     * @param own those that the training's own thread did
     * @param worked nanoseconds on them
     * @param stood nanoseconds that it waited for the others
     */
    void hear(int pieces, int own, long worked, long stood) {
        if (own > 0) {
            saved += (double) Math.min(worked, LONGEST_PIECE * own) * (pieces - own) / own;
            waited += stood;
        }
        loops++;
        if (loops == STRETCH) {
            if (waited > saved) {
                left = rest;
                rest = Math.min(2 * rest, LONGEST_REST);
            } else {
                rest = SHORTEST_REST;
            }
            loops = 0;
            saved = 0;
            waited = 0;
        }
    }
}
