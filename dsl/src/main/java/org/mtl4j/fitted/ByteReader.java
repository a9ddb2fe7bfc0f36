package org.mtl4j.fitted;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.zip.CRC32;

/**
 * Mutable: a place in bytes that {@link ByteWriter} wrote. The checksum is looked at before anything else, and a length
 * that the bytes do not hold is an error before room is made for it.
 */
final class ByteReader {

    private final ByteBuffer in;

    /**
     * Reads a form of this name and version.
     *
     * @throws IllegalArgumentException if the bytes are another form, of another version, or damaged
     */
    ByteReader(String form, int version, byte[] bytes) {
        int body = bytes.length - Long.BYTES;
        CRC32 checksum = new CRC32();
        checksum.update(bytes, 0, Math.max(0, body));
        if (body < 0 || ByteBuffer.wrap(bytes).getLong(body) != checksum.getValue()) {
            throw damaged("its checksum does not fit its %d bytes".formatted(bytes.length));
        }
        in = ByteBuffer.wrap(bytes, 0, body);
        String found = text();
        int foundVersion = integer();
        if (!found.equals(form) || foundVersion != version) {
            throw damaged("it is '%s' version %d, not '%s' version %d".formatted(found, foundVersion, form, version));
        }
    }

    static IllegalArgumentException damaged(String why) {
        return new IllegalArgumentException("The saved net cannot be read: " + why
                + ".\nSave it again, and copy the file whole; a newer mtl4j's files need that mtl4j.");
    }

    private <V> V next(Function<ByteBuffer, V> read) {
        try {
            return read.apply(in);
        } catch (BufferUnderflowException e) {
            IllegalArgumentException damaged = damaged("it ends too early");
            damaged.initCause(e);
            throw damaged;
        }
    }

    int integer() {
        return next(ByteBuffer::getInt);
    }

    long longer() {
        return next(ByteBuffer::getLong);
    }

    double real() {
        return Double.longBitsToDouble(longer());
    }

    private int count(int bytesEach) {
        int count = integer();
        if (count < 0 || (long) count * bytesEach > in.remaining()) {
            throw damaged("it names %d entries where %d bytes are left".formatted(count, in.remaining()));
        }
        return count;
    }

    byte[] bytes() {
        byte[] values = new byte[count(1)];
        in.get(values);
        return values;
    }

    String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    double[] reals() {
        double[] values = new double[count(Double.BYTES)];
        for (int i = 0; i < values.length; i++) {
            values[i] = real();
        }
        return values;
    }

    float[] floats() {
        byte[] bytes = bytes();
        float[] values = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).asFloatBuffer().get(values);
        return values;
    }

    <V> List<V> list(Function<ByteReader, V> each) {
        int count = count(1);
        List<V> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(each.apply(this));
        }
        return values;
    }

    /** Checks that nothing is left. */
    void end() {
        if (in.hasRemaining()) {
            throw damaged("%d bytes are left over".formatted(in.remaining()));
        }
    }
}
