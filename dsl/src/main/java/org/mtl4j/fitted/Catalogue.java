package org.mtl4j.fitted;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.mtl4j.data.InputForm;
import org.mtl4j.layer.Concat;
import org.mtl4j.layer.Decoder;
import org.mtl4j.layer.Dense;
import org.mtl4j.layer.Dropout;
import org.mtl4j.layer.Flatten;
import org.mtl4j.layer.Fusion;
import org.mtl4j.layer.Gat;
import org.mtl4j.layer.Gated;
import org.mtl4j.layer.Gcn;
import org.mtl4j.layer.GlobalPool;
import org.mtl4j.layer.LeNet;
import org.mtl4j.layer.Mlp;
import org.mtl4j.layer.Mpnn;
import org.mtl4j.layer.NodeSettings;
import org.mtl4j.layer.ResNet;
import org.mtl4j.layer.Residual;
import org.mtl4j.layer.Rnn;
import org.mtl4j.layer.Sequential;
import org.mtl4j.layer.Transformer;
import org.mtl4j.layer.UNet;
import org.mtl4j.sharing.Hard;
import org.mtl4j.sharing.Single;
import org.mtl4j.sharing.Soft;
import org.mtl4j.task.Contrastive;
import org.mtl4j.task.Loss;
import org.mtl4j.task.Task;
import org.mtl4j.tensor.Activation;
import org.mtl4j.tensor.BatchNorm;
import org.mtl4j.tensor.Bias;
import org.mtl4j.tensor.Conv1d;
import org.mtl4j.tensor.Conv2d;
import org.mtl4j.tensor.ConvTranspose2d;
import org.mtl4j.tensor.GraphAttention;
import org.mtl4j.tensor.GroupNorm;
import org.mtl4j.tensor.Initialiser;
import org.mtl4j.tensor.LayerNorm;
import org.mtl4j.tensor.Pool;
import org.mtl4j.tensor.Positions;
import org.mtl4j.tensor.Readout;
import org.mtl4j.tensor.Recurrent;
import org.mtl4j.tensor.Reshape;
import org.mtl4j.tensor.Shape;
import org.mtl4j.tensor.TransformerBlock;
import org.mtl4j.tensor.Upsample;
import org.mtl4j.tensor.Window;

/** The parts of a net that a file can hold: those of this library. */
final class Catalogue {

    /** Parts that are records. */
    static final List<Class<? extends Record>> RECORDS = Stream.of(
                    Stream.of(Hard.class, Single.class, Soft.class, InputForm.class),
                    Stream.of(Mlp.class, Rnn.class, Transformer.class, LeNet.class, ResNet.class, UNet.class),
                    Stream.of(Decoder.class),
                    Stream.of(Gcn.class, Gat.class, Mpnn.class, NodeSettings.class, Fusion.class, Fusion.Part.class),
                    Stream.of(Sequential.class, Residual.class, Concat.class, Gated.class, Dense.class),
                    Stream.of(Dropout.class, Flatten.class, GlobalPool.class, Reshape.class, Window.class),
                    Stream.of(Conv1d.class, Conv2d.class, ConvTranspose2d.class),
                    Stream.of(BatchNorm.class, BatchNorm.PerTask.class, LayerNorm.class, GroupNorm.class),
                    cases(Pool.class),
                    cases(Upsample.class),
                    cases(Upsample.Size.class),
                    cases(Activation.class),
                    cases(Fusion.Join.class),
                    cases(Initialiser.class),
                    cases(Shape.class),
                    cases(Task.Kind.class),
                    cases(Loss.class),
                    cases(Contrastive.class))
            .flatMap(each -> each)
            .filter(Class::isRecord)
            .filter(each -> each != Loss.Own.class) // its maths has no form
            .<Class<? extends Record>>map(each -> each.asSubclass(Record.class))
            .toList();

    /** Parts that are choices. */
    static final List<Class<? extends Enum<?>>> CHOICES = List.of(
            Soft.Penalty.class,
            Readout.class,
            Bias.class,
            Pool.Rounding.class,
            Pool.Border.class,
            Loss.Reduction.class,
            NodeSettings.Shortcut.class,
            GraphAttention.Merge.class,
            Mpnn.Update.class,
            Recurrent.Cell.class,
            Recurrent.Direction.class,
            TransformerBlock.Norm.class,
            Positions.class);

    private Catalogue() {}

    private static Stream<Class<?>> cases(Class<?> closedChoice) {
        return Arrays.stream(closedChoice.getPermittedSubclasses());
    }

    /** The error of a name that no part of this mtl4j has. */
    static IllegalArgumentException unknown(String kind, String words) {
        return NetForm.damaged("this mtl4j has no %s '%s'".formatted(kind, words));
    }
}
