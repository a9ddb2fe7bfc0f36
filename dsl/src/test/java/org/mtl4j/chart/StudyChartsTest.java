package org.mtl4j.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mtl4j.fitted.Metric;
import org.mtl4j.measure.ConflictTransfer;
import org.mtl4j.measure.DeltaMs;
import org.mtl4j.measure.Scarcity;
import org.mtl4j.measure.TransferMatrix;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class StudyChartsTest {

    private static final String FRAME = "#000000"; // the colour of the frames

    private static TransferMatrix three() {
        return new TransferMatrix(
                List.of("income", "age", "wage"),
                List.of(
                        StudyCharts.entry("income", "age", 0.02, 0.021, 0.022),
                        StudyCharts.entry("wage", "age", -0.03, 0.01, 0.01),
                        StudyCharts.entry("income", "wage", -0.04, -0.041, -0.042)),
                TransferMatrix.PAIR);
    }

    private static List<String> texts(Chart chart) throws Exception {
        return Svg.text(Svg.parse(chart.toSvg()), "text");
    }

    private static Element find(Document svg, String text) {
        return find(svg, text, 0);
    }

    private static Element find(Document svg, String text, int index) {
        return Svg.elements(svg, "text").stream()
                .filter(each -> each.getTextContent().equals(text))
                .toList()
                .get(index);
    }

    private static long strokes(Chart chart, String colour, String width) throws Exception {
        return Svg.elements(Svg.parse(chart.toSvg()), "path").stream()
                .filter(path -> path.getAttribute("stroke").equals(colour)
                        && path.getAttribute("stroke-width").equals(width))
                .mapToLong(path ->
                        path.getAttribute("d").chars().filter(c -> c == 'M').count())
                .sum();
    }

    @Test
    void a_gain_stands_in_the_row_of_who_gains_and_the_column_of_who_helps() throws Exception {
        Document svg = Svg.parse(Charts.transferMatrix(three()).toSvg());

        assertThat(Svg.area(find(svg, "+0.021")).getCenterY())
                .isCloseTo(Svg.area(find(svg, "age (AUC)")).getCenterY(), within(4.0));
        assertThat(Svg.area(find(svg, "+0.021")).getCenterX())
                .isCloseTo(Svg.area(find(svg, "income", 1)).getCenterX(), within(4.0)); // the first names the row
        assertThat(find(svg, "+0.021").getAttribute("font-weight")).isEqualTo("bold");
        assertThat(find(svg, "-0.003").getAttribute("font-weight")).isEmpty();
    }

    @Test
    void decided_cells_are_framed_and_the_key_says_so() throws Exception {
        Chart chart = Charts.transferMatrix(three());

        assertThat(strokes(chart, FRAME, "2.5")).isEqualTo(2 + 1); // two cells, and the key
        assertThat(texts(chart))
                .contains(
                        "95 % t interval excludes 0",
                        "not measured",
                        "gain in AUC",
                        "-0.041",
                        "0",
                        "+0.041",
                        "gain of task",
                        "when trained together with",
                        "Gain: trained in a pair, minus trained alone; mean over seeds, positive is better.",
                        "3 seeds, 3 pairs: 1 gain, 1 harm, 1 undecided (not adjusted for 3 comparisons).");
        assertThat(chart)
                .hasToString("What each task gains from each other one (positive is better). "
                        + "wage from income, AUC: -0.0410 [-0.0435, -0.0385] (95 % t, n = 3). "
                        + "age from income, AUC: +0.0210 [+0.0185, +0.0235] (95 % t, n = 3). "
                        + "age from wage, AUC: -0.0033 [-0.0607, +0.0540] (95 % t, n = 3). "
                        + "A gain: trained in a pair, minus trained alone. "
                        + "3 seeds, 3 pairs: 1 gain, 1 harm, 1 undecided (not adjusted for 3 comparisons).");
    }

    @Test
    void a_key_explains_only_what_is_there() throws Exception {
        Chart oneSeed = Charts.transferMatrix(new TransferMatrix(
                List.of("a", "b"),
                List.of(StudyCharts.entry("a", "b", 0.1), StudyCharts.entry("b", "a", -0.1)),
                TransferMatrix.PAIR));

        assertThat(texts(oneSeed))
                .doesNotContain("95 % t interval excludes 0", "not measured")
                .contains("1 seed, 2 pairs: no interval, so nothing is decided; use seeds(5) or more.");
        assertThat(strokes(oneSeed, FRAME, "2.5")).isZero();
    }

    @Test
    void equal_shares_of_two_units_have_equal_colours() {
        TransferMatrix matrix = new TransferMatrix(
                List.of("a", "b"),
                List.of(
                        new TransferMatrix.Entry("a", "b", Metric.RMSE, List.of(120.0)),
                        new TransferMatrix.Entry("b", "a", Metric.R2, List.of(-0.02))),
                TransferMatrix.PAIR);
        Chart chart = Charts.transferMatrix(matrix);

        assertThat(chart.toSvg())
                .contains(
                        "gain / largest of its unit",
                        ">+100 %<",
                        "Units differ, so each has its own scale. The largest mean gain or harm:",
                        ">+120</text>",
                        ">-0.020</text>",
                        "fill=\"#5e9bd1\"",
                        "fill=\"#e66101\"");
    }

    @ParameterizedTest
    @CsvSource({
        "0.0312, 0.05, +0.031",
        "-0.5, 0.5, -0.50",
        "0.00123, 0.002, +0.0012",
        "-1.26, 3, -1.3",
        "123.4, 200, +123",
        "-0.0001, 0.05, 0.000",
        "0, 0, 0.00",
        "0.00001, 0.00002, +1e-05"
    })
    void a_cell_has_as_many_decimals_as_its_unit_needs(double value, double largest, String text) {
        assertThat(TransferMap.signed(value, largest)).isEqualTo(text);
    }

    @Test
    void bars_have_whiskers_and_names_in_lines() throws Exception {
        Chart chart = Charts.deltaM(new DeltaMs(List.of(
                new DeltaMs.Bar("income + never-married + age, hard(mlp(256, 128)), pcgrad()", List.of(1.0, 1.2, 1.1)),
                new DeltaMs.Bar("equal()", List.of(-1.0, 2.0)),
                new DeltaMs.Bar("failed()", List.of()))));

        assertThat(texts(chart))
                .contains(
                        "income + never-married + age, hard(mlp(256,",
                        "128)), pcgrad()",
                        "failed(): no value",
                        "gain",
                        "undecided",
                        "delta-m in % (right is better)",
                        "Whiskers: 95 % t interval over seeds; one that holds 0 leaves its way undecided.")
                .doesNotContain("harm");
        assertThat(strokes(chart, "#222222", "1.5")).isEqualTo(2 * 3); // a line and two ends for each of two
        assertThat(chart)
                .hasToString("Delta-m of joint against single-task training in percent (positive is better). "
                        + "income + never-married + age, hard(mlp(256, 128)), pcgrad(): "
                        + "+1.1000 [+0.8516, +1.3484] (95 % t, n = 3), gain. "
                        + "equal(): +0.50 [-18.56, +19.56] (95 % t, n = 2), undecided. "
                        + "failed(): no value (n = 0), undecided. "
                        + "0 to 3 seeds, 3 ways: 1 gain, 0 harm, 2 undecided (not adjusted for 3 comparisons).");
    }

    @Test
    void scarcity_has_plain_ticks_at_equal_ratios() throws Exception {
        Chart chart = Charts.scarcity(StudyCharts.scarcity(2, 3, 100, 1000, 10000));
        Document svg = Svg.parse(chart.toSvg());
        double first = Svg.area(find(svg, "100")).getCenterX();
        double second = Svg.area(find(svg, "1,000")).getCenterX();
        double third = Svg.area(find(svg, "10,000")).getCenterX();

        assertThat(third - second).isCloseTo(second - first, within(2.0));
        assertThat(texts(chart))
                .contains(
                        "labelled training rows, log scale",
                        "gain in R2 (up is better)",
                        "curve 0",
                        "with all others,",
                        "cagrad(0.4), a\u2026me more words",
                        "Lines: means over seeds. Bands: 95 % t interval at each number of labels.");
        assertThat(chart.altText()).contains("curve 0: 100 labels: +0.1000 [+0.0503, +0.1497] (95 % t, n = 3); 1,000");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void a_band_needs_two_seeds(int seeds) {
        Chart chart = Charts.scarcity(StudyCharts.scarcity(2, seeds, 100, 300));

        assertThat(chart.xchart().getSeriesCollection())
                .filteredOn(series -> series.getName().startsWith("band"))
                .hasSize(seeds > 1 ? 2 : 0);
    }

    @Test
    void one_number_of_labels_has_bars_beside_each_other() {
        Chart chart = Charts.scarcity(StudyCharts.scarcity(3, 3, 300));

        assertThat(chart.xchart().getSeriesCollection())
                .filteredOn(series -> series.getName().startsWith("bar"))
                .hasSize(3);
        assertThat(chart.toSvg()).contains(">300</text>");
    }

    @Test
    void a_label_that_would_touch_the_last_one_is_left_out() throws Exception {
        Scarcity scarcity = StudyCharts.scarcity(1, 2, 100, 101, 10000);

        assertThat(texts(Charts.scarcity(scarcity))).contains("100", "10,000").doesNotContain("101");
    }

    @Test
    void the_scatter_says_the_rank_correlation_and_what_it_does_not_prove() throws Exception {
        Chart chart = Charts.conflictTransfer(StudyCharts.points(1, 3, 5));

        assertThat(texts(chart))
                .contains(
                        "Spearman rank correlation of cosine and gain: +0.50 (n = 5) for AUC.",
                        ConflictTransfer.NO_PROOF,
                        "mean gradient cosine with the other tasks",
                        "gain in AUC (up is better)",
                        "Points: means over seeds. Faint lines: 95 % t intervals.");
        assertThat(chart.altText())
                .contains("casual with way 0: cosine -0.20, AUC -0.0600 [-0.0848, -0.0352] (95 % t, n = 3).")
                .endsWith(ConflictTransfer.NO_PROOF);
    }

    @Test
    void many_points_have_no_crosses_and_say_so() throws Exception {
        Chart chart = Charts.conflictTransfer(StudyCharts.points(9, 3, 5));

        assertThat(texts(chart)).contains("Points: means over seeds; intervals of 45 points are not drawn.");
        assertThat(chart.xchart().getSeriesCollection()).hasSize(9);
    }

    @Test
    void points_without_a_cosine_are_counted() throws Exception {
        Chart chart = Charts.conflictTransfer(new ConflictTransfer(List.of(
                new ConflictTransfer.Point("wage", "soft", Metric.AUC, List.of(), List.of(0.1)),
                new ConflictTransfer.Point("wage", "hard", Metric.AUC, List.of(0.5), List.of(0.1)))));

        assertThat(texts(chart)).contains("Left out: 1 without a cosine or without a gain.", "One seed: no intervals.");
    }

    @Test
    void a_name_breaks_at_spaces_and_only_the_last_line_loses_its_middle() {
        assertThat(Look.wrapped("short", 10, 2)).containsExactly("short");
        assertThat(Look.wrapped("seven words that go on and on", 12, 3))
                .containsExactly("seven words", "that go on", "and on");
        assertThat(Look.wrapped("x".repeat(30), 10, 2)).containsExactly("x".repeat(10), "xxxxx\u2026xxxx");
    }

    @Test
    void a_small_png_keeps_the_ends_of_a_colour_scale() {
        BufferedImage picture = new BufferedImage(64, 80, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 64 * 80; i++) { // 512 greys and blues, more than a palette holds
            picture.setRGB(i % 64, i / 64, ((i / 5) % 256) * (i % 2 == 0 ? 0x010101 : 0x000001));
        }
        picture.setRGB(3, 3, 0xE66101);

        assertThat(Indexed.of(picture).getRGB(3, 3)).isEqualTo(0xFFE66101);
    }
}
