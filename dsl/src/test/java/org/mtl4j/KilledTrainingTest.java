package org.mtl4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.train.Training;

/** A kill at any moment leaves the last good checkpoint. */
class KilledTrainingTest {

    private static final int KILLS = 3;

    @TempDir
    Path folder;

    private Process start(Path file) throws Exception {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        KilledTraining.class.getName(),
                        file.toString()))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
    }

    /** Waits until the file was replaced so many times, and kills the JVM that writes it. */
    private static void killAfter(int writes, Process java, Path file) throws Exception {
        FileTime seen = Files.exists(file) ? Files.getLastModifiedTime(file) : FileTime.fromMillis(0);
        for (int written = 0; written < writes && java.isAlive(); ) {
            FileTime now = Files.exists(file) ? Files.getLastModifiedTime(file) : seen;
            written += now.equals(seen) ? 0 : 1;
            seen = now;
            TimeUnit.MICROSECONDS.sleep(200);
        }
        java.destroyForcibly().waitFor();
    }

    @Test
    void a_training_that_is_killed_while_it_writes_goes_on_to_the_same_bits() throws Exception {
        Path file = folder.resolve("run.checkpoint");
        for (int kill = 0; kill < KILLS; kill++) {
            Process java = start(file);
            killAfter(20 + 7 * kill, java, file);
            assertThat(java.exitValue())
                    .as(Files.readString(folder.resolve("output")))
                    .isEqualTo(137); // 128 + SIGKILL: it had not ended by itself
        }
        Run rest = KilledTraining.RECIPE.resume(file.toString()).fit(Toys.split(), Training.Audience.NOBODY);
        Run whole = KilledTraining.RECIPE.fit(Toys.split(), Training.Audience.NOBODY);
        assertThat(rest.net().parameters()).isEqualTo(whole.net().parameters());
        assertThat(rest.history().bestEpoch()).isEqualTo(whole.history().bestEpoch());
        try (Stream<Path> left = Files.list(folder)) {
            // what a kill left half written beside it is swept away
            assertThat(left).containsExactlyInAnyOrder(file, folder.resolve("output"));
        }
    }
}
