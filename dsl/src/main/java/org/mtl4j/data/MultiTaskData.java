package org.mtl4j.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows with named inputs and, per target, a value and a label mask. Immutable. */
public final class MultiTaskData {

    private final int rows;
    private final Map<String, Input> inputs;
    private final Map<String, TargetColumn> targets;

    private MultiTaskData(int rows, Map<String, Input> inputs, Map<String, TargetColumn> targets) {
        this.rows = rows;
        this.inputs = inputs;
        this.targets = targets;
    }

    /** Data from its columns. All have the same number of rows. */
    public static MultiTaskData of(Map<String, Input> inputs, List<TargetColumn> targets) {
        Map<String, TargetColumn> byName = new LinkedHashMap<>();
        targets.forEach(target -> byName.put(target.name(), target));
        int rows = inputs.values().iterator().next().rows();
        return new MultiTaskData(rows, new LinkedHashMap<>(inputs), byName);
    }

    /** The number of rows. */
    public int rows() {
        return rows;
    }

    /** The names of the inputs. */
    public List<String> inputs() {
        return List.copyOf(inputs.keySet());
    }

    /** The names of the targets. */
    public List<String> targets() {
        return List.copyOf(targets.keySet());
    }

    /** One input, by name. */
    public Input input(String name) {
        Input input = inputs.get(name);
        if (input == null) {
            throw new IllegalArgumentException("No input '%s'; there are %s.".formatted(name, inputs.keySet()));
        }
        return input;
    }

    /** One target's column, by name. */
    public TargetColumn target(String name) {
        TargetColumn target = targets.get(name);
        if (target == null) {
            throw new IllegalArgumentException("No target '%s'; there are %s.".formatted(name, targets.keySet()));
        }
        return target;
    }

    /** Some rows only, in that order. */
    public MultiTaskData select(int... chosen) {
        Map<String, Input> in = new LinkedHashMap<>();
        inputs.forEach((name, input) -> in.put(name, input.select(chosen)));
        List<TargetColumn> out = new ArrayList<>();
        targets.values().forEach(target -> out.add(target.select(chosen)));
        return of(in, out);
    }
}
