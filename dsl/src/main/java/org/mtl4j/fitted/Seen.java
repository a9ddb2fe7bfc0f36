package org.mtl4j.fitted;

import java.util.ArrayList;
import java.util.List;
import org.mtl4j.data.Input;
import org.mtl4j.data.MultiTaskData;
import org.mtl4j.task.Objective;

/**
 * What the training part held.
 *
 * @param rows its rows
 * @param features moments per feature, in the order of the input
 * @param targets per task, in the order of the objectives
 */
record Seen(int rows, List<Moments> features, List<Domain> targets) {

    Seen {
        features = List.copyOf(features);
        targets = List.copyOf(targets);
    }

    static Seen of(List<Objective> objectives, MultiTaskData train) {
        List<Moments> features = new ArrayList<>();
        for (String name : train.inputs()) {
            Input input = train.input(name);
            for (int c = 0; c < input.width(); c++) {
                int column = c;
                features.add(Moments.of(input.rows(), row -> input.get(row, column)));
            }
        }
        List<Domain> targets = new ArrayList<>();
        for (Objective objective : objectives) {
            targets.add(Domain.of(objective, train.target(objective.task().name())));
        }
        return new Seen(train.rows(), features, targets);
    }
}
