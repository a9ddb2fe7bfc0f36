package org.mtl4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CataloguePageTest {

    private static final Path PAGE = Path.of("../docs/catalogue.md");
    private static String written = "";

    @BeforeAll
    static void write() throws IOException {
        written = CataloguePage.written();
    }

    @Test
    void the_committed_page_says_what_the_code_says() throws IOException {
        if ("write".equals(System.getProperty("mtl4j.catalogue"))) {
            Files.writeString(PAGE, written);
        }
        assertThat(Files.readString(PAGE))
                .as(
                        "docs/catalogue.md; write it anew: mvn -pl dsl test -Dtest=CataloguePageTest -Dmtl4j.catalogue=write")
                .isEqualTo(written);
    }

    @Test
    void every_family_has_parts_and_every_part_says_what_it_is() {
        String[] families = written.split("\n## ", -1);
        assertThat(families).hasSize(12); // the head, ten families, how to renew it
        for (int f = 1; f < 11; f++) {
            String[] parts = families[f].split("\n### ", -1);
            assertThat(parts.length)
                    .as(families[f].lines().findFirst().orElse(""))
                    .isGreaterThan(1);
            for (int p = 1; p < parts.length; p++) {
                String[] lines = parts[p].strip().split("\n", 2);
                assertThat(lines).as(lines[0]).hasSize(2);
                assertThat(lines[1].replaceFirst("(?m)^Written: .*$", "").strip())
                        .as(lines[0])
                        .isNotEmpty();
            }
        }
    }
}
