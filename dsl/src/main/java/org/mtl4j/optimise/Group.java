package org.mtl4j.optimise;

import java.util.List;
import java.util.TreeSet;

/**
 * Parameters that have a rate of their own.
 *
 * @param prefix the name of a parameter, or what comes before a point in it
 * @param rate their rate
 */
public record Group(String prefix, Rate rate) {

    public Group {
        if (prefix.isBlank()) {
            throw new IllegalArgumentException(
                    "group(\"\", ..): it names no parameters.%nGive what their names begin with: group(\"encoder\", 1e-4)."
                            .formatted());
        }
    }

    /** Whether a parameter is one of them. */
    boolean holds(String parameter) {
        return parameter.equals(prefix) || parameter.startsWith(prefix + ".");
    }

    /**
     * Engine API. Checks that each group holds a parameter.
     *
     * @param names all parameters
     * @throws IllegalArgumentException if one holds none
     */
    public static void check(List<Group> groups, List<String> names) {
        for (Group group : groups) {
            if (names.stream().noneMatch(group::holds)) {
                throw new IllegalArgumentException(
                        "group(\"%s\", ..): no parameter of this net is called so or begins with it and a point.%nGroups to name are %s."
                                .formatted(group.prefix, String.join(", ", prefixes(names))));
            }
        }
    }

    private static TreeSet<String> prefixes(List<String> names) {
        TreeSet<String> prefixes = new TreeSet<>();
        for (String name : names) {
            int last = name.lastIndexOf('.');
            prefixes.add(last < 0 ? name : name.substring(0, name.indexOf('.')));
            prefixes.add(last < 0 ? name : name.substring(0, last));
        }
        return prefixes;
    }

    /** {@code .group("encoder", 1.0E-4)}. */
    @Override
    public String toString() {
        String value = Double.isNaN(rate.weightDecay()) ? String.valueOf(rate.rate()) : rate.toString();
        return ".group(\"" + prefix + "\", " + value + ")";
    }
}
