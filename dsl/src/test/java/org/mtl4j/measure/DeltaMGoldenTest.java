package org.mtl4j.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Tag("golden")
class DeltaMGoldenTest {

    @TestFactory
    List<DynamicTest> agrees_with_every_file_of_delta_m_cases() throws IOException {
        JsonMapper mapper = new JsonMapper();
        List<Path> files;
        try (Stream<Path> list = Files.list(Path.of(System.getProperty("mtl4j.golden"), "metrics"))) {
            files = list.filter(path -> path.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
        List<DynamicTest> tests = files.stream()
                .filter(path -> DeltaMGolden.knows(mapper.readTree(path)))
                .map(path -> DynamicTest.dynamicTest(path.getFileName().toString(), () -> {
                    JsonNode file = mapper.readTree(path);
                    DeltaMGolden.check(file);
                }))
                .toList();
        assertThat(tests).isNotEmpty();
        return tests;
    }
}
