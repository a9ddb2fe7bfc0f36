package org.mtl4j.jupyter;

import io.github.spencerpark.jupyter.channels.DefaultReplyEnvironment;
import io.github.spencerpark.jupyter.channels.JupyterSocket;
import io.github.spencerpark.jupyter.channels.ReplyEnvironment;
import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import io.github.spencerpark.jupyter.messages.MessageContext;
import io.github.spencerpark.jupyter.messages.publish.PublishDisplayData;
import io.github.spencerpark.jupyter.messages.publish.PublishUpdateDisplayData;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A cell of IJava 1.3. */
final class IJavaCell implements Cell {

    private final BaseKernel kernel;
    private final @Nullable JupyterSocket channel;
    private final @Nullable MessageContext request;

    private IJavaCell(BaseKernel kernel, @Nullable JupyterSocket channel, @Nullable MessageContext request) {
        this.kernel = kernel;
        this.channel = channel;
        this.request = request;
    }

    /** The cell that runs now. */
    static IJavaCell running(BaseKernel kernel) {
        Object comms = kernel.getCommManager();
        return new IJavaCell(
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
        return other instanceof IJavaCell cell && request == cell.request;
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(request);
    }
}
