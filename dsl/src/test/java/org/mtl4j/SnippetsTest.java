package org.mtl4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The snippets of this package's Javadoc compile and run, cell after cell, as in a notebook. */
class SnippetsTest {

    private static final Path SOURCES = Path.of("src/main/java/org/mtl4j");
    private static final Pattern JAVADOC = Pattern.compile("<pre>\\{@code\\n(.*?)\\n \\* \\}</pre>", Pattern.DOTALL);

    /** What a snippet may take as given: the imports of the kernel extension, and some data. */
    private static final List<String> GIVEN = List.of(
            "import static org.mtl4j.Mtl.*;",
            "import org.mtl4j.*;",
            "var data = org.mtl4j.Toys.split();",
            "var rows = data.test();");

    static Stream<Arguments> javadoc() throws IOException {
        List<Arguments> snippets = new ArrayList<>();
        try (Stream<Path> files = Files.list(SOURCES)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".java")).sorted().toList()) {
                Matcher matcher = JAVADOC.matcher(Files.readString(file));
                while (matcher.find()) {
                    String name = file.getFileName().toString();
                    snippets.add(Arguments.of(name, matcher.group(1).replaceAll("(?m)^ \\* ?", "")));
                }
            }
        }
        return snippets.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("javadoc")
    void a_snippet_of_the_javadoc_runs(String file, String snippet) {
        run(file, List.of(snippet));
    }

    private static void run(String where, List<String> cells) {
        try (JShell shell = JShell.builder().executionEngine("local").build()) {
            shell.addToClasspath(System.getProperty("java.class.path"));
            GIVEN.forEach(line -> evaluate(shell, "what is given", line));
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
