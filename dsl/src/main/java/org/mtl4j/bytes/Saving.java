package org.mtl4j.bytes;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.regex.Pattern;

/**
 * Engine API. Writes a file whole or not at all: the bytes go into a file beside it, which takes its place in one move once
 * they are on the disk. Whatever stops the writing, what was there before stays.
 */
public final class Saving {

    private static final String PART = ".part";

    private Saving() {}

    /** What the names of files begin with that are on their way to this one. */
    private static String temporary(Path file) {
        return "." + file.getFileName() + "-";
    }

    /** Deletes what writes of this file left beside it that were killed. */
    public static void sweep(Path file) throws IOException {
        Path absolute = file.toAbsolutePath();
        Path folder = absolute.getParent();
        if (folder == null) {
            return;
        }
        Pattern name = Pattern.compile(Pattern.quote(temporary(absolute)) + "\\d+" + Pattern.quote(PART));
        try (DirectoryStream<Path> left = Files.newDirectoryStream(
                folder, each -> name.matcher(each.getFileName().toString()).matches())) {
            for (Path each : left) {
                Files.deleteIfExists(each);
            }
        }
    }

    /** Writes all bytes, or leaves what is there. */
    public static void write(Path file, byte[] bytes) throws IOException {
        Path absolute = file.toAbsolutePath();
        Path folder = absolute.getParent();
        if (folder == null) {
            throw new IOException("File '%s' names no file.".formatted(file));
        }
        Path temporary = Files.createTempFile(folder, temporary(absolute), PART);
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
