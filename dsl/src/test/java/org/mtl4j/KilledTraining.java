package org.mtl4j;

import static org.mtl4j.Mtl.adam;
import static org.mtl4j.Mtl.hard;
import static org.mtl4j.Mtl.mlp;
import static org.mtl4j.Mtl.uncertainty;
import static org.mtl4j.Toys.CASUAL;
import static org.mtl4j.Toys.RAIN;
import static org.mtl4j.Toys.REGISTERED;

import org.mtl4j.train.Training;

/** A training that writes its checkpoint after every step, in a JVM that is killed while it does. */
final class KilledTraining {

    /** Long enough to be killed in, and wide enough that most of its time goes into writing. */
    static final Recipe RECIPE = hard(mlp(256, 128).dropout(0.1))
            .tasks(CASUAL, REGISTERED, RAIN)
            .balance(uncertainty())
            .optimise(adam(0.001))
            .steps(1500)
            .batch(32)
            .seed(3);

    private KilledTraining() {}

    public static void main(String[] args) {
        RECIPE.checkpoint(args[0], 1).fit(Toys.split(), Training.Audience.NOBODY);
    }
}
