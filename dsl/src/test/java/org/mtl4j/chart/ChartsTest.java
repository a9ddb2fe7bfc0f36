package org.mtl4j.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.mtl4j.chart.Svg.parse;
import static org.mtl4j.chart.Svg.text;

import java.awt.geom.Rectangle2D;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mtl4j.fitted.Metric;
import org.mtl4j.measure.Conflict;
import org.mtl4j.measure.Histories;
import org.mtl4j.measure.TaskTransfer;
import org.mtl4j.measure.Transfer;
import org.mtl4j.tensor.Gram;
import org.mtl4j.train.Epoch;
import org.mtl4j.train.History;
import org.mtl4j.train.Probe;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class ChartsTest {

    private static final List<String> FIVE =
            List.of("digits", "letters", "age group", "a name of forty characters or some more", "<script>\"&'");

    /** Every chart of every size of input, the sparse ones too. */
    static Stream<Chart> charts() {
        List<Chart> charts = new ArrayList<>();
        List<String> one = List.of("income");
        List<History> histories = List.of(
                Histories.drifting(one, 5),
                Histories.drifting(List.of("income", "never-married"), 1),
                Histories.drifting(FIVE, 30),
                Histories.drifting(Histories.names(40), 2),
                Histories.of(FIVE, List.of(), 3, List.of()),
                Histories.of(FIVE, List.of("dense 1"), 0, List.of()),
                Histories.of(List.of("income", "age"), List.of("dense 1"), 1, List.of(Histories.probe(0, 1, 0, 0, 0))));
        for (History history : histories) {
            charts.add(Charts.losses(history));
            charts.add(Charts.weights(history));
            charts.add(Charts.conflict(Conflict.of(history)));
            charts.add(Charts.conflictPerLayer(Conflict.of(history)));
            charts.add(Charts.conflictOverTime(Conflict.of(history)));
            charts.add(Charts.live(history.tasks(), history.epochs()));
        }
        charts.add(Charts.transfer(transfer(one, 1)));
        TaskTransfer failed = new TaskTransfer("income", Metric.AUC, List.of(0.5), List.of(Double.NaN));
        charts.add(Charts.transfer(Transfer.of(List.of(failed), Transfer.ONE_SPLIT, "Not tuned.", List.of(1L))));
        charts.add(Charts.transfer(transfer(FIVE, 3)));
        charts.add(Charts.transfer(transfer(Histories.names(40), 2)));
        return Stream.of(charts.stream(), StudyCharts.charts(), BalanceCharts.charts())
                .flatMap(each -> each);
    }

    private static Transfer transfer(List<String> tasks, int seeds) {
        List<TaskTransfer> transfers = new ArrayList<>();
        for (int t = 0; t < tasks.size(); t++) {
            double gain = 0.1 * (t % 3 - 1);
            Metric metric = t % 2 == 0 ? Metric.AUC : Metric.RMSE;
            List<Double> single = IntStream.range(0, seeds).mapToObj(s -> 0.5).toList();
            List<Double> joint = IntStream.range(0, seeds)
                    .mapToObj(s -> 0.5 + gain + 0.01 * s)
                    .toList();
            transfers.add(new TaskTransfer(tasks.get(t), metric, single, joint));
        }
        return Transfer.of(
                transfers,
                Transfer.ONE_SPLIT,
                "Rates chosen on validation.",
                IntStream.range(0, seeds).mapToObj(Long::valueOf).toList());
    }

    @ParameterizedTest
    @MethodSource("charts")
    void svg_is_xml_with_title_alt_text_and_an_opaque_background(Chart chart) throws Exception {
        Document svg = parse(chart.toSvg());

        assertThat(svg.getDocumentElement().getAttribute("role")).isEqualTo("img");
        assertThat(svg.getDocumentElement().getAttribute("aria-label")).isEqualTo(chart.altText());
        assertThat(svg.getDocumentElement().getAttribute("viewBox"))
                .isEqualTo("0 0 %d %d".formatted(chart.width(), chart.height()));
        assertThat(text(svg, "title")).containsExactly(chart.xchart().getTitle());
        assertThat(text(svg, "desc")).containsExactly(chart.altText());
        assertThat(text(svg, "text"))
                .contains(chart.xchart().getTitle(), chart.xchart().getXAxisTitle());
        assertThat(chart.toSvg()).contains("fill=\"#ffffff\"").doesNotContain("<script", "NaN", "Infinity");
    }

    @ParameterizedTest
    @MethodSource("charts")
    void png_is_twice_the_size_and_has_a_white_corner(Chart chart) throws IOException {
        var image = ImageIO.read(new ByteArrayInputStream(chart.toPng()));

        assertThat(image.getWidth()).isEqualTo(2 * chart.width());
        assertThat(image.getHeight()).isEqualTo(2 * chart.height());
        assertThat(image.getRGB(0, 0)).isEqualTo(0xFFFFFFFF);
    }

    @ParameterizedTest
    @MethodSource("charts")
    void no_text_is_cut_off_or_hidden_by_another(Chart chart) throws Exception {
        List<Element> texts = Svg.elements(parse(chart.toSvg()), "text");

        for (int i = 0; i < texts.size(); i++) {
            Rectangle2D area = Svg.area(texts.get(i));
            assertThat(new Rectangle2D.Double(0, 0, chart.width(), chart.height()).contains(area))
                    .as(
                            "'%s' in the picture of %d x %d: %s",
                            texts.get(i).getTextContent(), chart.width(), chart.height(), area)
                    .isTrue();
            for (int j = 0; j < i; j++) {
                assertThat(area.intersects(Svg.area(texts.get(j))))
                        .as(
                                "'%s' on '%s'",
                                texts.get(i).getTextContent(), texts.get(j).getTextContent())
                        .isFalse();
            }
        }
    }

    @Test
    void the_same_input_gives_the_same_bytes() {
        List<String> first = charts().map(Chart::toSvg).toList();
        List<Chart> again = charts().toList();

        assertThat(again.stream().map(Chart::toSvg).toList()).isEqualTo(first);
        assertThat(again.stream().map(Chart::toSvg).toList()).as("shown twice").isEqualTo(first);
        assertThat(again.stream().map(chart -> chart.toPng().length).toList())
                .isEqualTo(charts().map(chart -> chart.toPng().length).toList());
    }

    @Test
    void texts_are_texts_not_outlines() throws Exception {
        Chart chart = Charts.losses(Histories.drifting(FIVE, 30));

        assertThat(text(parse(chart.toSvg()), "text"))
                .contains(
                        "Loss per task: solid = training, dashed = validation",
                        "epoch (dotted line: best, 12)",
                        "loss (task units)",
                        "10",
                        "0.5",
                        "digits",
                        "a name of forty characters or some more",
                        "<script>\"&'");
        assertThat(chart.toHtml())
                .startsWith("<div style=\"max-width:100%;overflow-x:auto\"><svg ")
                .contains("&lt;script&gt;&quot;&amp;&#39;");
    }

    @Test
    void alt_texts_say_the_numbers() {
        History history = Histories.drifting(List.of("income", "age"), 2);

        assertThat(Charts.losses(history))
                .hasToString(
                        "Loss per task over 2 epochs. income: training 0.4332 to 0.3913, validation 0.4357 to 0.3606. "
                                + "age: training 0.5634 to 0.5099, validation 0.5739 to 0.5178. "
                                + "Best epoch: 2, by mean validation loss.");
        assertThat(Charts.weights(history))
                .hasToString("Weight per task over 2 epochs. income: 1.1478 to 1.2823. age: 1.4818 to 1.4998.");
        assertThat(Charts.conflict(Conflict.of(history)).altText())
                .startsWith("Mean cosine of the task gradients. income / age: +0.")
                .endsWith("Probed at 20 of 200 steps (every 10); the probes took 1.0 % of 1.0 s.");
        assertThat(Charts.transfer(transfer(List.of("income"), 2)))
                .hasToString("Gain of joint over single-task training (positive is better). "
                        + "income, AUC: -0.0950 [-0.1585, -0.0315] (95 % t, n = 2), harm. "
                        + "The intervals cover initialisation and order on one split.");
    }

    @Test
    void transfer_says_gain_harm_or_undecided_in_words_too() throws Exception {
        assertThat(text(parse(Charts.transfer(transfer(FIVE, 3)).toSvg()), "text"))
                .contains(
                        "digits, AUC: harm",
                        "letters, RMSE: undecided",
                        "age group, AUC: gain",
                        "gain",
                        "harm",
                        "undecided",
                        "gain of joint training (% of the single-task score; right is better), whiskers: 95 % t interval");
        assertThat(text(parse(Charts.transfer(transfer(List.of("income"), 1)).toSvg()), "text"))
                .contains(
                        "income, AUC: undecided",
                        "gain of joint training (AUC; right is better), one seed: no interval");
    }

    @Test
    void conflict_cells_hold_their_numbers() throws Exception {
        Conflict conflict = Conflict.of(Histories.of(
                List.of("income", "age"), List.of("dense 1"), 1, List.of(Histories.probe(0, 4, -1, -1, 1))));

        assertThat(text(parse(Charts.conflict(conflict).toSvg()), "text"))
                .contains("-0.50", "all shared", "dense 1", "income / age", "1.0", "-1.0");
        assertThat(Charts.conflict(Conflict.of(Histories.of(FIVE, List.of(), 1, List.of())))
                        .xchart()
                        .getTitle())
                .isEqualTo("No shared parameters");
    }

    @Test
    void the_number_of_a_cell_stands_in_its_row() throws Exception {
        Gram total = Gram.of(2, new double[] {4, -1, -1, 1});
        Gram layer = Gram.of(2, new double[] {4, 1, 1, 1});
        Probe probe = new Probe(1, 0, total, List.of(layer));
        Document svg = parse(Charts.conflict(
                        Conflict.of(Histories.of(List.of("income", "age"), List.of("dense 1"), 1, List.of(probe))))
                .toSvg());

        assertThat(height(svg, "-0.50")).isCloseTo(height(svg, "all shared"), within(6.0));
        assertThat(height(svg, "+0.50")).isCloseTo(height(svg, "dense 1"), within(6.0));
    }

    private static double height(Document svg, String text) {
        int index = text(svg, "text").indexOf(text);
        Element found = (Element) svg.getElementsByTagName("text").item(index);
        return Double.parseDouble(found.getAttribute("y"));
    }

    @Test
    void losses_that_span_decades_get_a_log_axis() {
        List<Epoch> epochs = Histories.drifting(List.of("income", "price"), 5).epochs().stream()
                .map(epoch -> new Epoch(
                        epoch.number(),
                        epoch.step(),
                        List.of(
                                epoch.trainLosses().get(0),
                                5000 * epoch.trainLosses().get(1)),
                        List.of(Double.NaN, Double.NaN),
                        Double.NaN,
                        epoch.weights(),
                        epoch.coupling(),
                        epoch.rate(),
                        epoch.elapsed()))
                .collect(Collectors.toList());

        Chart chart = Charts.live(List.of("income", "price"), epochs);

        assertThat(chart.xchart().getYAxisTitle()).isEqualTo("loss (task units), log scale");
        assertThat(chart.altText()).contains("validation none");
    }

    @Test
    void a_moving_mean_is_shorter_at_the_ends() {
        assertThat(ConflictLines.movingMean(new double[] {1, 2, 3, 4}, 3)).containsExactly(2, 2, 3, 3.5);
        assertThat(ConflictLines.movingMean(new double[] {1, -1}, 1)).containsExactly(1, -1);
    }

    @Test
    void a_long_name_loses_its_middle() {
        assertThat(Look.half("a rather long name, number 1")).isEqualTo("a rather l\u2026 number 1");
        assertThat(Look.shortened("x".repeat(41))).hasSize(Look.NAME_LENGTH);
        assertThat(Look.shortened("x".repeat(40))).isEqualTo("x".repeat(40));
    }

    @Test
    void a_restyled_chart_shows_its_new_look() {
        Chart chart = Charts.weights(Histories.drifting(List.of("income"), 3));

        chart.xchart().setTitle("My weights");

        assertThat(chart.toSvg()).contains("<title>My weights</title>", ">My weights</text>");
    }

    @Test
    void numbers_print_in_as_few_digits_as_tell_them() {
        assertThat(List.of(Labels.number(0), Labels.number(0.05), Labels.number(1200), Labels.number(-2e-5)))
                .containsExactly("0", "0.05", "1200", "-0.00002");
        assertThat(List.of(
                        SvgCanvas.number(-0.05), SvgCanvas.number(-1.5), SvgCanvas.number(2), SvgCanvas.number(0.004)))
                .containsExactly("-0.05", "-1.5", "2", "0");
    }
}
