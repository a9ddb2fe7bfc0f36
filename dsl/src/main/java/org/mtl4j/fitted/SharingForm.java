package org.mtl4j.fitted;

import java.util.List;
import org.mtl4j.layer.Encoder;
import org.mtl4j.layer.Mlp;
import org.mtl4j.sharing.Hard;
import org.mtl4j.sharing.Sharing;
import org.mtl4j.sharing.Single;
import org.mtl4j.sharing.Soft;

/** Sharing strategies and encoders as plain data: a name and its numbers. */
final class SharingForm {

    private SharingForm() {}

    /** @throws IllegalArgumentException if this strategy or its encoder has no form in a file */
    static void write(ByteWriter out, Sharing sharing) {
        out.text(name(sharing));
        if (!(sharing.encoder() instanceof Mlp mlp)) {
            throw unsaved("Encoder", sharing.encoder(), "mlp");
        }
        out.text("mlp");
        out.list(mlp.widths(), ByteWriter::integer);
        out.text(mlp.activation().toString());
        out.text(mlp.initialiser().toString());
        out.real(mlp.dropout());
        out.integer(mlp.inputWidth());
        if (sharing instanceof Soft soft) {
            out.text(soft.penalty().name());
            out.real(soft.lambda());
            out.list(soft.layers(), ByteWriter::text);
        }
    }

    private static String name(Sharing sharing) {
        if (sharing instanceof Hard) {
            return "hard";
        } else if (sharing instanceof Single) {
            return "single";
        } else if (sharing instanceof Soft) {
            return "soft";
        }
        throw unsaved("Sharing", sharing, "hard, single and soft");
    }

    private static IllegalArgumentException unsaved(String kind, Object part, String saved) {
        return new IllegalArgumentException(
                "%s %s: a file can hold %s only.\nKeep the recipe's lines and train again, or keep run.sameDiff() or run.saveNpz(file), which hold its parameters."
                        .formatted(kind, part, saved));
    }

    static Sharing read(ByteReader in) {
        String name = in.text();
        Encoder encoder = encoder(in);
        return switch (name) {
            case "hard" -> new Hard(encoder);
            case "single" -> new Single(encoder);
            case "soft" -> new Soft(encoder, penalty(in.text()), in.real(), in.list(ByteReader::text));
            default -> throw Catalogue.unknown("sharing", name);
        };
    }

    private static Soft.Penalty penalty(String name) {
        return List.of(Soft.Penalty.values()).stream()
                .filter(penalty -> penalty.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Catalogue.unknown("penalty", name));
    }

    private static Encoder encoder(ByteReader in) {
        String name = in.text();
        if (!name.equals("mlp")) {
            throw Catalogue.unknown("encoder", name);
        }
        return new Mlp(
                in.list(ByteReader::integer),
                Catalogue.activation(in.text()),
                Catalogue.initialiser(in.text()),
                in.real(),
                in.integer());
    }
}
