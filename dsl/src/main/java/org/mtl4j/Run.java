package org.mtl4j;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mtl4j.chart.Chart;
import org.mtl4j.chart.Charts;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.data.Split;
import org.mtl4j.fitted.Net;
import org.mtl4j.fitted.Predictions;
import org.mtl4j.fitted.Score;
import org.mtl4j.fitted.Scores;
import org.mtl4j.fitted.TaskModel;
import org.mtl4j.measure.Balance;
import org.mtl4j.measure.Conflict;
import org.mtl4j.nd4j.Nd4jArrays;
import org.mtl4j.nd4j.Npz;
import org.mtl4j.nd4j.TrainedGraph;
import org.mtl4j.sharing.Graph;
import org.mtl4j.show.Show;
import org.mtl4j.show.Table;
import org.mtl4j.task.Task;
import org.mtl4j.train.Ending;
import org.mtl4j.train.History;
import org.mtl4j.train.Prepared;
import org.mtl4j.train.Stopping;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.tribuo.Model;
import org.tribuo.Output;
import org.tribuo.classification.Label;
import org.tribuo.sequence.SequenceModel;

/**
 * A finished training: its scores, its history, its conflict and its models. Immutable; prints itself as the scores per
 * task on the validation and test parts.
 */
public final class Run implements Show {

    private final Recipe recipe;
    private final Split split;
    private final History history;
    private final Net net;
    private final boolean whole;

    Run(Recipe recipe, Split split, Prepared prepared, Graph graph, History history) {
        this.recipe = recipe;
        this.split = split;
        this.history = history;
        this.net = recipe.net(graph, split, prepared);
        this.whole = !(history.ending() instanceof Ending.Interrupted);
    }

    private Run(Run other, String line, boolean whole) {
        this.recipe = other.recipe;
        this.split = other.split;
        this.history = other.history.note(line);
        this.net = other.net;
        this.whole = whole;
    }

    /** This run with one more line below its scores. */
    Run note(String line) {
        return new Run(this, line, whole);
    }

    /** This run as the best of a search that was interrupted. */
    Run cut(String line) {
        return new Run(this, line, false);
    }

    /** Whether all of it was done: neither the training nor a search of its weights was interrupted. */
    boolean isWhole() {
        return whole;
    }

    /** What was trained. */
    public Recipe recipe() {
        return recipe;
    }

    /** What it was trained on. */
    public Split split() {
        return split;
    }

    /** The record of the training. */
    public History history() {
        return history;
    }

    /** The trained net: parameters by name, and saving of all tasks at once. */
    public Net net() {
        return net;
    }

    /** Scores on the validation part, which chose the epoch. */
    public Scores validation() {
        return Scores.of(net, split.validation(), "validation");
    }

    /** Scores on the test part. */
    public Scores test() {
        return Scores.of(net, split.test(), "test");
    }

    /** The main score of each task on the test part: R2, AUC of two classes, accuracy of more. */
    List<Score> mainScores() {
        Scores test = test();
        List<Score> scores = new ArrayList<>();
        recipe.tasks().forEach(task -> scores.add(test.main(task)));
        return scores;
    }

    /** The predictions of all tasks from one pass through the encoder. */
    public Predictions predict(MultiTaskData data) {
        return net.predict(data);
    }

    /** One task as a Tribuo model. */
    public <T extends Output<T>> Model<T> model(Task<T> task) {
        return TaskModel.of(net, task);
    }

    /** One task as a Tribuo model, by name. */
    public Model<?> model(String task) {
        return net.model(task);
    }

    /** The tags of one task as a Tribuo sequence model: a tag and its probability at each token. */
    public SequenceModel<Label> sequenceModel(Task<Label> task) {
        return net.sequenceModel(task);
    }

    /** The tags of one task as a Tribuo sequence model, by name. */
    public SequenceModel<Label> sequenceModel(String task) {
        return net.sequenceModel(task);
    }

    /** One parameter as an ND4J array, [in, out] or [1, out], a copy. */
    public INDArray parameter(String name) {
        return Nd4jArrays.of(net.parameter(name));
    }

    /** The Gram of the task gradients at the last probe, [tasks, tasks], as an ND4J array. */
    public INDArray gram() {
        if (history.probes().isEmpty()) {
            throw new IllegalArgumentException(
                    "gram(): no Gram was recorded in this run.\nShare parameters between at least two tasks and let .watchConflict(50) probe it.");
        }
        var gram = history.probes().get(history.probes().size() - 1).total();
        return Nd4jArrays.of(gram);
    }

    /** Saves the net with all its tasks, for {@link Net#load}. */
    public void save(String file) {
        net.save(Path.of(file));
    }

    /**
     * Writes the net's parameters to NumPy's {@code .npz}, by the names and in the shapes that {@code run.net()} prints. A
     * PyTorch {@code Linear} takes the transpose of a weight.
     */
    public void saveNpz(String file) {
        Npz.write(Path.of(file), net);
    }

    /**
     * The net as one ND4J SameDiff graph, from the features as the data has them to what {@link #predict} gives per task:
     * {@code run.sameDiff().save(new File("net.fb"), true)}; see {@link TrainedGraph}.
     */
    public SameDiff sameDiff() {
        return TrainedGraph.of(net);
    }

    /** Losses of each task over the epochs. */
    public Chart losses() {
        return Charts.losses(history);
    }

    /** Weights of each task over the epochs; {@link #balance} has them over the steps. */
    public Chart weights() {
        return Charts.weights(history);
    }

    /** What the balancer did over the steps, and the share of their time that it cost. */
    public BalanceView balance() {
        return new BalanceView(Balance.of(recipe.plan().balancer(), history));
    }

    /** How the gradients of the tasks agree or conflict. */
    public ConflictView conflict() {
        return new ConflictView(Conflict.of(history));
    }

    private String ending() {
        Ending ending = history.ending();
        if (ending instanceof Ending.Diverged diverged) {
            return diverged.message() + "\nThe run " + held() + ".";
        } else if (ending instanceof Ending.Interrupted) {
            return "Interrupted in epoch %d; the run %s."
                    .formatted(history.epochs().size() + 1, held());
        } else if (ending instanceof Ending.EarlyStopped stopped) {
            return "Stopped early after %s without improvement; the run %s."
                    .formatted(stopped.patience() == 1 ? "1 epoch" : stopped.patience() + " epochs", held());
        }
        return "The run " + held() + ".";
    }

    private String held() {
        if (history.bestEpoch() == 0) {
            return history.ending() instanceof Ending.Diverged
                    ? "holds the initial parameters: no epoch was finished"
                    : "holds what was learned so far: no epoch was finished";
        }
        String chosen = recipe.plan().stopping().keep() == Stopping.Keep.LAST
                ? "the last"
                : "chosen by the " + history.criterion();
        return "holds epoch %d of %d, %s"
                .formatted(history.bestEpoch(), history.epochs().size(), chosen);
    }

    private Table table() {
        Table table = Scores.table(List.of(validation(), test()));
        for (String line : ending().lines().toList()) {
            table = table.note(line);
        }
        for (String note : history.notes()) {
            table = table.note(note);
        }
        return table;
    }

    @Override
    public String toString() {
        return table().toString();
    }

    @Override
    public String toHtml() {
        return table().toHtml();
    }
}
