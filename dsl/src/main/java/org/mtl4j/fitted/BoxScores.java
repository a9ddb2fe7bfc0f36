package org.mtl4j.fitted;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.data.Box;
import org.mtl4j.data.Boxes;
import org.mtl4j.data.TargetColumn;
import org.mtl4j.task.Objective;

/** The scores of a task of boxes, over all rows of which the boxes are known; a row without an object has false alarms only. */
final class BoxScores {

    private BoxScores() {}

    /**
     * The scores.
     *
     * @param cells what the net says at each cell
     * @throws IllegalArgumentException if a box has a class that the net does not know
     */
    static TaskScores of(Objective objective, Matrix cells, TargetColumn column) {
        Boxes boxes = (Boxes) column;
        String name = objective.task().name();
        if (boxes.labelled() == 0) {
            return TaskScores.none(name, Scores.OF_BOXES);
        }
        FoundBoxes found = FoundBoxes.of(objective, cells);
        List<BoxPrecision.Truth> truths = new ArrayList<>();
        List<BoxPrecision.Detection> detections = new ArrayList<>();
        for (int row = 0; row < boxes.rows(); row++) {
            if (boxes.isLabelled(row)) {
                for (Box box : boxes.boxes(row)) {
                    truths.add(new BoxPrecision.Truth(row, known(objective, row, box), corners(box), false));
                }
                for (ScoredBox each : found.row(row)) {
                    int label = objective.labels().indexOf(each.box().label());
                    detections.add(new BoxPrecision.Detection(row, label, corners(each.box()), each.score()));
                }
            }
        }
        BoxPrecision precision =
                new BoxPrecision(truths, detections, objective.labels().size());
        Map<Metric, Double> values = new LinkedHashMap<>();
        values.put(Metric.BOX_AP, precision.mean());
        values.put(Metric.BOX_AP_50, precision.at50());
        return TaskScores.of(name, boxes.labelled(), values, List.of());
    }

    private static int known(Objective objective, int row, Box box) {
        int label = objective.labels().indexOf(box.label());
        if (label < 0) {
            throw new IllegalArgumentException(
                    "Task '%s': row %d has the box %s, of a class that the net does not know.\nLeave such boxes out, or train on data that have the class."
                            .formatted(objective.task().name(), row, box));
        }
        return label;
    }

    private static BoxPrecision.Box corners(Box box) {
        return new BoxPrecision.Box(box.left(), box.top(), box.right(), box.bottom());
    }
}
