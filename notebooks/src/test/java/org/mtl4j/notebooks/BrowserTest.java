package org.mtl4j.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * JupyterLab in a real browser. Needs {@code ./lab setup} and a Chromium, so plain {@code mvn verify} leaves it out;
 * {@code ./check} runs it.
 */
@Tag("browser")
class BrowserTest {

    private static final Path ROOT = Path.of(System.getProperty("mtl4j.root")).normalize();
    private static final Path MADE_FOR_TESTS = ROOT.resolve("notebooks/src/test/notebooks");
    private static final Path SCREENSHOTS = ROOT.resolve("notebooks/target/screenshots");
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private static Playwright playwright;
    private static Browser browser;

    @BeforeAll
    static void start_the_browser() throws IOException {
        Files.createDirectories(SCREENSHOTS);
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(Path.of(System.getProperty("mtl4j.chromium")))
                        // Chromium refuses its sandbox to root, as CI is.
                        .setChromiumSandbox(false));
    }

    @AfterAll
    static void stop_the_browser() {
        browser.close();
        playwright.close();
    }

    @Test
    void the_quickstart_runs_from_top_to_bottom() throws Exception {
        try (LabServer server = LabServer.start(ROOT, home("quickstart"), "JupyterLab Light");
                Page page = browser.newPage()) {
            page.setViewportSize(1200, 1500);
            NotebookPage notebook =
                    NotebookPage.open(page, server.serve(ROOT.resolve("notebooks/01-quickstart.ipynb")));
            notebook.clearOutputs();
            notebook.runAll();

            assertThat(notebook.barPositions(2, LIMIT)).hasSizeGreaterThanOrEqualTo(2);
            notebook.awaitAllRun(LIMIT);
            assertThat(notebook.redOutputs()).isEmpty();
            assertThat(notebook.unfinished()).isZero();
            assertThat(notebook.hasBar()).isFalse();
            for (int cell : notebook.cellsThatHold("run.losses()", "overTime()", "gain.chart()")) {
                notebook.awaitPicture(cell, 100, LIMIT);
                notebook.screenshot(SCREENSHOTS.resolve("quickstart-" + cell + ".png"), cell);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"JupyterLab Light", "JupyterLab Dark"})
    void a_training_moves_its_bar_and_ends_as_static_lines(String theme) throws Exception {
        String name = theme.replace(' ', '-');
        try (LabServer server = LabServer.start(ROOT, home(name), theme);
                Page page = browser.newPage()) {
            page.setViewportSize(1200, 1500);
            NotebookPage notebook = NotebookPage.open(page, server.serve(MADE_FOR_TESTS.resolve("live-view.ipynb")));
            notebook.run(1);
            notebook.run(2);
            assertThat(notebook.barPositions(3, LIMIT)).hasSizeGreaterThanOrEqualTo(3);
            notebook.awaitPicture(2, 100, LIMIT);
            notebook.screenshot(SCREENSHOTS.resolve(name + "-training.png"), 2);
            notebook.awaitOutput(2, "40 epochs in", LIMIT);
            notebook.run(3);
            assertThat(notebook.barPositions(3, LIMIT)).hasSizeGreaterThanOrEqualTo(3);
            notebook.screenshot(SCREENSHOTS.resolve(name + "-study.png"), 3);
            notebook.awaitOutput(3, "18 trainings in", LIMIT);
            assertThat(notebook.hasBar()).isFalse();

            notebook.runAll();
            notebook.awaitAllRun(LIMIT);
            assertThat(notebook.redOutputs()).isEmpty();
            assertThat(notebook.unfinished()).isZero();
            assertThat(notebook.hasBar()).isFalse();
            notebook.awaitPicture(5, 100, LIMIT);
            notebook.awaitPicture(6, 100, LIMIT);
            assertThat(notebook.output(7)).contains("mtl4j", "Tribuo", "ND4J", "XChart", "BLAS", "JVM");
            notebook.screenshot(SCREENSHOTS.resolve(name + "-ended.png"), 2);
            notebook.screenshot(SCREENSHOTS.resolve(name + "-last.png"), 7);
        }
    }

    @Test
    void an_interrupted_training_says_so_and_leaves_what_it_learned() throws Exception {
        try (LabServer server = LabServer.start(ROOT, home("interrupt"), "JupyterLab Light");
                Page page = browser.newPage()) {
            page.setViewportSize(1200, 1500);
            NotebookPage notebook = NotebookPage.open(page, server.serve(MADE_FOR_TESTS.resolve("interrupt.ipynb")));
            notebook.run(1);
            notebook.run(2);
            notebook.awaitPicture(2, 100, LIMIT); // drawn from the second epoch on

            notebook.interrupt();
            notebook.awaitOutput(2, "Interrupted after", LIMIT);
            assertThat(notebook.hasBar()).isFalse();

            notebook.awaitIdle(LIMIT);
            notebook.run(3);
            notebook.awaitOutput(3, "epochs kept: ", LIMIT);
            assertThat(notebook.output(3)).containsPattern("Interrupted.* epochs kept: [1-9]");
            notebook.run(4);
            notebook.awaitOutput(4, "Interrupted in epoch", LIMIT);
            assertThat(notebook.output(4)).contains("casual", "registered", "R2");
            notebook.screenshot(SCREENSHOTS.resolve("interrupted.png"), 2);
        }
    }

    private static Path home(String name) throws IOException {
        return Files.createDirectories(ROOT.resolve("notebooks/target/jupyter/" + name));
    }
}
