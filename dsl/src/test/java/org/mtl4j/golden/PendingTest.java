package org.mtl4j.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PendingTest {

    private static final GoldenFile FILE = new GoldenFile(
            "trajectories/any.json", json("{\"schema\": \"s/1\", \"network\": {\"kind\": \"conv (2 layers)\"}}"));

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }

    private static boolean names(String... lines) {
        return new Pending(List.of(lines)).names(FILE);
    }

    @Test
    void a_path_pattern_names_the_files_below_it() {
        assertThat(names("trajectories/*")).isTrue();
        assertThat(names("trajectories/any.json")).isTrue();
        assertThat(names("sharing/*")).isFalse();
    }

    @Test
    void a_file_is_known_by_its_content_where_every_term_of_a_line_holds() {
        assertThat(names("schema:s/1 network.kind:conv*")).isTrue();
        assertThat(names("schema:s/2 network.kind:conv*", "network.kind:conv")).isFalse();
        assertThat(names("name:*")).isFalse();
    }

    @Test
    void comments_and_blank_lines_name_nothing() {
        assertThat(names("# trajectories/*", "", "  ")).isFalse();
    }

    @Test
    void a_line_about_cases_names_those_cases_and_not_the_file() {
        Pending pending = new Pending(List.of("schema:s/1 case.kind:plateau"));
        assertThat(pending.names(FILE)).isFalse();
        assertThat(pending.names(FILE, json("{\"kind\": \"plateau\"}"))).isTrue();
        assertThat(pending.names(FILE, json("{\"kind\": \"step\"}"))).isFalse();
    }
}
