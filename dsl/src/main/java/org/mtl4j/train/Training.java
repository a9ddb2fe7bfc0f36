package org.mtl4j.train;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.mtl4j.balance.Balancer;
import org.mtl4j.data.Batch;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.sharing.Graph;
import org.mtl4j.tensor.Draws;
import org.mtl4j.tensor.Tape;

/**
 * Engine API. Trains a graph in place: batches in a seeded order, one {@link Stepper#step} each, validation after each
 * epoch, the best parameters at the end. Mutable: the state of one training.
 *
 * <p>An interrupt of the thread ends it after the running step; the interrupt is taken, and what was learned is kept. A
 * loss that is not finite ends it too, with the parameters of the last epoch whose losses were finite.
 */
public final class Training {

    private static final long ORDER_STREAM = 0x6f72646572L;
    private static final long STEP_STREAM = 0x73746570L;

    private final Graph graph;
    private final Plan plan;
    private final MultiTaskData train;
    private final Stepper stepper;
    private final Validation validation;
    private final Batch batch;
    private final int[] order;
    private final RandomGenerator random;
    private final int perEpoch;
    private final long steps;
    private final int watchEvery;
    private final Best best;
    private final Reporter reporter;
    private final List<Epoch> epochs = new ArrayList<>();
    private final List<Probe> probes = new ArrayList<>();
    private long probing;

    private Training(Graph graph, Plan plan, MultiTaskData train, MultiTaskData validate, Audience audience) {
        this.graph = graph;
        this.plan = plan;
        this.train = train;
        List<String> names = graph.tasks();
        perEpoch = (train.rows() + plan.batch() - 1) / plan.batch();
        steps = plan.length().steps(perEpoch);
        stepper = new Stepper(graph, plan.balancer(), plan.optimiser(), steps, plan.batch(), plan.seed() ^ STEP_STREAM);
        stepper.trainingLabels(
                names.stream().mapToLong(name -> train.target(name).labelled()).toArray());
        watchEvery = watchEvery();
        if (watchEvery > 0 && plan.balancer().needs() == Balancer.Needs.LOSSES) {
            stepper.reserveProbes(plan.batch());
        }
        validation = new Validation(graph, validate, plan.stopping(), plan.batch());
        batch = new Batch(train, names, plan.batch());
        order = IntStream.range(0, train.rows()).toArray();
        random = Draws.generator(plan.seed() ^ ORDER_STREAM);
        Tape tape = graph.tape();
        best = new Best(List.of(tape.parameters().values(), tape.buffers().values()), plan.stopping());
        int planned = (int) ((steps + perEpoch - 1) / perEpoch);
        reporter = new Reporter(audience, names, planned, steps, stepper);
    }

    private int watchEvery() {
        if (Stepper.probedLayers(graph).isEmpty() || graph.objectives().size() < 2) {
            return 0;
        }
        return Stepper.gramIsFree(plan.balancer())
                ? (int) ((steps + Plan.MOST_PROBES - 1) / Plan.MOST_PROBES)
                : plan.watchEvery();
    }

    /**
     * Who hears of a training.
     *
     * @param title what is trained, in the user's words
     * @param listener told on the training's own thread
     */
    public record Audience(String title, TrainingListener listener) {

        /** Nobody: for trainings beside each other, whose caller reports. */
        public static final Audience NOBODY = new Audience("", Listening.SILENT);
    }

    /**
     * Trains the graph and answers the record of it.
     *
     * @param graph its parameters are trained in place
     * @param train standardised rows, targets as the losses take them; {@link Plan#check} holds
     * @param validate rows of the same kind
     * @param audience who hears of it
     */
    public static History run(Graph graph, Plan plan, MultiTaskData train, MultiTaskData validate, Audience audience) {
        return new Training(graph, plan, train, validate, audience).run();
    }

    private History run() {
        reporter.start();
        History history;
        try {
            Ending ending = train();
            best.restore();
            history = history(ending);
        } catch (RuntimeException | Error e) {
            reporter.end(history(new Ending.Failed(String.valueOf(e.getMessage()))));
            throw e;
        }
        reporter.end(history);
        return history;
    }

    private Ending train() {
        while (stepper.steps() < steps) {
            Ending early = epoch(epochs.size() + 1);
            if (early != null) {
                return early;
            }
        }
        return new Ending.Completed();
    }

    private History history(Ending ending) {
        return new History(
                graph.tasks(),
                Stepper.probedLayers(graph),
                graph.isShared() ? History.Compared.SHARED : History.Compared.CORRESPONDING,
                epochs,
                probes,
                watchEvery,
                best.epoch(),
                plan.stopping().criterion(),
                ending,
                reporter.elapsed(),
                Duration.ofNanos(probing));
    }

    /** One pass over the training part; answers an ending if the training ends with it. */
    private @Nullable Ending epoch(int number) {
        Draws.shuffle(order, random);
        reporter.beginEpoch(number);
        stepper.beginEpoch(number - 1);
        for (int from = 0; from < train.rows() && stepper.steps() < steps; from += plan.batch()) {
            if (Thread.interrupted()) {
                return new Ending.Interrupted();
            }
            batch.fill(order, from, Math.min(train.rows(), from + plan.batch()));
            step(number);
            Ending diverged = reporter.checkFinite(number);
            if (diverged != null) {
                best.diverged();
                forgetProbe();
                return diverged;
            }
            reporter.afterStep(batch, epochs, probes);
        }
        return endEpoch(number);
    }

    private void step(int epoch) {
        boolean watched = watchEvery > 0 && stepper.steps() % watchEvery == 0;
        boolean gramIsFree = Stepper.gramIsFree(plan.balancer());
        if (watched && !gramIsFree) {
            long start = System.nanoTime();
            probes.add(stepper.probe(batch, epoch));
            probing += System.nanoTime() - start;
        }
        stepper.step(batch);
        if (watched && gramIsFree) {
            probes.add(stepper.lastProbe(epoch));
        }
    }

    /** Drops the Gram of the step that diverged: it has no cosines. */
    private void forgetProbe() {
        int last = probes.size() - 1;
        if (last >= 0 && probes.get(last).step() == stepper.steps() - 1) {
            probes.remove(last);
        }
    }

    private @Nullable Ending endEpoch(int number) {
        List<Double> losses = validation.losses();
        Ending diverged = reporter.checkEpoch(number, validation, losses);
        if (diverged != null) {
            best.diverged();
            return diverged;
        }
        double criterion = validation.criterion(losses);
        epochs.add(reporter.epoch(number, losses, criterion));
        best.hear(number, criterion);
        reporter.afterEpoch(epochs, probes);
        return best.isExhausted(number)
                ? new Ending.EarlyStopped(plan.stopping().patience())
                : null;
    }
}
