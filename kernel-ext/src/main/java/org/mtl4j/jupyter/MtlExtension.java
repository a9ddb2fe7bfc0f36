package org.mtl4j.jupyter;

import java.util.UUID;
import org.dflib.DataFrame;
import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.RenderContext;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.mtl4j.show.Picture;
import org.mtl4j.show.Show;
import org.mtl4j.train.Listening;

/**
 * Makes a JJava kernel at home with mtl4j: imports, renderers, live view, {@code %mtl}.
 *
 * <p>JJava loads it by itself from a jar on its class path.
 */
public final class MtlExtension implements Extension {

    @Override
    public void install(BaseKernel kernel) {
        Quiet.install();
        register(kernel.getRenderer());
        kernel.getMagicsRegistry().registerLineMagic("mtl", (running, arguments) -> Versions.table());
        Listening.install(new LiveView(
                () -> JJavaCell.running(kernel),
                System::nanoTime,
                () -> UUID.randomUUID().toString()));
        String imports = Imports.lines(MtlExtension.class.getClassLoader());
        if (!imports.isEmpty()) {
            kernel.evalRaw(imports);
        }
    }

    private static void register(Renderer renderer) {
        renderer.createRegistration(Show.class)
                .preferring(Bundle.HTML, Bundle.SVG, Bundle.PNG)
                .register(MtlExtension::render);
        renderer.createRegistration(Picture.class)
                .preferring(Bundle.SVG, Bundle.PNG)
                .supporting(Bundle.HTML)
                .register(MtlExtension::render);
        renderer.createRegistration(DataFrame.class)
                .preferring(Bundle.HTML)
                .register((frame, context) -> render(FrameTable.of(frame), context));
    }

    private static void render(Show value, RenderContext context) {
        Bundle bundle = Bundle.of(value, mime -> context.wantsDataRenderedAs(MIMEType.parse(mime)));
        JJavaCell.put(bundle, context.getOutputContainer());
    }

    @Override
    public void uninstall(BaseKernel kernel) {
        Listening.install(Listening.SILENT);
    }
}
