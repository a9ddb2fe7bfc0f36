package org.mtl4j.jupyter;

import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.display.RenderContext;
import io.github.spencerpark.jupyter.kernel.display.Renderer;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import java.util.UUID;
import org.dflib.DataFrame;
import org.mtl4j.show.Picture;
import org.mtl4j.show.Show;
import org.mtl4j.show.Table;
import org.mtl4j.train.Listening;

/**
 * Makes an IJava 1.3 kernel at home with mtl4j: renderers and live view.
 *
 * <p>IJava knows no extensions, so the first cell (or the environment variable {@code IJAVA_STARTUP_SCRIPT}) calls it,
 * with the jars on {@code IJAVA_CLASSPATH} or added by {@code %jars}:
 *
 * <pre>{@code
 * org.mtl4j.jupyter.IJava.install();
 * import static org.mtl4j.Mtl.*;
 * }</pre>
 */
public final class IJava {

    /** IJava is not on Maven Central: the running kernel is asked for by name. */
    private static final String KERNEL_HOLDER = "io.github.spencerpark.ijava.IJava";

    private IJava() {}

    /**
     * Registers the renderers and the live view with the IJava kernel that runs this code.
     *
     * @return what is on the class path, as a table
     * @throws IllegalStateException if no IJava kernel runs in this JVM
     */
    public static Table install() {
        install(running());
        return versions();
    }

    /** Versions of the libraries, the JVM and the machine: what {@code %mtl} shows in JJava. */
    public static Table versions() {
        return Versions.table();
    }

    static void install(BaseKernel kernel) {
        Quiet.install();
        register(kernel.getRenderer());
        Listening.install(new LiveView(
                () -> IJavaCell.running(kernel),
                System::nanoTime,
                () -> UUID.randomUUID().toString()));
    }

    private static void register(Renderer renderer) {
        renderer.createRegistration(Show.class)
                .preferring(Bundle.HTML, Bundle.SVG, Bundle.PNG)
                .register(IJava::render);
        renderer.createRegistration(Picture.class)
                .preferring(Bundle.SVG, Bundle.PNG)
                .supporting(Bundle.HTML)
                .register(IJava::render);
        renderer.createRegistration(DataFrame.class)
                .preferring(Bundle.HTML)
                .register((frame, context) -> render(FrameTable.of(frame), context));
    }

    private static void render(Show value, RenderContext context) {
        Bundle bundle = Bundle.of(value, mime -> context.wantsDataRenderedAs(MIMEType.parse(mime)));
        IJavaCell.put(bundle, context.getOutputContainer());
    }

    private static BaseKernel running() {
        try {
            Object kernel =
                    Class.forName(KERNEL_HOLDER).getMethod("getKernelInstance").invoke(null);
            if (kernel instanceof BaseKernel found) {
                return found;
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(NO_KERNEL, e);
        }
        throw new IllegalStateException(NO_KERNEL);
    }

    private static final String NO_KERNEL = "No IJava kernel runs in this JVM: class '" + KERNEL_HOLDER
            + "' has none.\nIn JJava nothing needs to be called: its extension mechanism finds mtl4j by itself.";
}
