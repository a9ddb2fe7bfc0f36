package org.mtl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mtl4j.Mtl.ablate;
import static org.mtl4j.Mtl.adam;
import static org.mtl4j.Mtl.equal;
import static org.mtl4j.Mtl.hard;
import static org.mtl4j.Mtl.mlp;
import static org.mtl4j.Mtl.pcgrad;
import static org.mtl4j.Mtl.single;
import static org.mtl4j.Mtl.uncertainty;
import static org.mtl4j.Toys.CASUAL;
import static org.mtl4j.Toys.RAIN;
import static org.mtl4j.Toys.REGISTERED;

import java.util.stream.IntStream;
import org.dflib.DataFrame;
import org.junit.jupiter.api.Test;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.data.Split;
import org.mtl4j.data.TargetColumn;
import org.mtl4j.fitted.Metric;

/** A study over combinations of tasks: what it trains, and that its trainings are those a user would write. */
class AblationTest {

    private static final Recipe RECIPE = hard(mlp(8))
            .tasks(CASUAL.weight(2), REGISTERED, RAIN)
            .optimise(adam(1e-2))
            .epochs(4)
            .batch(32)
            .seed(7);

    /** The main test score of a task in the one trial of a study that matches. */
    private static double score(DataFrame trials, String kind, String subset, String balance, String column) {
        DataFrame found = trials.rows(row -> row.get("kind", String.class).equals(kind)
                        && row.get("subset", String.class).equals(subset)
                        && row.get("balance", String.class).equals(balance))
                .select();
        assertThat(found.height()).isEqualTo(1);
        return found.<Double>getColumn(column).get(0);
    }

    @Test
    void each_training_is_the_one_that_a_user_would_write() {
        Split split = Toys.split();
        DataFrame trials = ablate(RECIPE)
                .subsets()
                .balance(equal(), uncertainty(), pcgrad())
                .seeds(1)
                .sameSplit()
                .run(split)
                .trials();
        Run pair = hard(mlp(8))
                .tasks(CASUAL.weight(2), RAIN)
                .balance(pcgrad())
                .optimise(adam(1e-2))
                .epochs(4)
                .batch(32)
                .seed(7)
                .fit(split);
        assertThat(score(trials, "joint", "casual + rain", "pcgrad()", "casual R2"))
                .isEqualTo(pair.test().value(CASUAL, Metric.R2));
        assertThat(score(trials, "joint", "casual + rain", "pcgrad()", "rain AUC"))
                .isEqualTo(pair.test().value(RAIN, Metric.AUC));
        assertThat(score(trials, "joint", "casual + rain", "pcgrad()", "registered R2"))
                .isNaN();
        Run all = RECIPE.balance(uncertainty()).fit(split);
        assertThat(score(trials, "joint", "casual + registered + rain", "uncertainty()", "registered R2"))
                .isEqualTo(all.test().value(REGISTERED, Metric.R2));
    }

    @Test
    void trainings_on_missing_labels_take_the_labelled_rows_and_the_steps_of_the_whole_recipe() {
        Split split = Bits.split();
        DataFrame trials =
                ablate(RECIPE).pairs().seeds(1).sameSplit().run(split).trials();
        Recipe pair = hard(mlp(8))
                .tasks(CASUAL.weight(2), RAIN)
                .optimise(adam(1e-2))
                .batch(32)
                .seed(7);
        Split labelled = labelled(split, "casual", "rain");
        assertThat(labelled.train().rows()).isBetween(100, 139);
        Run joint = pair.steps(20).fit(labelled); // 140 rows in batches of 32, 4 epochs
        assertThat(score(trials, "joint", "casual + rain", "equal()", "casual R2"))
                .isEqualTo(joint.test().value(CASUAL, Metric.R2));
        Run alone = single(mlp(8))
                .tasks(RAIN)
                .optimise(adam(1e-2))
                .batch(32)
                .steps(20)
                .seed(7)
                .fit(labelled(split, "rain"));
        assertThat(score(trials, "single-task", "rain", "equal()", "rain AUC"))
                .isEqualTo(alone.test().value(RAIN, Metric.AUC));
    }

    private static Split labelled(Split split, String... targets) {
        MultiTaskData train = split.train();
        int[] rows = IntStream.range(0, train.rows())
                .filter(row -> {
                    boolean any = false;
                    for (String target : targets) {
                        TargetColumn column = train.target(target);
                        any |= column.isLabelled(row);
                    }
                    return any;
                })
                .toArray();
        return Split.of(train.select(rows), split.validation(), split.test());
    }
}
