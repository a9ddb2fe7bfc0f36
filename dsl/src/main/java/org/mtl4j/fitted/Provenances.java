package org.mtl4j.fitted;

import com.oracle.labs.mlrg.olcut.provenance.ListProvenance;
import com.oracle.labs.mlrg.olcut.provenance.ObjectProvenance;
import com.oracle.labs.mlrg.olcut.provenance.Provenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.BooleanProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.IntProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.StringProvenance;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.data.Origin;
import org.mtl4j.tensor.Shape;
import org.tribuo.Output;
import org.tribuo.Tribuo;
import org.tribuo.provenance.DatasetProvenance;
import org.tribuo.provenance.ModelProvenance;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/** Tells a net's lineage in Tribuo's types, all of which Tribuo can write and read. */
final class Provenances {

    private Provenances() {}

    /** The provenance of the model of one task. */
    static <T extends Output<T>> ModelProvenance model(Net net, String task, Typed<T> typed) {
        return model(TaskModel.class, net, task, typed, net.features().size());
    }

    /** The provenance of the model of one task with tags. @param features those of a token */
    static ModelProvenance tags(Net net, String task, Labels labels, int features) {
        return model(TagModel.class, net, task, labels, features);
    }

    private static <T extends Output<T>> ModelProvenance model(
            Class<?> type, Net net, String task, Typed<T> typed, int features) {
        Lineage lineage = net.lineage();
        return new ModelProvenance(
                type.getName(),
                lineage.trained(),
                trainPart(type, net, typed, features),
                RecipeProvenance.model(lineage),
                Map.of("task", new StringProvenance("task", task)));
    }

    /** The provenance of a model that a Tribuo trainer made of a Tribuo data set. */
    static ModelProvenance trained(Net net, String task, Trained by) {
        Map<String, Provenance> told = new LinkedHashMap<>(by.run());
        told.put("task", new StringProvenance("task", task));
        return new ModelProvenance(TaskModel.class.getName(), net.lineage().trained(), by.data(), by.trainer(), told);
    }

    /** Through its map form, since Tribuo's constructors want a Dataset. */
    private static <T extends Output<T>> DatasetProvenance trainPart(
            Class<?> type, Net net, Typed<T> typed, int features) {
        boolean isSequence = type == TagModel.class;
        boolean isOneHot = isSequence && net.inputs().get(0).shape() instanceof Shape.Tokens;
        Map<String, Provenance> told = new LinkedHashMap<>();
        told.put("class-name", new StringProvenance("class-name", MultiTaskData.class.getName()));
        told.put("datasource", source(net.lineage(), typed));
        told.put("transformations", new ListProvenance<ObjectProvenance>());
        told.put("is-dense", new BooleanProvenance("is-dense", !isOneHot));
        told.put("is-sequence", new BooleanProvenance("is-sequence", isSequence));
        told.put("num-examples", new IntProvenance("num-examples", net.seen().rows()));
        told.put("num-features", new IntProvenance("num-features", features));
        told.put("num-outputs", new IntProvenance("num-outputs", typed.info().size()));
        told.put("tribuo-version", new StringProvenance("tribuo-version", Tribuo.VERSION));
        return new DatasetProvenance(told);
    }

    /** Where the rows come from, in one line. */
    static <T extends Output<T>> SimpleDataSourceProvenance source(Lineage lineage, Typed<T> typed) {
        return new SimpleDataSourceProvenance(describe(lineage.data()), lineage.trained(), typed.factory());
    }

    private static String describe(Origin data) {
        List<String> words = Stream.of(
                        data.title().isEmpty() ? "(untitled)" : data.title(),
                        data.source(),
                        data.licence().isEmpty() ? "" : "licence " + data.licence(),
                        data.sha256().isEmpty() ? "" : "sha256 " + data.sha256())
                .filter(word -> !word.isEmpty())
                .toList();
        return String.join(", ", words);
    }
}
