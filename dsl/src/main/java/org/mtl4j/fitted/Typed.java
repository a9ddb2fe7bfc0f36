package org.mtl4j.fitted;

import java.util.List;
import org.mtl4j.data.TargetColumn;
import org.mtl4j.task.Objective;
import org.mtl4j.task.Task;
import org.tribuo.Example;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.Output;
import org.tribuo.OutputFactory;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;
import org.tribuo.multilabel.MultiLabel;

/**
 * A task in Tribuo's types.
 *
 * @param <T> the type of its values
 */
interface Typed<T extends Output<T>> {

    /** What Tribuo knows of the values of the training part. */
    ImmutableOutputInfo<T> info();

    /** Makes such values. */
    OutputFactory<T> factory();

    /** One row of a task's {@link Matrix} as Tribuo predicts. @param used the number of the example's features used */
    Prediction<T> prediction(Matrix matrix, int row, int used, Example<T> example);

    /**
     * The value of a labelled row.
     *
     * @throws IllegalArgumentException if it is a class or label that the net does not have
     */
    T value(TargetColumn column, int row);

    /** What a prediction of any Tribuo model says of this class or dimension: its score, NaN without scores, or its number. */
    float number(Prediction<T> prediction, String name);

    /** A task of a net. */
    static <T extends Output<T>> Typed<T> of(Net net, Task<T> task) {
        int t = net.indexOf(task.name());
        Objective objective = net.objectives().get(t);
        if (objective.task().kind() instanceof Task.Kind.Pairs) {
            throw new IllegalArgumentException(
                    "Task '%s': it says which rows of two inputs belong together, for which Tribuo's Model has no type.%nAsk run.predict(data) for %s."
                            .formatted(task.name(), TaskAnswers.question(objective)));
        } else if (objective.isOfBoxes()) {
            throw new IllegalArgumentException(
                    "Task '%s': it finds boxes in images, for which Tribuo's Model has no type.%nAsk run.predict(data) for %s."
                            .formatted(task.name(), TaskAnswers.question(objective)));
        } else if (objective.isOfTags()) {
            throw new IllegalArgumentException(
                    "Task '%s': it has a class at each place of a row, for which Tribuo has SequenceModel, not Model.%nAsk for run.sequenceModel(\"%s\"), or run.predict(data) for %s."
                            .formatted(task.name(), task.name(), TaskAnswers.question(objective)));
        } else if (objective.isPlaced()) {
            throw new IllegalArgumentException(
                    "Task '%s': it has an answer at each place of a row, for which Tribuo's Model has no type.\nAsk run.predict(data) for %s."
                            .formatted(task.name(), TaskAnswers.question(objective)));
        }
        if (objective.task().outputType() != task.outputType()) {
            throw new IllegalArgumentException(
                    "Task '%s' was trained as %s, not as %s.\nAsk for the task as it was trained."
                            .formatted(task.name(), objective.task(), task));
        }
        return of(task, objective.labels(), net.seen().targets().get(t));
    }

    /** A task of which the training part held this. */
    @SuppressWarnings("unchecked") // T is Label, MultiLabel or Regressor, and the task says which
    static <T extends Output<T>> Typed<T> of(Task<T> task, List<String> names, Domain domain) {
        if (task.outputType() == MultiLabel.class) {
            return (Typed<T>) new MultiLabels(task.name(), names, (Domain.Marks) domain);
        }
        return task.outputType() == Label.class
                ? (Typed<T>) new Labels(task.name(), names, ((Domain.Classes) domain).counts(), Choice.of(task))
                : (Typed<T>) new Reals(task.name(), names, ((Domain.Numbers) domain).dimensions());
    }
}
