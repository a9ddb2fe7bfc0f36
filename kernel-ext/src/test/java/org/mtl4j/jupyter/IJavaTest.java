package org.mtl4j.jupyter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spencerpark.jupyter.channels.IOPubChannel;
import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.LanguageInfo;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import io.github.spencerpark.jupyter.messages.HMACGenerator;
import io.github.spencerpark.jupyter.messages.Header;
import io.github.spencerpark.jupyter.messages.Message;
import io.github.spencerpark.jupyter.messages.MessageType;
import io.github.spencerpark.jupyter.messages.publish.PublishDisplayData;
import io.github.spencerpark.jupyter.messages.publish.PublishUpdateDisplayData;
import io.github.spencerpark.jupyter.messages.request.ExecuteRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.dflib.DataFrame;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mtl4j.show.Table;
import org.mtl4j.train.Ending;
import org.mtl4j.train.Listening;
import org.mtl4j.train.TrainingListener.Started;
import org.zeromq.ZMQ;

/** A kernel built on the base that IJava 1.3 is built on. */
@Timeout(60)
class IJavaTest {

    private final List<Message<?>> sent = new ArrayList<>();
    private final ZMQ.Context context = ZMQ.context(1);
    private @Nullable Recorded channel;
    private final BaseKernel kernel = new TinyKernel();

    private static final class TinyKernel extends BaseKernel {
        @Override
        public DisplayData eval(String code) {
            return getRenderer().render(code);
        }

        @Override
        public LanguageInfo getLanguageInfo() {
            return new LanguageInfo.Builder("tiny").build();
        }
    }

    private final class Recorded extends IOPubChannel {
        Recorded() throws Exception {
            super(context, new HMACGenerator("HmacSHA256", "key"));
        }

        @Override
        public synchronized void sendMessage(Message<?> message) {
            sent.add(message);
        }
    }

    @BeforeEach
    void a_cell_runs() throws Exception {
        channel = new Recorded();
        kernel.getCommManager().setIOPubChannel(channel);
        kernel.getCommManager()
                .setMessageContext(new Message<>(
                        new Header<>(MessageType.EXECUTE_REQUEST),
                        new ExecuteRequest("fit", false, false, Map.of(), false, false)));
        io.github.spencerpark.ijava.IJava.kernel = kernel;
    }

    @AfterEach
    void the_kernel_ends() {
        io.github.spencerpark.ijava.IJava.kernel = null;
        Listening.install(Listening.SILENT);
        if (channel != null) {
            channel.close(); // a context waits for its sockets
        }
        context.close();
    }

    @Test
    void install_answers_the_versions() {
        assertThat(IJava.install().toString())
                .containsPattern("Tribuo +4.3.2")
                .containsPattern("ND4J +1.0.0-M2.1")
                .containsPattern("XChart +4.0.3");
    }

    @Test
    void install_outside_of_a_kernel_says_so() {
        io.github.spencerpark.ijava.IJava.kernel = null;
        assertThatThrownBy(IJava::install)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("""
                        No IJava kernel runs in this JVM: class 'io.github.spencerpark.ijava.IJava' has none.
                        In JJava nothing needs to be called: its extension mechanism finds mtl4j by itself.""");
    }

    @Test
    void values_are_rendered_as_bundles() {
        IJava.install();
        DisplayData table =
                kernel.getRenderer().render(Table.titled("T").columns("a").row(1));
        assertThat(table.getData(MIMEType.TEXT_PLAIN)).isEqualTo("T\na\n1");
        assertThat(table.hasDataForType(MIMEType.TEXT_HTML)).isTrue();

        DisplayData frame = kernel.getRenderer()
                .render(DataFrame.byArrayRow("a").appender().append(1).toDataFrame());
        assertThat(frame.getData(MIMEType.TEXT_PLAIN)).isEqualTo("a\n1\n1 rows x 1 columns");
        assertThat(frame.hasDataForType(MIMEType.TEXT_HTML)).isTrue();

        DisplayData picture = kernel.getRenderer().render(new Square());
        assertThat(picture.getData(MIMEType.TEXT_PLAIN)).isEqualTo(new Square().altText());
        assertThat(picture.hasDataForType(MIMEType.IMAGE_SVG)).isTrue();
        assertThat(picture.hasDataForType(MIMEType.IMAGE_PNG)).isTrue();
        assertThat(picture.hasDataForType(MIMEType.TEXT_HTML)).isFalse();
    }

    @Test
    void a_training_shows_itself_and_its_end_reaches_the_cell_after_the_cell() throws Exception {
        IJava.install();
        Listening.current().started(new Started("A net", Notebook.TASKS, 10, 100));
        Thread.sleep(Output.PATIENCE.toMillis() + 20);
        Listening.current().progress(Notebook.progress(20));
        Listening.current().ended(Notebook.history(new Ending.Interrupted(), 2));

        assertThat(sent).hasSize(2);
        DisplayData first = (PublishDisplayData) sent.get(0).getContent();
        DisplayData last = (PublishUpdateDisplayData) sent.get(1).getContent();
        assertThat(last.getDisplayId()).isNotEmpty().isEqualTo(first.getDisplayId());
        assertThat((String) last.getData(MIMEType.TEXT_PLAIN)).startsWith("A net: Interrupted after 2 of 10 epochs");
    }
}
