package org.mtl4j.benchmarks;

import java.util.Locale;
import org.mtl4j.balance.Balancer;
import org.mtl4j.balance.Equal;
import org.mtl4j.balance.Mgda;
import org.mtl4j.balance.PcGrad;
import org.mtl4j.balance.Uncertainty;

/** A balancing method that is measured. */
public enum Method {
    /** Every task weighs 1. */
    EQUAL,
    /** Projected conflicting gradients. */
    PCGRAD,
    /** The shortest common descent direction. */
    MGDA,
    /** Homoscedastic uncertainty. */
    UNCERTAINTY;

    Balancer balancer() {
        return switch (this) {
            case EQUAL -> new Equal();
            case PCGRAD -> PcGrad.asPublished();
            case MGDA -> Mgda.asPublished();
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
