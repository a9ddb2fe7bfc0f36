package org.mtl4j.optimise;

/** How weight decay enters a step. */
public enum Decay {
    /** Into the gradient, g + wd theta: the L2 penalty of Adam and of all that are no W. */
    COUPLED,
    /** Beside it, theta (1 - rate wd) first: AdamW (Loshchilov and Hutter 2019). */
    DECOUPLED;

    /** What is added to the gradient: this times theta. */
    float coupled(Settings settings) {
        return this == COUPLED ? (float) settings.weightDecay() : 0f;
    }

    /** What theta is multiplied by before the step. */
    float shrink(Settings settings, double rate) {
        return this == DECOUPLED ? (float) (1 - rate * settings.weightDecay()) : 1f;
    }

    /** {@code .decoupled()}, or nothing. */
    String words() {
        return this == DECOUPLED ? ".decoupled()" : "";
    }
}
