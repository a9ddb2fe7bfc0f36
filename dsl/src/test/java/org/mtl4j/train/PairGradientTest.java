package org.mtl4j.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mtl4j.data.Input;
import org.mtl4j.data.Inputs;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.data.PairTargets;
import org.mtl4j.layer.Fusion;
import org.mtl4j.layer.Mlp;
import org.mtl4j.sharing.Hard;
import org.mtl4j.task.Contrastive;
import org.mtl4j.task.Task;
import org.mtl4j.tensor.Activation;
import org.tribuo.classification.Label;

/** The loss of pairs couples the rows of a batch: its gradient reaches each of them, and those of an other task as well. */
class PairGradientTest {

    private static final int ROWS = 9;
    private static final Task<Label> MATCH = Task.named("match").pairs("image", "text", 3);
    private static final Task<Label> MOOD = Task.named("mood").binary();
    private static final Hard SHARING = new Hard(new Fusion.Empty()
            .input("image", Mlp.of(4).activation(new Activation.Tanh()))
            .input("text", Mlp.of(3).activation(new Activation.Tanh()))
            .late(3));

    /** Of some rows no pair is known, of others no mood. */
    private static MultiTaskData data(long seed) {
        Random random = new Random(seed);
        double[][] image = new double[ROWS][4];
        double[][] text = new double[ROWS][3];
        boolean[] paired = new boolean[ROWS];
        String[] mood = new String[ROWS];
        for (int r = 0; r < ROWS; r++) {
            for (int c = 0; c < 4; c++) {
                image[r][c] = random.nextGaussian();
                text[r][c % 3] = random.nextGaussian();
            }
            paired[r] = r % 4 != 1;
            mood[r] = random.nextBoolean() ? "glad" : "sad";
        }
        mood[0] = "glad";
        mood[2] = "sad";
        Map<String, Input> inputs = new LinkedHashMap<>();
        inputs.put("image", Inputs.features(image));
        inputs.put("text", Inputs.features(text));
        MultiTaskData rows = MultiTaskData.of(inputs, List.of());
        return rows.with(PairTargets.of(MATCH, paired)).target(MOOD, mood);
    }

    private static Task<Label> match(int loss) {
        return MATCH.loss(List.of(new Contrastive.Clip(), new Contrastive.InfoNce(0.5), new Contrastive.NtXent(0.5))
                .get(loss));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void the_gradient_is_that_of_central_differences(int loss) {
        LossRig rig = new LossRig(SHARING, data(7 + loss), List.of(match(loss), MOOD), 8 + loss);
        assertThat(rig.losses()[0]).isPositive();
        rig.checkSlopes(1, 0.02, 1e-3);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void one_stacked_pass_gives_what_a_pass_per_task_gives(int loss) {
        new LossRig(SHARING, data(4), List.of(match(loss), MOOD), 6).checkGram();
    }
}
