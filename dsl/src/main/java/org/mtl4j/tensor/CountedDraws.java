package org.mtl4j.tensor;

import java.util.random.RandomGenerator;
import org.mtl4j.bytes.State;

/**
 * Engine API, mutable: a generator that knows how often it was asked, which is all that its state is beside the seed: the
 * same seed, asked as often, goes on with the same bits. All of its draws are made of {@link #nextLong}.
 */
public final class CountedDraws implements RandomGenerator {

    private final RandomGenerator random;
    private long drawn;

    /** The draws of this generator, from here on. */
    public CountedDraws(RandomGenerator random) {
        this.random = random;
    }

    @Override
    public long nextLong() {
        drawn++;
        return random.nextLong();
    }

    /** Tells how much was drawn, or draws as much again: of a generator that has drawn nothing yet. */
    public void state(State state) {
        long wanted = state.number("draws", drawn);
        while (drawn < wanted) {
            nextLong();
        }
    }
}
