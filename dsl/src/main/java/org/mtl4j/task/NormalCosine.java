package org.mtl4j.task;

/**
 * 1 - &lt;p / max(|p|, 1e-12), y&gt; at each pixel with a surface normal y [3], the mean over these. A target of three zeros is
 * no measurement and counts as no label (LibMTL's NormalLoss of NYUv2).
 */
public record NormalCosine() implements Loss {

    /** The least length that an output is divided by. */
    static final double LEAST = 1e-12;

    @Override
    public String toString() {
        return "normalCosine()";
    }
}
