package org.mtl4j.data;

import org.tribuo.Output;
import org.tribuo.classification.Label;
import org.tribuo.multilabel.MultiLabel;
import org.tribuo.regression.Regressor;

/** Targets for tests: the least that a task is. */
final class Targets {

    record Named<T extends Output<T>>(String name, Class<T> outputType) implements Target<T> {}

    private Targets() {}

    static Target<Label> classes(String name) {
        return new Named<>(name, Label.class);
    }

    static Target<MultiLabel> labels(String name) {
        return new Named<>(name, MultiLabel.class);
    }

    static Target<Regressor> real(String name) {
        return new Named<>(name, Regressor.class);
    }
}
