package org.mtl4j.fitted;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.mtl4j.data.Origin;
import org.mtl4j.tensor.Blas;

/**
 * How a net came to be: what its provenance tells and its file keeps.
 *
 * @param recipe the lines that make the recipe, as it prints itself
 * @param seed what the training drew from
 * @param data where the rows come from
 * @param trained when the training ended
 * @param version the mtl4j that trained it
 * @param blas the BLAS that it was trained with, in words
 */
public record Lineage(
        List<String> recipe, long seed, Origin data, OffsetDateTime trained, String version, String blas) {

    private static final String POM = "/META-INF/maven/org.mtl4j/mtl4j/pom.properties";

    public Lineage {
        recipe = List.copyOf(recipe);
    }

    /** The lineage of a training by this mtl4j on this BLAS. */
    public static Lineage of(List<String> recipe, long seed, Origin data, OffsetDateTime trained) {
        return new Lineage(recipe, seed, data, trained, running(), Blas.describe());
    }

    /** The version of this mtl4j, in the jar's pom.properties; outside of a jar, {@code unreleased}. */
    public static String running() {
        try (InputStream in = Lineage.class.getResourceAsStream(POM)) {
            Properties pom = new Properties();
            if (in != null) {
                pom.load(in);
            }
            return pom.getProperty("version", "unreleased");
        } catch (IOException e) {
            throw new UncheckedIOException("The version of mtl4j could not be read from " + POM + ".", e);
        }
    }

    /** The recipe, the seed, the data and the software, one a line. */
    @Override
    public String toString() {
        List<String> lines = new ArrayList<>(recipe);
        lines.add("seed " + seed);
        lines.add("data " + (data.title().isEmpty() ? "(untitled)" : data.title()));
        lines.add("mtl4j " + version + ", " + blas + ", trained " + trained);
        return String.join("\n", lines);
    }
}
