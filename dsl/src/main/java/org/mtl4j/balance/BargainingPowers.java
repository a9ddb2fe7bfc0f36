package org.mtl4j.balance;

/** Powers of an asymmetric Nash bargain. */
final class BargainingPowers {

    /** The least power beside a mean of 1, as in the code of AuxiNash. */
    static final double LEAST = 1e-4;

    private BargainingPowers() {}

    /** Raises powers to the least, and brings their mean to 1. @param powers modified, finite, at least one above 0 */
    static void normalise(double[] powers) {
        double most = 0;
        for (double power : powers) {
            most = Math.max(most, power);
        }
        double sum = 0;
        for (double power : powers) {
            sum += power / most; // powers of any size: their sum is from 1 to T
        }
        double mean = sum / powers.length;
        double raised = 0;
        for (int t = 0; t < powers.length; t++) {
            powers[t] = Math.max(powers[t] / most / mean, LEAST);
            raised += powers[t];
        }
        for (int t = 0; t < powers.length; t++) {
            powers[t] *= powers.length / raised;
        }
    }
}
