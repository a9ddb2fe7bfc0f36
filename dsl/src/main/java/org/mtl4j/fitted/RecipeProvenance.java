package org.mtl4j.fitted;

import com.oracle.labs.mlrg.olcut.provenance.ListProvenance;
import com.oracle.labs.mlrg.olcut.provenance.ObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.PrimitiveProvenance;
import com.oracle.labs.mlrg.olcut.provenance.Provenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.BooleanProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.IntProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.LongProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.StringProvenance;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.data.Origin;
import org.tribuo.Trainer;
import org.tribuo.Tribuo;
import org.tribuo.provenance.TrainerProvenance;

/**
 * What Tribuo's provenance tells of a recipe: its lines and seed; of a model the data and the software too, of a Tribuo
 * trainer its task, what it holds out and its count of trainings.
 */
public final class RecipeProvenance implements TrainerProvenance {

    private static final String RECIPE = "recipe";
    private static final String SEED = "seed";
    private static final List<String> WORDS =
            List.of("data-title", "data-source", "data-licence", "data-sha256", "mtl4j-version", "blas");

    private static final List<String> TRAINER_WORDS = List.of("task", "validation", "other-rows");

    private final Map<String, Provenance> parameters;
    private final Map<String, PrimitiveProvenance<?>> instance;
    private final String className;

    private RecipeProvenance(
            String className, Map<String, Provenance> parameters, Map<String, PrimitiveProvenance<?>> instance) {
        this.className = className;
        this.parameters = Collections.unmodifiableMap(parameters);
        Map<String, PrimitiveProvenance<?>> all = new LinkedHashMap<>(instance);
        all.put(CLASS_NAME, new StringProvenance(CLASS_NAME, className));
        this.instance = Collections.unmodifiableMap(all);
    }

    /** The provenance of a net's models. */
    static RecipeProvenance model(Lineage lineage) {
        Origin data = lineage.data();
        List<String> words =
                List.of(data.title(), data.source(), data.licence(), data.sha256(), lineage.version(), lineage.blas());
        return new RecipeProvenance(
                Net.class.getName(), told(lineage.recipe(), lineage.seed(), WORDS, words), Map.of());
    }

    /**
     * Engine API. The provenance of a Tribuo trainer.
     *
     * @param recipe the lines that make the recipe
     * @param seed what the next training draws from
     * @param validation the share of rows that it holds out, in words
     * @param otherRows the rows that it trains on beside the data set's, in words
     */
    public static RecipeProvenance trainer(
            Trainer<?> trainer, List<String> recipe, long seed, String task, String validation, String otherRows) {
        return new RecipeProvenance(
                trainer.getClass().getName(),
                told(recipe, seed, TRAINER_WORDS, List.of(task, validation, otherRows)),
                Map.of(
                        TRAIN_INVOCATION_COUNT,
                        new IntProvenance(TRAIN_INVOCATION_COUNT, trainer.getInvocationCount()),
                        IS_SEQUENCE,
                        new BooleanProvenance(IS_SEQUENCE, false),
                        TRIBUO_VERSION_STRING,
                        new StringProvenance(TRIBUO_VERSION_STRING, Tribuo.VERSION)));
    }

    private static Map<String, Provenance> told(
            List<String> recipe, long seed, List<String> names, List<String> words) {
        Map<String, Provenance> told = new LinkedHashMap<>();
        told.put(
                RECIPE,
                new ListProvenance<>(recipe.stream()
                        .map(line -> new StringProvenance(RECIPE, line))
                        .toList()));
        told.put(SEED, new LongProvenance(SEED, seed));
        for (int i = 0; i < names.size(); i++) {
            told.put(names.get(i), new StringProvenance(names.get(i), words.get(i)));
        }
        return told;
    }

    /**
     * Tribuo's way back from a file.
     *
     * @throws com.oracle.labs.mlrg.olcut.provenance.ProvenanceException if a part is missing
     */
    public RecipeProvenance(Map<String, Provenance> saved) {
        this(part(saved, CLASS_NAME, StringProvenance.class).getValue(), savedParameters(saved), savedInstance(saved));
    }

    private static Map<String, Provenance> savedParameters(Map<String, Provenance> saved) {
        Map<String, Provenance> told = new LinkedHashMap<>();
        told.put(RECIPE, part(saved, RECIPE, ListProvenance.class));
        told.put(SEED, part(saved, SEED, LongProvenance.class));
        List<String> words = isTrainer(saved) ? TRAINER_WORDS : WORDS;
        words.forEach(word -> told.put(word, part(saved, word, StringProvenance.class)));
        return told;
    }

    private static Map<String, PrimitiveProvenance<?>> savedInstance(Map<String, Provenance> saved) {
        if (!isTrainer(saved)) {
            return Map.of();
        }
        return Map.of(
                TRAIN_INVOCATION_COUNT, part(saved, TRAIN_INVOCATION_COUNT, IntProvenance.class),
                IS_SEQUENCE, part(saved, IS_SEQUENCE, BooleanProvenance.class),
                TRIBUO_VERSION_STRING, part(saved, TRIBUO_VERSION_STRING, StringProvenance.class));
    }

    private static boolean isTrainer(Map<String, Provenance> saved) {
        return saved.containsKey(TRAIN_INVOCATION_COUNT);
    }

    private static <P extends Provenance> P part(Map<String, Provenance> saved, String name, Class<P> type) {
        return ObjectProvenance.checkAndExtractProvenance(saved, name, type, RecipeProvenance.class.getSimpleName());
    }

    @Override
    public String getClassName() {
        return className;
    }

    /** The recipe's lines, the seed and all else that it tells, by name. */
    @Override
    public Map<String, Provenance> getConfiguredParameters() {
        return parameters;
    }

    @Override
    public Map<String, PrimitiveProvenance<?>> getInstanceValues() {
        return instance;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RecipeProvenance recipe
                && instance.equals(recipe.instance)
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
