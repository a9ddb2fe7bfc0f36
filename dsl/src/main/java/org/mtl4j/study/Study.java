package org.mtl4j.study;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mtl4j.data.Split;
import org.mtl4j.fitted.Lineage;
import org.mtl4j.fitted.Net;
import org.mtl4j.fitted.Score;
import org.mtl4j.fitted.Scores;
import org.mtl4j.sharing.Graph;
import org.mtl4j.task.Task;
import org.mtl4j.train.History;
import org.mtl4j.train.Prepared;
import org.mtl4j.train.Spec;
import org.mtl4j.train.Training;
import org.mtl4j.train.TrainingListener;

/** Trains all that a design names, side by side, one thread each: the same bits on any number of workers. */
public final class Study {

    private final Design design;
    private final Split split;
    private final Map<List<Object>, Feed> feeds = new HashMap<>();

    private final int workers;

    private Study(Design design, Split split, int workers) {
        this.design = design;
        this.split = split;
        this.workers = workers;
    }

    /**
     * A study of these data.
     *
     * @param workers threads
     * @throws IllegalArgumentException if the data do not fit the design
     */
    public static Study of(Design design, Split split, int workers) {
        check(design, split);
        return new Study(design, split, workers);
    }

    /** How long it will take. */
    public Estimate estimate() {
        return Estimate.of(design, this, workers);
    }

    /**
     * Trains and answers the trials, in the order of {@link Design#trials}. An interrupt of the caller ends it; what had
     * not ended then is {@link Trial.State#NOT_RUN}.
     *
     * @param title what is done, for the listener
     */
    public List<Trial> run(String title, TrainingListener listener) {
        Duration estimate = estimate().total();
        List<TrialSpec> specs = design.trials();
        List<@Nullable Trial> ended = Workers.run(title, tasks(specs), workers, estimate, listener);
        List<Trial> trials = new ArrayList<>();
        for (int i = 0; i < specs.size(); i++) {
            Trial trial = ended.get(i);
            trials.add(trial == null ? Trial.notRun(specs.get(i)) : trial);
        }
        return trials;
    }

    /** Draws what every seed draws, and fails where a training would before its first step. */
    private static void check(Design design, Split split) {
        if (design.cells().isEmpty()) {
            throw new IllegalArgumentException(
                    "ablate(): there is nothing to compare: %s%n%s"
                            .formatted(
                                    design.leftOut().entrySet().stream()
                                            .map(entry -> Design.leftOut(entry.getKey(), entry.getValue()))
                                            .collect(Collectors.joining(" ")),
                                    "Train at least two tasks together, and balance them by their losses where nothing is shared."));
        }
        Spec whole = design.whole();
        for (long seed : design.axes().repeats().list()) {
            for (LabelCount count : design.axes().labels()) {
                Split drawn = count.of(design.axes().repeats().split(split, seed), whole.tasks());
                Prepared prepared = whole.prepare(drawn.redraw(drawn.seed())); // whose parts go when this is checked
                whole.tasks().forEach(task -> requireJudged(task, prepared));
            }
        }
    }

    private static void requireJudged(Task<?> task, Prepared prepared) {
        if (prepared.validation().target(task.name()).labelled() == 0) {
            throw new IllegalArgumentException(
                    "ablate(): no validation row carries a label of '%s', so neither its rate nor its epoch can be chosen.%nSplit so that labelled rows reach the validation part, or leave the task out."
                            .formatted(task.name()));
        }
    }

    private List<Callable<Trial>> tasks(List<TrialSpec> specs) {
        List<Callable<Trial>> tasks = new ArrayList<>();
        for (TrialSpec spec : specs) {
            Feed feed = feed(spec);
            feed.expect();
            tasks.add(() -> trained(spec, feed));
        }
        return tasks;
    }

    private Feed feed(TrialSpec spec) {
        LabelCount labels = spec.cell().labels();
        return feeds.computeIfAbsent(List.of(spec.seed(), labels), key -> {
            Split drawn = design.axes().repeats().split(split, spec.seed());
            return new Feed(design.whole(), labels.of(drawn, design.recipe().tasks()));
        });
    }

    /** The time of one training, estimated; 0 if it fails. */
    double seconds(TrialSpec trial) {
        if (trial.cell().control().isPresent()) {
            return 0; // how long another trainer takes is not known from a piece
        }
        try {
            Feed.Portion portion = feed(trial).portion(trial.cell().tasks());
            return Estimate.seconds(spec(trial, portion), portion.prepared(), portion.steps());
        } catch (RuntimeException error) {
            return 0; // it fails again as a trial, whose row has the text
        }
    }

    private Spec spec(TrialSpec trial, Feed.Portion portion) {
        return trial.spec(
                design.recipe(), portion.steps(), portion.prepared().train().rows());
    }

    private Trial trained(TrialSpec trial, Feed feed) {
        long start = System.nanoTime();
        try {
            Control control = trial.cell().control().orElse(null);
            return control == null
                    ? trained(trial, feed.portion(trial.cell().tasks()))
                    : scored(trial, control, feed.split());
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError | OutOfMemoryError error) {
            return Trial.failed(trial, error, (System.nanoTime() - start) / 1e9); // a row of its own, not a lost study
        } finally {
            feed.release();
        }
    }

    private Trial trained(TrialSpec trial, Feed.Portion portion) {
        Prepared prepared = portion.prepared();
        Spec spec = spec(trial, portion);
        Graph graph = spec.graph(prepared);
        History history =
                Training.run(graph, spec.plan(), prepared.train(), prepared.validation(), Training.Audience.NOBODY);
        return Trial.of(trial, history, scores(spec, graph, portion));
    }

    private Trial scored(TrialSpec trial, Control control, Split whole) {
        long start = System.nanoTime();
        int repeat = design.axes().repeats().list().indexOf(trial.seed());
        List<Score> scores = List.of(control.trainer().score(whole, repeat));
        return Trial.scored(trial, scores, (System.nanoTime() - start) / 1e9);
    }

    private static List<Score> scores(Spec spec, Graph graph, Feed.Portion portion) {
        Split split = portion.split();
        Lineage lineage = Lineage.of(
                spec.lines().lines().toList(),
                spec.plan().seed(),
                split.train().origin(),
                OffsetDateTime.now(ZoneOffset.UTC));
        Net net = Net.of(graph, split.train(), portion.prepared().standardisation(), lineage);
        Scores test = Scores.of(net, split.test(), "test");
        List<Score> scores = new ArrayList<>();
        spec.tasks().forEach(task -> scores.add(test.main(task)));
        return scores;
    }
}
