package org.mtl4j.train;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.mtl4j.balance.Balancer;
import org.mtl4j.bytes.ByteReader;
import org.mtl4j.bytes.ByteWriter;
import org.mtl4j.bytes.State;
import org.mtl4j.data.Batch;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.sharing.Graph;
import org.mtl4j.tensor.Blas;
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
    private final long steps;
    private final int watchEvery;
    private final Best best;
    private final Reporter reporter;
    private final List<Epoch> epochs = new ArrayList<>();
    private final List<Probe> probes = new ArrayList<>();
    private final BalanceLog balanceLog;
    private final @Nullable CheckpointFile file;
    private final String data;
    private long probing;

    /** Epochs begun: the running one too. */
    private int begun;

    /** The row of the running epoch's order that the next batch begins with. */
    private int from;

    private long kept;

    private Training(
            Graph graph,
            Plan plan,
            MultiTaskData train,
            MultiTaskData validate,
            Audience audience,
            @Nullable CheckpointFile file) {
        this.file = file;
        data = file == null ? "" : Fingerprint.of(train, validate);
        this.graph = graph;
        this.plan = plan;
        this.train = train;
        List<String> names = graph.tasks();
        int perEpoch = plan.stepsPerEpoch(train.rows());
        steps = plan.length().steps(perEpoch);
        stepper = new Stepper(graph, plan.balancer(), plan.optimiser(), steps, plan.batch(), plan.seed() ^ STEP_STREAM);
        stepper.trainingLabels(
                names.stream().mapToLong(name -> train.target(name).labelled()).toArray());
        balanceLog = new BalanceLog(graph.objectives().stream()
                .mapToDouble(objective -> objective.task().weight())
                .toArray());
        stepper.drawFrom(train, plan.batch());
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
        if (Gradients.probedLayers(graph).isEmpty() || graph.objectives().size() < 2) {
            return 0;
        }
        return Gradients.gramIsFree(plan.balancer())
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
        return new Training(graph, plan, train, validate, audience, null).run();
    }

    /**
     * The same with a checkpoint: goes on from it where it is there, and writes it as it says, when the training ends, and
     * when it is interrupted.
     *
     * @throws IllegalArgumentException if the file cannot be read or written, or is of another training
     */
    public static History run(Graph graph, Plan plan, Prepared prepared, Audience audience, CheckpointFile file) {
        return new Training(graph, plan, prepared.train(), prepared.validation(), audience, file).run();
    }

    private History run() {
        Blas.holdToOneThread();
        open();
        reporter.start();
        History history;
        try {
            Ending ending = train();
            if (best.epoch() == 0 && !(ending instanceof Ending.Diverged)) {
                stepper.descent().enterAverage();
            }
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
        Ending early = epochs.isEmpty() ? null : exhausted(); // of a training that had stopped
        while (early == null && stepper.steps() < steps) {
            early = epoch();
        }
        return early == null ? new Ending.Completed() : early;
    }

    private History history(Ending ending) {
        return new History(
                graph.tasks(),
                Gradients.probedLayers(graph),
                graph.isShared() ? History.Compared.SHARED : History.Compared.CORRESPONDING,
                epochs,
                probes,
                watchEvery,
                best.epoch(),
                plan.stopping().criterion(),
                ending,
                reporter.elapsed(),
                Duration.ofNanos(probing),
                balanceLog.balancing(stepper.update(), stepper.clock().time()),
                file == null ? List.of() : file.notes());
    }

    /** One pass over the training part, or the rest of one; answers an ending if the training ends with it. */
    private @Nullable Ending epoch() {
        if (begun == epochs.size()) {
            Draws.shuffle(order, random);
            begun++;
            reporter.beginEpoch(begun);
        }
        stepper.beginEpoch(begun - 1);
        while (from < train.rows() && stepper.steps() < steps) {
            if (Thread.interrupted()) {
                keep();
                return new Ending.Interrupted();
            }
            int to = Math.min(train.rows(), from + plan.batch());
            batch.fill(order, from, to);
            long before = stepper.steps();
            step(begun);
            Ending diverged = reporter.checkFinite(begun);
            if (diverged != null) {
                best.diverged();
                forgetProbe();
                return diverged;
            }
            balanceLog.add(before, stepper.weights(), stepper.losses(), stepper.iterations());
            reporter.afterStep(batch, epochs, probes);
            from = to;
            keepIfDue();
        }
        stepper.endEpoch();
        from = 0;
        return endEpoch(begun);
    }

    private void keepIfDue() {
        int every = file == null ? Checkpoint.EPOCHS : file.every();
        if (every != Checkpoint.EPOCHS && stepper.steps() - kept >= every && stepper.steps() < steps) {
            keep();
        }
    }

    /** Goes on from the checkpoint, or begins it. */
    private void open() {
        if (file == null) {
            return;
        }
        ByteReader in = file.open(data);
        if (in == null) {
            file.begin(data, this::write);
            return;
        }
        state(State.from(in));
        epochs.addAll(in.list(HistoryForm::epoch));
        probes.addAll(in.list(HistoryForm::probe));
        balanceLog.read(in);
        in.end();
        for (int e = 0; e < begun; e++) {
            Draws.shuffle(order, random);
        }
        kept = stepper.steps();
    }

    private void keep() {
        if (file != null) {
            kept = stepper.steps();
            file.keep(data, kept, this::write);
        }
    }

    private void write(ByteWriter out) {
        state(State.to(out));
        out.list(epochs, HistoryForm::write);
        out.list(probes, HistoryForm::write);
        balanceLog.write(out);
    }

    private void state(State state) {
        stepper.state(state);
        best.state(state);
        reporter.state(state);
        stepper.clock().state(state);
        begun = (int) state.number("epochs begun", begun);
        from = (int) state.number("rows of the epoch", from);
        probing = state.number("probing", probing);
    }

    private void step(int epoch) {
        boolean gramIsFree = Gradients.gramIsFree(plan.balancer());
        boolean watched = watchEvery > 0 && (gramIsFree ? isUnseen() : isOnBeat());
        if (watched && !gramIsFree) {
            long start = System.nanoTime();
            probes.add(stepper.probe(batch, epoch));
            probing += System.nanoTime() - start;
        }
        long before = stepper.steps();
        stepper.step(batch);
        Probe probe = watched && gramIsFree ? stepper.lastProbe(epoch, before) : null;
        if (probe != null) {
            probes.add(probe);
        }
    }

    private boolean isOnBeat() {
        return stepper.steps() % watchEvery == 0 && stepper.descent().isBetweenSteps();
    }

    /** Whether no Gram was kept since the last beat: a balancer may form none in the very step of the beat. */
    private boolean isUnseen() {
        return probes.isEmpty()
                || stepper.steps() / watchEvery > probes.get(probes.size() - 1).step() / watchEvery;
    }

    /** Drops the Gram of the step that diverged: it has no cosines. */
    private void forgetProbe() {
        int last = probes.size() - 1;
        if (last >= 0 && probes.get(last).step() >= stepper.steps() - 1) {
            probes.remove(last);
        }
    }

    private @Nullable Ending endEpoch(int number) {
        stepper.descent().enterAverage();
        List<Double> losses = validation.losses();
        Ending diverged = reporter.checkEpoch(number, validation, losses);
        if (diverged != null) {
            best.diverged();
            return diverged;
        }
        double criterion = validation.criterion(losses);
        epochs.add(reporter.epoch(number, losses, criterion));
        best.hear(number, criterion);
        stepper.descent().leaveAverage();
        stepper.descent().hear(criterion);
        reporter.afterEpoch(epochs, probes);
        Ending exhausted = exhausted();
        if (exhausted != null || stepper.steps() >= steps || (file != null && file.every() == Checkpoint.EPOCHS)) {
            keep();
        }
        return exhausted;
    }

    private @Nullable Ending exhausted() {
        return best.isExhausted(epochs.size())
                ? new Ending.EarlyStopped(plan.stopping().patience())
                : null;
    }
}
