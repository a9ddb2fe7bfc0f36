package org.mtl4j.jupyter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mtl4j.show.Show;
import org.mtl4j.show.Table;

class BundleTest {

    private static final Show TABLE = Table.titled("T").columns("a").row(1);

    @Test
    void a_table_comes_as_html_and_as_its_text() {
        Bundle bundle = Bundle.of(TABLE);
        assertThat(bundle.data()).containsOnlyKeys(Bundle.HTML, Bundle.TEXT);
        assertThat(bundle.data()).containsEntry(Bundle.TEXT, "T\na\n1").containsEntry(Bundle.HTML, TABLE.toHtml());
    }

    @Test
    void a_picture_comes_as_svg_and_png_with_its_sentence_and_without_html() {
        Bundle bundle = Bundle.of(new Square());
        assertThat(bundle.data()).containsOnlyKeys(Bundle.SVG, Bundle.PNG, Bundle.TEXT);
        assertThat(bundle.data()).containsEntry(Bundle.TEXT, "A \"square\" of 30 by 20.");
        assertThat(Base64.getDecoder().decode(bundle.data().get(Bundle.PNG))).isEqualTo(new Square().toPng());
    }

    @Test
    void its_png_is_shown_at_half_its_pixels() {
        assertThat(Bundle.of(new Square()).metadata().get(Bundle.PNG))
                .isEqualTo(Map.of("width", 30, "height", 20, "alt", "A \"square\" of 30 by 20."));
    }

    @Test
    void its_svg_has_no_prologue_and_a_label() {
        assertThat(Bundle.of(new Square()).data().get(Bundle.SVG))
                .startsWith("<svg role=\"img\" aria-label=\"A &quot;square&quot; of 30 by 20.\" width=\"30\"");
    }

    @Test
    void a_form_that_nobody_wants_is_not_made() {
        assertThat(Bundle.of(TABLE, mime -> false).data()).containsOnlyKeys(Bundle.TEXT);
        assertThat(Bundle.of(new Square(), Bundle.PNG::equals).data()).containsOnlyKeys(Bundle.PNG, Bundle.TEXT);
    }

    @Test
    void a_picture_has_html_for_someone_who_asks_for_that_alone() {
        assertThat(Bundle.of(new Square(), Bundle.HTML::equals).data()).containsEntry(Bundle.HTML, "<b>square</b>");
    }
}
