package org.mtl4j;

import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mtl4j.balance.Balancer;
import org.mtl4j.balance.Equal;
import org.mtl4j.balance.TunedFixed;
import org.mtl4j.data.Split;
import org.mtl4j.fitted.Lineage;
import org.mtl4j.fitted.Net;
import org.mtl4j.fitted.Weights;
import org.mtl4j.nd4j.Npz;
import org.mtl4j.optimise.Adam;
import org.mtl4j.optimise.Optimiser;
import org.mtl4j.sharing.Graph;
import org.mtl4j.sharing.Layers;
import org.mtl4j.sharing.Sharing;
import org.mtl4j.show.Html;
import org.mtl4j.show.Show;
import org.mtl4j.show.Table;
import org.mtl4j.task.Task;
import org.mtl4j.tensor.Crew;
import org.mtl4j.train.Checkpoint;
import org.mtl4j.train.CheckpointFile;
import org.mtl4j.train.History;
import org.mtl4j.train.Length;
import org.mtl4j.train.Listening;
import org.mtl4j.train.Plan;
import org.mtl4j.train.Prepared;
import org.mtl4j.train.Spec;
import org.mtl4j.train.Stopping;
import org.mtl4j.train.Training;
import org.tribuo.Output;

/**
 * All that a training is: tasks, sharing, balancing, optimiser, length, batch and seed. A frozen value; each method
 * answers another recipe and leaves this one as it is. {@link #fit} trains.
 *
 * <p>Same recipe, data and seed give the same bits, on any number of workers and threads and on JDK 17 to 25, on one type of CPU.
 *
 * <p>Defaults: {@code equal()}, {@link #DEFAULT_OPTIMISER}, {@link #DEFAULT_EPOCHS} epochs, {@link #DEFAULT_BATCH} rows a
 * step, seed {@link #DEFAULT_SEED}; the run holds the epoch with the best validation loss; conflict is watched every
 * {@link Plan#DEFAULT_WATCH_EVERY} steps.
 */
public final class Recipe implements Show {

    /** Adam with a rate of 0.001. */
    public static final Optimiser DEFAULT_OPTIMISER = Adam.of(1e-3);

    /** Passes over the training part. */
    public static final int DEFAULT_EPOCHS = 20;

    /** Rows a step. */
    public static final int DEFAULT_BATCH = 64;

    /** What parameters, order, dropout masks and balancers are drawn from. */
    public static final long DEFAULT_SEED = 1;

    /** {@link Crew#usual}, as it is when the training begins. */
    private static final int USUAL = 0;

    private final Sharing sharing;
    private final List<Task<?>> tasks;
    private final Plan plan;

    /** What its parameters begin as; null for what the seed draws. */
    private final @Nullable Weights start;

    /** Where its state is kept while it trains; null for nowhere. */
    private final @Nullable Checkpoint checkpoint;

    /** How many threads it trains on; {@link #USUAL} where nobody said. */
    private final int threads;

    private Recipe(
            Sharing sharing,
            List<Task<?>> tasks,
            Plan plan,
            @Nullable Weights start,
            @Nullable Checkpoint checkpoint,
            int threads) {
        this.sharing = sharing;
        this.tasks = tasks;
        this.plan = plan;
        this.start = start;
        this.checkpoint = checkpoint;
        this.threads = threads;
    }

    static Recipe of(Sharing sharing, List<Task<?>> tasks) {
        if (tasks.isEmpty()) {
            throw new IllegalArgumentException(
                    "A recipe without tasks.\nName at least one: hard(mlp(64)).tasks(task(\"income\").binary()).");
        }
        Set<String> names = new HashSet<>();
        for (Task<?> task : tasks) {
            if (!names.add(task.name())) {
                throw new IllegalArgumentException(
                        "Task '%s': two tasks have this name.%nName each column once, or give one of them another column."
                                .formatted(task.name()));
            }
        }
        Plan plan = new Plan(
                new Equal(),
                DEFAULT_OPTIMISER,
                new Length.Epochs(DEFAULT_EPOCHS),
                DEFAULT_BATCH,
                DEFAULT_SEED,
                Stopping.DEFAULT,
                Plan.DEFAULT_WATCH_EVERY);
        return new Recipe(sharing, List.copyOf(tasks), plan, null, null, USUAL);
    }

    static Recipe of(Spec spec) {
        return new Recipe(spec.sharing(), spec.tasks(), spec.plan(), null, null, USUAL);
    }

    /**
     * Weighs the tasks in this way.
     *
     * @throws IllegalArgumentException if it is keyed by task and its tasks are not the recipe's
     */
    public Recipe balance(Balancer balancer) {
        TunedFixed.check(balancer, names());
        return with(plan.balancer(balancer));
    }

    /** Takes steps in this way. */
    public Recipe optimise(Optimiser optimiser) {
        return with(plan.optimiser(optimiser));
    }

    /** Trains for so many passes over the training part. */
    public Recipe epochs(int number) {
        return length(new Length.Epochs(number));
    }

    /** Trains for so many steps. */
    public Recipe steps(int number) {
        return length(new Length.Steps(number));
    }

    private Recipe length(Length length) {
        return with(plan.length(length));
    }

    /** Takes so many rows a step. */
    public Recipe batch(int rows) {
        return with(plan.batch(rows));
    }

    /** Draws parameters, order, dropout masks and balancers from this seed. */
    public Recipe seed(long seed) {
        return with(plan.seed(seed));
    }

    /** Stops after so many epochs without a better validation loss: the sum over tasks, each times its own weight. */
    public Recipe earlyStop(int patience) {
        if (patience < 1) {
            throw new IllegalArgumentException(
                    "earlyStop(%d): it is a number of epochs, at least 1.%nGive the epochs to wait for an improvement: earlyStop(5)."
                            .formatted(patience));
        }
        return stopping(
                new Stopping(patience, plan.stopping().task(), plan.stopping().keep()));
    }

    /** Watches one task's validation loss rather than the sum. */
    public Recipe watch(Task<?> task) {
        if (!names().contains(task.name())) {
            throw new IllegalArgumentException(
                    "watch(): '%s' is no task of the recipe.%nThe tasks are %s.".formatted(task.name(), names()));
        }
        return stopping(new Stopping(
                plan.stopping().patience(), task.name(), plan.stopping().keep()));
    }

    /** Holds the last epoch rather than the best. */
    public Recipe keepLast() {
        return stopping(new Stopping(plan.stopping().patience(), plan.stopping().task(), Stopping.Keep.LAST));
    }

    private Recipe stopping(Stopping stopping) {
        return with(plan.stopping(stopping));
    }

    /** Probes the conflict of the task gradients every so many steps; 0 never. Under a gradient method it costs nothing. */
    public Recipe watchConflict(int every) {
        return with(plan.watchEvery(every));
    }

    private Recipe with(Plan other) {
        return new Recipe(sharing, tasks, other, start, checkpoint, threads);
    }

    /**
     * Starts from the parameters of a {@code .npz} file, which is read now: all of the net's, by the names and in the shapes
     * that {@code run.net()} prints, weights [in, out]. Transpose those of a PyTorch {@code Linear}; see {@link Npz}.
     *
     * @throws IllegalArgumentException if the file is damaged; {@link #fit} tells what is missing, extra or of another shape
     */
    public Recipe start(String file) {
        return new Recipe(sharing, tasks, plan, Npz.weights(Path.of(file)), checkpoint, threads);
    }

    /**
     * Keeps the training's state in a file at the end of each epoch, when it is interrupted and when it ends: parameters,
     * optimiser, balancer and schedule, random state, place in the epoch, and history. Where the file is there already,
     * {@link #fit} goes on from it, and ends with the same bits as a training that never stopped.
     *
     * <p>A write replaces the file in one move: a kill at any moment leaves the last good state. A write that fails after
     * the first, on a full disk say, ends nothing; the run tells of it. The formula of an own balancer has no state by its
     * contract: numbers that it keeps outside are not in the file.
     *
     * @throws IllegalArgumentException by {@link #fit} if the file is damaged, of another recipe, data or mtl4j, or cannot
     *     be written
     */
    public Recipe checkpoint(String file) {
        return with(new Checkpoint(file, Checkpoint.EPOCHS, Checkpoint.Start.ANY));
    }

    /** The same every so many steps rather than every epoch. */
    public Recipe checkpoint(String file, int everySteps) {
        Checkpoint made = new Checkpoint(file, everySteps, Checkpoint.Start.ANY);
        if (everySteps == Checkpoint.EPOCHS) {
            throw new IllegalArgumentException(
                    "checkpoint(\"%s\", 0): the second is a number of steps, at least 1.%nGive the steps between two writes, or leave it out for the end of each epoch."
                            .formatted(file));
        }
        return with(made);
    }

    /** Goes on from the checkpoint in a file, which must be there, and keeps it as {@link #checkpoint(String)} does. */
    public Recipe resume(String file) {
        return with(new Checkpoint(file, Checkpoint.EPOCHS, Checkpoint.Start.RESUMED));
    }

    private Recipe with(Checkpoint other) {
        return new Recipe(sharing, tasks, plan, start, other, threads);
    }

    /**
     * Trains on so many threads rather than {@link Crew#usual}: large matrix products and loops are divided over them. What
     * is learned does not change, not by a bit. A net of small layers trains on one thread whatever is said here; a study
     * trains its nets side by side, each on one.
     */
    public Recipe threads(int number) {
        return new Recipe(sharing, tasks, plan, start, checkpoint, Crew.checked("threads(" + number + ")", number));
    }

    /** The tasks. */
    public List<Task<?>> tasks() {
        return tasks;
    }

    /** The sharing strategy. */
    public Sharing sharing() {
        return sharing;
    }

    /** How it is trained. */
    public Plan plan() {
        return plan;
    }

    /** All of it, as the engine takes it. */
    Spec spec() {
        if (start != null) {
            throw new IllegalArgumentException(
                    "start(\"%s\"): a study trains nets of other tasks too, which these parameters do not fit.%nLeave start(..) out of the recipe of a study."
                            .formatted(start.source()));
        }
        requireNoCheckpoint("a study");
        return own();
    }

    private void requireNoCheckpoint(String trainer) {
        if (checkpoint != null) {
            throw new IllegalArgumentException(
                    "checkpoint(\"%s\"): one file holds one training, and %s takes many.%nLeave checkpoint(..) out of its recipe."
                            .formatted(checkpoint.file(), trainer));
        }
    }

    private Spec own() {
        return new Spec(sharing, tasks, plan);
    }

    /** The same under the first of the weights that it tunes, if it does: all candidates start from one net. */
    private Spec weighed() {
        return plan.balancer() instanceof TunedFixed ? own().plan(plan.balancer(new Equal())) : own();
    }

    private Graph graph(Prepared prepared) {
        Graph graph = weighed().graph(prepared);
        if (start != null) {
            start.setAll(graph.tape().parameters());
        }
        return graph;
    }

    private List<String> names() {
        return tasks.stream().map(Task::name).collect(Collectors.toList());
    }

    /**
     * Trains on a split and answers the run; under {@code tunedFixed()} the best of several. Progress goes to the listener of {@link Listening}; an interrupt ends the
     * training and answers what was learned so far.
     *
     * @throws IllegalArgumentException if the data, the tasks and the recipe do not fit; before training starts
     */
    public Run fit(Split split) {
        return fit(split, new Training.Audience(title(), Listening.current()));
    }

    /**
     * This recipe as a Tribuo trainer of one of its tasks, for Tribuo's cross-validation and ensembles.
     *
     * @throws IllegalArgumentException if it is no task of this recipe
     */
    public <T extends Output<T>> RecipeTrainer<T> trainer(Task<T> task) {
        requireNoCheckpoint("a Tribuo trainer");
        return RecipeTrainer.of(this, task);
    }

    Run fit(Split split, Training.Audience audience) {
        if (plan.balancer() instanceof TunedFixed tuned) {
            requireNoCheckpoint(tuned.toString());
            return TunedFit.of(this, tuned).run(split, audience);
        }
        Prepared prepared = own().prepare(split);
        Graph graph = graph(prepared);
        int crew = threads == USUAL ? Crew.usual() : threads;
        History history = Crew.during(crew, () -> train(graph, prepared, audience));
        return new Run(this, split, prepared, graph, history);
    }

    private History train(Graph graph, Prepared prepared, Training.Audience audience) {
        return checkpoint == null
                ? Training.run(graph, plan, prepared.train(), prepared.validation(), audience)
                : Training.run(
                        graph, plan, prepared, audience, new CheckpointFile(checkpoint, Lineage.running(), identity()));
    }

    /**
     * The net before its first step on these data: what {@link #fit} starts from, with the same bits.
     *
     * @throws IllegalArgumentException as {@link #fit} does
     */
    public Net initial(Split split) {
        Prepared prepared = own().prepare(split);
        return net(graph(prepared), split, prepared);
    }

    Net net(Graph graph, Split split, Prepared prepared) {
        Lineage lineage =
                Lineage.of(identity(), plan.seed(), split.train().origin(), OffsetDateTime.now(ZoneOffset.UTC));
        return Net.of(graph, split.train(), prepared.standardisation(), lineage);
    }

    /** Fails as {@link #fit} would before it trains. */
    void check(Split split) {
        graph(own().prepare(split));
    }

    /** Layers x tasks with parameter counts, for the input width and classes of these data. */
    public Table layers(Split split) {
        return graph(Prepared.of(split, tasks)).layers();
    }

    private String title() {
        return sharing + ", " + plan.balancer() + ": " + String.join(", ", names());
    }

    /** The lines that make it. */
    String lines() {
        return String.join("\n", identity())
                + (checkpoint == null ? "" : "\n    " + checkpoint)
                + (threads == USUAL ? "" : "\n    .threads(" + threads + ")");
    }

    /** The lines that decide what it learns. */
    private List<String> identity() {
        return (own().lines() + (start == null ? "" : "\n    .start(\"" + start.source() + "\")"))
                .lines()
                .toList();
    }

    private Table sketch() {
        Table table = Layers.sketch(sharing, tasks);
        if (checkpoint != null) {
            for (String own : plan.balancer().formulas()) {
                table = table.note("The checkpoint does not hold what the formula of " + own + " remembers by itself.");
            }
        }
        return table;
    }

    /** The lines that make it, then its layers and the tasks that reach them. */
    @Override
    public String toString() {
        return lines() + "\n\n" + sketch();
    }

    @Override
    public String toHtml() {
        return "<pre>" + Html.escape(lines()) + "</pre>" + sketch().toHtml();
    }
}
