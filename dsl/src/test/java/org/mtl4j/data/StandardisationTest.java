package org.mtl4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mtl4j.tensor.Shape;
import org.tribuo.regression.Regressor;

class StandardisationTest {

    private static final Shape TWO = new Shape.Vector(2);

    private static final Target<Regressor> SIZE = Targets.real("size");

    /** Column 0: 1, 3, 5, mean 3, sd sqrt(8/3). Column 1: constant. Size: 2, 6 labelled, mean 4, sd 2. */
    private static MultiTaskData rows() {
        return MultiTaskData.dense(new double[][] {{1, 7}, {3, 7}, {5, 7}})
                .target(SIZE, new double[] {2, Double.NaN, 6})
                .target(Targets.classes("kind"), new int[] {0, 1, -1});
    }

    @Test
    void means_and_population_deviations_are_the_hand_computed_ones() {
        Standardisation fitted = Standardisation.fit(rows());
        Scale x = fitted.input(MultiTaskData.FEATURES);
        assertThat(x.means()).containsExactly(3, 7);
        assertThat(x.scales()).containsExactly(Math.sqrt(8 / 3.0), 1);
        Scale size = fitted.target("size");
        assertThat(size.means()).containsExactly(4);
        assertThat(size.scales()).containsExactly(2);
        assertThat(fitted.targets()).containsOnlyKeys("size");
    }

    @Test
    void standardised_rows_keep_masks_classes_and_origin() {
        MultiTaskData data = rows().origin(Origin.titled("Toys"));
        MultiTaskData z = Standardisation.fit(data).apply(data);
        Input.Dense x = (Input.Dense) z.input(MultiTaskData.FEATURES);
        assertThat(x.get(0, 0)).isEqualTo((float) (-2 / Math.sqrt(8 / 3.0)));
        assertThat(x.get(0, 1)).isZero();
        assertThat(z.target("size").get(2, 0)).isEqualTo(1);
        assertThat(z.target("size").isLabelled(1)).isFalse();
        assertThat(z.target("kind")).isSameAs(data.target("kind"));
        assertThat(z.origin().title()).isEqualTo("Toys");
        assertThat(((Input.Dense) data.input(MultiTaskData.FEATURES)).get(0, 0)).isEqualTo(1);
    }

    @Test
    void rows_are_standardised_and_predictions_restored_in_place() {
        Standardisation fitted = Standardisation.fit(rows());
        float[] row = {5, 8};
        fitted.applyRow(MultiTaskData.FEATURES, TWO, row);
        assertThat(row[0]).isCloseTo((float) (2 / Math.sqrt(8 / 3.0)), within(1e-6f));
        assertThat(row[1]).isEqualTo(1);
        float[] predictions = {-1, 0, 1};
        fitted.invert("size", predictions);
        assertThat(predictions).containsExactly(2, 4, 6);
    }

    @Test
    void it_is_made_again_of_its_scales() {
        Standardisation fitted = Standardisation.fit(rows());
        Standardisation again = Standardisation.of(fitted.inputs(), fitted.targets());
        float[] one = {2, 2};
        float[] two = {2, 2};
        fitted.applyRow(MultiTaskData.FEATURES, TWO, one);
        again.applyRow(MultiTaskData.FEATURES, TWO, two);
        assertThat(one).isEqualTo(two);
    }

    @Test
    void a_large_constant_column_has_scale_1() {
        MultiTaskData data = MultiTaskData.dense(new double[][] {{1e9 + 0.1}, {1e9 + 0.1}, {1e9 + 0.1}});
        assertThat(Standardisation.fit(data).input(MultiTaskData.FEATURES).scales())
                .containsExactly(1);
    }

    @Test
    void unknown_columns_and_broken_scales_are_errors() {
        assertThatThrownBy(() -> Standardisation.fit(rows()).invert("sise", new float[1]))
                .hasMessage("No standardisation of target 'sise': there is size.\nFit it on data that have it.");
        assertThatThrownBy(() -> Standardisation.of(Map.of(), Map.of()).applyRow("x", TWO, new float[1]))
                .hasMessage("No standardisation of input 'x': there are none.\nFit it on data that have it.");
        assertThatThrownBy(() -> Scale.of(new double[] {0}, new double[] {0}))
                .hasMessage(
                        "Column 0 has mean 0.0 and scale 0.0: the mean is finite and the scale positive and finite.\n"
                                + "Give a constant column scale 1.");
        assertThatThrownBy(() -> Scale.of(new double[] {0}, new double[] {}))
                .hasMessage("1 means but 0 scales: each column has one of both.\nGive as many.");
    }
}
