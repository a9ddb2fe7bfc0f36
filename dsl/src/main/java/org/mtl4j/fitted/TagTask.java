package org.mtl4j.fitted;

import java.util.ArrayList;
import java.util.List;
import org.mtl4j.data.InputForm;
import org.mtl4j.data.TokenFeatures;
import org.mtl4j.task.Crf;
import org.mtl4j.task.Objective;
import org.mtl4j.task.Task;
import org.mtl4j.tensor.Shape;
import org.tribuo.CategoricalInfo;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.RealInfo;
import org.tribuo.VariableInfo;

/**
 * A task with a tag at each token, in Tribuo's types.
 *
 * @param index its place among the tasks of the net
 * @param features what a token may have
 */
record TagTask(int index, Objective objective, Labels labels, TokenFeatures features) {

    /**
     * A task of a net.
     *
     * @throws IllegalArgumentException if it has no tags, was trained as another, or the net reads other than one sequence
     */
    static TagTask of(Net net, Task<?> task) {
        int t = net.indexOf(task.name());
        Objective objective = net.objectives().get(t);
        if (!objective.isOfTags()) {
            boolean isModel = objective.task().kind().hasTribuoType();
            throw new IllegalArgumentException(
                    "Task '%s': it has no tag at each token, so Tribuo's SequenceModel does not fit it.%nAsk %s."
                            .formatted(
                                    task.name(),
                                    isModel
                                            ? "for run.model(\"" + task.name() + "\")"
                                            : "run.predict(data) for " + TaskAnswers.question(objective)));
        } else if (!objective.task().kind().equals(task.kind())) {
            throw new IllegalArgumentException(
                    "Task '%s' was trained as %s, not as %s.\nAsk for the task as it was trained."
                            .formatted(task.name(), objective.task(), task));
        }
        List<Long> counts = ((Domain.Classes) net.seen().targets().get(t)).counts();
        Labels labels = new Labels(task.name(), objective.labels(), counts, Choice.of(task));
        return new TagTask(t, objective, labels, TokenFeatures.of(task, net.inputs()));
    }

    /** Whether a path is chosen, not a tag at each token by itself. */
    boolean isChain() {
        return objective.task().loss() instanceof Crf;
    }

    /**
     * The features as Tribuo describes them. Of a step's numbers count, mean and variance over the steps of the training part;
     * the range takes in the zeros that fill shorter rows up. Of words a net keeps no counts, so there are none.
     */
    ImmutableFeatureMap featureMap(Net net) {
        List<VariableInfo> infos = new ArrayList<>();
        InputForm input = net.inputs().get(0);
        for (int c = 0; c < features.names().size(); c++) {
            String name = features.names().get(c);
            infos.add(
                    input.shape() instanceof Shape.Series series
                            ? steps(name, c, series, net.seen())
                            : new CategoricalInfo(name));
        }
        return new ImmutableFeatureMap(infos);
    }

    /** Of the moments at each place, rows that end before it counted as 0, those over all steps. */
    private static RealInfo steps(String name, int column, Shape.Series series, Seen seen) {
        double steps = seen.features().get(0).mean() * seen.rows(); // the first number of a row is its length
        double sum = 0;
        double squares = 0;
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        for (int p = 0; p < series.length(); p++) {
            Moments m = seen.features().get(1 + p * series.width() + column);
            sum += m.mean() * m.count();
            squares += m.sumSquares() + m.mean() * m.mean() * m.count();
            min = Math.min(min, m.min());
            max = Math.max(max, m.max());
        }
        double mean = sum / steps;
        double deviations = Math.max(0, squares - steps * mean * mean);
        return new RealInfo(name, (int) Math.round(steps), max, min, mean, deviations);
    }
}
