package org.mtl4j.task;

import java.util.List;

/**
 * The loss of boxes of FCOS (Tian et al. 2019, FCOS: Fully Convolutional One-Stage Object Detection, arXiv 1904.01355; with
 * GIoU and the weights by center-ness of the authors' code and of arXiv 2006.09214), for one map of cells.
 *
 * <p>A cell whose centre lies inside of a box, not on its border, is positive: it is to find the smallest such box, of equals the
 * first. With l*, t*, r*, b* the distances of its centre to the box's sides, its center-ness is c* = sqrt(min(l*, r*) / max(l*,
 * r*) x min(t*, b*) / max(t*, b*)). The loss is
 *
 * <pre>
 * w_cls / N sum_cells sum_classes focal  +  w_reg / C sum_positive c* (1 - GIoU)  +  w_ctr / N sum_positive BCE(c, c*)
 * </pre>
 *
 * with the focal loss of alpha 0.25 and gamma 2, GIoU between the box that the cell says and its true one, BCE the binary
 * cross-entropy, in nats; N = max(1, number of positive cells) and C = the sum of c*, both over all labelled rows of the batch
 * together. Without a positive cell in the batch the last two parts are 0 with a signal of 0, and the first is its plain sum. Rows
 * without a label are in none of the sums; rows that are known to have no box are in the first. torchvision differs in the
 * second part: it takes no weights c* and divides by N.
 *
 * <p>A box that holds no cell's centre is learnt by no cell: take an encoder with smaller cells.
 *
 * <pre>{@code
 * task("objects").boxes().loss(fcos().regression(2).radius(1.5))
 * }</pre>
 *
 * @param classification w_cls, the weight of the classes
 * @param regression w_reg, that of the boxes
 * @param centerness w_ctr, that of the center-ness
 * @param radius how far from the middle of its box, in cells along x and along y, a positive cell's centre may lie (center
 *     sampling; 1.5 in arXiv 2006.09214 and torchvision); 0 for any distance, as in arXiv 1904.01355
 */
public record Fcos(double classification, double regression, double centerness, double radius) implements Loss {

    /** The loss of classes at all cells. */
    public static final Focal FOCAL = new Focal(2, List.of(0.25));

    /** The probability that each class begins with at each cell. */
    public static final double PRIOR = 0.01;

    /** The loss with all weights 1, all cells inside of a box positive. */
    public static final Fcos DEFAULT = new Fcos(1, 1, 1, 0);

    public Fcos {
        check("classification", classification);
        check("regression", regression);
        check("centerness", centerness);
        check("radius", radius);
    }

    private static void check(String name, double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("%s(%s): it is a finite number of at least 0.%nGive %s: fcos().%s(1.5)."
                    .formatted(
                            name,
                            value,
                            name.equals("radius")
                                    ? "cells around a box's middle, 0 for any"
                                    : "the weight of this part",
                            name));
        }
    }

    /** This loss with another weight of the classes. */
    public Fcos classification(double weight) {
        return new Fcos(weight, regression, centerness, radius);
    }

    /** This loss with another weight of the boxes. */
    public Fcos regression(double weight) {
        return new Fcos(classification, weight, centerness, radius);
    }

    /** This loss with another weight of the center-ness. */
    public Fcos centerness(double weight) {
        return new Fcos(classification, regression, weight, radius);
    }

    /** This loss with positive cells only this near to the middle of their box, in cells; 0 for any distance. */
    public Fcos radius(double cells) {
        return new Fcos(classification, regression, centerness, cells);
    }

    private static String word(String name, double value, double usual) {
        return value == usual ? "" : "." + name + "(" + value + ")";
    }

    @Override
    public String toString() {
        return "fcos()"
                + word("classification", classification, DEFAULT.classification)
                + word("regression", regression, DEFAULT.regression)
                + word("centerness", centerness, DEFAULT.centerness)
                + word("radius", radius, DEFAULT.radius);
    }
}
