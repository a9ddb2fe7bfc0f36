package org.mtl4j.fitted;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.zip.CRC32;

/** Mutable: bytes that grow, big-endian; what {@link ByteReader} reads. */
final class ByteWriter {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** Begins a form of this name and version. */
    ByteWriter(String form, int version) {
        text(form);
        integer(version);
    }

    void integer(int value) {
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
    }

    void longer(long value) {
        out.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
    }

    void real(double value) {
        longer(Double.doubleToRawLongBits(value));
    }

    void bytes(byte[] values) {
        integer(values.length);
        out.writeBytes(values);
    }

    void text(String value) {
        bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    void reals(double[] values) {
        integer(values.length);
        for (double value : values) {
            real(value);
        }
    }

    void floats(float[] values) {
        ByteBuffer buffer = ByteBuffer.allocate(values.length * Float.BYTES);
        buffer.asFloatBuffer().put(values);
        bytes(buffer.array());
    }

    <V> void list(List<V> values, BiConsumer<ByteWriter, V> each) {
        integer(values.size());
        values.forEach(value -> each.accept(this, value));
    }

    /** All bytes and the checksum of them. */
    byte[] finish() {
        CRC32 checksum = new CRC32();
        checksum.update(out.toByteArray());
        longer(checksum.getValue());
        return out.toByteArray();
    }
}
