package org.mtl4j.jupyter;

import static org.assertj.core.api.Assertions.assertThat;

import org.dflib.DataFrame;
import org.junit.jupiter.api.Test;

class FrameTableTest {

    private static DataFrame frame(int rows) {
        var appender = DataFrame.byArrayRow("task", "value", "seeds").appender();
        for (int r = 0; r < rows; r++) {
            appender.append("<b>" + r, r / 3.0, r);
        }
        return appender.toDataFrame();
    }

    @Test
    void a_frame_shows_its_rows_as_tables_print_numbers() {
        assertThat(FrameTable.of(frame(2)).toString()).isEqualTo("""
                task   value  seeds
                <b>0  0.0000      0
                <b>1  0.3333      1
                2 rows x 3 columns""");
        assertThat(FrameTable.of(frame(2)).toHtml()).contains("&lt;b&gt;0").doesNotContain("<b>");
    }

    @Test
    void a_long_frame_shows_its_first_rows_and_says_so() {
        assertThat(FrameTable.of(frame(61)).toString().lines())
                .hasSize(62)
                .last()
                .isEqualTo("The first 60 of 61 rows x 3 columns; .rows(..), .sort(..) and .cols(..) choose others.");
    }

    @Test
    void an_empty_frame_shows_its_columns() {
        assertThat(FrameTable.of(frame(0)).toString()).isEqualTo("task  value  seeds\n0 rows x 3 columns");
    }
}
