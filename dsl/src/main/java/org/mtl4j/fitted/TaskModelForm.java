package org.mtl4j.fitted;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.BytesValue;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.mtl4j.bytes.ByteReader;
import org.mtl4j.bytes.ByteWriter;
import org.mtl4j.task.Task;
import org.tribuo.impl.ModelDataCarrier;
import org.tribuo.protos.core.ModelDataProto;

/** A task's model in Tribuo's form: what Tribuo keeps of every model, the task's name, and the net as plain data. */
final class TaskModelForm {

    private static final String FORM = "mtl4j task";

    private TaskModelForm() {}

    /** What a model's file holds. */
    record Held(ModelDataCarrier<?> carrier, Net net, Task<?> task) {}

    /** Reads a model of a kind from the bytes of a file. */
    @FunctionalInterface
    interface Reader<M> {
        M read(InputStream in) throws IOException;
    }

    static Any write(ModelDataCarrier<?> carrier, Task<?> task, Net net) {
        ByteWriter out = new ByteWriter(FORM, 1);
        out.bytes(carrier.serialize().toByteArray());
        out.text(task.name());
        out.bytes(NetForm.write(net));
        return Any.pack(BytesValue.of(ByteString.copyFrom(out.finish())));
    }

    /** @param current the version that the model's class writes */
    static Held read(int version, int current, Any message) throws InvalidProtocolBufferException {
        if (version != current) {
            throw NetForm.damaged("it is version %d of a task's model, not %d".formatted(version, current));
        }
        byte[] bytes = message.unpack(BytesValue.class).getValue().toByteArray();
        ByteReader in = new ByteReader(FORM, 1, bytes, NetForm::damaged);
        ModelDataCarrier<?> carrier = ModelDataCarrier.deserialize(ModelDataProto.parseFrom(in.bytes()));
        String task = in.text();
        Net net = NetForm.read(in.bytes());
        in.end();
        return new Held(carrier, net, net.objectives().get(net.indexOf(task)).task());
    }

    static <M> M load(Path file, Reader<M> reader) {
        try (InputStream in = Files.newInputStream(file)) {
            return reader.read(in);
        } catch (InvalidProtocolBufferException | RuntimeException e) {
            throw new IllegalArgumentException(
                    "File '%s': it is damaged or no model of mtl4j.\nSave it again with serializeToFile(path), and copy the file whole. (%s)"
                            .formatted(file, innermost(e).getMessage()),
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException("The model could not be read from '%s'.".formatted(file), e);
        }
    }

    private static Throwable innermost(Throwable e) {
        Throwable cause = e.getCause();
        return cause == null ? e : innermost(cause);
    }
}
