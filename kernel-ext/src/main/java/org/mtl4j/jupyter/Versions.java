package org.mtl4j.jupyter;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.mtl4j.show.Table;
import org.mtl4j.tensor.Blas;

/** What a bug report or a paper names: versions of the libraries on the class path, the JVM and the machine. */
final class Versions {

    private Versions() {}

    /** One row per fact. */
    static Table table() {
        return Table.titled("mtl4j")
                .columns("what", "version")
                .row("mtl4j", version("org.mtl4j", "mtl4j"))
                .row("Tribuo", version("org.tribuo", "tribuo-core"))
                .row("ND4J", version("org.nd4j", "nd4j-api"))
                .row("XChart", version("org.knowm.xchart", "xchart"))
                .row("BLAS", Blas.describe())
                .row("JVM", System.getProperty("java.vm.name") + " " + Runtime.version())
                .row("machine", System.getProperty("os.name") + " " + System.getProperty("os.arch") + ", " + cores());
    }

    private static String cores() {
        int cores = Runtime.getRuntime().availableProcessors();
        return cores == 1 ? "1 CPU core" : cores + " CPU cores";
    }

    /** The version that the artifact's jar states; 'not on the class path as a jar' without one. */
    private static String version(String group, String artifact) {
        String file = "/META-INF/maven/" + group + "/" + artifact + "/pom.properties";
        try (InputStream in = Versions.class.getResourceAsStream(file)) {
            if (in == null) {
                return "not on the class path as a jar";
            }
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version", "not stated in its jar");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
