package org.mtl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mtl4j.Mtl.hard;
import static org.mtl4j.Mtl.mlp;
import static org.mtl4j.Mtl.sgd;
import static org.mtl4j.Mtl.single;
import static org.mtl4j.Mtl.task;
import static org.mtl4j.Mtl.transfer;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mtl4j.chart.Chart;
import org.mtl4j.data.Input;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.data.Origin;
import org.mtl4j.data.Split;
import org.mtl4j.data.TargetColumn;
import org.mtl4j.show.Show;
import org.mtl4j.task.Task;
import org.tribuo.classification.Label;
import org.tribuo.regression.Regressor;
import org.xml.sax.InputSource;

/** A name that is a script is text wherever it is shown. */
class EscapingTest {

    private static final String SCRIPT = "<script>alert(\"1\" & '2')</script>";
    private static final Task<Regressor> SIZE = task(SCRIPT).regression();
    private static final Task<Label> KIND = task("<img src=x onerror=alert(1)>").classes();

    private static Split split() {
        Random random = new Random(4);
        float[] x = new float[200];
        float[] size = new float[100];
        int[] kind = new int[100];
        List<String> groups = new ArrayList<>();
        for (int r = 0; r < 100; r++) {
            x[2 * r] = (float) random.nextGaussian();
            x[2 * r + 1] = (float) random.nextGaussian();
            size[r] = x[2 * r] - x[2 * r + 1];
            kind[r] = r % 3;
            groups.add("<script>" + r % 20);
        }
        MultiTaskData data = MultiTaskData.of(
                java.util.Map.of("<script>features", Input.Dense.of(List.of("<script>a", "b&<i>"), x)),
                List.of(
                        TargetColumn.Reals.of(SIZE.name(), List.of("<script>DIM"), size),
                        TargetColumn.Classes.of(KIND.name(), List.of("<script>0", "1&", "2"), kind)));
        return data.group("<script>day", groups)
                .origin(Origin.titled("<script>Toy").licence("<script>CC0"))
                .split(0.6, 0.2, 0.2)
                .by("<script>day");
    }

    private static final Split SPLIT = split();
    private static final Recipe RECIPE =
            hard(mlp(8)).tasks(SIZE, KIND).epochs(3).batch(16).watchConflict(2);
    private static final Run RUN = RECIPE.fit(SPLIT);
    private static final TransferView TRANSFER =
            transfer(RECIPE).seeds(2).rates(1e-3).run(SPLIT);

    static Stream<Show> shown() {
        return Stream.of(
                SPLIT,
                SPLIT.train(),
                RECIPE,
                RECIPE.layers(SPLIT),
                RUN,
                RUN.test(),
                RUN.net(),
                RUN.predict(SPLIT.test()),
                (Show) RUN.model(SIZE),
                (Show) RUN.model(KIND),
                RUN.conflict(),
                RUN.conflict().conflict(),
                RUN.balance(),
                RUN.balance().balance(),
                TRANSFER,
                TRANSFER.transfer(),
                single(mlp(4)).tasks(SIZE, KIND).epochs(1).batch(16).fit(SPLIT).conflict(),
                RECIPE.optimise(sgd(1e30)).fit(SPLIT));
    }

    @ParameterizedTest
    @MethodSource("shown")
    void html_holds_no_tag_of_a_name(Show value) {
        assertThat(value.toHtml()).doesNotContain("<script", "<img", "<i>", "&<i");
    }

    static Stream<Chart> charts() {
        return Stream.of(
                RUN.losses(),
                RUN.weights(),
                RUN.conflict().map(),
                RUN.conflict().overTime(),
                RUN.conflict().perLayer(),
                RUN.balance().weights(),
                RUN.balance().shares(),
                TRANSFER.chart());
    }

    @ParameterizedTest
    @MethodSource("charts")
    void svg_holds_no_tag_of_a_name_and_is_well_formed(Chart chart) throws Exception {
        assertThat(chart.toSvg()).doesNotContain("<script", "<img", "onerror=alert(1)>");
        assertThat(chart.toHtml()).doesNotContain("<script", "<img src=x");
        var document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new java.io.StringReader(chart.toSvg())));
        assertThat(document.getDocumentElement().getTagName()).isEqualTo("svg");
        assertThat(document.getDocumentElement().getAttribute("aria-label")).contains("<script>");
    }
}
