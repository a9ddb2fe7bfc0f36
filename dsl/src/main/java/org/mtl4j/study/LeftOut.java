package org.mtl4j.study;

/** Why a cell is left out. */
public enum LeftOut {
    /** A balancer of gradients, and no parameter that two tasks reach. */
    NOTHING_SHARED("a gradient method where nothing is shared"),
    /** A balancer for a main task that the cell does not train, or for more tasks than it does. */
    UNSERVED("a method whose main task is not trained, or that takes more tasks"),
    /** The single-task baseline under another name. */
    BASELINE("equal weights on one task, which is the single-task baseline itself"),
    /** Tuned weights of one task. */
    NOTHING_TO_TUNE("tuned fixed weights of one task, which has none to tune"),
    /** The same training as another cell. */
    SAME("fewer labels of a task that is not trained, which change nothing");

    private final String words;

    LeftOut(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
