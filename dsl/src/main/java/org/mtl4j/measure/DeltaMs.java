package org.mtl4j.measure;

import java.util.List;

/**
 * Delta-m of several ways to train, each against single-task training.
 *
 * @param bars one per way
 */
public record DeltaMs(List<Bar> bars) {

    /**
     * Delta-m of one way.
     *
     * @param name the way, such as {@code hard(mlp(64)), pcgrad()}
     * @param percents one per seed, positive is better; finite
     */
    public record Bar(String name, List<Double> percents) {

        public Bar {
            percents = List.copyOf(percents);
        }

        /** The mean with its t interval over seeds, in percent. */
        public Interval interval() {
            return Interval.of(percents);
        }
    }

    public DeltaMs {
        bars = List.copyOf(bars);
    }
}
