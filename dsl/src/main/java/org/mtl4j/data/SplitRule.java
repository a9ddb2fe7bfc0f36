package org.mtl4j.data;

import java.util.List;
import java.util.function.LongFunction;

/** How a seed becomes three parts. */
sealed interface SplitRule {

    /** The parts of this seed. */
    Parts draw(long seed);

    /** The rule in words. */
    String text();

    /** What the rows say of themselves. */
    Origin origin(Parts parts);

    /** Checks that the data have this target, as far as that is known before they are drawn. */
    default void require(Target<?> target) {}

    /** Parts that were given: the same for every seed. */
    record Given(Parts parts) implements SplitRule {
        @Override
        public Parts draw(long seed) {
            return parts;
        }

        @Override
        public void require(Target<?> target) {
            parts.train().requireTargets(List.of(target));
        }

        @Override
        public String text() {
            return "given parts, the same for every seed (only label subsets are drawn again)";
        }

        @Override
        public Origin origin(Parts drawn) {
            return drawn.train().origin();
        }
    }

    /** Parts that are generated, disjoint at their source. */
    record Drawn(String text, LongFunction<Parts> generator) implements SplitRule {
        @Override
        public Parts draw(long seed) {
            return generator.apply(seed);
        }

        @Override
        public Origin origin(Parts drawn) {
            return drawn.train().origin();
        }
    }

    /** Shares of the rows, drawn in random order. */
    record Fractions(MultiTaskData data, Shares shares, Unit unit) implements SplitRule {
        @Override
        public Parts draw(long seed) {
            List<int[]> rows = unit.assign(data, shares, Shuffle.generator(seed, "split"));
            return new Parts(data.select(rows.get(0)), data.select(rows.get(1)), data.select(rows.get(2)));
        }

        @Override
        public void require(Target<?> target) {
            data.requireTargets(List.of(target));
        }

        @Override
        public String text() {
            return shares + " of the rows, " + unit;
        }

        @Override
        public Origin origin(Parts drawn) {
            return data.origin();
        }
    }
}
