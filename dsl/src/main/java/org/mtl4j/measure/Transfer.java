package org.mtl4j.measure;

import java.util.List;
import java.util.stream.Collectors;
import org.mtl4j.show.Show;
import org.mtl4j.show.Table;

/**
 * What learning together did to each task: the gain of joint over single-task training, paired by seed, with intervals.
 *
 * <p>A gain is joint minus single-task where higher is better, the reverse where lower is: positive is always better.
 * The verdict is 'gain' or 'harm' where the 95 % t interval of the mean excludes 0, else 'undecided'.
 *
 * @param tasks one entry per task and metric
 * @param covers what varies from seed to seed, which is the uncertainty that the intervals cover: {@link #NEW_SPLITS}
 *     or {@link #ONE_SPLIT}, or other words
 * @param tuning how the learning rates of both sides were chosen, in a sentence
 * @param seeds the seeds, one per pair
 */
public record Transfer(List<TaskTransfer> tasks, String covers, String tuning, List<Long> seeds) implements Show {

    /** Each seed draws its own split. */
    public static final String NEW_SPLITS = "new split, initialisation and order";

    /** All seeds share one split. */
    public static final String ONE_SPLIT = "initialisation and order on one split";

    public Transfer {
        tasks = List.copyOf(tasks);
        seeds = List.copyOf(seeds);
        if (tasks.isEmpty()) {
            throw new IllegalArgumentException("Transfer of no tasks.\nName one task or more.");
        }
        for (TaskTransfer task : tasks) {
            if (task.single().size() != seeds.size()) {
                throw new IllegalArgumentException(
                        "Task '%s': %d pairs of values but %d seeds.\nGive one pair per seed."
                                .formatted(task.task(), task.single().size(), seeds.size()));
            }
        }
    }

    /** The same as the constructor, for a chain that reads as a sentence. */
    public static Transfer of(List<TaskTransfer> tasks, String covers, String tuning, List<Long> seeds) {
        return new Transfer(tasks, covers, tuning, seeds);
    }

    /** The entries of one task. */
    public List<TaskTransfer> task(String name) {
        List<TaskTransfer> found =
                tasks.stream().filter(each -> each.task().equals(name)).toList();
        if (found.isEmpty()) {
            throw new IllegalArgumentException("There is no task '%s'.\nThe tasks are %s."
                    .formatted(
                            name,
                            tasks.stream().map(TaskTransfer::task).distinct().toList()));
        }
        return found;
    }

    /** The entries with this verdict. */
    public List<TaskTransfer> with(Verdict verdict) {
        return tasks.stream().filter(each -> each.verdict() == verdict).toList();
    }

    /** Whether delta-m is defined: every baseline is finite and positive. */
    public boolean hasDeltaM() {
        return tasks.stream().allMatch(each -> each.meanSingle() > 0);
    }

    /**
     * Delta-m of the mean joint scores against the mean single-task scores over the seeds.
     *
     * @throws IllegalArgumentException unless {@link #hasDeltaM()}
     */
    public DeltaM deltaM() {
        if (!hasDeltaM()) {
            throw new IllegalArgumentException(noDeltaM());
        }
        return new DeltaM(tasks.stream()
                .map(each -> new DeltaM.Term(each.task(), each.metric(), each.meanSingle(), each.meanJoint()))
                .toList());
    }

    private String noDeltaM() {
        TaskTransfer first = tasks.stream()
                .filter(each -> !(each.meanSingle() > 0))
                .findFirst()
                .orElseThrow();
        return "delta-m divides by the single-task scores: %s of task '%s' is %s.\nTake a metric that is positive."
                .formatted(first.metric().name(), first.task(), Table.number(first.meanSingle()));
    }

    /** One sentence: how many tasks gained, were harmed, are undecided. */
    public String summary() {
        return "%d seed%s: %s gained, %s harmed, %s undecided."
                .formatted(
                        seeds.size(),
                        seeds.size() == 1 ? "" : "s",
                        names(Verdict.GAIN),
                        names(Verdict.HARM),
                        names(Verdict.UNDECIDED));
    }

    private String names(Verdict verdict) {
        List<TaskTransfer> found = with(verdict);
        if (found.isEmpty()) {
            return "none";
        }
        return found.size() > 5
                ? found.size() + " of " + tasks.size()
                : found.stream().map(TaskTransfer::task).collect(Collectors.joining(", "));
    }

    private Table table() {
        Table table = Table.titled("Joint against single-task training")
                .columns("task", "metric", "single", "joint", "gain (positive is better)", "verdict");
        for (TaskTransfer each : tasks) {
            table = table.row(
                    each.task(),
                    each.metric().toString(),
                    each.meanSingle(),
                    each.meanJoint(),
                    each.interval().toString(),
                    each.verdict().toString());
        }
        table = table.note(summary())
                .note("The intervals cover " + covers + ".")
                .note(tuning)
                .note("Seeds: " + seeds.stream().map(String::valueOf).collect(Collectors.joining(", ")) + ".");
        return caveats(table)
                .note(hasDeltaM() ? deltaM().sentence() : noDeltaM().replace('\n', ' '));
    }

    private Table caveats(Table table) {
        if (seeds.size() == 1) {
            table = table.note("One seed gives no interval, so every verdict is undecided: use seeds(5) or more.");
        } else if (tasks.size() > 1) {
            table = table.note("Each interval stands alone: not adjusted for the " + tasks.size() + " comparisons.");
        }
        for (TaskTransfer each : tasks) {
            if (each.leftOut() > 0) {
                table = table.note("Task '%s': %d of %d pairs left out, a training has no finite %s."
                        .formatted(
                                each.task(),
                                each.leftOut(),
                                seeds.size(),
                                each.metric().name()));
            }
        }
        return table;
    }

    @Override
    public String toString() {
        return table().toString();
    }

    @Override
    public String toHtml() {
        return table().toHtml();
    }
}
