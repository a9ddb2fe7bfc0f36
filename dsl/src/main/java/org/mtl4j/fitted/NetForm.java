package org.mtl4j.fitted;

import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.bytes.ByteReader;
import org.mtl4j.bytes.ByteWriter;
import org.mtl4j.data.InputForm;
import org.mtl4j.data.Origin;
import org.mtl4j.data.Scale;
import org.mtl4j.data.Standardisation;
import org.mtl4j.sharing.Sharing;
import org.mtl4j.task.Objective;

/** A net as bytes: plain data with a checksum. Reading it runs no code but this. */
final class NetForm {

    private static final String FORM = "mtl4j net";
    private static final int VERSION = 2;

    private NetForm() {}

    static IllegalArgumentException damaged(String why) {
        return new IllegalArgumentException("The saved net cannot be read: " + why
                + ".\nSave it again, and copy the file whole; a newer mtl4j's files need that mtl4j.");
    }

    static byte[] write(Net net) {
        ByteWriter out = new ByteWriter(FORM, VERSION);
        Blueprint blueprint = net.blueprint();
        RecordForm.write(out, blueprint.sharing());
        out.list(blueprint.inputs(), RecordForm::write);
        out.list(blueprint.objectives(), ObjectiveForm::write);
        write(out, net.standardisation().inputs());
        write(out, net.standardisation().targets());
        out.list(net.parameters(), NetForm::write);
        out.integer(net.seen().rows());
        out.list(net.seen().features(), NetForm::write);
        out.list(net.seen().targets(), NetForm::write);
        write(out, net.lineage());
        return out.finish();
    }

    /** @throws IllegalArgumentException if the bytes are not a whole net */
    static Net read(byte[] bytes) {
        ByteReader in = new ByteReader(FORM, VERSION, bytes, NetForm::damaged);
        Blueprint blueprint = new Blueprint(
                RecordForm.read(in, Sharing.class),
                in.list(r -> RecordForm.read(r, InputForm.class)),
                in.list(ObjectiveForm::read));
        Standardisation standardisation = Standardisation.of(scales(in), scales(in));
        List<Matrix> parameters = in.list(NetForm::matrix);
        Seen seen = new Seen(in.integer(), in.list(NetForm::moments), in.list(NetForm::domain));
        Lineage lineage = lineage(in);
        in.end();
        for (Objective objective : blueprint.objectives()) {
            if (objective.isRegression()) {
                standardisation.target(objective.task().name()); // an error now rather than at the first prediction
            }
        }
        return new Net(blueprint, standardisation, parameters, seen, lineage);
    }

    private static void write(ByteWriter out, Map<String, Scale> scales) {
        out.list(List.copyOf(scales.entrySet()), (w, scale) -> {
            w.text(scale.getKey());
            w.reals(scale.getValue().means());
            w.reals(scale.getValue().scales());
        });
    }

    private static Map<String, Scale> scales(ByteReader in) {
        Map<String, Scale> scales = new LinkedHashMap<>();
        in.list(r -> scales.put(r.text(), Scale.of(r.reals(), r.reals())));
        return scales;
    }

    private static void write(ByteWriter out, Matrix matrix) {
        out.text(matrix.name());
        out.integer(matrix.rows());
        out.integer(matrix.columns());
        out.floats(matrix.toArray());
    }

    private static Matrix matrix(ByteReader in) {
        return Matrix.own(in.text(), in.integer(), in.integer(), in.floats());
    }

    private static void write(ByteWriter out, Moments moments) {
        out.longer(moments.count());
        out.reals(new double[] {moments.min(), moments.max(), moments.mean(), moments.sumSquares()});
    }

    private static Moments moments(ByteReader in) {
        long count = in.longer();
        double[] m = in.reals();
        if (m.length != 4) {
            throw NetForm.damaged("a column has %d moments, not 4".formatted(m.length));
        }
        return new Moments(count, m[0], m[1], m[2], m[3]);
    }

    private static void write(ByteWriter out, Domain domain) {
        if (domain instanceof Domain.Classes classes) {
            out.text("classes");
            out.list(classes.counts(), ByteWriter::longer);
        } else if (domain instanceof Domain.Marks marks) {
            out.text("marks");
            out.longer(marks.rows());
            out.list(marks.counts(), ByteWriter::longer);
        } else if (domain instanceof Domain.Numbers numbers) {
            out.text("numbers");
            out.list(numbers.dimensions(), NetForm::write);
        }
    }

    private static Domain domain(ByteReader in) {
        String kind = in.text();
        return switch (kind) {
            case "classes" -> new Domain.Classes(in.list(ByteReader::longer));
            case "marks" -> new Domain.Marks(in.longer(), in.list(ByteReader::longer));
            case "numbers" -> new Domain.Numbers(in.list(NetForm::moments));
            default -> throw Catalogue.unknown("domain", kind);
        };
    }

    private static void write(ByteWriter out, Lineage lineage) {
        out.list(lineage.recipe(), ByteWriter::text);
        out.longer(lineage.seed());
        Origin data = lineage.data();
        out.list(List.of(data.title(), data.source(), data.licence(), data.sha256()), ByteWriter::text);
        out.list(data.notes(), ByteWriter::text);
        out.text(lineage.trained().toString());
        out.text(lineage.version());
        out.text(lineage.blas());
    }

    private static Lineage lineage(ByteReader in) {
        List<String> recipe = in.list(ByteReader::text);
        long seed = in.longer();
        List<String> data = in.list(ByteReader::text);
        if (data.size() != 4) {
            throw NetForm.damaged("its data has %d words, not 4".formatted(data.size()));
        }
        Origin origin = new Origin(data.get(0), data.get(1), data.get(2), data.get(3), in.list(ByteReader::text));
        return new Lineage(recipe, seed, origin, OffsetDateTime.parse(in.text()), in.text(), in.text());
    }
}
