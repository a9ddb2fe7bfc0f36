package org.mtl4j.bytes;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.zip.CRC32;

/** Engine API, mutable: bytes that grow, big-endian; what {@link ByteReader} reads. */
public final class ByteWriter {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** Begins a form of this name and version. */
    public ByteWriter(String form, int version) {
        text(form);
        integer(version);
    }

    /** A whole number, 4 bytes. */
    public void integer(int value) {
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
    }

    /** A whole number, 8 bytes. */
    public void longer(long value) {
        out.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
    }

    /** A number, bit by bit. */
    public void real(double value) {
        longer(Double.doubleToRawLongBits(value));
    }

    /** A length, and so many bytes. */
    public void bytes(byte[] values) {
        integer(values.length);
        out.writeBytes(values);
    }

    /** A text. */
    public void text(String value) {
        bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    /** A length, and so many numbers, bit by bit. */
    public void reals(double[] values) {
        integer(values.length);
        for (double value : values) {
            real(value);
        }
    }

    /** A length, and so many numbers, bit by bit. */
    public void floats(float[] values) {
        ByteBuffer buffer = ByteBuffer.allocate(values.length * Float.BYTES);
        buffer.asFloatBuffer().put(values);
        bytes(buffer.array());
    }

    /** A length, and so many values. */
    public <V> void list(List<V> values, BiConsumer<ByteWriter, V> each) {
        integer(values.size());
        values.forEach(value -> each.accept(this, value));
    }

    /** All bytes and the checksum of them. */
    public byte[] finish() {
        CRC32 checksum = new CRC32();
        checksum.update(out.toByteArray());
        longer(checksum.getValue());
        return out.toByteArray();
    }
}
