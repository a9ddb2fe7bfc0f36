package org.mtl4j.balance;

/** Mutable: parts tasks into groups by a number each. */
interface TaskGroups {

    /**
     * Replaces each number by the mean of its group. A number that is negative infinity is in no group and stays.
     *
     * @param values one a task, none of them positive infinity; overwritten
     */
    void meansOf(double[] values);
}
