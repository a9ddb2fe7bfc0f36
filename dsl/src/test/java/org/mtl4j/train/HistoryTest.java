package org.mtl4j.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mtl4j.measure.Histories;

class HistoryTest {

    @Test
    void a_note_leaves_all_else_as_it_is() {
        History history = Histories.balanced(List.of("income"), Histories.swaying(1, 3, 1));
        History noted = history.note("first").note("second");
        assertThat(noted.notes()).containsExactly("first", "second");
        assertThat(noted).usingRecursiveComparison().ignoringFields("notes").isEqualTo(history);
    }
}
