package org.mtl4j.train;

/** How long a training lasts. */
public sealed interface Length {

    /** Passes over the training part. */
    record Epochs(int number) implements Length {
        public Epochs {
            if (number < 1) {
                throw new IllegalArgumentException(
                        "epochs(%d): a training takes at least 1.%nGive a positive number of passes over the training part: epochs(10)."
                                .formatted(number));
            }
        }

        @Override
        public String toString() {
            return ".epochs(" + number + ")";
        }
    }

    /** Optimiser steps; the last epoch may be cut short. */
    record Steps(int number) implements Length {
        public Steps {
            if (number < 1) {
                throw new IllegalArgumentException(
                        "steps(%d): a training takes at least 1.%nGive a positive number of optimiser steps: steps(1000)."
                                .formatted(number));
            }
        }

        @Override
        public String toString() {
            return ".steps(" + number + ")";
        }
    }

    /** Engine API. The number of steps, at this many steps an epoch. */
    default long steps(int perEpoch) {
        return this instanceof Epochs epochs ? (long) epochs.number() * perEpoch : ((Steps) this).number();
    }
}
