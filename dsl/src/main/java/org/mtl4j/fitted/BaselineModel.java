package org.mtl4j.fitted;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.data.Standardisation;
import org.mtl4j.data.TribuoExamples;
import org.mtl4j.task.Objective;
import org.mtl4j.task.Task;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.Output;
import org.tribuo.Prediction;
import org.tribuo.Trainer;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/**
 * Engine API. A Tribuo model of one task on a net's terms: inputs and real targets standardised by the training part, and
 * judged by the code that judges nets.
 *
 * @param <T> the Tribuo type of the task's values
 */
public final class BaselineModel<T extends Output<T>> {

    private final Task<T> task;
    private final Objective objective;
    private final Typed<T> typed;
    private final Standardisation standardisation;
    private final Model<T> model;

    private BaselineModel(
            Task<T> task, Objective objective, Typed<T> typed, Standardisation standardisation, Model<T> model) {
        this.task = task;
        this.objective = objective;
        this.typed = typed;
        this.standardisation = standardisation;
        this.model = model;
    }

    /**
     * Checks that a trainer is for the task's type of output, as far as its classes tell.
     *
     * @throws IllegalArgumentException if it is for another
     */
    public static void check(Task<?> task, Trainer<?> trainer) {
        if (task.kind().isPlaced()) {
            throw new IllegalArgumentException(
                    "baseline(): %s has an answer at each place of a row, which no trainer of Tribuo's gives.\nTake single(..) for a control."
                            .formatted(task));
        }
        if (!task.kind().hasTribuoType()) {
            throw new IllegalArgumentException(
                    "baseline(): no trainer of Tribuo's gives the answers of %s.%nTake single(..) for a control."
                            .formatted(task));
        }
        if (task.kind() instanceof Task.Kind.Quantiles) {
            throw new IllegalArgumentException(
                    "baseline(): %s predicts quantiles, which no trainer of Tribuo's does.\nTake task(\"%s\").regression() for a control."
                            .formatted(task, task.name()));
        }
        Set<Class<?>> types = TrainerParts.outputTypes(trainer);
        if (!types.isEmpty() && !types.contains(task.outputType())) {
            throw otherType(task, trainer, types.iterator().next().getSimpleName());
        }
    }

    private static IllegalArgumentException otherType(Task<?> task, Trainer<?> trainer, String types) {
        String own = task.outputType().getSimpleName();
        return new IllegalArgumentException("baseline(): %s trains on %s, but %s is a task of %s.\nGive a Trainer<%s>."
                .formatted(trainer.getClass().getSimpleName(), types, task, own, own));
    }

    /** Whether a trainer steps with Tribuo's own Adam, which is not Adam. */
    public static boolean hasTribuosAdam(Trainer<?> trainer) {
        return TrainerParts.hasAdam(trainer);
    }

    /**
     * Trains on the rows that carry a label of the task.
     *
     * @param train the training part as the user gave it; it has the task's target and a label of it
     * @param trainer not changed, if it can be made anew from its configuration, as Tribuo's own can
     * @param invocation the count of trainings that it begins with: equal counts give equal models
     * @throws IllegalArgumentException if the trainer is for another type of output
     */
    public static <T extends Output<T>> BaselineModel<T> train(
            Task<T> task, Trainer<T> trainer, MultiTaskData train, int invocation) {
        Objective objective = Domain.named(Objective.bind(task, train));
        Standardisation standardisation = Standardisation.fit(train);
        MutableDataset<T> rows = TribuoExamples.dataset(standardisation.apply(train), task);
        Typed<T> typed = Typed.of(task, objective.labels(), Domain.of(objective, train.target(task.name())));
        try {
            Model<T> model = Quiet.training(() -> TrainerParts.fresh(trainer).train(rows, Map.of(), invocation));
            return new BaselineModel<>(task, objective, typed, standardisation, model);
        } catch (ClassCastException e) { // a raw trainer whose classes did not tell its type
            IllegalArgumentException other = otherType(task, trainer, "another type of output");
            other.initCause(e);
            throw other;
        }
    }

    /** The model: standardised features in, and of a regression standardised numbers out. */
    public Model<T> model() {
        return model;
    }

    /** The standardisation of features and real targets by the training part. */
    public Standardisation standardisation() {
        return standardisation;
    }

    /**
     * Predicts the labelled rows and compares.
     *
     * @param data rows as the user gave them
     */
    public Scores scores(MultiTaskData data, String part) {
        int[] rows = Comparison.labelled(data, task);
        SimpleDataSourceProvenance source = new SimpleDataSourceProvenance(
                data.origin().title(), OffsetDateTime.now(ZoneOffset.UTC), typed.factory());
        List<Prediction<T>> predictions = new ArrayList<>();
        Matrix matrix = Matrix.own(task.name(), 0, columns(), new float[0]);
        if (rows.length > 0) {
            List<Prediction<T>> own = model.predict(
                    TribuoExamples.unlabelled(standardisation.apply(data).select(rows), task));
            matrix = matrix(own);
            for (int i = 0; i < rows.length; i++) {
                Example<T> example = new ArrayExample<>(typed.value(data.target(task.name()), rows[i]));
                predictions.add(prediction(own.get(i), matrix, i, example));
            }
        }
        return new Scores(part, List.of(Comparison.scores(objective, model, predictions, matrix, data, source)));
    }

    /** Whether the model scores its classes or labels, as an AUC needs; of a regression, which has none, true. */
    public boolean hasScores(MultiTaskData data) {
        return objective.isRegression()
                || !model.predict(TribuoExamples.unlabelled(standardisation.apply(data.select(0)), task))
                        .get(0)
                        .getOutputScores()
                        .isEmpty();
    }

    private int columns() {
        return objective.labels().size();
    }

    /** What the model names, beside the label in the data's own unit. */
    private Prediction<T> prediction(Prediction<T> own, Matrix matrix, int row, Example<T> example) {
        if (objective.isRegression()) {
            return typed.prediction(matrix, row, own.getNumActiveFeatures(), example);
        }
        return new Prediction<>(
                own.getOutput(), own.getOutputScores(), own.getNumActiveFeatures(), example, own.hasProbabilities());
    }

    /** The predictions as numbers: scores of classes, or reals in the target's unit. */
    private Matrix matrix(List<Prediction<T>> predictions) {
        float[] values = new float[predictions.size() * columns()];
        for (int r = 0; r < predictions.size(); r++) {
            for (int c = 0; c < columns(); c++) {
                values[r * columns() + c] =
                        typed.number(predictions.get(r), objective.labels().get(c));
            }
        }
        if (objective.isRegression()) {
            standardisation.invert(task.name(), values);
        }
        return Matrix.own(task.name(), predictions.size(), columns(), values);
    }
}
