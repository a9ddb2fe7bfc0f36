package org.mtl4j.jupyter;

import java.util.Objects;
import org.dflib.jjava.jupyter.channels.DefaultReplyEnvironment;
import org.dflib.jjava.jupyter.channels.JupyterSocket;
import org.dflib.jjava.jupyter.channels.ReplyEnvironment;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.dflib.jjava.jupyter.messages.MessageContext;
import org.dflib.jjava.jupyter.messages.publish.PublishDisplayData;
import org.dflib.jjava.jupyter.messages.publish.PublishUpdateDisplayData;
import org.jspecify.annotations.Nullable;

/** A cell of JJava. */
final class JJavaCell implements Cell {

    private final BaseKernel kernel;
    private final @Nullable JupyterSocket channel;
    private final @Nullable MessageContext request;

    private JJavaCell(BaseKernel kernel, @Nullable JupyterSocket channel, @Nullable MessageContext request) {
        this.kernel = kernel;
        this.channel = channel;
        this.request = request;
    }

    /** The cell that runs now. */
    static JJavaCell running(BaseKernel kernel) {
        Object comms = kernel.getCommManager();
        return new JJavaCell(
                kernel, (JupyterSocket) CommFields.read(comms, "iopub").orElse(null), (MessageContext)
                        CommFields.read(comms, "context").orElse(null));
    }

    @Override
    public void show(String id, Bundle bundle) {
        DisplayData data = data(id, bundle);
        if (channel == null || request == null) {
            kernel.getIO().display.display(data);
        } else {
            reply(channel, request).publish(new PublishDisplayData(data));
        }
    }

    @Override
    public void update(String id, Bundle bundle) {
        DisplayData data = data(id, bundle);
        if (channel == null || request == null) {
            kernel.getIO().display.updateDisplay(data);
        } else {
            reply(channel, request).publish(new PublishUpdateDisplayData(data));
        }
    }

    private static ReplyEnvironment reply(JupyterSocket channel, MessageContext request) {
        return new DefaultReplyEnvironment(channel, channel, request);
    }

    private static DisplayData data(String id, Bundle bundle) {
        DisplayData data = new DisplayData();
        put(bundle, data);
        // Not setDisplayId: its return type differs between the API compiled against and the kernel that runs.
        data.putTransientData("display_id", id);
        return data;
    }

    /** Copies the bundle into a kernel's container. */
    static void put(Bundle bundle, DisplayData data) {
        bundle.data().forEach((mime, content) -> data.putData(MIMEType.parse(mime), content));
        bundle.metadata().forEach((mime, hints) -> data.putMetaData(mime, hints));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JJavaCell cell && request == cell.request;
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(request);
    }
}
