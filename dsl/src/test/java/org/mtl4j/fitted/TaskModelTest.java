package org.mtl4j.fitted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.oracle.labs.mlrg.olcut.provenance.ProvenanceUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mtl4j.data.Input;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.data.Standardisation;
import org.mtl4j.data.TargetColumn;
import org.mtl4j.layer.Mlp;
import org.mtl4j.sharing.Graph;
import org.mtl4j.sharing.Hard;
import org.mtl4j.task.Objective;
import org.mtl4j.task.Task;
import org.tribuo.Example;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.MutableDataset;
import org.tribuo.Output;
import org.tribuo.Prediction;
import org.tribuo.RealIDInfo;
import org.tribuo.classification.ImmutableLabelInfo;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.evaluation.LabelEvaluation;
import org.tribuo.classification.evaluation.LabelEvaluator;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.ModelProvenance;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.regression.ImmutableRegressionInfo;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.evaluation.RegressionEvaluation;
import org.tribuo.regression.evaluation.RegressionEvaluator;

class TaskModelTest {

    private final Net net = Nets.net();
    private final MultiTaskData data = Nets.data(100, 4);

    /** The rows with a label of a task, as Tribuo's examples; {@code rows} receives their numbers. */
    private <T extends Output<T>> List<Example<T>> examples(Task<T> task, List<Integer> rows) {
        Input.Dense input = (Input.Dense) data.input("features");
        TargetColumn column = data.target(task.name());
        List<Example<T>> examples = new ArrayList<>();
        for (int r = 0; r < data.rows(); r++) {
            if (column.isLabelled(r)) {
                String[] names = {"hours", "age", "<script>"};
                double[] values = {input.get(r, 2), input.get(r, 0), input.get(r, 1)};
                examples.add(new ArrayExample<>(Typed.of(net, task).value(column, r), names, values));
                rows.add(r);
            }
        }
        return examples;
    }

    @Test
    void predicting_an_example_equals_predicting_the_row_bit_for_bit() {
        Predictions all = net.predict(data);
        TaskModel<Label> shape = net.model(Nets.SHAPE);
        List<Integer> rows = new ArrayList<>();
        List<Example<Label>> examples = examples(Nets.SHAPE, rows);
        for (int i = 0; i < examples.size(); i++) {
            Prediction<Label> one = shape.predict(examples.get(i));
            double[] expected = all.probabilities(Nets.SHAPE)[rows.get(i)];
            assertThat(one.getOutputScores().keySet()).containsExactlyElementsOf(all.columns("shape"));
            assertThat(one.getOutputScores().values().stream()
                            .mapToDouble(Label::getScore)
                            .toArray())
                    .isEqualTo(expected);
            assertThat(one.getOutput().getLabel()).isEqualTo(all.labels("shape").get(rows.get(i)));
        }
        rows.clear();
        List<Example<Regressor>> prices = examples(Nets.PRICE, rows);
        List<Prediction<Regressor>> predicted = net.model(Nets.PRICE).predict(prices);
        for (int i = 0; i < prices.size(); i++) {
            assertThat(predicted.get(i).getOutput().getValues()[0]).isEqualTo(all.numbers("price")[rows.get(i)][0]);
        }
    }

    @Test
    void tribuos_label_evaluator_agrees_with_the_scores() {
        for (Task<Label> task : List.of(Nets.INCOME, Nets.SHAPE)) {
            MutableDataset<Label> set =
                    new MutableDataset<>(new SimpleDataSourceProvenance("toy", new LabelFactory()), new LabelFactory());
            examples(task, new ArrayList<>()).forEach(set::add);
            LabelEvaluation evaluation = new LabelEvaluator().evaluate(net.model(task), set);
            Scores scores = Scores.of(net, data, "test");
            assertThat(scores.value(task, Metric.ACCURACY)).isEqualTo(evaluation.accuracy());
            assertThat(scores.value(task, Metric.MACRO_F1)).isCloseTo(evaluation.macroAveragedF1(), within(1e-12));
            double auc =
                    task.equals(Nets.SHAPE) ? evaluation.averageAUCROC(false) : evaluation.AUCROC(new Label("low"));
            assertThat(scores.value(task, Metric.AUC)).isCloseTo(auc, within(1e-12));
            assertThat(scores.labelEvaluation(task).accuracy()).isEqualTo(evaluation.accuracy());
            assertThat(scores.task(task).labelled()).isEqualTo(set.size());
        }
    }

    @Test
    void tribuos_regression_evaluator_agrees_with_the_scores() {
        MutableDataset<Regressor> set = new MutableDataset<>(
                new SimpleDataSourceProvenance("toy", new RegressionFactory()), new RegressionFactory());
        examples(Nets.PRICE, new ArrayList<>()).forEach(set::add);
        RegressionEvaluation evaluation = new RegressionEvaluator().evaluate(net.model(Nets.PRICE), set);
        Scores scores = Scores.of(net, data, "test");
        assertThat(scores.value(Nets.PRICE, Metric.RMSE)).isEqualTo(evaluation.averageRMSE());
        assertThat(scores.value(Nets.PRICE, Metric.MAE)).isEqualTo(evaluation.averageMAE());
        assertThat(scores.value(Nets.PRICE, Metric.R2)).isEqualTo(evaluation.averageR2());
    }

    @Test
    void an_absent_feature_is_zero_before_standardisation_and_an_unknown_one_is_ignored() {
        TaskModel<Label> model = net.model(Nets.INCOME);
        Label any = new Label("low");
        Prediction<Label> sparse =
                model.predict(new ArrayExample<>(any, new String[] {"age", "height"}, new double[] {1.5, 180}));
        Prediction<Label> dense = model.predict(
                new ArrayExample<>(any, new String[] {"age", "<script>", "hours"}, new double[] {1.5, 0, 0}));
        assertThat(sparse.distributionEquals(dense, 0)).isTrue();
        assertThat(sparse.getNumActiveFeatures()).isEqualTo(1);
    }

    @Test
    void an_example_without_a_known_feature_is_an_error_in_tribuos_words() {
        Example<Label> empty = new ArrayExample<>(new Label("low"), new String[] {"height"}, new double[] {180});
        assertThatThrownBy(() -> net.model(Nets.INCOME).predict(empty))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("No features found in Example ");
    }

    @Test
    void the_output_domain_counts_the_labels_of_the_training_part() {
        TargetColumn.Classes column = (TargetColumn.Classes) Nets.data(200, 1).target("shape");
        ImmutableLabelInfo info = (ImmutableLabelInfo) net.model(Nets.SHAPE).getOutputIDInfo();
        assertThat(info.getTotalObservations()).isEqualTo(column.labelled());
        for (int c = 0; c < 3; c++) {
            int index = c;
            long count = IntStream.range(0, 200)
                    .filter(r -> column.index(r) == index)
                    .count();
            assertThat(info.getID(new Label(column.classes().get(c)))).isEqualTo(c);
            assertThat(info.getLabelCount(c)).isEqualTo(count);
        }
    }

    @Test
    void the_regression_domain_is_what_tribuo_would_observe() {
        TargetColumn column = Nets.data(200, 1).target("price");
        var observed = new RegressionFactory().generateInfo();
        for (int r = 0; r < 200; r++) {
            if (column.isLabelled(r)) {
                observed.observe(new Regressor("DIM-0", column.get(r, 0)));
            }
        }
        ImmutableRegressionInfo expected = (ImmutableRegressionInfo) observed.generateImmutableOutputInfo();
        ImmutableOutputInfo<Regressor> found = net.model(Nets.PRICE).getOutputIDInfo();
        ImmutableRegressionInfo info = (ImmutableRegressionInfo) found;
        assertThat(info.getTotalObservations()).isEqualTo(expected.getTotalObservations());
        assertThat(info.getMin("DIM-0")).isEqualTo(expected.getMin("DIM-0"));
        assertThat(info.getMax("DIM-0")).isEqualTo(expected.getMax("DIM-0"));
        assertThat(info.getMean("DIM-0")).isCloseTo(expected.getMean("DIM-0"), within(1e-9));
        assertThat(info.getVariance("DIM-0")).isCloseTo(expected.getVariance("DIM-0"), within(1e-6));
    }

    @Test
    void the_feature_map_describes_the_training_part() {
        RealIDInfo hours = (RealIDInfo) net.model(Nets.SHAPE).getFeatureIDMap().get("hours");
        assertThat(hours.getCount()).isEqualTo(200);
        assertThat(hours.getMean()).isCloseTo(20, within(1.0));
        assertThat(hours.getVariance()).isCloseTo(9, within(3.0));
        assertThat(hours.getMin()).isLessThan(hours.getMax());
    }

    @Test
    void a_head_wider_than_its_classes_names_the_further_ones() {
        Task<Label> wide = Task.named("shape").classes(5);
        MultiTaskData train = Nets.data(200, 1);
        Graph graph = Graph.build(new Hard(Mlp.of(4)), "features", 3, List.of(Objective.bind(wide, train)), 1);
        Net wider = Net.of(graph, train, Standardisation.fit(train), Nets.LINEAGE);
        assertThat(wider.predict(data).columns("shape")).containsExactly("circle", "line", "square", "3", "4");
        assertThat(((ImmutableLabelInfo) wider.model(wide).getOutputIDInfo()).getLabelCount(4))
                .as("Tribuo has no label that was never seen")
                .isOne();
        assertThat(Scores.of(wider, data, "test").value(wide, Metric.AUC)).isBetween(0.0, 1.0);
    }

    @Test
    void the_provenance_tells_the_recipe_line_by_line() {
        ModelProvenance provenance = net.model(Nets.INCOME).getProvenance();
        String printed = ProvenanceUtil.formattedProvenanceString(provenance);
        assertThat(printed)
                .contains("hard(mlp(5)).tasks(income, shape, price)", ".balance(pcgrad())", ".seed(7)")
                .contains("Toy <script>", "CC0", "ab".repeat(32), "OpenBLAS", "mtl4j-version");
        assertThat(provenance.toString()).contains(".balance(pcgrad())");
        assertThat(provenance.getDatasetProvenance().getNumExamples()).isEqualTo(200);
        assertThat(provenance.getTrainingTime()).isEqualTo(Nets.LINEAGE.trained());
        assertThat(ProvenanceUtil.unmarshalProvenance(ProvenanceUtil.marshalProvenance(provenance)))
                .isEqualTo(provenance);
    }

    @Test
    void a_copy_predicts_the_same_and_a_task_of_another_kind_is_refused() {
        Example<Label> example = examples(Nets.INCOME, new ArrayList<>()).get(0);
        TaskModel<Label> model = net.model(Nets.INCOME);
        assertThat(model.copy().predict(example).distributionEquals(model.predict(example), 0))
                .isTrue();
        assertThatThrownBy(() -> net.model(Task.named("income").regression()))
                .hasMessage(
                        "Task 'income' was trained as task(\"income\").binary(), not as task(\"income\").regression().\nAsk for the task as it was trained.");
        assertThatThrownBy(() -> net.model("wages"))
                .hasMessage("No task 'wages' in this net.\nIt has income, shape, price.");
    }

    @Test
    void dimensions_keep_their_names_in_tribuos_order() {
        Task<Regressor> size = Task.named("size").regression();
        Input.Dense input = (Input.Dense) data.input("features");
        float[] values = new float[200];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % 2 == 0 ? i : 1000 + i; // width, height
        }
        MultiTaskData sized = MultiTaskData.of(
                Map.of("features", input), List.of(TargetColumn.Reals.of("size", List.of("width", "height"), values)));
        Graph graph = Graph.build(new Hard(Mlp.of(4)), "features", 3, List.of(Objective.bind(size, sized)), 1);
        Net two = Net.of(graph, sized, Standardisation.fit(sized), Nets.LINEAGE);
        double[] row = two.predict(sized).numbers(size)[5];
        String[] names = {"age", "<script>", "hours"};
        double[] x = {input.get(5, 0), input.get(5, 1), input.get(5, 2)};
        Regressor found = two.model(size)
                .predict(new ArrayExample<>(new Regressor("height", 0), names, x))
                .getOutput();
        assertThat(found.getNames()).containsExactly("height", "width");
        assertThat(found.getValues()).containsExactly(row[1], row[0]);
        ImmutableRegressionInfo info = (ImmutableRegressionInfo) two.model(size).getOutputIDInfo();
        assertThat(info.getMin("height")).isEqualTo(1001);
        assertThat(info.getMax("width")).isEqualTo(198);
        RegressionEvaluation evaluation = Scores.of(two, sized, "train").regressionEvaluation(size);
        double squares = IntStream.range(0, 100)
                .mapToDouble(r -> Math.pow(two.predict(sized).numbers(size)[r][0] - values[2 * r], 2))
                .sum();
        assertThat(evaluation.rmse(new Regressor("width", Double.NaN)))
                .isCloseTo(Math.sqrt(squares / 100), within(1e-9));
    }

    @Test
    void a_model_prints_its_task_and_the_layers() {
        assertThat(net.model(Nets.INCOME).toString())
                .startsWith("Tribuo model 'income' of task(\"income\").binary()\n")
                .contains("encoder.0.weight", "3 x 5");
        assertThat(net.model(Nets.INCOME).toHtml()).contains("Tribuo model &#39;income&#39;");
    }
}
