package org.mtl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mtl4j.Mtl.adam;
import static org.mtl4j.Mtl.cagrad;
import static org.mtl4j.Mtl.equal;
import static org.mtl4j.Mtl.graddrop;
import static org.mtl4j.Mtl.landscape;
import static org.mtl4j.Mtl.rlw;
import static org.mtl4j.Mtl.surface;
import static org.mtl4j.Mtl.toy;

import org.junit.jupiter.api.Test;
import org.mtl4j.train.Surface;

class LandscapeTest {

    private static final Surface LINE = surface("line", (x, slope) -> {
        slope[0] = Math.signum(x[0]);
        return Math.abs(x[0]);
    });

    @Test
    void it_prints_as_the_line_that_makes_it() {
        assertThat(toy()).hasToString("toy().optimise(adam(0.001)).steps(100000)");
        assertThat(toy(0.1).start(-8.5, 7.5)
                        .start(0, 0)
                        .steps(50_000)
                        .optimise(adam(1e-2))
                        .seed(3))
                .hasToString("toy(0.1).start(-8.5, 7.5).start(0.0, 0.0).optimise(adam(0.01)).steps(50000).seed(3)");
        assertThat(landscape(LINE)).hasToString("landscape(surface(\"line\")).optimise(adam(0.001)).steps(100000)");
    }

    @Test
    void a_later_word_leaves_what_was_said_before() {
        Landscape first = toy().start(1, 1);
        first.start(2, 2).steps(5).seed(9);

        assertThat(first).hasToString("toy().start(1.0, 1.0).optimise(adam(0.001)).steps(100000)");
    }

    @Test
    void each_balancer_goes_from_each_start() {
        var found = toy().start(-8.5, 7.5).start(9, 9).steps(100).run(equal(), cagrad());

        assertThat(found.numbers().all())
                .hasSize(4)
                .allSatisfy(way -> assertThat(way.end().step()).isEqualTo(100));
        assertThat(found.numbers().of(cagrad()))
                .extracting(way -> way.start().at().get(0))
                .containsExactly(-8.5, 9.0);
        assertThat(found.chart().altText())
                .startsWith("Where balancers end on two losses, from the starts (-8.5, 7.5) (9, 9). equal(): (");
    }

    @Test
    void equal_seeds_take_equal_ways() {
        Landscape drawn = toy().start(-8.5, 7.5).start(9, 9).steps(500);

        assertThat(drawn.run(graddrop(), rlw()).numbers().all())
                .isEqualTo(drawn.run(graddrop(), rlw()).numbers().all());
        assertThat(drawn.seed(1).run(rlw()).numbers().all())
                .isNotEqualTo(drawn.seed(2).run(rlw()).numbers().all());
    }

    @Test
    void one_parameter_has_a_table_and_no_chart() {
        var found = landscape(LINE).start(3).steps(10).run(equal());

        assertThat(found.toString()).startsWith("End points after 10 steps\nbalancer  start");
        assertThatThrownBy(found::chart)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("chart(): the landscape has 1 parameters, and contour lines are of two.\n"
                        + "Start from places of two numbers, start(-8.5, 7.5), or read the table alone.");
    }

    @Test
    void what_cannot_be_says_why() {
        assertThatThrownBy(() -> toy(0))
                .hasMessage("toy(0.0): the scale of the first loss is a finite number above 0.\n"
                        + "Give toy() for 1, as CAGrad has, or toy(0.1), as FAMO has.");
        assertThatThrownBy(() -> landscape())
                .hasMessage("landscape(): it takes one surface or more, each of another name.\n"
                        + "Give one for each task: landscape(surface(\"near\", ..), surface(\"far\", ..)).");
        assertThatThrownBy(() -> landscape(LINE, LINE))
                .hasMessageStartingWith(
                        "landscape(surface(\"line\"), surface(\"line\")): it takes one surface or more");
        assertThatThrownBy(() -> toy().start(Double.NaN, 1))
                .hasMessage("start(NaN, 1.0): it takes a finite number for each parameter.\n"
                        + "Give a place: start(-8.5, 7.5).");
        assertThatThrownBy(() -> toy().start(1, 1).start(1))
                .hasMessage("start(1.0): it has 1 numbers, and start(1.0, 1.0) has 2.\n"
                        + "Give a number for each parameter in both.");
        assertThatThrownBy(() -> toy().steps(0))
                .hasMessage("steps(0): it is at least 1.\nGive the steps from each start: steps(50_000).");
        assertThatThrownBy(() -> toy().run(equal()))
                .hasMessage("run(): there are 0 starts and 1 balancers, and it takes at least one of each.\n"
                        + "Give both: toy().start(-8.5, 7.5).run(equal(), cagrad()).");
    }

    @Test
    void a_start_is_a_place_that_all_losses_know() {
        Surface root = surface("root", (x, slope) -> Math.sqrt(x[0]));

        assertThatThrownBy(() -> toy().start(1))
                .hasMessage("start(1.0): surface(\"L1\") has more parameters than that.\n"
                        + "Give a number for each parameter: start(-8.5, 7.5) for two.");
        assertThatThrownBy(() -> landscape(root).start(-1))
                .hasMessage("start(-1.0): the loss of surface(\"root\") is NaN there.\n"
                        + "Start where all losses are finite.");
    }
}
