package org.mtl4j.notebooks;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One notebook in JupyterLab, used as a person does: through its menus, by what is visible. */
final class NotebookPage {

    private static final String INDICATOR = ".jp-Notebook-ExecutionIndicator";
    private static final String IDLE = INDICATOR + "[data-status='idle']";
    private static final String CONNECTING = INDICATOR + "[data-status='connecting']";
    /** Connected: JJava's status is 'unknown' until its first cell. JupyterLab refuses to run cells before. */
    private static final String READY = IDLE + ", " + INDICATOR + "[data-status='unknown']";

    private static final String BAR = ".jp-OutputArea-output [role='progressbar']";
    private static final String RED = ".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.stderr'], "
            + ".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.error']";
    private static final Duration KERNEL_START = Duration.ofSeconds(60);

    private final Page page;

    private NotebookPage(Page page) {
        this.page = page;
    }

    /** Opens the notebook at this address and waits for its kernel. */
    static NotebookPage open(Page page, String address) {
        page.navigate(address);
        NotebookPage notebook = new NotebookPage(page);
        notebook.cells().first().waitFor();
        // A page that has just opened says 'idle' for a moment, before it starts its kernel.
        notebook.await(CONNECTING, KERNEL_START);
        notebook.await(READY, KERNEL_START);
        return notebook;
    }

    /** Run > Run All Cells. */
    void runAll() {
        choose("Run", "runmenu:run-all");
    }

    /** Edit > Clear Outputs of All Cells, so that nothing saved is taken for something new. */
    void clearOutputs() {
        choose("Edit", "editmenu:clear-all");
    }

    /** Kernel > Interrupt Kernel. */
    void interrupt() {
        choose("Kernel", "kernelmenu:interrupt");
    }

    /** Runs the code cell with this index among all cells, counted from 0. */
    void run(int cell) {
        cells().nth(cell).locator(".jp-InputArea-prompt").click();
        choose("Run", "runmenu:run");
    }

    private void choose(String menu, String command) {
        page.locator(".lm-MenuBar-item")
                .filter(new Locator.FilterOptions().setHasText(exactly(menu)))
                .click();
        page.locator(".lm-Menu-item[data-command='" + command + "']").click();
    }

    private static Pattern exactly(String text) {
        return Pattern.compile("^" + text + "$");
    }

    /** Waits until the kernel has nothing to do. */
    void awaitIdle(Duration limit) {
        await(IDLE, limit);
    }

    private void await(String selector, Duration limit) {
        page.locator(selector).first().waitFor(new Locator.WaitForOptions().setTimeout((double) limit.toMillis()));
    }

    /** Waits until no cell waits or runs. */
    void awaitAllRun(Duration limit) {
        page.locator(".jp-Notebook-cell .jp-InputPrompt", new Page.LocatorOptions().setHasText("[*]"))
                .first()
                .waitFor(new Locator.WaitForOptions()
                        .setState(WaitForSelectorState.DETACHED)
                        .setTimeout((double) limit.toMillis()));
        awaitIdle(limit);
    }

    /** Distinct positions of the progress bar, in percent, as they are seen until this many were. */
    List<Double> barPositions(int wanted, Duration limit) {
        List<Double> seen = new ArrayList<>();
        long end = System.nanoTime() + limit.toNanos();
        while (seen.size() < wanted && System.nanoTime() < end) {
            for (String value : texts(BAR, "aria-valuenow")) {
                double position = Double.parseDouble(value);
                if (!seen.contains(position)) {
                    seen.add(position);
                }
            }
            page.waitForTimeout(50);
        }
        return seen;
    }

    @SuppressWarnings("unchecked")
    private List<String> texts(String selector, String attribute) {
        return (List<String>) page.locator(selector)
                .evaluateAll("(nodes, name) => nodes.map(node => node.getAttribute(name))", attribute);
    }

    /** Whether a bar is visible: something still claims to run. */
    boolean hasBar() {
        return page.locator(BAR).count() > 0;
    }

    /** Waits until the cell with this index shows a picture wider than so many pixels, drawn and not broken. */
    void awaitPicture(int cell, int width, Duration limit) {
        page.waitForFunction(
                """
                ([cell, width]) => {
                  const node = document.querySelectorAll('.jp-Notebook-cell')[cell];
                  return [...node.querySelectorAll('.jp-OutputArea-output svg, .jp-OutputArea-output img')].some(
                      picture => picture.getBoundingClientRect().width > width
                          && (picture.tagName !== 'IMG' || picture.naturalWidth > 0));
                }""", List.of(cell, width), new Page.WaitForFunctionOptions().setTimeout((double) limit.toMillis()));
    }

    /** How many code cells have not run to their end: JupyterLab gives those no number. */
    int unfinished() {
        return page.locator(".jp-CodeCell .jp-InputPrompt")
                .filter(new Locator.FilterOptions().setHasText(Pattern.compile("\\[[ *]\\]")))
                .count();
    }

    /** For each text the index of the first cell whose source holds it. */
    List<Integer> cellsThatHold(String... texts) {
        List<String> sources = cells().locator(".jp-Cell-inputArea").allInnerTexts();
        return Stream.of(texts)
                .map(text -> IntStream.range(0, sources.size())
                        .filter(cell -> sources.get(cell).contains(text))
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("No cell holds '" + text + "'.")))
                .toList();
    }

    /** What the cell with this index shows below its source, as text. */
    String output(int cell) {
        return String.join(
                "\n", cells().nth(cell).locator(".jp-OutputArea-output").allInnerTexts());
    }

    /** Red outputs: what was written to the error stream, and errors of cells that failed. */
    List<String> redOutputs() {
        return page.locator(RED).allInnerTexts();
    }

    /** Waits until the cell's output holds this text. */
    void awaitOutput(int cell, String text, Duration limit) {
        try {
            cells().nth(cell)
                    .locator(".jp-OutputArea-output")
                    .filter(new Locator.FilterOptions().setHasText(text))
                    .first()
                    .waitFor(new Locator.WaitForOptions().setTimeout((double) limit.toMillis()));
        } catch (TimeoutError e) {
            throw new AssertionError(
                    "Cell %d did not show '%s'. The kernel: %s. The cell shows: %s"
                            .formatted(cell, text, texts(INDICATOR, "data-status"), output(cell)),
                    e);
        }
    }

    /** Saves what is visible, with the cell of this index scrolled into view. */
    void screenshot(Path file, int cell) {
        cells().nth(cell).scrollIntoViewIfNeeded();
        page.screenshot(new Page.ScreenshotOptions().setPath(file));
    }

    private Locator cells() {
        return page.locator(".jp-Notebook-cell");
    }
}
