package org.mtl4j.study;

import org.mtl4j.measure.TaskTransfer;
import org.mtl4j.task.Task;

/**
 * What a way to train did to one of its tasks.
 *
 * @param cell the way
 * @param task the task
 * @param transfer its scores beside those of the single-task baseline, one pair per seed; NaN where a training has none
 */
public record Effect(Cell cell, Task<?> task, TaskTransfer transfer) {}
