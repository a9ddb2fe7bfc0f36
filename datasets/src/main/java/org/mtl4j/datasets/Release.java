package org.mtl4j.datasets;

/**
 * One version of a package of PyPI.
 *
 * @param project the package
 * @param version its version
 * @param archive the form it is published in
 */
record Release(String project, String version, Archive archive) {

    /** {@code ISLP==0.6.0}. */
    String requirement() {
        return project + "==" + version;
    }

    /** {@code PyPI package ISLP 0.6.0}. */
    @Override
    public String toString() {
        return "PyPI package " + project + " " + version;
    }
}
