package org.mtl4j.task;

/**
 * 1 - GIoU of boxes (x1, y1, x2, y2): GIoU = IoU - (C - U) / C, with U the area of the union and C that of the smallest box
 * around both; the mean over the rows (Rezatofighi et al. 2019, Generalized Intersection over Union, algorithms 1 and 2).
 * Unlike IoU it has a slope where the boxes do not meet.
 */
public record GIoU() implements Loss {

    @Override
    public String toString() {
        return "giou()";
    }
}
