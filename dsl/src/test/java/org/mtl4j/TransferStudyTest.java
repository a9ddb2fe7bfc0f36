package org.mtl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mtl4j.Mtl.adam;
import static org.mtl4j.Mtl.hard;
import static org.mtl4j.Mtl.mlp;
import static org.mtl4j.Mtl.single;
import static org.mtl4j.Mtl.transfer;
import static org.mtl4j.Toys.CASUAL;
import static org.mtl4j.Toys.RAIN;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.data.Split;
import org.mtl4j.data.TargetColumn;
import org.mtl4j.fitted.Metric;
import org.mtl4j.measure.TaskTransfer;

/** Joint against single-task training: the two sides are the trainings that they say they are. */
class TransferStudyTest {

    private static final Recipe RECIPE = hard(mlp(8))
            .tasks(CASUAL.weight(2), RAIN)
            .optimise(adam(1e-2))
            .epochs(4)
            .seed(7);

    @Test
    void both_sides_are_the_trainings_that_a_user_would_write() {
        Split split = Bits.split();
        TransferView view = transfer(RECIPE).seeds(1).sameSplit().rates(1e-2).run(split);
        TaskTransfer casual = view.transfer().task("casual").get(0);
        Run joint = RECIPE.watchConflict(0).fit(split);
        assertThat(casual.metric()).isEqualTo(Metric.R2);
        assertThat(casual.joint()).containsExactly(joint.test().value(CASUAL, Metric.R2));
        assertThat(view.transfer().task("rain").get(0).joint())
                .containsExactly(joint.test().value(RAIN, Metric.AUC));
        TargetColumn column = split.train().target("casual");
        int[] labelled =
                IntStream.range(0, column.rows()).filter(column::isLabelled).toArray();
        MultiTaskData rows = split.train().select(labelled);
        Run alone = single(mlp(8))
                .tasks(CASUAL)
                .optimise(adam(1e-2))
                .steps(12) // 140 rows in batches of 64, 4 epochs
                .watchConflict(0)
                .seed(7)
                .fit(Split.of(rows, split.validation(), split.test()));
        assertThat(casual.single()).containsExactly(alone.test().value(CASUAL, Metric.R2));
    }

    @Test
    void each_side_takes_the_rate_with_the_best_validation_criterion() {
        TransferStudy study = transfer(RECIPE.epochs(10)).seeds(1).sameSplit();
        TransferView good = study.rates(1e-2).run(Toys.split());
        TransferView both = study.rates(1e-9, 1e-2).run(Toys.split());
        assertThat(both.transfer().tasks()).isEqualTo(good.transfer().tasks());
        assertThat(both.toString()).contains("learning rate from {1.0e-09, 0.010}");
    }

    @Test
    void a_rate_that_diverges_is_not_taken() {
        TransferStudy study = transfer(RECIPE).seeds(1).sameSplit();
        TransferView good = study.rates(1e-2).run(Toys.split());
        TransferView both = study.rates(1e30, 1e-2).run(Toys.split());
        assertThat(both.transfer().tasks()).isEqualTo(good.transfer().tasks());
    }

    @Test
    void a_study_prints_as_its_line_and_its_result_as_a_table_with_a_chart() {
        TransferStudy study = transfer(RECIPE).seeds(2).rates(1e-2);
        assertThat(study).hasToString("transfer(recipe).seeds(2)");
        assertThat(study.sameSplit()).hasToString("transfer(recipe).seeds(2).sameSplit()");
        TransferView view = study.run(Toys.split());
        assertThat(view.toString()).contains("Joint against single-task training", "casual", "rain", "Seeds: 7, 8.");
        assertThat(view.chart().toSvg()).startsWith("<svg");
        assertThat(view.toHtml()).contains("<svg", "<table");
    }
}
