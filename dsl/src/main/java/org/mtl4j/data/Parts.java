package org.mtl4j.data;

import java.util.LinkedHashMap;
import java.util.Map;
import org.mtl4j.data.TargetColumn.Classes;

/**
 * Three parts with the same inputs and the same targets; their classes are numbered alike.
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
            if (train.target(name) instanceof Classes != other.target(name) instanceof Classes
                    || train.target(name).width() != other.target(name).width()) {
                throw new IllegalArgumentException(
                        "Target '%s' holds %s in the training part and %s in the %s part.\nGive it the same kind in all."
                                .formatted(
                                        name,
                                        DataTable.kind(train.target(name)),
                                        DataTable.kind(other.target(name)),
                                        part));
            }
        }
    }

    /** These parts with another training part. */
    Parts train(MultiTaskData other) {
        return new Parts(other, validation, test);
    }
}
