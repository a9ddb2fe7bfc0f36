package org.mtl4j.benchmarks;

import java.util.Locale;
import org.mtl4j.balance.Balancer;
import org.mtl4j.balance.CaGrad;
import org.mtl4j.balance.Equal;
import org.mtl4j.balance.Mgda;
import org.mtl4j.balance.NashMtl;
import org.mtl4j.balance.PcGrad;
import org.mtl4j.balance.Uncertainty;
import org.mtl4j.balance.UpGrad;

/** A balancing method that is measured. */
public enum Method {
    /** Every task weighs 1. */
    EQUAL,
    /** Projected conflicting gradients. */
    PCGRAD,
    /** The shortest common descent direction. */
    MGDA,
    /** Conflict-averse gradient descent. */
    CAGRAD,
    /** Unconflicting projection of gradients. */
    UPGRAD,
    /** The Nash bargaining solution. */
    NASH,
    /** Homoscedastic uncertainty. */
    UNCERTAINTY;

    Balancer balancer() {
        return switch (this) {
            case EQUAL -> new Equal();
            case PCGRAD -> PcGrad.asPublished();
            case MGDA -> Mgda.asPublished();
            case CAGRAD -> CaGrad.of(CaGrad.DEFAULT_C);
            case UPGRAD -> UpGrad.asPublished();
            case NASH -> NashMtl.asPublished();
            case UNCERTAINTY -> new Uncertainty(Uncertainty.DEFAULT_INITIAL);
        };
    }

    /** The name in the tables. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The method of this name in the tables. */
    static Method named(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
