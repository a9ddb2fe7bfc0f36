package org.mtl4j.fitted;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.mtl4j.data.InputForm;
import org.mtl4j.layer.Fusion;
import org.mtl4j.layer.Gat;
import org.mtl4j.layer.Gcn;
import org.mtl4j.layer.Mlp;
import org.mtl4j.layer.Mpnn;
import org.mtl4j.layer.NodeSettings;
import org.mtl4j.sharing.Hard;
import org.mtl4j.sharing.Single;
import org.mtl4j.sharing.Soft;
import org.mtl4j.tensor.Activation;
import org.mtl4j.tensor.GraphAttention;
import org.mtl4j.tensor.Initialiser;
import org.mtl4j.tensor.Readout;
import org.mtl4j.tensor.Shape;

/** The parts of a net that a file can hold: those of this library. */
final class Catalogue {

    /** Parts that are records. */
    static final List<Class<? extends Record>> RECORDS = Stream.of(
                    Stream.of(Hard.class, Single.class, Soft.class, Mlp.class, InputForm.class),
                    Stream.of(Gcn.class, Gat.class, Mpnn.class, NodeSettings.class, Fusion.class, Fusion.Part.class),
                    cases(Activation.class),
                    cases(Fusion.Join.class),
                    cases(Initialiser.class),
                    cases(Shape.class))
            .flatMap(each -> each)
            .<Class<? extends Record>>map(each -> each.asSubclass(Record.class))
            .toList();

    /** Parts that are choices. */
    static final List<Class<? extends Enum<?>>> CHOICES = List.of(
            Soft.Penalty.class,
            Readout.class,
            NodeSettings.Shortcut.class,
            GraphAttention.Merge.class,
            Mpnn.Update.class);

    private Catalogue() {}

    private static Stream<Class<?>> cases(Class<?> closedChoice) {
        return Arrays.stream(closedChoice.getPermittedSubclasses());
    }

    /** The error of a name that no part of this mtl4j has. */
    static IllegalArgumentException unknown(String kind, String words) {
        return ByteReader.damaged("this mtl4j has no %s '%s'".formatted(kind, words));
    }
}
