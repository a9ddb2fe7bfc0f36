package org.mtl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.mtl4j.Mtl.ablate;
import static org.mtl4j.Mtl.adam;
import static org.mtl4j.Mtl.equal;
import static org.mtl4j.Mtl.hard;
import static org.mtl4j.Mtl.mlp;
import static org.mtl4j.Mtl.pcgrad;
import static org.mtl4j.Mtl.single;
import static org.mtl4j.Mtl.task;
import static org.mtl4j.Toys.CASUAL;
import static org.mtl4j.Toys.RAIN;
import static org.mtl4j.Toys.REGISTERED;

import java.util.ArrayList;
import java.util.List;
import org.dflib.DataFrame;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.mtl4j.data.Input;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.measure.Conflict;
import org.mtl4j.measure.ConflictTransfer;
import org.mtl4j.measure.DeltaMs;
import org.mtl4j.measure.Interval;
import org.mtl4j.measure.Scarcity;
import org.mtl4j.measure.TransferMatrix;
import org.mtl4j.task.Task;
import org.tribuo.regression.Regressor;

/** What a study says is what its trials say, worked by hand. */
class AblationFindingsTest {

    private static final Recipe RECIPE = hard(mlp(8))
            .tasks(CASUAL, REGISTERED, RAIN)
            .optimise(adam(1e-2))
            .epochs(10)
            .watchConflict(2)
            .seed(7);

    private static AblationResult result;
    private static DataFrame trials;

    @BeforeAll
    static void study() {
        result = ablate(RECIPE)
                .subsets()
                .balance(equal(), pcgrad())
                .withoutTunedFixed()
                .seeds(2)
                .run(Toys.split());
        trials = result.trials();
    }

    /** One column over the seeds of one cell. */
    private static List<Double> of(DataFrame trials, String kind, String subset, String balance, String column) {
        return trials.rows(row -> row.get("kind").equals(kind)
                        && row.get("subset").equals(subset)
                        && row.get("balance").equals(balance))
                .select()
                .<Double>getColumn(column)
                .toList();
    }

    private static List<Double> minus(List<Double> these, List<Double> those) {
        List<Double> differences = new ArrayList<>();
        for (int i = 0; i < these.size(); i++) {
            differences.add(these.get(i) - those.get(i));
        }
        return differences;
    }

    private static TransferMatrix.Entry entry(TransferMatrix matrix, String from, String to) {
        return matrix.entries().stream()
                .filter(entry -> entry.from().equals(from) && entry.to().equals(to))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void the_transfer_matrix_is_pair_minus_alone() {
        List<Double> joint = of(trials, "joint", "casual + registered", "equal()", "registered R2");
        List<Double> alone = of(trials, "single-task", "registered", "equal()", "registered R2");
        assertThat(joint).hasSize(2);
        TransferMatrix matrix = result.transfer().numbers();
        assertThat(matrix.tasks()).containsExactly("casual", "registered", "rain");
        assertThat(matrix.entries()).hasSize(6);
        assertThat(matrix.basis()).isEqualTo(TransferMatrix.PAIR);
        assertThat(entry(matrix, "casual", "registered").gains()).isEqualTo(minus(joint, alone));
        List<Double> surgery = of(trials, "joint", "casual + registered", "pcgrad()", "registered R2");
        assertThat(entry(result.transfer(pcgrad()).numbers(), "casual", "registered")
                        .gains())
                .isEqualTo(minus(surgery, alone))
                .isNotEqualTo(minus(joint, alone));
        assertThat(result.transfer(hard(mlp(8)), pcgrad()).numbers())
                .isEqualTo(result.transfer(pcgrad()).numbers());
    }

    @Test
    void without_pairs_the_matrix_is_all_minus_all_but_one() {
        Task<Regressor> wind = task("wind").regression();
        MultiTaskData rows = Toys.rows(200, 1, 3);
        Input.Dense features = (Input.Dense) rows.input(MultiTaskData.FEATURES);
        double[] winds = new double[200];
        for (int r = 0; r < winds.length; r++) {
            winds[r] = features.get(r, 1) - features.get(r, 2);
        }
        Recipe four = hard(mlp(8))
                .tasks(CASUAL, REGISTERED, RAIN, wind)
                .optimise(adam(1e-2))
                .epochs(2)
                .seed(7);
        AblationResult fewer =
                ablate(four).leaveOneOut().seeds(2).run(rows.target(wind, winds).split(0.7, 0.15, 0.15));
        TransferMatrix matrix = fewer.transfer().numbers();
        assertThat(matrix.basis()).isEqualTo(TransferMatrix.LEAVE_ONE_OUT);
        assertThat(matrix.entries()).hasSize(12);
        DataFrame each = fewer.trials();
        assertThat(entry(matrix, "wind", "rain").gains())
                .isEqualTo(minus(
                        of(each, "joint", "casual + registered + rain + wind", "equal()", "rain AUC"),
                        of(each, "joint", "casual + registered + rain", "equal()", "rain AUC")));
    }

    @Test
    void the_table_holds_the_paired_difference_and_its_interval() {
        List<Double> joint = of(trials, "joint", "registered + rain", "pcgrad()", "rain AUC");
        List<Double> alone = of(trials, "single-task", "rain", "equal()", "rain AUC");
        Interval interval = Interval.of(minus(joint, alone));
        DataFrame row = result.table()
                .rows(each -> each.get("task").equals("rain")
                        && each.get("subset").equals("registered + rain")
                        && each.get("balance").equals("pcgrad()"))
                .select();
        assertThat(row.<Double>getColumn("difference").toList()).containsExactly(interval.mean());
        assertThat(row.<Double>getColumn("low").toList()).containsExactly(interval.low());
        assertThat(row.<Double>getColumn("high").toList()).containsExactly(interval.high());
        assertThat(row.<Double>getColumn("value").get(0)).isEqualTo((joint.get(0) + joint.get(1)) / 2);
        assertThat(row.<Double>getColumn("single").get(0)).isEqualTo((alone.get(0) + alone.get(1)) / 2);
        assertThat(row.<String>getColumn("metric").get(0)).isEqualTo("AUC");
    }

    @Test
    void delta_m_is_the_mean_relative_gain_over_the_tasks_seed_by_seed() {
        DeltaMs deltas = result.deltaM().numbers();
        assertThat(deltas.bars()).extracting(DeltaMs.Bar::name).containsExactly("equal()", "pcgrad()");
        List<Double> expected = new ArrayList<>();
        for (int s = 0; s < 2; s++) {
            double sum = 0;
            for (String column : List.of("casual R2", "registered R2", "rain AUC")) {
                String task = column.substring(0, column.indexOf(' '));
                double alone =
                        of(trials, "single-task", task, "equal()", column).get(s);
                assertThat(alone).as(column).isPositive();
                double joint = of(trials, "joint", "casual + registered + rain", "pcgrad()", column)
                        .get(s);
                sum += 100 * (joint - alone) / alone;
            }
            expected.add(sum / 3);
        }
        for (int s = 0; s < 2; s++) {
            assertThat(deltas.bars().get(1).percents().get(s)).isCloseTo(expected.get(s), within(1e-9));
        }
        assertThat(deltas.bars().get(1).percents()).hasSize(2);
    }

    @Test
    void conflict_beside_transfer_holds_the_cosines_that_a_run_shows() {
        ConflictTransfer.Point point = result.conflict().numbers().points().stream()
                .filter(each -> each.task().equals("rain") && each.with().equals("casual, equal()"))
                .findFirst()
                .orElseThrow();
        Recipe pair = hard(mlp(8))
                .tasks(CASUAL, RAIN)
                .optimise(adam(1e-2))
                .epochs(10)
                .watchConflict(2)
                .seed(7);
        Conflict conflict = pair.fit(Toys.split()).conflict().conflict();
        assertThat(point.cosines().get(0))
                .isEqualTo(conflict.pair("casual", "rain").meanCosine());
        assertThat(point.gains())
                .isEqualTo(minus(
                        of(trials, "joint", "casual + rain", "equal()", "rain AUC"),
                        of(trials, "single-task", "rain", "equal()", "rain AUC")));
        assertThat(result.conflict().numbers().points())
                .hasSize(2 * (6 + 3))
                .noneMatch(each -> each.gains().isEmpty());
    }

    @Test
    void each_finding_shows_its_picture_above_its_numbers() {
        assertThat(result.transfer().chart().toSvg()).startsWith("<svg");
        assertThat(result.transfer().toHtml()).contains("<svg", "<table");
        assertThat(result.transfer()).hasToString(result.transfer().numbers().toString());
        assertThat(result.deltaM().toHtml()).contains("<svg", "<table");
        assertThat(result.conflict().toHtml()).contains("<svg", "<table");
    }

    @Test
    void scarcity_has_a_curve_per_way_and_a_point_per_number_of_labels() {
        AblationResult scarce = ablate(RECIPE)
                .subset(CASUAL, RAIN)
                .subset(REGISTERED, RAIN)
                .subset(CASUAL, REGISTERED)
                .sharing(hard(mlp(8)), single(mlp(8)))
                .labels(RAIN, 60, 20)
                .seeds(2)
                .run(Toys.split());
        Scarcity scarcity = scarce.scarcity(RAIN).numbers();
        assertThat(scarcity.curves())
                .extracting(Scarcity.Curve::name)
                .containsExactly(
                        "with casual, hard(mlp(8)), equal()",
                        "with casual, single(mlp(8)), equal()",
                        "with registered, hard(mlp(8)), equal()",
                        "with registered, single(mlp(8)), equal()");
        Scarcity.Curve curve = scarcity.curves().get(0);
        assertThat(curve.points()).extracting(Scarcity.Point::labels).containsExactly(20, 60);
        DataFrame few = scarce.trials()
                .rows(row -> row.get("labels").equals("20 of rain")
                        && (row.get("kind").equals("single-task")
                                || row.get("sharing").equals("hard(mlp(8))")))
                .select();
        assertThat(scarce.scarcity(RAIN).toHtml()).contains("<svg", "<table");
        assertThat(curve.points().get(0).gains())
                .isEqualTo(minus(
                        of(few, "joint", "casual + rain", "equal()", "rain AUC"),
                        of(few, "single-task", "rain", "equal()", "rain AUC")));
    }
}
