package org.mtl4j.train;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.mtl4j.bytes.State;
import org.mtl4j.data.Batch;
import org.mtl4j.tensor.Gram;
import org.mtl4j.tensor.Parameter;
import org.mtl4j.tensor.Parameters;

/** Mutable: sums up the steps of an epoch, tells the listener, and sees to it that losses are finite. */
final class Reporter {

    private final Training.Audience audience;
    private final List<String> tasks;
    private final int plannedEpochs;
    private final long steps;
    private final Stepper stepper;
    private final double[] lossSums;
    private final long[] rows;
    private final double[] weightSums;
    private final double[] lastFinite;
    private double couplingSum;
    private int epoch;
    private long epochSteps;
    private long before;
    private long start;
    private long lastReport;
    private int seenProbes;
    private long pairs;
    private long negativePairs;

    Reporter(Training.Audience audience, List<String> tasks, int plannedEpochs, long steps, Stepper stepper) {
        this.audience = audience;
        this.tasks = tasks;
        this.plannedEpochs = plannedEpochs;
        this.steps = steps;
        this.stepper = stepper;
        lossSums = new double[tasks.size()];
        rows = new long[tasks.size()];
        weightSums = new double[tasks.size()];
        lastFinite = new double[tasks.size()];
        Arrays.fill(lastFinite, Double.NaN);
    }

    void start() {
        lastReport = System.nanoTime();
        start = lastReport - before;
        String from = stepper.steps() == 0 ? "" : ", from step " + stepper.steps() + " on";
        audience.listener().started(new TrainingListener.Started(audience.title() + from, tasks, plannedEpochs, steps));
    }

    void beginEpoch(int number) {
        epoch = number;
        epochSteps = 0;
        Arrays.fill(lossSums, 0);
        Arrays.fill(rows, 0);
        Arrays.fill(weightSums, 0);
        couplingSum = 0;
    }

    /** An ending if a loss of the last step is NaN or infinite. */
    @Nullable
    Ending checkFinite(int epochNumber) {
        double[] losses = stepper.losses();
        for (int t = 0; t < losses.length; t++) {
            if (!Double.isFinite(losses[t])) {
                return diverged(t, "its loss", losses[t], epochNumber);
            }
        }
        for (int t = 0; t < losses.length; t++) {
            lastFinite[t] = losses[t];
        }
        return null;
    }

    /** An ending if the epoch's last update, which no training loss has seen, broke the net. */
    @Nullable
    Ending checkEpoch(int epochNumber, Validation validation, List<Double> losses) {
        int task = validation.broken(losses);
        if (task >= 0) {
            return diverged(task, "its validation loss", losses.get(task), epochNumber);
        }
        Parameters parameters = stepper.graph().tape().parameters();
        for (Parameter parameter : parameters.list()) {
            for (float value : parameters.copyOf(parameter)) {
                if (!Float.isFinite(value)) {
                    String what = "Parameter '%s' became %s".formatted(parameter.name(), value);
                    return new Ending.Diverged("", epochNumber, lastStep(), message(what, epochNumber));
                }
            }
        }
        return null;
    }

    private Ending diverged(int task, String what, double loss, int epochNumber) {
        String words = "Task '%s': %s became %s".formatted(tasks.get(task), what, loss);
        return new Ending.Diverged(tasks.get(task), epochNumber, lastStep(), message(words, epochNumber));
    }

    private int lastStep() {
        return (int) stepper.steps() - 1;
    }

    private String message(String what, int epochNumber) {
        StringBuilder last = new StringBuilder();
        for (int t = 0; t < lastFinite.length; t++) {
            last.append(t == 0 ? "" : ", ").append(String.format(Locale.ROOT, "%s %.4g", tasks.get(t), lastFinite[t]));
        }
        return String.format(
                Locale.ROOT,
                "%s in epoch %d, step %d, at learning rate %.3g. The last finite losses were: %s.\n"
                        + "Lower the rate, clip the gradient with .clipNorm(1), or look for extreme values in the data.",
                what,
                epochNumber,
                lastStep(),
                stepper.lastRate(),
                last);
    }

    void afterStep(Batch batch, List<Epoch> epochs, List<Probe> probes) {
        epochSteps++;
        for (int t = 0; t < lossSums.length; t++) {
            lossSums[t] += stepper.losses()[t] * batch.labelled(t);
            rows[t] += batch.labelled(t);
            weightSums[t] += stepper.weights()[t];
        }
        couplingSum += stepper.graph().coupling().lambda() * stepper.coupling();
        if (System.nanoTime() - lastReport >= Listening.PROGRESS_EVERY.toNanos()) {
            report(epochs, probes);
        }
    }

    Epoch epoch(int number, List<Double> validation, double criterion) {
        return new Epoch(
                number,
                (int) stepper.steps(),
                means(),
                validation,
                criterion,
                Arrays.stream(weightSums).mapToObj(sum -> sum / epochSteps).toList(),
                couplingSum / epochSteps,
                stepper.lastRate(),
                elapsed());
    }

    private List<Double> means() {
        Double[] means = new Double[lossSums.length];
        for (int t = 0; t < means.length; t++) {
            means[t] = rows[t] == 0 ? Double.NaN : lossSums[t] / rows[t];
        }
        return List.of(means);
    }

    void afterEpoch(List<Epoch> epochs, List<Probe> probes) {
        if (System.nanoTime() - lastReport >= Listening.PROGRESS_EVERY.toNanos()) {
            report(epochs, probes);
        }
    }

    private void report(List<Epoch> epochs, List<Probe> probes) {
        lastReport = System.nanoTime();
        double seconds = (lastReport - start) / 1e9;
        double perSecond = stepper.steps() / seconds;
        Duration remaining = Duration.ofMillis((long) (1000 * (steps - stepper.steps()) / perSecond));
        audience.listener()
                .progress(new TrainingListener.Progress(
                        epoch,
                        stepper.steps(),
                        steps,
                        means(),
                        Arrays.stream(stepper.weights()).boxed().toList(),
                        conflictShare(probes),
                        perSecond,
                        remaining,
                        List.copyOf(epochs)));
    }

    private double conflictShare(List<Probe> probes) {
        for (; seenProbes < probes.size(); seenProbes++) {
            Gram gram = probes.get(seenProbes).total();
            for (int i = 0; i < gram.tasks(); i++) {
                for (int j = 0; j < i; j++) {
                    double cosine = gram.cosine(i, j);
                    pairs += Double.isNaN(cosine) ? 0 : 1;
                    negativePairs += cosine < 0 ? 1 : 0;
                }
            }
        }
        return pairs == 0 ? Double.NaN : (double) negativePairs / pairs;
    }

    void end(History history) {
        audience.listener().ended(history);
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** Tells, or takes back, the sums of the running epoch, and the time that has gone. */
    void state(State state) {
        before = state.number("elapsed", start == 0 ? 0 : elapsed().toNanos());
        epoch = (int) state.number("epoch", epoch);
        epochSteps = state.number("batches of the epoch", epochSteps);
        state.reals("loss sums", lossSums);
        state.numbers("labelled rows", rows);
        state.reals("weight sums", weightSums);
        state.reals("last finite losses", lastFinite);
        couplingSum = state.real("coupling sum", couplingSum);
    }
}
