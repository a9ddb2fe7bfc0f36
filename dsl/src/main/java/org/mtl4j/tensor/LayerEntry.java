package org.mtl4j.tensor;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Engine API. One layer with parameters, as a table of a net lists it.
 *
 * @param name its name
 * @param inputs the shapes that it reads
 * @param output the shape of its value, at one place for a head
 * @param numbers the number of its parameters
 * @param tasks the indices of the tasks whose losses reach it
 * @param readsInput whether it reads an input of the data as it is
 */
public record LayerEntry(
        String name, List<Shape> inputs, Shape output, int numbers, Set<Integer> tasks, boolean readsInput) {

    public LayerEntry {
        inputs = List.copyOf(inputs);
        tasks = Collections.unmodifiableSortedSet(new TreeSet<>(tasks));
    }
}
