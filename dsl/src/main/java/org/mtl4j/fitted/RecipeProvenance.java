package org.mtl4j.fitted;

import com.oracle.labs.mlrg.olcut.provenance.ListProvenance;
import com.oracle.labs.mlrg.olcut.provenance.ObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.PrimitiveProvenance;
import com.oracle.labs.mlrg.olcut.provenance.Provenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.LongProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.StringProvenance;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.data.Origin;
import org.tribuo.provenance.TrainerProvenance;

/** What a Tribuo model's provenance tells of the recipe that trained it: its lines, the seed, the data, the software. */
public final class RecipeProvenance implements TrainerProvenance {

    private static final String RECIPE = "recipe";
    private static final String SEED = "seed";
    private static final List<String> WORDS =
            List.of("data-title", "data-source", "data-licence", "data-sha256", "mtl4j-version", "blas");

    private final Map<String, Provenance> parameters;
    private final String className;

    RecipeProvenance(Lineage lineage) {
        Map<String, Provenance> told = new LinkedHashMap<>();
        told.put(
                RECIPE,
                new ListProvenance<>(lineage.recipe().stream()
                        .map(line -> new StringProvenance(RECIPE, line))
                        .toList()));
        told.put(SEED, new LongProvenance(SEED, lineage.seed()));
        Origin data = lineage.data();
        List<String> words =
                List.of(data.title(), data.source(), data.licence(), data.sha256(), lineage.version(), lineage.blas());
        for (int i = 0; i < words.size(); i++) {
            told.put(WORDS.get(i), new StringProvenance(WORDS.get(i), words.get(i)));
        }
        parameters = Collections.unmodifiableMap(told);
        className = Net.class.getName();
    }

    /**
     * Tribuo's way back from a file.
     *
     * @throws com.oracle.labs.mlrg.olcut.provenance.ProvenanceException if a part is missing
     */
    public RecipeProvenance(Map<String, Provenance> saved) {
        Map<String, Provenance> told = new LinkedHashMap<>();
        told.put(RECIPE, part(saved, RECIPE, ListProvenance.class));
        told.put(SEED, part(saved, SEED, LongProvenance.class));
        WORDS.forEach(word -> told.put(word, part(saved, word, StringProvenance.class)));
        parameters = Collections.unmodifiableMap(told);
        className = part(saved, CLASS_NAME, StringProvenance.class).getValue();
    }

    private static <P extends Provenance> P part(Map<String, Provenance> saved, String name, Class<P> type) {
        return ObjectProvenance.checkAndExtractProvenance(saved, name, type, RecipeProvenance.class.getSimpleName());
    }

    @Override
    public String getClassName() {
        return className;
    }

    /** The recipe's lines, the seed, the data and the software, by name. */
    @Override
    public Map<String, Provenance> getConfiguredParameters() {
        return parameters;
    }

    @Override
    public Map<String, PrimitiveProvenance<?>> getInstanceValues() {
        return Map.of(CLASS_NAME, new StringProvenance(CLASS_NAME, className));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RecipeProvenance recipe
                && className.equals(recipe.className)
                && parameters.equals(recipe.parameters);
    }

    @Override
    public int hashCode() {
        return parameters.hashCode();
    }

    @Override
    public String toString() {
        return generateString("Recipe");
    }
}
