package org.mtl4j.benchmarks;

import static org.mtl4j.Mtl.ablate;
import static org.mtl4j.Mtl.adam;
import static org.mtl4j.Mtl.equal;
import static org.mtl4j.Mtl.hard;
import static org.mtl4j.Mtl.mlp;
import static org.mtl4j.Mtl.pcgrad;
import static org.mtl4j.Mtl.task;
import static org.mtl4j.Mtl.uncertainty;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.dflib.DataFrame;
import org.mtl4j.Ablation;
import org.mtl4j.AblationResult;
import org.mtl4j.Recipe;
import org.mtl4j.Run;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.data.Split;
import org.mtl4j.datasets.Datasets;
import org.mtl4j.task.Task;

/**
 * Times a study as a user writes it, then what it is made of, and prints one line of JSON: the study in a fresh process
 * (the JIT's work counted), the same warm on one thread and on all, and predictions of one net of four tasks beside four
 * nets of one.
 *
 * <pre>{@code
 * StudyTime --epochs 20 --seeds 3 --jobs 2
 * }</pre>
 */
public final class StudyTime {

    /** The warm study runs so often on one thread and on all, in turn; the fastest counts. */
    private static final int WARM_REPEATS = 2;

    private static final double WARM_SECONDS = 2;
    private static final double PREDICT_SECONDS = 2;

    private static final List<Task<?>> TASKS = List.of(
            task("value").regression(),
            task("wage").regression(),
            task("overall").regression(),
            task("potential").regression());

    private StudyTime() {}

    /** Runs the measurement. */
    public static void main(String[] arguments) {
        Options options = new Options(arguments);
        int epochs = options.whole("epochs", 20);
        int seeds = options.whole("seeds", 3);
        int jobs = options.whole("jobs", 2);
        Split players = Datasets.fifa();
        players.parts(); // drawn: the clock starts with the data in memory
        Ablation study = ablate(recipe(TASKS, epochs))
                .subsets()
                .balance(equal(), uncertainty(), pcgrad())
                .withoutTunedFixed() // the peers train none
                .seeds(seeds);
        long start = System.nanoTime();
        AblationResult result = study.workers(jobs).run(players);
        double cold = seconds(start);
        double process = (System.currentTimeMillis()
                        - ManagementFactory.getRuntimeMXBean().getStartTime())
                / 1e3;
        double single = 0;
        double warm = 0;
        for (int repeat = 0; repeat < WARM_REPEATS; repeat++) {
            single = Math.max(single, perMinute(study.workers(1), players));
            warm = Math.max(warm, perMinute(study.workers(jobs), players));
        }
        Line line = new Line()
                .put("jobs", jobs)
                .put("epochs", epochs)
                .put("trials", Math.toIntExact(study.trainings()))
                .put("seconds", cold)
                .put("process_seconds", process)
                .put("per_minute", 60 * study.trainings() / cold)
                .put("single_per_minute", single)
                .put("warm_per_minute", warm)
                .put("predict_rows", predictTogether(players, epochs))
                .put("predict_single_rows", predictSingly(players, epochs))
                .json("r2", jointScores(result))
                .process();
        System.out.println(line);
    }

    private static Recipe recipe(List<Task<?>> tasks, int epochs) {
        return hard(mlp(64, 64))
                .tasks(tasks.toArray(Task<?>[]::new))
                .optimise(adam(1e-3))
                .batch(64)
                .epochs(epochs)
                .watchConflict(0);
    }

    private static double perMinute(Ablation study, Split players) {
        long start = System.nanoTime();
        study.run(players);
        return 60 * study.trainings() / seconds(start);
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static double predictTogether(Split players, int epochs) {
        return rowsASecond(List.of(recipe(TASKS, epochs).fit(players)), players.train());
    }

    private static double predictSingly(Split players, int epochs) {
        List<Run> runs = new ArrayList<>();
        for (Task<?> task : TASKS) {
            runs.add(recipe(List.of(task), epochs).fit(players));
        }
        return rowsASecond(runs, players.train());
    }

    /** Rows a second of which all runs have predicted their tasks, once all is compiled. */
    private static double rowsASecond(List<Run> runs, MultiTaskData rows) {
        rowsASecond(runs, rows, WARM_SECONDS);
        return rowsASecond(runs, rows, PREDICT_SECONDS);
    }

    private static double rowsASecond(List<Run> runs, MultiTaskData rows, double seconds) {
        long predicted = 0;
        long start = System.nanoTime();
        while (seconds(start) < seconds) {
            for (Run run : runs) {
                predicted += run.predict(rows).rows();
            }
        }
        return predicted / (seconds(start) * runs.size());
    }

    /** R2 of all tasks together under equal weights, mean over seeds, as JSON: the peers' scripts print the same. */
    private static String jointScores(AblationResult result) {
        DataFrame trials = result.trials();
        String all = TASKS.stream().map(Task::name).collect(Collectors.joining(" + "));
        List<String> fields = new ArrayList<>();
        for (Task<?> task : TASKS) {
            double sum = 0;
            int count = 0;
            for (int row = 0; row < trials.height(); row++) {
                if (all.equals(trials.get("subset", row)) && "equal()".equals(trials.get("balance", row))) {
                    sum += (Double) trials.get(task.name() + " R2", row);
                    count++;
                }
            }
            fields.add(String.format(Locale.ROOT, "\"%s\": %.3f", task.name(), sum / count));
        }
        return "{" + String.join(", ", fields) + "}";
    }
}
