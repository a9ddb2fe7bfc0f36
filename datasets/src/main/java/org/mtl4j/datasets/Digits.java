package org.mtl4j.datasets;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/**
 * Ten thousand MNIST digits, as {@code make-digits.py} packed them: 28 x 28 bytes each, 0 (black) to 255 (white).
 * Immutable; unpacked once per process.
 */
final class Digits {

    static final int SIDE = 28;
    static final String SHA256 = "8d6789f1935c1e1ef9a4480cf31d9c7c71248e1a570ff4ce404fe674f846119c";

    private static final int CLASSES = 10;
    private static final String RESOURCE = "digits.gz";

    private final byte[] pixels;
    private final int[] classes;

    private Digits(byte[] pixels, int[] classes) {
        this.pixels = pixels;
        this.classes = classes;
    }

    private static final class Holder {
        static final Digits DIGITS = read();
    }

    /** The digits. */
    static Digits all() {
        return Holder.DIGITS;
    }

    private static Digits read() {
        try (InputStream resource = Objects.requireNonNull(Digits.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            byte[] packed = resource.readAllBytes();
            if (!Checksum.of(packed).equals(SHA256)) {
                throw new IllegalStateException(
                        "The digits in the jar are corrupt (SHA-256 %s, not %s).\nGet the mtl4j-datasets jar anew."
                                .formatted(Checksum.of(packed), SHA256));
            }
            DataInputStream in = new DataInputStream(new GZIPInputStream(new ByteArrayInputStream(packed)));
            int[] counts = new int[CLASSES];
            int all = 0;
            for (int digit = 0; digit < CLASSES; digit++) {
                counts[digit] = in.readInt();
                all += counts[digit];
            }
            int[] classes = new int[all];
            for (int digit = 0, at = 0; digit < CLASSES; at += counts[digit++]) {
                Arrays.fill(classes, at, at + counts[digit], digit);
            }
            return new Digits(in.readAllBytes(), classes);
        } catch (IOException e) {
            throw new UncheckedIOException("The digits in the jar could not be read.", e);
        }
    }

    /** The number of digits. */
    int count() {
        return classes.length;
    }

    /** The class of a digit, 0 to 9. */
    int digit(int index) {
        return classes[index];
    }

    /** One pixel of a digit, 0 to 255. */
    int pixel(int index, int row, int column) {
        return Byte.toUnsignedInt(pixels[(index * SIDE + row) * SIDE + column]);
    }
}
