package org.mtl4j;

import static org.mtl4j.Mtl.infoNce;
import static org.mtl4j.Mtl.task;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.mtl4j.data.Input;
import org.mtl4j.data.Inputs;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.data.PairTargets;
import org.mtl4j.task.Task;
import org.tribuo.classification.Label;

/** Small data of pairs: an image and a text that are told from the same hidden numbers, and a class of these. */
final class ToyViews {

    static final Task<Label> MATCH = task("match").pairs("image", "text", 16);
    static final Task<Label> OTHER = task("other").pairs("text", "image", 4).loss(infoNce(0.5));
    static final Task<Label> MOOD = task("mood").binary();

    private ToyViews() {}

    /** Two noisy views of six hidden numbers; of one row in eight the text is of nothing, and no pair. */
    static MultiTaskData rows(int rows, long seed) {
        Random random = new Random(seed);
        double[][] toImage = gaussian(6, 10, random);
        double[][] toText = gaussian(6, 8, random);
        double[][] image = new double[rows][];
        double[][] text = new double[rows][];
        boolean[] paired = new boolean[rows];
        String[] mood = new String[rows];
        for (int r = 0; r < rows; r++) {
            double[] hidden = gaussian(1, 6, random)[0];
            paired[r] = random.nextInt(8) > 0;
            image[r] = seen(hidden, toImage, random);
            text[r] = seen(paired[r] ? hidden : gaussian(1, 6, random)[0], toText, random);
            mood[r] = hidden[0] + hidden[1] > 0 ? "glad" : "sad";
        }
        Map<String, Input> inputs = new LinkedHashMap<>();
        inputs.put("image", Inputs.features(image));
        inputs.put("text", Inputs.features(text));
        return MultiTaskData.of(inputs, List.of())
                .with(PairTargets.of(MATCH, paired))
                .with(PairTargets.all(OTHER, rows))
                .target(MOOD, mood);
    }

    private static double[][] gaussian(int rows, int columns, Random random) {
        double[][] x = new double[rows][columns];
        Arrays.stream(x).forEach(row -> Arrays.setAll(row, c -> random.nextGaussian()));
        return x;
    }

    private static double[] seen(double[] hidden, double[][] by, Random random) {
        double[] view = new double[by[0].length];
        for (int c = 0; c < view.length; c++) {
            for (int h = 0; h < hidden.length; h++) {
                view[c] += hidden[h] * by[h][c];
            }
            view[c] += 0.1 * random.nextGaussian();
        }
        return view;
    }
}
