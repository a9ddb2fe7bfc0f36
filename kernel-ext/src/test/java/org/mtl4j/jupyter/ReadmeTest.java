package org.mtl4j.jupyter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The Java of the README runs, cell after cell, with the imports that the extension does. */
@Tag("network") // it loads Bikeshare
class ReadmeTest {

    private static final Path README = Path.of("../README.md");
    private static final Pattern MARKDOWN = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);

    @Test
    void the_java_of_the_readme_runs() throws IOException {
        List<String> cells = new ArrayList<>();
        Matcher matcher = MARKDOWN.matcher(Files.readString(README));
        while (matcher.find()) {
            cells.add(matcher.group(1));
        }
        assertThat(cells).as("java blocks of the README").isNotEmpty();
        run("README.md", cells);
    }

    private static void run(String where, List<String> cells) {
        try (JShell shell = JShell.builder().executionEngine("local").build()) {
            for (String entry : System.getProperty("java.class.path").split(java.io.File.pathSeparator)) {
                shell.addToClasspath(entry);
            }
            Imports.lines(ReadmeTest.class.getClassLoader()).lines().forEach(line -> evaluate(shell, "what is given", line));
            cells.forEach(cell -> evaluate(shell, where, cell));
        }
    }

    private static void evaluate(JShell shell, String where, String cell) {
        String rest = cell.strip();
        while (!rest.isEmpty()) {
            SourceCodeAnalysis.CompletionInfo next = shell.sourceCodeAnalysis().analyzeCompletion(rest);
            assertThat(next.completeness().isComplete())
                    .as("%s: complete at '%s'", where, rest)
                    .isTrue();
            for (SnippetEvent event : shell.eval(next.source())) {
                List<String> errors = shell.diagnostics(event.snippet())
                        .filter(diagnostic -> diagnostic.isError())
                        .map(diagnostic -> diagnostic.getMessage(null))
                        .toList();
                assertThat(errors).as("%s: %s", where, next.source()).isEmpty();
                assertThat(event.exception()).as("%s: %s", where, next.source()).isNull();
                // a line that says what an earlier one said replaces it
                assertThat(event.status())
                        .as("%s: %s", where, next.source())
                        .isIn(Snippet.Status.VALID, Snippet.Status.OVERWRITTEN);
            }
            rest = next.remaining().strip();
        }
    }
}
