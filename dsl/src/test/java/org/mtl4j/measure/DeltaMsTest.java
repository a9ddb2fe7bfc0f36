package org.mtl4j.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mtl4j.measure.DeltaMs.Bar;

class DeltaMsTest {

    @Test
    void prints_a_row_per_way_with_its_verdict() {
        DeltaMs deltaMs = new DeltaMs(List.of(
                new Bar("equal()", List.of(1.0, 1.2, 1.1)),
                new Bar("<i>pcgrad</i>()", List.of(-3.0, 3.5)),
                new Bar("mgda()", List.of(-2.0, -2.1))));

        assertThat(deltaMs).hasToString("""
                Delta-m against single-task training, in percent
                way to train                 delta-m % (positive is better)  verdict
                equal()          +1.1000 [+0.8516, +1.3484] (95 % t, n = 3)  gain
                <i>pcgrad</i>()      +0.25 [-41.05, +41.55] (95 % t, n = 2)  undecided
                mgda()           -2.0500 [-2.6853, -1.4147] (95 % t, n = 2)  harm
                delta-m: the mean over the scores of their relative change against single-task training.
                2 to 3 seeds, 3 ways: 1 gain, 1 harm, 1 undecided (not adjusted for 3 comparisons).""");
        assertThat(deltaMs.toHtml()).contains("&lt;i&gt;pcgrad").doesNotContain("<i>");
        assertThat(deltaMs.bars().get(0))
                .hasToString("equal(): delta-m in percent +1.1000 [+0.8516, +1.3484] (95 % t, n = 3)");
    }

    @Test
    void a_way_whose_trainings_all_failed_has_no_value() {
        assertThat(new DeltaMs(List.of(new Bar("equal()", List.of()), new Bar("mgda()", List.of(1.0)))).toString())
                .contains("no value (n = 0)")
                .endsWith("0 to 1 seed, 2 ways: no interval, so nothing is decided; use seeds(5) or more.");
    }

    @Test
    void bad_input_is_named() {
        assertThatThrownBy(() -> new DeltaMs(List.of()))
                .hasMessage("delta-m of no way to train.\nName one way or more.");
        assertThatThrownBy(() -> new Bar(" ", List.of(1.0)))
                .hasMessage("A way to train has no name.\nName it as it differs, such as \"pcgrad()\".");
        assertThatThrownBy(() -> new Bar("mgda()", List.of(Double.POSITIVE_INFINITY)))
                .hasMessage("delta-m of 'mgda()' is Infinity: it must be finite.\nLeave that seed out.");
        assertThatThrownBy(() -> new DeltaMs(List.of(new Bar("mgda()", List.of()), new Bar("mgda()", List.of()))))
                .hasMessage("Two ways to train are named 'mgda()'.\nName each as it differs.");
    }
}
