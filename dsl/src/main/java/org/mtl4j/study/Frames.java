package org.mtl4j.study;

import static org.dflib.Extractor.$col;
import static org.dflib.Extractor.$double;
import static org.dflib.Extractor.$int;
import static org.dflib.Extractor.$long;

import java.util.ArrayList;
import java.util.List;
import org.dflib.DataFrame;
import org.dflib.Extractor;
import org.dflib.builder.DataFrameArrayByRowBuilder;
import org.jspecify.annotations.Nullable;
import org.mtl4j.measure.Interval;
import org.mtl4j.task.Task;

/** Results as DFLib data frames; a number that does not exist is NaN. */
public final class Frames {

    private Frames() {}

    /** One row per task of each cell, means over the seeds that count; 'spent' are the trainings that it was chosen from. */
    public static DataFrame effects(Results results) {
        Columns columns = new Columns()
                .words("task", "subset", "sharing", "balance", "labels", "metric")
                .numbers("value", "single", "difference", "low", "high", "delta-m", "sum of weights", "rate", "seconds")
                .whole("seeds")
                .words("status")
                .whole("spent")
                .words("chosen");
        var rows = columns.builder().appender();
        for (Cell cell : results.design().cells()) {
            for (Effect effect : results.effects(cell)) {
                rows.append(row(results, effect));
            }
        }
        return rows.toDataFrame();
    }

    private static Object[] row(Results results, Effect effect) {
        Cell cell = effect.cell();
        Interval interval = effect.transfer().interval();
        Summary summary = Summary.of(results, cell);
        return new Object[] {
            effect.task().name(),
            cell.subset(),
            cell.net(),
            cell.weights(),
            cell.labels().toString(),
            effect.transfer().metric().name(),
            effect.transfer().meanJoint(),
            effect.transfer().meanSingle(),
            interval.mean(),
            interval.low(),
            interval.high(),
            summary.deltaM().mean(),
            summary.sumOfWeights(),
            summary.rate(),
            summary.seconds(),
            interval.n(),
            summary.status(),
            results.spent(cell),
            chosen(results.tuned(cell))
        };
    }

    /** The line of the weights that were chosen; empty where none were. */
    private static String chosen(@Nullable Tuned tuned) {
        return tuned == null || tuned.compared() == 0
                ? ""
                : tuned.chosen().balancer().toString();
    }

    /** One row per training, failed ones too, with a column for the main score of each task. */
    public static DataFrame trials(Results results) {
        List<Task<?>> tasks = results.design().recipe().tasks();
        Columns columns = new Columns()
                .words("kind", "subset", "sharing", "balance", "labels")
                .seeds("seed");
        columns.numbers("rate", "criterion");
        tasks.forEach(task -> columns.numbers(Summary.column(task)));
        columns.numbers("sum of weights", "cosine", "seconds").words("status", "message");
        var rows = columns.builder().appender();
        for (Trial trial : results.trials()) {
            rows.append(row(tasks, trial));
        }
        return rows.toDataFrame();
    }

    private static Object[] row(List<Task<?>> tasks, Trial trial) {
        Cell cell = trial.spec().cell();
        List<Object> row = new ArrayList<>(List.of(
                cell.kind().toString(),
                cell.subset(),
                cell.net(),
                cell.weights(),
                cell.labels().toString(),
                trial.spec().seed(),
                trial.spec().rate(),
                trial.isDone() ? trial.criterion() : Double.NaN));
        tasks.forEach(task -> row.add(trial.score(task.name())));
        row.addAll(List.of(
                trial.sumOfWeights(),
                trial.meanCosine(),
                trial.seconds(),
                trial.state().toString(),
                trial.message()));
        return row.toArray();
    }

    /** Mutable: columns as they are named, with their types. */
    private static final class Columns {
        private final List<String> names = new ArrayList<>();
        private final List<Extractor<Object[], ?>> extractors = new ArrayList<>();

        Columns words(String... more) {
            for (String name : more) {
                int at = names.size();
                add(name, $col(row -> row[at]));
            }
            return this;
        }

        Columns numbers(String... more) {
            for (String name : more) {
                int at = names.size();
                add(name, $double(row -> (Double) row[at]));
            }
            return this;
        }

        Columns whole(String name) {
            int at = names.size();
            return add(name, $int(row -> (Integer) row[at]));
        }

        Columns seeds(String name) {
            int at = names.size();
            return add(name, $long(row -> (Long) row[at]));
        }

        private Columns add(String name, Extractor<Object[], ?> extractor) {
            names.add(name);
            extractors.add(extractor);
            return this;
        }

        @SuppressWarnings("unchecked") // an array of one generic type, as the varargs ask
        DataFrameArrayByRowBuilder builder() {
            return DataFrame.byArrayRow(extractors.toArray(Extractor[]::new)).columnNames(names.toArray(String[]::new));
        }
    }
}
