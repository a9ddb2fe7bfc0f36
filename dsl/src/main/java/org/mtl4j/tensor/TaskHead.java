package org.mtl4j.tensor;

/**
 * Engine API. A linear head to record on a {@link Tape}.
 *
 * @param task the task's index
 * @param name the name of its parameters
 * @param outputs the number of its outputs
 */
public record TaskHead(int task, String name, int outputs) {}
