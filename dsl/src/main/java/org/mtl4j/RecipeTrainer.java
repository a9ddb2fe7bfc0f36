package org.mtl4j;

import com.oracle.labs.mlrg.olcut.provenance.Provenance;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.mtl4j.data.Holdout;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.data.Split;
import org.mtl4j.data.TargetColumn;
import org.mtl4j.data.TribuoExamples;
import org.mtl4j.fitted.RecipeProvenance;
import org.mtl4j.fitted.TaskModel;
import org.mtl4j.fitted.Trained;
import org.mtl4j.show.Html;
import org.mtl4j.show.Show;
import org.mtl4j.task.Task;
import org.mtl4j.train.Ending;
import org.tribuo.Dataset;
import org.tribuo.Output;
import org.tribuo.Trainer;
import org.tribuo.provenance.TrainerProvenance;

/**
 * A whole recipe as a Tribuo trainer, seen from one of its tasks: Tribuo's cross-validation, ensembles and provenance
 * work on it. It trains all tasks together and answers this task's model.
 *
 * <p>A Tribuo example has one output, this task's. The labels of the recipe's other tasks come from two places: from the
 * examples' metadata, under the tasks' names ({@link TribuoExamples#dataset} and Tribuo's row processors put them there),
 * so that a fold leaves a row out with all its labels; and from other rows, given by {@link #with}. A task without a label
 * in either is an error.
 *
 * <pre>{@code
 * var casual     = task("casual").regression();
 * var registered = task("registered").regression();
 * var recipe     = hard(mlp(16)).tasks(casual, registered).epochs(2);
 * var set        = org.mtl4j.data.TribuoExamples.dataset(data.train(), casual, registered);
 * var evaluator  = new org.tribuo.regression.evaluation.RegressionEvaluator();
 * var folds      = new org.tribuo.evaluation.CrossValidation<>(recipe.trainer(casual), set, evaluator, 3).evaluate();
 * }</pre>
 *
 * <p>Training chooses its epoch on rows that it holds out: {@link #validation} of the examples, and as many of the other
 * rows, drawn by the seed. The first training draws from the recipe's seed, each later one from the next: equal recipes,
 * examples and invocation counts give the same bits.
 *
 * @param <T> the Tribuo type of the task's values
 */
public final class RecipeTrainer<T extends Output<T>> implements Trainer<T>, Show {

    /** The share of rows that is held out to choose the epoch by. */
    public static final double DEFAULT_VALIDATION = 0.15;

    private final Recipe recipe;
    private final Task<T> task;
    private final List<MultiTaskData> more;
    private final double validation;
    private int invocations; // trainings so far, under this object's lock

    private RecipeTrainer(Recipe recipe, Task<T> task, List<MultiTaskData> more, double validation) {
        this.recipe = recipe;
        this.task = task;
        this.more = more;
        this.validation = validation;
    }

    static <T extends Output<T>> RecipeTrainer<T> of(Recipe recipe, Task<T> task) {
        Task<?> own = recipe.tasks().stream()
                .filter(other -> other.name().equals(task.name()))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("trainer(): '%s' is no task of the recipe.%nThe tasks are %s."
                                .formatted(
                                        task.name(),
                                        recipe.tasks().stream().map(Task::name).toList())));
        if (own.outputType() != task.outputType()) {
            throw new IllegalArgumentException(
                    "trainer(): the recipe has '%s' as %s, not as %s.%nAsk for the task as the recipe has it."
                            .formatted(task.name(), own, task));
        }
        return new RecipeTrainer<>(recipe, task, List.of(), DEFAULT_VALIDATION);
    }

    /**
     * This trainer with further rows, from which the recipe's other tasks are learned; features are matched by name, and
     * one that either side lacks is 0 there. Labels of this trainer's task in them are not looked at: those are the data
     * set's to give.
     *
     * <p>They are trained on in every fold: rows that stand in the data set too would show a fold's test rows, if not
     * their labels of this task. For those, put the other labels into the examples' metadata.
     *
     * @throws IllegalArgumentException if they have none of the recipe's other tasks as a target
     */
    public RecipeTrainer<T> with(MultiTaskData rows) {
        List<Task<?>> known = others().stream()
                .filter(other -> rows.targets().contains(other.name()))
                .toList();
        if (known.isEmpty()) {
            throw new IllegalArgumentException(
                    "with(data): its targets are %s, none of which is another task of the recipe; those are %s.%nGive rows that carry a label of one of them."
                            .formatted(rows.targets(), names(others())));
        }
        rows.requireTargets(known);
        List<TargetColumn> columns =
                known.stream().map(other -> rows.target(other.name())).toList();
        List<MultiTaskData> all = new ArrayList<>(more);
        all.add(rows.targets(columns));
        return new RecipeTrainer<>(recipe, task, List.copyOf(all), validation);
    }

    /** This trainer with another share of the rows held out to choose the epoch by. */
    public RecipeTrainer<T> validation(double share) {
        Holdout.check(share);
        return new RecipeTrainer<>(recipe, task, more, share);
    }

    private List<Task<?>> others() {
        return recipe.tasks().stream()
                .filter(other -> !other.name().equals(task.name()))
                .collect(Collectors.toList());
    }

    private static String names(List<Task<?>> tasks) {
        return tasks.stream().map(Task::name).collect(Collectors.joining(", "));
    }

    @Override
    public TaskModel<T> train(Dataset<T> examples) {
        return train(examples, Map.of());
    }

    @Override
    public TaskModel<T> train(Dataset<T> examples, Map<String, Provenance> runProvenance) {
        return train(examples, runProvenance, INCREMENT_INVOCATION_COUNT);
    }

    /**
     * Trains all tasks and answers this task's model.
     *
     * @throws IllegalArgumentException if examples, rows and recipe do not fit
     * @throws IllegalStateException if it is interrupted: a half-trained model is no fold
     */
    @Override
    public TaskModel<T> train(Dataset<T> examples, Map<String, Provenance> runProvenance, int invocationCount) {
        Recipe own;
        TrainerProvenance provenance;
        synchronized (this) {
            if (invocationCount != INCREMENT_INVOCATION_COUNT) {
                setInvocationCount(invocationCount);
            }
            own = next();
            provenance = getProvenance();
            invocations++;
        }
        Run run = own.fit(split(examples, own.plan().seed()));
        if (!run.isWhole()) {
            throw new IllegalStateException(
                    "The training of '%s' was interrupted in %s, and Tribuo takes whole trainings only.%nCall it again; recipe.fit(split) keeps what an interrupted training has learned."
                            .formatted(task.name(), interrupted(run)));
        }
        return TaskModel.of(run.net(), task, new Trained(examples.getProvenance(), provenance, runProvenance));
    }

    private String interrupted(Run run) {
        return run.history().ending() instanceof Ending.Interrupted
                ? "epoch " + (run.history().epochs().size() + 1)
                : "the search of " + recipe.plan().balancer();
    }

    /** The recipe with the seed of the next training. */
    private Recipe next() {
        return recipe.seed(recipe.plan().seed() + invocations);
    }

    private Split split(Dataset<T> examples, long seed) {
        TribuoExamples source = TribuoExamples.of(task, examples, others().toArray(Task<?>[]::new));
        for (MultiTaskData rows : more) {
            source = source.and(rows);
        }
        MultiTaskData all = source.stack();
        for (Task<?> other : others()) {
            if (all.target(other.name()).labelled() == 0) {
                throw new IllegalArgumentException(unlabelled(other, examples.size()));
            }
        }
        List<Holdout> parts = new ArrayList<>();
        int from = 0;
        for (int rows : sizes(examples.size())) {
            int[] part = IntStream.range(from, from + rows).toArray();
            parts.add(Holdout.of(all.select(part), validation, seed));
            from += rows;
        }
        MultiTaskData train =
                parts.stream().map(Holdout::kept).reduce(MultiTaskData::stack).orElseThrow();
        MultiTaskData judge = parts.stream()
                .map(Holdout::heldOut)
                .reduce(MultiTaskData::stack)
                .orElseThrow();
        return Split.of(train, judge, judge); // a trainer reports nothing: Tribuo's evaluators have the test rows
    }

    private int[] sizes(int examples) {
        return IntStream.concat(IntStream.of(examples), more.stream().mapToInt(MultiTaskData::rows))
                .toArray();
    }

    private String unlabelled(Task<?> other, int examples) {
        return "Task '%s': none of the %d examples has a label of it in its metadata, and the recipe learns it beside '%s'.%nMake the data set with TribuoExamples.dataset(data, %s), add rows that carry the label with .with(data), or take a recipe without the task."
                .formatted(other.name(), examples, task.name(), names(recipe.tasks()));
    }

    @Override
    public synchronized int getInvocationCount() {
        return invocations;
    }

    @Override
    public synchronized void setInvocationCount(int invocationCount) {
        if (invocationCount < 0) {
            throw new IllegalArgumentException(
                    "setInvocationCount(%d): it is a number of trainings, at least 0.%nGive the count that the model's provenance names."
                            .formatted(invocationCount));
        }
        invocations = invocationCount;
    }

    /** The recipe's lines with the seed of the next training, the task, what is held out and the count of trainings. */
    @Override
    public synchronized TrainerProvenance getProvenance() {
        Recipe next = next();
        String rows = more.stream()
                .map(data -> data.rows() + " rows of "
                        + (data.origin().title().isEmpty()
                                ? "(untitled)"
                                : data.origin().title()))
                .collect(Collectors.joining(", "));
        return RecipeProvenance.trainer(
                this,
                next.lines().lines().toList(),
                next.plan().seed(),
                task.toString(),
                String.valueOf(validation),
                rows);
    }

    private String lines() {
        return recipe.lines() + "\n    .trainer(" + task + ")" + ".with(data)".repeat(more.size())
                + (validation == DEFAULT_VALIDATION ? "" : ".validation(" + validation + ")");
    }

    /** The lines that make it. */
    @Override
    public String toString() {
        return lines();
    }

    @Override
    public String toHtml() {
        return "<pre>" + Html.escape(lines()) + "</pre>";
    }
}
