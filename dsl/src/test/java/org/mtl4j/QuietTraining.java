package org.mtl4j;

import static org.mtl4j.Mtl.hard;
import static org.mtl4j.Mtl.loss;
import static org.mtl4j.Mtl.pcgrad;
import static org.mtl4j.Mtl.sameDiff;
import static org.mtl4j.Toys.CASUAL;
import static org.mtl4j.Toys.RAIN;
import static org.mtl4j.Toys.REGISTERED;

import org.mtl4j.nd4j.OwnGraphs;

/** What {@link QuietTest} runs in a fresh JVM: a training with all own parts, from the first use of ND4J on. */
final class QuietTraining {

    private QuietTraining() {}

    public static void main(String[] none) {
        Run run = hard(sameDiff("mine", OwnGraphs.tanh(4, 8, 5), "x", "out"))
                .tasks(CASUAL.loss(loss("squared", (sd, p, y) -> sd.math().square(p.sub(y)))), REGISTERED, RAIN)
                .balance(pcgrad())
                .epochs(3)
                .batch(32)
                .fit(Toys.split());
        run.predict(Toys.split().test());
        run.sameDiff();
    }
}
