package org.mtl4j.bytes;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Engine API. Writes a file whole or not at all: the bytes go into a file beside it, which takes its place in one move once
 * they are on the disk. Whatever stops the writing, what was there before stays.
 */
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
            // not by a channel, which an interrupt of the training's thread would close
            try (FileOutputStream out = new FileOutputStream(temporary.toFile())) {
                out.write(bytes);
                out.getFD().sync();
            }
            Files.move(temporary, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
