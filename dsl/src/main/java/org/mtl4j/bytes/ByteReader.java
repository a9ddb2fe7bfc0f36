package org.mtl4j.bytes;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.zip.CRC32;

/**
 * Engine API, mutable: a place in bytes that {@link ByteWriter} wrote. The checksum is looked at before anything else, and a length
 * that the bytes do not hold is an error before room is made for it.
 */
public final class ByteReader {

    private final ByteBuffer in;
    private final Function<String, IllegalArgumentException> damaged;

    /**
     * Reads a form of this name and version.
     *
     * @param damaged the error for what is wrong, in a few words: names what is read, and says what to do
     * @throws IllegalArgumentException if the bytes are another form, of another version, or damaged
     */
    public ByteReader(String form, int version, byte[] bytes, Function<String, IllegalArgumentException> damaged) {
        this.damaged = damaged;
        int body = bytes.length - Long.BYTES;
        CRC32 checksum = new CRC32();
        checksum.update(bytes, 0, Math.max(0, body));
        if (body < 0 || ByteBuffer.wrap(bytes).getLong(body) != checksum.getValue()) {
            throw damaged.apply("its checksum does not fit its %d bytes".formatted(bytes.length));
        }
        in = ByteBuffer.wrap(bytes, 0, body);
        String found = text();
        int foundVersion = integer();
        if (!found.equals(form) || foundVersion != version) {
            throw damaged.apply(
                    "it is '%s' version %d, not '%s' version %d".formatted(found, foundVersion, form, version));
        }
    }

    /** The error for what is wrong with these bytes, in a few words. */
    public IllegalArgumentException damaged(String why) {
        return damaged.apply(why);
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

    /** What {@link ByteWriter#integer} wrote. */
    public int integer() {
        return next(ByteBuffer::getInt);
    }

    /** What {@link ByteWriter#longer} wrote. */
    public long longer() {
        return next(ByteBuffer::getLong);
    }

    /** What {@link ByteWriter#real} wrote. */
    public double real() {
        return Double.longBitsToDouble(longer());
    }

    private int count(int bytesEach) {
        int count = integer();
        if (count < 0 || (long) count * bytesEach > in.remaining()) {
            throw damaged("it names %d entries where %d bytes are left".formatted(count, in.remaining()));
        }
        return count;
    }

    /** What {@link ByteWriter#bytes} wrote. */
    public byte[] bytes() {
        byte[] values = new byte[count(1)];
        in.get(values);
        return values;
    }

    /** What {@link ByteWriter#text} wrote. */
    public String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    /** What {@link ByteWriter#reals} wrote. */
    public double[] reals() {
        double[] values = new double[count(Double.BYTES)];
        for (int i = 0; i < values.length; i++) {
            values[i] = real();
        }
        return values;
    }

    /** What {@link ByteWriter#floats} wrote. */
    public float[] floats() {
        byte[] bytes = bytes();
        float[] values = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).asFloatBuffer().get(values);
        return values;
    }

    /** What {@link ByteWriter#list} wrote. */
    public <V> List<V> list(Function<ByteReader, V> each) {
        int count = count(1);
        List<V> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(each.apply(this));
        }
        return values;
    }

    /** Checks that nothing is left. */
    public void end() {
        if (in.hasRemaining()) {
            throw damaged("%d bytes are left over".formatted(in.remaining()));
        }
    }
}
