package org.mtl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.mtl4j.Mtl.hard;
import static org.mtl4j.Mtl.mlp;
import static org.mtl4j.Mtl.single;
import static org.mtl4j.Toys.CASUAL;
import static org.mtl4j.Toys.RAIN;
import static org.mtl4j.Toys.REGISTERED;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.chart.Chart;
import org.mtl4j.data.Split;
import org.mtl4j.data.TargetColumn;
import org.mtl4j.fitted.Metric;
import org.mtl4j.fitted.Net;
import org.mtl4j.fitted.Predictions;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.evaluation.LabelEvaluator;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.evaluation.RegressionEvaluator;

/** What a finished training gives to its user. */
class RunTest {

    private static final Split SPLIT = Toys.split();
    private static final Run RUN = hard(mlp(8, 6))
            .tasks(CASUAL, REGISTERED, RAIN)
            .epochs(15)
            .batch(32)
            .watchConflict(5)
            .seed(7)
            .fit(SPLIT);

    private static double[] row(int r) {
        var input = (org.mtl4j.data.Input.Dense) SPLIT.test().input("features");
        double[] row = new double[4];
        for (int c = 0; c < 4; c++) {
            row[c] = input.get(r, c);
        }
        return row;
    }

    private static final String[] NAMES = {"x0", "x1", "x2", "x3"};

    @Test
    void the_initial_net_is_the_one_that_training_starts_from() {
        Recipe still = RUN.recipe().optimise(Mtl.sgd(1e-30)).epochs(1);
        assertThat(RUN.recipe().initial(SPLIT).parameters())
                .isEqualTo(still.fit(SPLIT).net().parameters())
                .isNotEqualTo(RUN.net().parameters());
    }

    @Test
    void a_regression_is_a_tribuo_model_that_its_evaluator_scores_as_the_run_does() {
        Model<Regressor> model = RUN.model(CASUAL);
        MutableDataset<Regressor> set = new MutableDataset<>(
                new SimpleDataSourceProvenance("test part", new RegressionFactory()), new RegressionFactory());
        TargetColumn casual = SPLIT.test().target("casual");
        for (int r = 0; r < casual.rows(); r++) {
            Example<Regressor> example = new ArrayExample<>(new Regressor("DIM-0", casual.get(r, 0)), NAMES, row(r));
            set.add(example);
        }
        var evaluation = new RegressionEvaluator().evaluate(model, set);
        Regressor dimension = new Regressor("DIM-0", Double.NaN);
        assertThat(RUN.test().value(CASUAL, Metric.R2)).isCloseTo(evaluation.r2(dimension), within(1e-9));
        assertThat(RUN.test().value(CASUAL, Metric.RMSE)).isCloseTo(evaluation.rmse(dimension), within(1e-9));
        assertThat(RUN.test().value(CASUAL, Metric.MAE)).isCloseTo(evaluation.mae(dimension), within(1e-9));
    }

    @Test
    void a_class_task_is_a_tribuo_model_that_its_evaluator_scores_as_the_run_does() {
        Model<Label> model = RUN.model(RAIN);
        MutableDataset<Label> set = new MutableDataset<>(
                new SimpleDataSourceProvenance("test part", new LabelFactory()), new LabelFactory());
        var rain = (TargetColumn.Classes) SPLIT.test().target("rain");
        for (int r = 0; r < rain.rows(); r++) {
            set.add(new ArrayExample<>(new Label(rain.classes().get(rain.index(r))), NAMES, row(r)));
        }
        var evaluation = new LabelEvaluator().evaluate(model, set);
        assertThat(RUN.test().value(RAIN, Metric.ACCURACY)).isEqualTo(evaluation.accuracy());
        assertThat(RUN.test().value(RAIN, Metric.AUC)).isCloseTo(evaluation.AUCROC(new Label("wet")), within(1e-9));
    }

    @Test
    void a_prediction_is_of_all_tasks_and_the_models_say_the_same() {
        Predictions all = RUN.predict(SPLIT.test());
        assertThat(all.tasks()).containsExactly("casual", "registered", "rain");
        assertThat(all.rows()).isEqualTo(SPLIT.test().rows());
        Example<Regressor> first = new ArrayExample<>(new Regressor("DIM-0", Double.NaN), NAMES, row(0));
        assertThat(RUN.model(CASUAL).predict(first).getOutput().getValues()[0])
                .isCloseTo(all.numbers(CASUAL)[0][0], within(1e-4));
        assertThat(all.labels(RAIN)).hasSize(SPLIT.test().rows()).isSubsetOf("dry", "wet");
        assertThat(RUN.model("rain").getName()).isEqualTo("rain");
    }

    @Test
    void parameters_and_the_gram_are_nd4j_arrays() {
        INDArray weight = RUN.parameter("encoder.0.weight");
        assertThat(weight.shape()).containsExactly(4, 8);
        assertThat(weight.getFloat(1, 2))
                .isEqualTo(RUN.net().parameter("encoder.0.weight").get(1, 2));
        assertThat(RUN.parameter("encoder.1.bias").shape()).containsExactly(1, 6);
        assertThat(RUN.parameter("head.rain.weight").shape()).containsExactly(6, 1);
        INDArray gram = RUN.gram();
        assertThat(gram.shape()).containsExactly(3, 3);
        var last = RUN.history().probes().get(RUN.history().probes().size() - 1).total();
        assertThat(gram.getDouble(0, 2)).isEqualTo(last.get(0, 2)).isEqualTo(gram.getDouble(2, 0));
    }

    @Test
    void a_saved_run_loads_with_the_same_bits(@TempDir Path folder) {
        String file = folder.resolve("run.mtl").toString();
        RUN.save(file);
        Net net = Net.load(Path.of(file));
        assertThat(net).isEqualTo(RUN.net());
        assertThat(net.predict(SPLIT.test())).isEqualTo(RUN.predict(SPLIT.test()));
    }

    @Test
    void without_shared_parameters_there_is_no_conflict_and_no_gram() {
        Run alone = single(mlp(8)).tasks(CASUAL, RAIN).epochs(1).fit(SPLIT);
        assertThat(alone.conflict().toString()).startsWith("No shared parameters: the tasks cannot conflict.");
        assertThat(alone.conflict().toHtml()).contains("No shared parameters");
        assertThatThrownBy(alone::gram)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("gram(): no Gram was recorded in this run.\n"
                        + "Share parameters between at least two tasks and let .watchConflict(50) probe it.");
        Run unwatched =
                hard(mlp(8)).tasks(CASUAL, RAIN).epochs(1).watchConflict(0).fit(SPLIT);
        assertThat(unwatched.conflict().toString())
                .isEqualTo("Conflict was not watched. Add .watchConflict(50) to the recipe and fit again.");
        Run one = hard(mlp(8)).tasks(CASUAL).epochs(1).fit(SPLIT);
        assertThat(one.conflict().toString()).isEqualTo("One task: conflict needs two.");
    }

    @Test
    void every_chart_is_an_svg_picture() {
        ConflictView conflict = RUN.conflict();
        for (Chart chart :
                List.of(RUN.losses(), RUN.weights(), conflict.overTime(), conflict.map(), conflict.perLayer())) {
            assertThat(chart.toSvg()).startsWith("<svg").contains("</svg>");
            assertThat(chart.altText()).isNotBlank();
        }
        assertThat(conflict.toHtml()).contains("<svg", "Gradient conflict");
    }

    @Test
    void a_run_prints_its_scores_on_both_parts_and_the_epoch_it_holds() {
        String text = RUN.toString();
        assertThat(text).contains("validation", "test", "casual", "registered", "rain", "R2", "AUC");
        assertThat(text)
                .contains("The run holds epoch " + RUN.history().bestEpoch()
                        + " of 15, chosen by the weighted sum of validation losses.");
        assertThat(RUN.toHtml()).contains("<table", "registered");
    }

    @Test
    void a_recipe_prints_as_the_lines_that_make_it() {
        assertThat(RUN.recipe().toString())
                .startsWith("hard(mlp(8, 6)).tasks(task(\"casual\").regression(), task(\"registered\").regression(),"
                        + " task(\"rain\").binary())\n"
                        + "    .balance(equal())\n"
                        + "    .optimise(adam(0.001))\n"
                        + "    .epochs(15).batch(32).watchConflict(5).seed(7)\n");
        Recipe other = RUN.recipe().steps(9).earlyStop(2).keepLast();
        assertThat(other.toString())
                .contains("    .steps(9).batch(32).earlyStop(2).keepLast().watchConflict(5).seed(7)");
        assertThat(RUN.recipe().toString()).contains(".epochs(15)"); // frozen
    }
}
