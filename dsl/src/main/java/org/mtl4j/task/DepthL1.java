package org.mtl4j.task;

/**
 * |p - y| at each pixel with a depth, in the target's unit; the mean over these. A target of 0 or less is no measurement and
 * counts as no label (LibMTL's DepthLoss of NYUv2).
 */
public record DepthL1() implements Loss {

    @Override
    public String toString() {
        return "depthL1()";
    }
}
