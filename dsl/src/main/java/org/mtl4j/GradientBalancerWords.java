package org.mtl4j;

import org.mtl4j.balance.Mgda;
import org.mtl4j.balance.Own;
import org.mtl4j.balance.PcGrad;

/** The words for balancers that weigh tasks by their gradients, and for one's own. {@link Mtl} brings them. */
abstract class GradientBalancerWords extends LossBalancerWords {

    GradientBalancerWords() {}

    /** Multiple-gradient descent (Désidéri 2012, Sener and Koltun 2018): the shortest common descent direction. */
    public static Mgda mgda() {
        return Mgda.asPublished();
    }

    /** Projecting conflicting gradients (Yu et al. 2020). */
    public static PcGrad pcgrad() {
        return PcGrad.asPublished();
    }

    /** A balancer of one's own: {@code balancer("mine", step -> new double[] {1, step.loss(0)})}. */
    public static Own balancer(String name, Own.Formula formula) {
        return Own.of(name, formula);
    }
}
