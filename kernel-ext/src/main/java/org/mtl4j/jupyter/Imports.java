package org.mtl4j.jupyter;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The lines that every mtl4j notebook would otherwise begin with. */
final class Imports {

    /** Import to the class that must be there for it: the data sets are a jar of their own, which may be left out. */
    private static final Map<String, String> NEEDED = new LinkedHashMap<>();

    static {
        NEEDED.put("import static org.mtl4j.Mtl.*;", "org.mtl4j.Mtl");
        NEEDED.put("import org.mtl4j.*;", "org.mtl4j.Mtl");
        NEEDED.put("import org.mtl4j.data.GraphRow;", "org.mtl4j.Mtl");
        NEEDED.put("import org.mtl4j.data.Inputs;", "org.mtl4j.Mtl");
        NEEDED.put("import org.mtl4j.data.MultiTaskData;", "org.mtl4j.Mtl");
        NEEDED.put("import org.mtl4j.data.PairTargets;", "org.mtl4j.Mtl");
        NEEDED.put("import org.mtl4j.data.PlaceTargets;", "org.mtl4j.Mtl");
        NEEDED.put("import org.mtl4j.data.SequenceTargets;", "org.mtl4j.Mtl");
        NEEDED.put("import org.mtl4j.data.Split;", "org.mtl4j.Mtl");
        NEEDED.put("import org.mtl4j.datasets.Datasets;", "org.mtl4j.datasets.Datasets");
    }

    private Imports() {}

    /** Those lines whose classes the loader finds, one below the other; empty if it finds none. */
    static String lines(ClassLoader loader) {
        return NEEDED.entrySet().stream()
                .filter(line -> loader.getResource(line.getValue().replace('.', '/') + ".class") != null)
                .map(Map.Entry::getKey)
                .collect(Collectors.joining("\n"));
    }
}
