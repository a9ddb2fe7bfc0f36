package org.mtl4j.fitted;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Engine API. Writes a file whole or not at all: what was there before stays until the new bytes are on the disk. */
public final class Saving {

    private Saving() {}

    /** Writes all bytes, or leaves what is there. */
    public static void write(Path file, byte[] bytes) throws IOException {
        Path absolute = file.toAbsolutePath();
        Path folder = absolute.getParent();
        if (folder == null) {
            throw new IOException("File '%s' names no file.".formatted(file));
        }
        Path temporary = Files.createTempFile(folder, "." + absolute.getFileName(), ".part");
        try {
            Files.write(temporary, bytes);
            Files.move(temporary, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
