package org.mtl4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mtl4j.data.Input;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.data.Split;

/** Needs the cached file, or pip and a network. */
@Tag("network")
class BikeshareTest {

    private static final Split BIKES = Datasets.bikeshare();

    @Test
    void it_has_8645_rows_with_both_targets_labelled() {
        int rows = 0;
        for (MultiTaskData part : List.of(BIKES.train(), BIKES.validation(), BIKES.test())) {
            rows += part.rows();
            assertThat(part.targets()).containsExactly("casual", "registered");
            assertThat(part.target("casual").labelled()).isEqualTo(part.rows());
        }
        assertThat(rows).isEqualTo(8645);
    }

    @Test
    void inputs_are_a_one_hot_calendar_and_the_weather_and_never_a_count_of_riders() {
        List<String> features = ((Input.Dense) BIKES.train().input(MultiTaskData.FEATURES)).features();
        assertThat(features)
                .hasSize(4 + 12 + 24 + 7 + 4 + 6)
                .contains("season@1", "mnth@Jan", "hr@23", "weekday@6", "weathersit@clear", "temp", "holiday")
                .noneMatch(
                        name -> name.startsWith("bikers") || name.startsWith("casual") || name.startsWith("registered"))
                .noneMatch(name -> name.startsWith("day"));
    }

    @Test
    void no_day_is_in_two_parts() {
        for (long seed = 1; seed <= 3; seed++) {
            Split split = BIKES.redraw(seed);
            Set<String> seen = new HashSet<>();
            for (MultiTaskData part : List.of(split.train(), split.validation(), split.test())) {
                assertThat(seen).doesNotContainAnyElementsOf(part.group("day").keys());
                seen.addAll(part.group("day").keys());
            }
            assertThat(seen).hasSize(365);
        }
    }

    @Test
    void it_prints_its_source_licence_and_checksum() {
        assertThat(BIKES.toString())
                .startsWith("Bikeshare, Washington D.C. 2011, by the hour\n")
                .contains(
                        "Split: 70 / 15 / 15 % of the rows, whole groups of 'day'; seed 1.",
                        "Source: PyPI package ISLP 0.6.0, ISLP/data/Bikeshare.csv",
                        "Licence: BSD (package ISLP)",
                        "SHA-256: ac6950ae6f11efcc69c29d6bb13e8881c001e27d36434660d59444a1414f712c",
                        "Left out: bikers, the sum of casual and registered.");
    }
}
