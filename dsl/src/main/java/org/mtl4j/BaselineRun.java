package org.mtl4j;

import java.util.List;
import org.mtl4j.data.Split;
import org.mtl4j.data.Standardisation;
import org.mtl4j.fitted.BaselineModel;
import org.mtl4j.fitted.Score;
import org.mtl4j.fitted.Scores;
import org.mtl4j.show.Show;
import org.mtl4j.show.Table;
import org.tribuo.Model;
import org.tribuo.Output;

/**
 * A baseline that has been trained: its scores and its model. Immutable; prints itself as the scores on the validation and
 * test parts, in the form of a run's.
 *
 * @param <T> the Tribuo type of the task's values
 */
public final class BaselineRun<T extends Output<T>> implements Show {

    private static final String ADAM =
            "Warning: this trainer steps with Tribuo 4.3.2's Adam, which multiplies by the root of the second moment where Adam divides by it: take AdaGrad instead.";

    private final Baseline<T> baseline;
    private final Split split;
    private final BaselineModel<T> model;

    BaselineRun(Baseline<T> baseline, Split split, BaselineModel<T> model) {
        this.baseline = baseline;
        this.split = split;
        this.model = model;
    }

    /** What was trained. */
    public Baseline<T> baseline() {
        return baseline;
    }

    /**
     * The Tribuo model. It takes features standardised by {@link #standardisation}, and of a regression answers numbers
     * that are: {@code TribuoExamples.dataset(control.standardisation().apply(rows), casual)} makes such examples.
     */
    public Model<T> model() {
        return model.model();
    }

    /** The standardisation of features and real targets by the training part. */
    public Standardisation standardisation() {
        return model.standardisation();
    }

    /** Scores on the validation part, which chose nothing here. */
    public Scores validation() {
        return model.scores(split.validation(), "validation");
    }

    /** Scores on the test part. */
    public Scores test() {
        return model.scores(split.test(), "test");
    }

    /** The task's main score on the test part, as {@link Run#mainScores} has it. */
    List<Score> mainScores() {
        return List.of(test().main(baseline.task()));
    }

    private Table table() {
        int labelled = split.train().target(baseline.task().name()).labelled();
        Table table = Scores.table(List.of(validation(), test()))
                .note("%s, on the %d training rows with a label, standardised".formatted(baseline, labelled));
        if (!model.hasScores(split.test())) {
            table = table.note("AUC is not defined: the model names its classes or labels without scores");
        }
        return BaselineModel.hasTribuosAdam(baseline.trainer()) ? table.note(ADAM) : table;
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
