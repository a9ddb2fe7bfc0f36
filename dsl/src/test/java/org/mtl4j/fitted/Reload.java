package org.mtl4j.fitted;

import java.nio.file.Path;
import java.util.Arrays;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.classification.Label;
import org.tribuo.impl.ArrayExample;

/** What {@link SavingTest} runs in a fresh JVM: reads files and prints the bits of their predictions. */
final class Reload {

    private Reload() {}

    public static void main(String[] files) throws Exception {
        Model<Label> model = Model.deserializeFromFile(Path.of(files[0])).castModel(Label.class);
        System.out.println(bits(Net.load(Path.of(files[1]))));
        System.out.println(bits(model));
    }

    static String bits(Net net) {
        Predictions predictions = net.predict(Nets.data(70, 13));
        return predictions.tasks().stream()
                .map(task -> Arrays.hashCode(predictions.matrix(task).toArray()))
                .toList()
                .toString();
    }

    static String bits(Model<Label> model) {
        Example<Label> example = new ArrayExample<>(
                new Label("low"), new String[] {"age", "<script>", "hours"}, new double[] {0.3, 12, 17});
        return model.predict(example).getOutputScores().values().stream()
                .map(Label::getScore)
                .map(Double::doubleToRawLongBits)
                .toList()
                .toString();
    }
}
