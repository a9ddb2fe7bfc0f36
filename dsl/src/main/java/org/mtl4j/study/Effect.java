package org.mtl4j.study;

import java.util.List;
import org.mtl4j.measure.TaskTransfer;
import org.mtl4j.task.Task;

/**
 * What a way to train did to one of its tasks.
 *
 * @param cell the way
 * @param task the task
 * @param transfer its scores beside those of the single-task baseline, one pair per seed; NaN where a training has none
 */
public record Effect(Cell cell, Task<?> task, TaskTransfer transfer) {

    /** The gain of each seed, positive is better; NaN where a training has no score. */
    List<Double> gainBySeed() {
        return java.util.stream.IntStream.range(0, transfer.joint().size())
                .mapToObj(s -> transfer.metric()
                        .gain(transfer.single().get(s), transfer.joint().get(s)))
                .toList();
    }
}
