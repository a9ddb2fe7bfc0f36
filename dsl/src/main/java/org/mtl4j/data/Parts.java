package org.mtl4j.data;

import java.util.LinkedHashMap;
import java.util.Map;
import org.mtl4j.data.TargetColumn.Classes;
import org.mtl4j.data.TargetColumn.Marks;

/**
 * Three parts with the same inputs and the same targets; their classes and labels are numbered alike, and a label that only
 * other parts have is unknown.
 *
 * @param train what parameters and standardisation are fitted on
 * @param validation what chooses epochs and rates
 * @param test what is reported
 */
public record Parts(MultiTaskData train, MultiTaskData validation, MultiTaskData test) {

    public Parts {
        same("validation", train, validation);
        same("test", train, test);
        Map<String, TargetColumn> inTrain = new LinkedHashMap<>();
        Map<String, TargetColumn> inValidation = new LinkedHashMap<>();
        Map<String, TargetColumn> inTest = new LinkedHashMap<>();
        for (String name : train.targets()) {
            if (train.target(name) instanceof Classes a
                    && validation.target(name) instanceof Classes b
                    && test.target(name) instanceof Classes c) {
                var classes = Stacking.union(Stacking.renumber(a, Stacking.union(a, b)), c);
                inTrain.put(name, Stacking.renumber(a, classes));
                inValidation.put(name, Stacking.renumber(b, classes));
                inTest.put(name, Stacking.renumber(c, classes));
            }
            if (train.target(name) instanceof Marks a
                    && validation.target(name) instanceof Marks b
                    && test.target(name) instanceof Marks c) {
                var labels = Stacking.union(Stacking.renumber(a, Stacking.union(a, b)), c);
                inTrain.put(name, Stacking.renumber(a, labels));
                inValidation.put(name, Stacking.renumber(b, labels));
                inTest.put(name, Stacking.renumber(c, labels));
            }
            if (train.target(name) instanceof Boxes a
                    && validation.target(name) instanceof Boxes b
                    && test.target(name) instanceof Boxes c) {
                var classes = Stacking.union(Stacking.union(a.classes(), b.classes()), c.classes());
                int most = Math.max(a.most(), Math.max(b.most(), c.most()));
                inTrain.put(name, a.renumber(classes).fit(most));
                inValidation.put(name, b.renumber(classes).fit(most));
                inTest.put(name, c.renumber(classes).fit(most));
            }
        }
        train = train.replace(Map.of(), inTrain);
        validation = validation.replace(Map.of(), inValidation);
        test = test.replace(Map.of(), inTest);
    }

    private static void same(String part, MultiTaskData train, MultiTaskData other) {
        Stacking.sameInputs("split: training and " + part + " part", train, other);
        if (!train.targets().equals(other.targets())) {
            throw new IllegalArgumentException(
                    "The training part has targets %s and the %s part %s: a split has the same in all.\nGive each part every target; rows without a label are fine."
                            .formatted(train.targets(), part, other.targets()));
        }
        for (String name : train.targets()) {
            TargetColumn here = train.target(name);
            TargetColumn there = other.target(name);
            if (here.getClass() != there.getClass() || !alike(here, there)) {
                throw new IllegalArgumentException(
                        "Target '%s' holds %s in the training part and %s in the %s part.\nGive it the same kind in all."
                                .formatted(name, DataTable.kind(here), DataTable.kind(there), part));
            }
        }
    }

    /** Whether columns of one kind have the same numbers a row; classes are brought to one list, but not those at places. */
    private static boolean alike(TargetColumn here, TargetColumn there) {
        if (here instanceof PlaceClasses a && there instanceof PlaceClasses b) {
            boolean samePlaces = a.along() == PlaceClasses.Along.ITSELF || a.places() == b.places();
            return a.along() == b.along() && samePlaces && a.classes().equals(b.classes());
        }
        return here instanceof Classes
                || here instanceof Boxes
                || here instanceof Marks
                || here.width() == there.width();
    }

    /** These parts with another training part. */
    Parts train(MultiTaskData other) {
        return new Parts(other, validation, test);
    }
}
