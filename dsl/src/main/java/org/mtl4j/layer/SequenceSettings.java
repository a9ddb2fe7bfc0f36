package org.mtl4j.layer;

import org.mtl4j.tensor.Activation;
import org.mtl4j.tensor.Node;
import org.mtl4j.tensor.Shape;

/** What the encoders of texts and series have in common. */
final class SequenceSettings {

    /** y = x. */
    static final Activation LINEAR = new Activation.Identity();

    private SequenceSettings() {}

    static void require(int layers, int embedding, double dropout) {
        positive("layers", layers);
        if (embedding < 0) {
            positive("embedding", embedding);
        }
        if (!(dropout >= 0 && dropout < 1)) {
            throw new IllegalArgumentException(
                    "dropout(%s): a probability lies in [0, 1).%nGive the share of zeros: dropout(0.1)."
                            .formatted(dropout));
        }
    }

    static int positive(String setting, int number) {
        if (number < 1) {
            throw new IllegalArgumentException(
                    "%s(%d): it needs at least 1.%nGive a positive number.".formatted(setting, number));
        }
        return number;
    }

    /** The one input of an encoder, words or features at each of several places. */
    static Node input(Encoder encoder, Sources sources) {
        Node input = sources.only(encoder);
        return input.shape() instanceof Shape.Tokens
                ? input
                : sources.only(encoder, Shape.Series.class, "a text or a series");
    }
}
