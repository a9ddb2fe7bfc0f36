package org.mtl4j.train;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.mtl4j.data.Input;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.data.TargetColumn;

/** Mutable: the SHA-256 of rows as a training sees them. */
final class Fingerprint {

    private final MessageDigest digest;

    private Fingerprint() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JVM has no SHA-256, which every JVM must have.", e);
        }
    }

    /** That of the rows of both parts: names, numbers and labels. 64 hexadecimal digits. */
    static String of(MultiTaskData train, MultiTaskData validation) {
        Fingerprint fingerprint = new Fingerprint();
        for (MultiTaskData part : List.of(train, validation)) {
            part.inputs().forEach(name -> fingerprint.add(name, part.input(name)));
            part.targets().forEach(name -> fingerprint.add(part.target(name)));
        }
        return HexFormat.of().formatHex(fingerprint.digest.digest());
    }

    private void add(String name, Input input) {
        float[] row = new float[input.width()];
        add(name, input.rows());
        for (int r = 0; r < input.rows(); r++) {
            input.copyRow(r, row, 0);
            add(row);
        }
    }

    private void add(TargetColumn target) {
        float[] row = new float[target.width()];
        add(target.name(), target.rows());
        for (int r = 0; r < target.rows(); r++) {
            boolean labelled = target.isLabelled(r);
            for (int c = 0; c < row.length; c++) {
                row[c] = labelled ? target.get(r, c) : Float.NaN;
            }
            add(row);
        }
    }

    private void add(String name, int rows) {
        digest.update(name.getBytes(StandardCharsets.UTF_8));
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(rows).array());
    }

    private void add(float[] row) {
        ByteBuffer bytes = ByteBuffer.allocate(row.length * Float.BYTES);
        for (float value : row) {
            bytes.putFloat(value);
        }
        digest.update(bytes.array());
    }
}
