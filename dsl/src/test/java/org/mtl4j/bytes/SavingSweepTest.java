package org.mtl4j.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavingSweepTest {

    @TempDir
    Path folder;

    @Test
    void what_killed_writes_of_a_file_left_is_deleted_and_nothing_else() throws Exception {
        for (String name : new String[] {
            "a", ".a-17.part", ".a-9.part", ".a-b-17.part", ".ab-17.part", ".a-.part", "a-17.part", ".a-17.party"
        }) {
            Files.writeString(folder.resolve(name), "x");
        }
        Saving.sweep(folder.resolve("a"));
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "a", ".a-b-17.part", ".ab-17.part", ".a-.part", "a-17.part", ".a-17.party");
        }
    }

    @Test
    void an_interrupted_thread_writes_its_file_and_stays_interrupted() throws Exception {
        Path file = folder.resolve("a");
        Thread.currentThread().interrupt();
        Saving.write(file, new byte[] {1, 2, 3});
        assertThat(Thread.interrupted()).isTrue();
        assertThat(Files.readAllBytes(file)).containsExactly(1, 2, 3);
    }
}
