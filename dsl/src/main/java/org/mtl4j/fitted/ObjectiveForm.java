package org.mtl4j.fitted;

import java.util.List;
import org.mtl4j.bytes.ByteReader;
import org.mtl4j.bytes.ByteWriter;
import org.mtl4j.task.Loss;
import org.mtl4j.task.NamedTask;
import org.mtl4j.task.Objective;
import org.mtl4j.task.OwnLoss;
import org.mtl4j.task.Task;
import org.tribuo.Output;

/** Tasks with their kinds and losses as plain data. */
final class ObjectiveForm {

    private ObjectiveForm() {}

    static void write(ByteWriter out, Objective objective) {
        Task<?> task = objective.task();
        out.text(task.name());
        if (task.kind() instanceof Task.Kind.Binary binary) {
            out.text("binary");
            out.text(binary.positive());
        } else if (task.kind() instanceof Task.Kind.Classes classes) {
            out.text("classes");
            out.integer(classes.classes());
        } else if (task.kind() instanceof Task.Kind.MultiLabel) {
            out.text("multiLabel");
        } else if (task.kind() instanceof Task.Kind.Regression) {
            out.text("regression");
        } else {
            out.text("kind");
            RecordForm.write(out, task.kind());
        }
        writeLoss(out, task.loss());
        out.real(task.weight());
        out.integer(objective.outputs());
        out.list(objective.labels(), ByteWriter::text);
        if (objective.countsPlaces()) {
            out.integer(objective.places());
        }
    }

    static Objective read(ByteReader in) {
        Task<?> task = task(in);
        int outputs = in.integer();
        List<String> labels = in.list(ByteReader::text);
        boolean counts = task.kind().isSequence() || task.isOfBoxes();
        return new Objective(task, outputs, labels, counts ? in.integer() : 1);
    }

    private static Task<?> task(ByteReader in) {
        String name = in.text();
        NamedTask named = Task.named(name);
        String kind = in.text();
        return switch (kind) {
            case "binary" -> complete(in, binary(named, in.text()));
            case "classes" -> complete(in, named.classes(in.integer()));
            case "multiLabel" -> complete(in, named.multiLabel());
            case "regression" -> complete(in, named.regression());
            case "kind" -> complete(in, Task.of(name, RecordForm.read(in, Task.Kind.class)));
            default -> throw Catalogue.unknown("task", kind);
        };
    }

    private static Task<?> binary(NamedTask named, String positive) {
        return positive.isEmpty() ? named.binary() : named.positive(positive);
    }

    private static <T extends Output<T>> Task<T> complete(ByteReader in, Task<T> task) {
        return task.loss(loss(in)).weight(in.real());
    }

    private static void writeLoss(ByteWriter out, Loss loss) {
        if (loss instanceof Loss.CrossEntropy l) {
            write(out, "crossEntropy", l.reduction(), l.labelSmoothing());
            out.list(l.classWeights(), ByteWriter::real);
        } else if (loss instanceof Loss.BinaryCrossEntropy l) {
            write(out, "binaryCrossEntropy", l.reduction(), l.positiveWeight());
        } else if (loss instanceof Loss.MultiLabelCrossEntropy l) {
            write(out, "multiLabelCrossEntropy", l.reduction(), 0);
            out.list(l.positiveWeights(), ByteWriter::real);
        } else if (loss instanceof Loss.MeanSquaredError l) {
            write(out, "mse", l.reduction(), 0);
        } else if (loss instanceof Loss.MeanAbsoluteError l) {
            write(out, "mae", l.reduction(), 0);
        } else if (loss instanceof Loss.Huber l) {
            write(out, "huber", l.reduction(), l.delta());
        } else if (loss instanceof Loss.SmoothL1 l) {
            write(out, "smoothL1", l.reduction(), l.beta());
        } else if (loss instanceof Loss.Own l) {
            write(out, "own", l.reduction(), 0);
            out.text(l.name());
            out.text(l.version());
        } else {
            write(out, "paper", loss.reduction(), 0);
            RecordForm.write(out, loss);
        }
    }

    private static void write(ByteWriter out, String name, Loss.Reduction reduction, double number) {
        out.text(name);
        out.text(reduction.name());
        out.real(number);
    }

    private static Loss loss(ByteReader in) {
        String name = in.text();
        Loss.Reduction reduction = reduction(in.text());
        double number = in.real();
        return switch (name) {
            case "crossEntropy" -> new Loss.CrossEntropy(number, in.list(ByteReader::real), reduction);
            case "binaryCrossEntropy" -> new Loss.BinaryCrossEntropy(number, reduction);
            case "multiLabelCrossEntropy" -> new Loss.MultiLabelCrossEntropy(in.list(ByteReader::real), reduction);
            case "mse" -> new Loss.MeanSquaredError(reduction);
            case "mae" -> new Loss.MeanAbsoluteError(reduction);
            case "huber" -> new Loss.Huber(number, reduction);
            case "smoothL1" -> new Loss.SmoothL1(number, reduction);
            case "paper" -> RecordForm.read(in, Loss.class);
            case "own" -> new Loss.Own(in.text(), in.text(), ObjectiveForm::lost);
            default -> throw Catalogue.unknown("loss", name);
        };
    }

    /** A file holds an own loss by its name: predictions do not need it, a training does. */
    private static OwnLoss.Computation lost(String loss, int outputs) {
        throw new IllegalArgumentException(
                "%s: it was read from a file, which holds its name only.%nDeclare it again to train with it: task.loss(loss(\"name\", (sd, predictions, targets) -> ..))."
                        .formatted(loss));
    }

    private static Loss.Reduction reduction(String name) {
        return List.of(Loss.Reduction.values()).stream()
                .filter(reduction -> reduction.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Catalogue.unknown("reduction", name));
    }
}
